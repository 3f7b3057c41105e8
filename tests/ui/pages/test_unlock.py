"""A locked memory asks for its passphrase until it opens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from memory.errors import Locked
from tests.support.fakes import FakeMemory, FakeSetup
from tests.ui.conftest import Open
from ui.window import Window


def test_the_passphrase_opens_it(qtbot: QtBot, open_window: Open, fake: FakeMemory) -> None:
    setup = FakeSetup("locked")
    window = open_window(fake, setup)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.unlock)
    assert not window.rail.isVisible()
    setup.refuse = True
    window.unlock.entry.setText("wrong one")
    qtbot.keyClick(window.unlock.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(window.unlock.error.isVisible)
    setup.refuse = False
    window.unlock.entry.setText("the right one")
    qtbot.keyClick(window.unlock.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.timeline.chosen is not None)
    assert window.rail.isVisible()
    assert setup.taken == [("unlock", "the right one")]
    assert window.unlock.entry.text() == ""


def test_a_memory_that_is_locked_meanwhile_asks_again(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    fake.locked = Locked()
    window._entered("permit number")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.unlock)
    assert not window.rail.isVisible()
