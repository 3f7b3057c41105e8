"""Real windows under openbox: names, places, order and focus; what cannot be seen is not listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display

from capture.adapters.windows_x11 import X11Windows
from capture.ports import Desk, Monitor
from memory.errors import NoScreen
from memory.records import Active, Window
from tests.support.xserver import XServer, an_x_server

WHOLE = Monitor(0, 0, 0, 1280, 800)
LEFT, RIGHT = Monitor(0, 0, 0, 640, 800), Monitor(1, 640, 0, 640, 800)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[XServer]:
    with an_x_server(tmp_path) as server:
        yield server


@pytest.fixture
def windows(server: XServer) -> Iterator[X11Windows]:
    found = X11Windows(server.display)
    yield found
    found.close()


def titles(desk: Desk) -> list[str]:
    return [window.title for window in desk.windows or ()]


def test_an_empty_desk(windows: X11Windows) -> None:
    assert windows.look((WHOLE,)) == (Desk((), None),)


def test_windows_are_named_placed_and_in_their_order(server: XServer, windows: X11Windows) -> None:
    lower = server.xterm("Notes on weirs", place="60x12+40+60", name="editor")
    upper = server.xterm("Vault - KeyKeeper", place="40x8+200+100", name="KeyKeeper")
    server.until(lambda: windows.look((WHOLE,))[0].active == Active("KeyKeeper", "Vault - KeyKeeper"))
    (desk,) = windows.look((WHOLE,))
    assert desk.windows is not None
    first, second = desk.windows
    assert (first.app, first.title, first.stack) == ("editor", "Notes on weirs", 0)
    assert (second.app, second.title, second.stack) == ("KeyKeeper", "Vault - KeyKeeper", 1)
    assert (first.x, first.y) == (40, 60)
    assert first.w > 300
    assert first.h > 150  # with what openbox draws around it
    lower.do("windowactivate", "--sync")
    server.until(lambda: titles(windows.look((WHOLE,))[0]) == ["Vault - KeyKeeper", "Notes on weirs"])
    assert windows.look((WHOLE,))[0].active == Active("editor", "Notes on weirs")
    for program in (lower, upper):
        program.close()


def test_a_title_that_changes(server: XServer, windows: X11Windows) -> None:
    program = server.xterm("before")
    display = Display(server.display)
    window = display.create_resource_object("window", int(program.window))
    utf = display.intern_atom("UTF8_STRING")
    window.change_property(display.intern_atom("_NET_WM_NAME"), utf, 8, "after – now".encode())
    display.sync()
    assert titles(windows.look((WHOLE,))[0]) == ["after – now"]
    display.close()
    program.close()


def test_minimised_and_other_desktops_are_left_out(server: XServer, windows: X11Windows) -> None:
    gone, kept = server.xterm("minimised"), server.xterm("kept")
    gone.do("windowminimize")
    server.until(lambda: titles(windows.look((WHOLE,))[0]) == ["kept"])
    server.ask("xdotool", "set_desktop", "1")
    server.until(lambda: windows.look((WHOLE,))[0].windows == ())
    assert windows.look((WHOLE,))[0].active is None
    server.ask("xdotool", "set_desktop", "0")
    server.until(lambda: titles(windows.look((WHOLE,))[0]) == ["kept"])
    for program in (gone, kept):
        program.close()


def test_each_monitor_has_what_lies_on_it_clipped(server: XServer, windows: X11Windows) -> None:
    left = server.xterm("left", place="40x8+100+100")
    both = server.xterm("both", place="60x8+500+300")
    here, there = windows.look((LEFT, RIGHT))
    assert titles(here) == ["left", "both"]
    assert titles(there) == ["both"]
    assert here.windows is not None
    assert there.windows is not None
    (cut,) = there.windows
    assert (cut.x, cut.stack) == (0, 0)
    assert here.windows[1].x == 500
    assert here.windows[1].w == 140
    assert here.windows[1].w + cut.w > 300
    left.do("windowactivate", "--sync")
    server.until(lambda: windows.look((LEFT,))[0].active == Active("xterm", "left"))
    here, there = windows.look((LEFT, RIGHT))
    assert there.active == Active("xterm", "both")
    for program in (left, both):
        program.close()


def test_a_menu_belongs_to_its_program(server: XServer, windows: X11Windows) -> None:
    """A window that openbox does not manage, owned by a terminal, as a menu is."""
    owner = server.xterm("Vault - KeyKeeper", name="KeyKeeper")
    display = Display(server.display)
    menu = display.screen().root.create_window(
        700, 500, 90, 70, 0, X.CopyFromParent, override_redirect=1, background_pixel=0xFFFFFF
    )
    menu.set_wm_transient_for(display.create_resource_object("window", int(owner.window)))
    menu.map()
    display.sync()
    found = windows.look((WHOLE,))[0]
    assert found.windows is not None
    assert found.windows[-1] == Window("KeyKeeper", "Vault - KeyKeeper", 700, 500, 90, 70, 1)
    assert found.active == Active("KeyKeeper", "Vault - KeyKeeper")
    display.close()
    owner.close()


# python-xlib leaves the sockets open with which it tried in vain.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_display_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoScreen):
        X11Windows(":999")
    with an_x_server(tmp_path, 320, 200) as server:
        windows = X11Windows(server.display)
        windows.look((WHOLE,))
    with pytest.raises(NoScreen):
        windows.look((WHOLE,))
    windows.close()
