"""A connection to an X11 display whose failures are NoScreen, shared by what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from Xlib import X, Xatom, error
from Xlib.display import Display
from Xlib.xobject.drawable import Window as XWindow

from memory.errors import NoScreen

# BadWindow and its like come back for a window that was closed between two questions.
VANISHED = (error.BadWindow, error.BadDrawable, error.BadMatch)
_FAILED = (error.DisplayError, error.ConnectionClosedError, error.XError, OSError)


@contextmanager
def mapped() -> Iterator[None]:
    """Raises NoScreen for whatever the display does not answer."""
    try:
        yield
    except _FAILED as failure:
        raise NoScreen(reason=f"the display does not answer, {type(failure).__name__}") from failure


class Connection:
    """Questions about windows; every call may raise VANISHED or what `mapped` maps."""

    def __init__(self, display: str | None) -> None:
        with mapped():
            self.display = Display(display)
        self.root = self.display.screen().root
        self._atoms: dict[str, int] = {}

    def close(self) -> None:
        with suppress(*_FAILED):
            self.display.close()
        self.display.display.socket.close()  # python-xlib leaves it open where the server is gone

    def window(self, id: int) -> XWindow:
        return self.display.create_resource_object("window", id)

    def numbers(self, window: XWindow, name: str) -> list[int]:
        """A property of 32-bit numbers, empty where it is not set."""
        found = window.get_full_property(self.atom(name), X.AnyPropertyType)
        return [int(number) for number in found.value] if found and found.format == 32 else []

    def text(self, window: XWindow, name: str) -> str:
        """A property of text, empty where it is not set."""
        found = window.get_full_property(self.atom(name), X.AnyPropertyType)
        if found is None or found.format != 8:
            return ""
        data = bytes(found.value) if not isinstance(found.value, str) else found.value.encode("latin-1")
        latin = found.property_type == Xatom.STRING
        return data.decode("latin-1" if latin else "utf-8", "replace")

    def atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = int(self.display.intern_atom(name))
        return self._atoms[name]

    def classes(self, window: XWindow) -> tuple[str, ...]:
        """WM_CLASS: the instance's name and the program's, empty where it is not set."""
        return tuple(part for part in self.text(window, "WM_CLASS").split("\0") if part)

    def top(self, window: XWindow) -> XWindow:
        """The window's frame, or whatever else of it is a child of the root."""
        above = window.query_tree().parent
        while above and above.id != self.root.id:
            window, above = above, above.query_tree().parent
        return window
