"""Every screen gives monitors and their pixels: mss on a real display, and a recording that is replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from capture.adapters.screen_mss import MssScreen
from capture.adapters.screen_replay import Replay
from capture.ports import Monitor, Screen
from memory.errors import NoScreen
from tests.support.folders import a_picture, a_recording, a_time
from tests.support.xserver import XServer, an_x_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[XServer]:
    with an_x_server(tmp_path_factory.mktemp("x"), 640, 400) as server:
        server.monitors("320/90x400/110+0+0", "320/90x400/110+320+0")
        yield server


@pytest.fixture(params=["mss", "replay"])
def screen(request: pytest.FixtureRequest, server: XServer, tmp_path: Path) -> Iterator[Screen]:
    """A screen of two monitors of 320 x 400 side by side."""
    if request.param == "mss":
        found: Screen = MssScreen(server.display)
    else:
        for n in range(2):
            a_picture(tmp_path / f"{n}.png", f"monitor {n}", (320, 400))
        lines = [{"file": f"{n}.png", "t": a_time(0), "monitor": n} for n in range(2)]
        found = Replay(a_recording(tmp_path, lines), lambda: 0.0)
    yield found
    found.close()


def test_monitors_have_their_place(screen: Screen) -> None:
    assert screen.monitors() == (Monitor(0, 0, 0, 320, 400), Monitor(1, 320, 0, 320, 400))


def test_pixels_have_the_monitors_size(screen: Screen) -> None:
    for monitor in screen.monitors():
        pixels = screen.grab(monitor)
        assert pixels.shape == (400, 320, 3)
        assert pixels.dtype == np.uint8


def test_a_second_look_does_not_change_the_first(screen: Screen) -> None:
    (left, _) = screen.monitors()
    first = screen.grab(left)
    copy = first.copy()
    screen.monitors()
    screen.grab(left)
    assert np.array_equal(first, copy)


def test_a_monitor_that_is_not_there_is_refused(screen: Screen) -> None:
    screen.monitors()
    with pytest.raises(NoScreen):
        screen.grab(Monitor(7, 9000, 0, 320, 400))


def test_closing_twice_is_well(screen: Screen) -> None:
    screen.monitors()
    screen.close()
    screen.close()


@pytest.fixture(params=["no display", "an empty folder"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], object]:
    """Opens a screen where there is none."""
    if request.param == "no display":
        return MssScreen(":999").monitors
    return lambda: Replay(tmp_path, lambda: 0.0)


def test_where_there_is_nothing_to_see(nothing: Callable[[], object]) -> None:
    with pytest.raises(NoScreen):
        nothing()
