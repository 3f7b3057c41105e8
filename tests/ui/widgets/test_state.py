"""The state of recording is a shape and a word; its menu pauses and resumes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from memory.records import LastSettling, Settling
from tests.support.fakes import NOW, FakeMemory
from ui.widgets.state import StateBadge


@pytest.fixture
def badge(qtbot: QtBot) -> StateBadge:
    made = StateBadge(lambda: NOW)
    qtbot.addWidget(made)
    return made


def visible(badge: StateBadge) -> list[str]:
    return [action.text() for action in badge.menu().actions() if action.isVisible() and action.isEnabled()]


def test_pauses_are_offered_while_recording(badge: StateBadge, fake: FakeMemory) -> None:
    badge.show_status(fake.status())
    assert badge.text() == "Recording"
    assert badge.state.shape == "recording"
    assert "Pause for an hour" in visible(badge)
    assert "Resume recording" not in visible(badge)


def test_resuming_is_offered_while_paused(qtbot: QtBot, badge: StateBadge, fake: FakeMemory) -> None:
    fake.pause(None)
    badge.show_status(fake.status())
    assert badge.state.shape == "paused"
    assert "Resume recording" in visible(badge)
    with qtbot.waitSignal(badge.resumed):
        next(one for one in badge.menu().actions() if one.text() == "Resume recording").trigger()


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Pause for 15 minutes", NOW + timedelta(minutes=15)),
        ("Pause for an hour", NOW + timedelta(hours=1)),
        ("Pause until tomorrow", (NOW + timedelta(days=1)).replace(hour=0, minute=0)),
        ("Pause until I resume", None),
    ],
)
def test_a_pause_has_its_end(
    qtbot: QtBot, badge: StateBadge, fake: FakeMemory, text: str, until: object
) -> None:
    badge.show_status(fake.status())
    with qtbot.waitSignal(badge.paused) as caught:
        next(one for one in badge.menu().actions() if one.text() == text).trigger()
    assert caught.args == [until]


def test_nothing_can_be_paused_before_consent(badge: StateBadge) -> None:
    badge.show_status(FakeMemory(days=0, recording="off: not agreed to yet").status())
    assert not [text for text in visible(badge) if "Pause" in text]
    assert badge.state.shape == "held"


def test_a_memory_that_does_not_answer_is_trouble(badge: StateBadge) -> None:
    badge.show_lost()
    assert badge.state.shape == "trouble"
    assert "does not answer" in badge.accessibleDescription()


def test_how_the_last_settling_went_stands_in_the_menu(badge: StateBadge, fake: FakeMemory) -> None:
    def said() -> list[str]:
        return [one.text() for one in badge.menu().actions() if one.isVisible() and "ettl" in one.text()]

    badge.show_status(fake.status())
    assert said() == []
    last = LastSettling(NOW - timedelta(hours=2), 3.0, "done", days=1, of=1, episodes=4, facts=9)
    badge.show_status(replace(fake.status(), settling=Settling(last=last)))
    assert said() == ["Settled 2 hours ago: 1 day, 4 episodes, 9 facts"]
