"""Nothing is captured before the last click; what was edited and chosen is what happens then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from memory.records import Rule
from tests.support.fakes import FakeMemory, FakeSetup
from tests.ui.conftest import Open
from ui.window import Window

NOT_YET = "off: not agreed to yet"


@pytest.fixture
def memory() -> FakeMemory:
    return FakeMemory(days=0, recording=NOT_YET)


@pytest.fixture
def setup() -> FakeSetup:
    return FakeSetup("new")


@pytest.fixture
def first(qtbot: QtBot, open_window: Open, memory: FakeMemory, setup: FakeSetup) -> Window:
    window = open_window(memory, setup)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.first_run)
    qtbot.waitUntil(lambda: window.first_run.rules.list.count() > 0)
    return window


def test_nothing_else_is_shown_and_nothing_said_before_the_last_click(
    first: Window, memory: FakeMemory, setup: FakeSetup
) -> None:
    assert not first.rail.isVisible()
    page = first.first_run
    for _ in range(2):
        page.next.click()
    page.back.click()
    page.next.click()
    assert page.next.text() == "Start remembering"
    assert setup.taken == []
    assert memory.called == []


def test_the_last_click_makes_the_memory_with_the_edited_rules_and_says_yes(
    qtbot: QtBot, first: Window, memory: FakeMemory, setup: FakeSetup
) -> None:
    memory._rules = [
        Rule(rule.field, rule.pattern, seeded=True, id=n) for n, rule in enumerate(setup.seeded_rules())
    ]
    page = first.first_run
    page.next.click()
    page.rules.list.setCurrentRow(0)
    page.rules.remove()
    page.rules.entry.setText("diary")
    qtbot.keyClick(page.rules.entry, Qt.Key.Key_Return)
    page.next.click()
    page.next.click()
    qtbot.waitUntil(first.rail.isVisible)
    assert setup.taken == [("keyring", "")]
    assert memory.called[0] == "consent"
    patterns = [rule.pattern for rule in memory.rules()]
    assert "diary" in patterns
    assert setup.seeded_rules()[0].pattern not in patterns
    assert first.pages.currentWidget() is first.timeline


def test_a_passphrase_must_be_long_and_twice_the_same(qtbot: QtBot, first: Window, setup: FakeSetup) -> None:
    page = first.first_run
    page.next.click()
    page.next.click()
    page.keys.choose("passphrase")
    for one, two, good in (
        ("short", "short", False),
        ("long enough words", "other", False),
        ("four dry lanterns", "four dry lanterns", True),
    ):
        page.keys.first.setText(one)
        page.keys.second.setText(two)
        assert page.next.isEnabled() == good
    page.next.click()
    qtbot.waitUntil(first.rail.isVisible)
    assert setup.taken == [("passphrase", "four dry lanterns")]


def test_what_fails_is_said_and_can_be_tried_again(
    qtbot: QtBot, first: Window, memory: FakeMemory, setup: FakeSetup
) -> None:
    setup.refuse = True
    page = first.first_run
    for _ in range(3):
        page.next.click()
    qtbot.waitUntil(page._error.isVisible)
    assert "keyring does not answer" in page._error.text()
    assert memory.called == []
    setup.refuse = False
    page.next.click()
    qtbot.waitUntil(first.rail.isVisible)
    assert "consent" in memory.called


def test_a_memory_that_is_there_needs_the_yes_alone(
    qtbot: QtBot, open_window: Open, memory: FakeMemory
) -> None:
    setup = FakeSetup("ready")
    window = open_window(memory, setup)
    page = window.first_run
    qtbot.waitUntil(lambda: page.rules.list.count() == len(memory.rules()))
    for _ in range(3):
        page.next.click()
    qtbot.waitUntil(window.rail.isVisible)
    assert setup.taken == []
    assert memory.called[0] == "consent"
