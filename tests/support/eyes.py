"""Eyes without a display: pixels, windows and presence as a test sets them, and a clock that it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np

from capture.ports import Desk, Eyes, Monitor, Pixels
from capture.recorder import Clock
from memory.errors import NoScreen
from memory.records import Active, Window

NINE = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
EDITOR = Window("mousepad", "notes", 0, 40, 320, 160, 0)
NOTES = Desk((EDITOR,), Active("mousepad", "notes"))


def a_shade(level: int, size: tuple[int, int] = (320, 240)) -> Pixels:
    """A picture of one grey."""
    return np.full((size[1], size[0], 3), level, np.uint8)


class FakeEyes:
    """All three ports; `broken` makes each of them refuse, and `on_grab` is what happens during a grab."""

    def __init__(self) -> None:
        self.pictures: list[Pixels] = [a_shade(200)]
        self.desks: list[Desk] = [NOTES]
        self.idle = 0.0
        self.is_locked = False
        self.broken = False
        self.opened = self.grabs = 0
        self.on_grab: Callable[[], None] = lambda: None
        self.now = NINE
        self.seconds = 500.0

    def open(self) -> Eyes:
        self._refuse()
        self.opened += 1
        return Eyes(self, self, self)

    def monitors(self) -> tuple[Monitor, ...]:
        self._refuse()
        return tuple(Monitor(n, 320 * n, 0, p.shape[1], p.shape[0]) for n, p in enumerate(self.pictures))

    def grab(self, monitor: Monitor) -> Pixels:
        self._refuse()
        self.grabs += 1
        self.on_grab()
        return self.pictures[monitor.index].copy()

    def look(self, monitors: tuple[Monitor, ...]) -> tuple[Desk, ...]:
        self._refuse()
        return tuple(self.desks[monitor.index] for monitor in monitors)

    def idle_seconds(self) -> float:
        self._refuse()
        return self.idle

    def locked(self) -> bool:
        self._refuse()
        return self.is_locked

    def close(self) -> None:
        """Nothing is open."""

    def clock(self) -> Clock:
        return Clock(lambda: self.now, lambda: self.seconds)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds

    def _refuse(self) -> None:
        if self.broken:
            raise NoScreen(reason="unplugged")
