"""Pixels of a real display: colours in their order, monitors as they are plugged, and an end without harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from capture.adapters.screen_mss import MssScreen
from memory.errors import NoScreen
from tests.support.xserver import an_x_server


def test_colours_monitors_and_the_end_of_the_display(tmp_path: Path) -> None:
    screen = MssScreen()
    with an_x_server(tmp_path, 640, 480) as server:
        screen = MssScreen(server.display)
        (whole,) = screen.monitors()
        assert (whole.width, whole.height) == (640, 480)
        server.start("xterm", "-T", "red", "-bg", "#ff8000", "-geometry", "60x20+50+50", "-e", "sleep", "600")
        server.until(lambda: server.windows("red"))
        server.until(lambda: tuple(screen.grab(whole)[200, 200]) == (255, 128, 0))
        server.monitors("320/90x480/110+0+0", "320/90x480/110+320+0")
        assert [monitor.x for monitor in screen.monitors()] == [0, 320]
        right = screen.monitors()[1]
        assert screen.grab(right).shape == (480, 320, 3)
    with pytest.raises(NoScreen):
        screen.grab(right)
    with pytest.raises(NoScreen):
        screen.monitors()
    screen.close()


def test_pixels_before_monitors_are_refused() -> None:
    with pytest.raises(NoScreen):
        MssScreen(":999").monitors()
