"""A recording is played at its own pace, or faster, as if it were the screen of now."""

from __future__ import annotations

from pathlib import Path

import pytest

from capture.adapters.screen_replay import Replay
from capture.ports import Desk
from memory.errors import NoScreen
from memory.records import Active, Window
from tests.support.folders import a_picture, a_recording, a_time, a_window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Monitor 0 at seconds 0 and 10, monitor 1 at 5; a note that is no picture."""
    for n in range(3):
        a_picture(tmp_path / f"{n}.png", f"picture {n}", (100 + n, 50))
    lines = [
        {
            "file": "0.png",
            "t": a_time(0),
            "windows": [a_window("a", "b")],
            "active": {"app": "a", "title": "b"},
        },
        {"file": "1.png", "t": a_time(5), "monitor": 1},
        {"file": "2.png", "t": a_time(10)},
        {"text": ["a note"], "t": a_time(99)},
    ]
    return a_recording(tmp_path, lines)


class Watch:
    """A clock that stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("speed", [1.0, 10.0])
def test_pictures_follow_each_other(folder: Path, speed: float) -> None:
    watch = Watch()
    replay = Replay(folder, watch, speed)
    shown = []
    for second in (0, 4.9, 5, 9.9, 10, 500):
        watch.now = 1000.0 + second / speed
        shown.append([(monitor.index, monitor.width) for monitor in replay.monitors()])
    assert shown == [
        [(0, 100)],
        [(0, 100)],
        [(0, 100), (1, 101)],
        [(0, 100), (1, 101)],
        *[[(0, 102), (1, 101)]] * 2,
    ]
    assert replay.over


def test_its_windows_are_those_recorded(folder: Path) -> None:
    watch = Watch()
    replay = Replay(folder, watch)
    assert not replay.over
    eyes = replay.eyes()
    assert eyes.windows.look(eyes.screen.monitors()) == (
        Desk((Window("a", "b", 0, 0, 320, 160, 0),), Active("a", "b")),
    )
    watch.now += 5
    monitors = eyes.screen.monitors()
    assert eyes.windows.look(monitors)[1] == Desk(None, None)
    assert (eyes.presence.idle_seconds(), eyes.presence.locked()) == (0.0, False)
    watch.now -= 5
    with pytest.raises(NoScreen):
        eyes.windows.look(monitors)
    eyes.close()


def test_a_picture_that_went_away(folder: Path) -> None:
    (folder / "0.png").unlink()
    with pytest.raises(NoScreen):
        Replay(folder, Watch()).monitors()
