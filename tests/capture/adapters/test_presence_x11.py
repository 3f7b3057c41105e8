"""Idle time and locks on a real display."""

from __future__ import annotations

from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display

from capture.adapters.presence_x11 import X11Presence
from memory.errors import NoScreen
from tests.support.xserver import an_x_server


def test_idle_time_ends_with_the_pointer_and_lockers_are_seen(tmp_path: Path) -> None:
    with an_x_server(tmp_path, 640, 400) as server:
        presence = X11Presence(server.display)
        server.until(lambda: presence.idle_seconds() > 0.3)
        before = presence.idle_seconds()
        server.ask("xdotool", "mousemove", "33", "44")
        assert presence.idle_seconds() < before
        assert not presence.locked()
        display = Display(server.display)
        locker = display.screen().root.create_window(0, 0, 640, 400, 0, X.CopyFromParent, override_redirect=1)
        locker.set_wm_class("i3lock", "i3lock")
        display.sync()
        assert not presence.locked()
        locker.map()
        display.sync()
        assert presence.locked()
        display.close()
        server.ask("xset", "s", "activate")
        server.until(presence.locked)
        server.ask("xset", "s", "reset")
        server.until(lambda: not presence.locked())
    with pytest.raises(NoScreen):
        presence.idle_seconds()
    presence.close()


# python-xlib leaves the sockets open with which it tried in vain.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_display_is_refused() -> None:
    with pytest.raises(NoScreen):
        X11Presence(":999")
