"""A recording played as if it were the screen of now: the three ports of a live look, without a display."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from capture import picture, recording
from capture.items import Item
from capture.ports import Desk, Eyes, Monitor, Pixels
from memory.errors import BadPicture, NoScreen


class Replay:
    """Shows on each monitor the last picture that is due; the last ones stay.

    `clock` gives seconds and only goes forward; `speed` 10 plays ten recorded seconds in one. Monitors stand
    side by side. Raises BadRecording, and NoScreen where the recording holds no picture.
    """

    def __init__(self, path: Path, clock: Callable[[], float], speed: float = 1.0) -> None:
        self._items = [e for e in recording.read(path) if isinstance(e, Item) and e.path is not None]
        if not self._items:
            raise NoScreen(reason="the recording holds no pictures")
        self._clock = clock
        self._speed = speed
        self._began = clock()
        self._shown: dict[int, tuple[Item, Pixels]] = {}

    @property
    def over(self) -> bool:
        """Whether everything was shown."""
        return self._due() == len(self._items)

    def monitors(self) -> tuple[Monitor, ...]:
        found, x = [], 0
        for index in self._current():
            height, width = self._pixels(index).shape[:2]
            found.append(Monitor(index, x, 0, width, height))
            x += width
        return tuple(found)

    def grab(self, monitor: Monitor) -> Pixels:
        return self._pixels(monitor.index)

    def look(self, monitors: tuple[Monitor, ...]) -> tuple[Desk, ...]:
        current = self._current()
        frames = [current[monitor.index].frame for monitor in monitors if monitor.index in current]
        if len(frames) != len(monitors):
            raise NoScreen(reason="the recording has no such monitor")
        return tuple(Desk(frame.windows, frame.active) for frame in frames)

    def idle_seconds(self) -> float:
        return 0.0

    def locked(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing is open."""

    def eyes(self) -> Eyes:
        """The three ports of a live look, all of them this recording."""
        return Eyes(self, self, self)

    def _due(self) -> int:
        played = timedelta(seconds=(self._clock() - self._began) * self._speed)
        until = self._items[0].frame.at + played
        return sum(item.frame.at <= until for item in self._items)

    def _current(self) -> dict[int, Item]:
        shown = {item.frame.monitor: item for item in self._items[: self._due()]}
        return dict(sorted(shown.items()))

    def _pixels(self, index: int) -> Pixels:
        item = self._current().get(index)
        if item is None:
            raise NoScreen(reason="the recording has no such monitor")
        if index not in self._shown or self._shown[index][0] is not item:
            try:
                self._shown[index] = (item, picture.decode(item.data(), item.frame.origin or ""))
            except BadPicture as error:
                raise NoScreen(reason="a picture of the recording cannot be read") from error
        return self._shown[index][1]
