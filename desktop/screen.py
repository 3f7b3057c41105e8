"""Is there a screen for us? Asked before anything heavy is started for it."""

from __future__ import annotations

import os

from memory.errors import NoScreen


def refuse_to_record() -> None:
    """Raises NoScreen where no screen of this session can be looked at.

    Under Wayland nobody tells X11 what is visible, and what is not known is not looked at.
    """
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        raise NoScreen(reason="this is a Wayland session, where visible windows are not known; use X11")
    if not os.environ.get("DISPLAY"):
        raise NoScreen(reason="there is no display")


def refuse_to_show() -> None:
    """Raises NoScreen where no window can be shown: Qt would end the process without a word of ours."""
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise NoScreen(reason="there is no display for the window; `onceseen --help` lists the commands")
