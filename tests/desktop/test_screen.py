"""Where there is no screen it is said at once, before anything is started."""

from __future__ import annotations

import pytest

from desktop import screen
from memory.errors import NoScreen


def test_only_a_session_of_x11_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoScreen, match="no display"):
        screen.refuse_to_record()
    monkeypatch.setenv("DISPLAY", ":0")
    screen.refuse_to_record()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(NoScreen, match="Wayland"):
        screen.refuse_to_record()


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_window_is_shown_on_any_of_them(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    with pytest.raises(NoScreen, match="window"):
        screen.refuse_to_show()
    monkeypatch.setenv(name, "something")
    screen.refuse_to_show()
