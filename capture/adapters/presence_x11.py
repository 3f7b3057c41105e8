"""Whether somebody is at an X11 display: the idle time and the screensaver extension, and lockers by name."""

from __future__ import annotations

from contextlib import suppress

from Xlib import X
from Xlib.ext import screensaver

from capture.adapters.x11 import VANISHED, Connection, mapped
from memory.errors import NoScreen

LOCKERS = frozenset(
    {
        *("i3lock", "xlock", "xsecurelock", "slock", "physlock", "light-locker", "betterlockscreen"),
        *("xscreensaver", "gnome-screensaver", "cinnamon-screensaver", "mate-screensaver"),
        *("xfce4-screensaver", "kscreenlocker", "kscreenlocker_greet"),
    }
)
"""Programs whose window, when it is there, covers the screen; some of them leave the extension alone."""


class X11Presence:
    """Raises NoScreen where the display has no screensaver extension: then nobody knows."""

    def __init__(self, display: str | None = None) -> None:
        self._x = Connection(display)
        with mapped():
            if not self._x.display.has_extension("MIT-SCREEN-SAVER"):
                self._x.close()
                raise NoScreen(reason="the display does not tell how long nobody has been there")

    def idle_seconds(self) -> float:
        with mapped():
            return float(self._x.root.screensaver_query_info().idle) / 1000

    def locked(self) -> bool:
        with mapped():
            if self._x.root.screensaver_query_info().state == screensaver.StateOn:
                return True
            return any(self._is_locker(window.id) for window in self._x.root.query_tree().children)

    def close(self) -> None:
        self._x.close()

    def _is_locker(self, id: int) -> bool:
        with suppress(*VANISHED):
            window = self._x.window(id)
            named = {name.lower() for name in self._x.classes(window)}
            return bool(named & LOCKERS) and window.get_attributes().map_state == X.IsViewable
        return False
