"""The visible windows of an X11 display, by python-xlib and what the window manager tells (EWMH)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from Xlib import X
from Xlib.xobject.drawable import Window as XWindow

from capture.adapters.x11 import VANISHED, Connection, mapped
from capture.ports import Desk, Monitor
from memory.records import Active, Window

ALL_DESKTOPS = 0xFFFFFFFF
BESIDES = ("_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_WINDOW_TYPE_DESKTOP", "_NET_WM_WINDOW_TYPE_NOTIFICATION")
"""Kinds of windows that never stand for what somebody does."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A visible window in pixels of the whole desktop; `id` is the program's own window in the frame."""

    id: int
    app: str
    title: str
    x: int
    y: int
    w: int
    h: int
    main: bool


class X11Windows:
    """Asks for all windows at every look: 1 to 3 ms, and nothing can be missed in between."""

    def __init__(self, display: str | None = None) -> None:
        self._x = Connection(display)

    def look(self, monitors: tuple[Monitor, ...]) -> tuple[Desk, ...]:
        with mapped():
            seen = self._seen()
            front = self._in_front()
        return tuple(_desk(monitor, seen, front) for monitor in monitors)

    def close(self) -> None:
        self._x.close()

    def _seen(self) -> list[_Seen]:
        """Every mapped window from the lowest up: those of the window manager and those beside it (menus)."""
        managed = self._managed()
        owners = {self._pid(client): client for client in managed.values()}
        desktop = self._x.numbers(self._x.root, "_NET_CURRENT_DESKTOP")
        seen = []
        for child in self._x.root.query_tree().children:
            with suppress(*VANISHED):
                client = managed.get(child.id)
                if client is not None and self._is_elsewhere(client, desktop):
                    continue
                if found := self._one(child, client, owners):
                    seen.append(found)
        return seen

    def _one(self, top: XWindow, client: XWindow | None, owners: dict[int, XWindow]) -> _Seen | None:
        attributes = top.get_attributes()
        if attributes.map_state != X.IsViewable or attributes.win_class == X.InputOnly:
            return None
        box = top.get_geometry()
        border = 2 * box.border_width
        named = client or self._owner(top, owners)
        app, title = self._names(named)
        kinds = {self._x.atom(kind) for kind in BESIDES}
        main = not kinds & set(self._x.numbers(named, "_NET_WM_WINDOW_TYPE"))
        managed = client is not None or not owners
        return _Seen(
            named.id, app, title, box.x, box.y, box.width + border, box.height + border, main and managed
        )

    def _managed(self) -> dict[int, XWindow]:
        """The clients of the window manager by the id of their frame."""
        for name in ("_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST"):
            clients = {}
            for id in self._x.numbers(self._x.root, name):
                with suppress(*VANISHED):
                    client = self._x.window(id)
                    clients[self._x.top(client).id] = client
            if clients:
                return clients
        return {}

    def _is_elsewhere(self, client: XWindow, current: list[int]) -> bool:
        """Whether it is minimised or on another desktop: some window managers keep it mapped then."""
        hidden = self._x.atom("_NET_WM_STATE_HIDDEN") in self._x.numbers(client, "_NET_WM_STATE")
        desktop = self._x.numbers(client, "_NET_WM_DESKTOP")
        away = bool(desktop and current) and desktop[0] not in (ALL_DESKTOPS, current[0])
        return hidden or away

    def _owner(self, window: XWindow, owners: dict[int, XWindow]) -> XWindow:
        """The window that tells what a menu or tooltip belongs to; itself where nothing is known."""
        if self._x.classes(window):
            return window
        for id in self._x.numbers(window, "WM_TRANSIENT_FOR"):
            with suppress(*VANISHED):
                if self._x.classes(self._x.window(id)):
                    return self._x.window(id)
        for child in window.query_tree().children:
            with suppress(*VANISHED):
                if self._x.classes(child):
                    return child
        pid = self._pid(window)
        return owners[pid] if pid and pid in owners else window

    def _pid(self, window: XWindow) -> int:
        with suppress(*VANISHED):
            return next(iter(self._x.numbers(window, "_NET_WM_PID")), 0)
        return 0

    def _names(self, window: XWindow) -> tuple[str, str]:
        classes = self._x.classes(window)
        title = self._x.text(window, "_NET_WM_NAME") or self._x.text(window, "WM_NAME")
        return classes[-1] if classes else "", " ".join(title.replace("\0", " ").split())

    def _in_front(self) -> int:
        """The id of the window with the focus, 0 where none has it."""
        active = self._x.numbers(self._x.root, "_NET_ACTIVE_WINDOW")
        if active:
            return active[0]
        focus = self._x.display.get_input_focus().focus
        return int(focus.id) if hasattr(focus, "id") else 0


def _desk(monitor: Monitor, seen: list[_Seen], front: int) -> Desk:
    """What of all windows lies on one monitor."""
    windows: list[Window] = []
    active = topmost = None
    for each in seen:
        x0, y0 = max(each.x, monitor.x), max(each.y, monitor.y)
        x1 = min(each.x + each.w, monitor.x + monitor.width)
        y1 = min(each.y + each.h, monitor.y + monitor.height)
        if x1 <= x0 or y1 <= y0:
            continue
        place = (x0 - monitor.x, y0 - monitor.y, x1 - x0, y1 - y0)
        windows.append(Window(each.app, each.title, *place, len(windows)))
        if each.main:
            topmost = Active(each.app, each.title)
        if each.id == front:
            active = Active(each.app, each.title)
    return Desk(tuple(windows), active or topmost)
