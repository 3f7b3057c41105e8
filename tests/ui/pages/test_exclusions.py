"""Exclusions are changed when they are saved, and only then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.fakes import FakeMemory
from ui.window import Window


def test_saved_rules_are_the_memorys(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    window.state.excluding.emit()
    page = window.exclusions
    qtbot.waitUntil(page.save.isEnabled)
    page.rules.entry.setText("diary")
    page.rules.add()
    page.rules.list.setCurrentRow(0)
    page.rules.remove()
    assert [rule.pattern for rule in fake.rules()] == ["vault", "keychain"]
    page.save.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.timeline)
    assert [rule.pattern for rule in fake.rules()] == ["keychain", "diary"]


def test_typing_shows_what_is_listed_already(qtbot: QtBot, window: Window) -> None:
    window.state.excluding.emit()
    page = window.exclusions
    qtbot.waitUntil(page.save.isEnabled)
    listed = page.rules.list
    page.rules.entry.setText("Vau")
    assert [listed.item(n).isHidden() for n in range(listed.count())] == [False, True]
    page.rules.entry.clear()
    assert not any(listed.item(n).isHidden() for n in range(listed.count()))


def test_escape_changes_nothing(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    window.state.excluding.emit()
    page = window.exclusions
    qtbot.waitUntil(page.save.isEnabled)
    page.rules.entry.setText("diary")
    page.rules.add()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.timeline
    assert [rule.pattern for rule in fake.rules()] == ["vault", "keychain"]
