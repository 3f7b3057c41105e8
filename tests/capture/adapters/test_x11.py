"""Properties as programs really set them."""

from __future__ import annotations

from pathlib import Path

from Xlib import Xatom
from Xlib.display import Display

from capture.adapters.x11 import Connection
from tests.support.xserver import an_x_server


def test_properties(tmp_path: Path) -> None:
    with an_x_server(tmp_path, 320, 200) as server:
        display = Display(server.display)
        root = display.screen().root
        own = root.create_window(0, 0, 9, 9, 0, 0)
        own.change_property(display.intern_atom("LATIN"), Xatom.STRING, 8, "wéir".encode("latin-1"))
        own.change_property(
            display.intern_atom("UTF"), display.intern_atom("UTF8_STRING"), 8, "wéir".encode()
        )
        own.change_property(display.intern_atom("BROKEN"), display.intern_atom("UTF8_STRING"), 8, b"a\xff")
        own.change_property(display.intern_atom("NUMBERS"), Xatom.CARDINAL, 32, [7, 0xFFFFFFFF])
        own.set_wm_class("instance", "Program")
        display.sync()
        asked = Connection(server.display)
        window = asked.window(own.id)
        assert [asked.text(window, name) for name in ("LATIN", "UTF", "BROKEN", "NONE", "NUMBERS")] == [
            "wéir", "wéir", "a\ufffd", "", "",
        ]  # fmt: skip
        assert asked.numbers(window, "NUMBERS") == [7, 0xFFFFFFFF]
        assert asked.numbers(window, "LATIN") == []
        assert asked.classes(window) == ("instance", "Program")
        assert asked.classes(asked.root) == ()
        assert asked.top(window).id == own.id
        display.close()
        asked.close()
