"""The day's time, its episodes with their key pictures, facts with their evidence, and routines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from memory.records import Changes, What
from tests.support.fakes import NOW, FakeMemory
from tests.ui.conftest import Open
from ui.pages.memory import MemoryPage
from ui.widgets.knowledge import EpisodeCard, FactCard, RoutineCard, Thumbnail
from ui.window import Window

TODAY = NOW.date()


@pytest.fixture
def page(qtbot: QtBot, window: Window) -> MemoryPage:
    window.go(window.memory)
    qtbot.waitUntil(lambda: bool(cards(window.memory)) and bool(facts(window.memory)))
    return window.memory


def cards(page: MemoryPage) -> list[EpisodeCard]:
    return [card for card in page.findChildren(EpisodeCard) if card.isVisible()]


def facts(page: MemoryPage) -> list[FactCard]:
    return [card for card in page.findChildren(FactCard) if card.isVisible()]


def text(widget: EpisodeCard | FactCard | RoutineCard) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_episodes_of_the_last_day_are_listed_in_order(page: MemoryPage, fake: FakeMemory) -> None:
    wanted = [one.title for one in fake.episodes(None, None) if one.spans[0][0].date() == TODAY]
    assert [card.accessibleName() for card in cards(page)] == wanted
    assert "08:24 – 08:38" in text(cards(page)[0])


def test_another_day_has_its_own(qtbot: QtBot, page: MemoryPage, fake: FakeMemory) -> None:
    before = TODAY - timedelta(days=1)
    page.setFocus()
    page.days.went.emit(before)
    wanted = {one.title for one in fake.episodes(None, None) if one.spans[0][0].date() == before}
    qtbot.waitUntil(lambda: {card.accessibleName() for card in cards(page)} == wanted)
    assert page.days.day == before


def test_the_time_of_the_day_is_accounted_above_its_episodes(qtbot: QtBot, page: MemoryPage) -> None:
    qtbot.waitUntil(lambda: bool(page._time.text()))
    assert page._time.text().startswith("Recorded 6 h 22 min")
    assert "paused" in page._time.text()
    assert "held back 14 min" in page._time.text()
    page.show_day(TODAY - timedelta(days=40))
    qtbot.waitUntil(lambda: page._time.text() == "Nothing recorded  ·  not running 24 h")


def test_a_routine_leads_to_the_last_time(qtbot: QtBot, page: MemoryPage, fake: FakeMemory) -> None:
    (routine,) = fake.routines()
    qtbot.waitUntil(lambda: any(card.isVisible() for card in page.findChildren(RoutineCard)))
    (card,) = page.findChildren(RoutineCard)
    assert card.accessibleName() == routine.title
    assert "weekdays about" in text(card)
    with qtbot.waitSignal(page.opened) as caught:
        card.findChildren(QPushButton)[0].click()
    assert caught.args[0].moment == routine.evidence[-2]


def test_routines_are_sought_again_when_moments_went(
    qtbot: QtBot, page: MemoryPage, fake: FakeMemory
) -> None:
    qtbot.waitUntil(lambda: page._habits.isVisible())
    fake.forget(What(moments=fake.routines()[0].evidence), dry_run=False)
    qtbot.waitUntil(lambda: "5 of 6" not in text(page.findChildren(RoutineCard)[0]))


def test_new_moments_alone_ask_for_no_facts(qtbot: QtBot, page: MemoryPage, fake: FakeMemory) -> None:
    asked: list[str] = []
    days, known = fake.days, fake.facts
    fake.days = lambda: (asked.append("days"), days())[1]  # type: ignore[method-assign]
    fake.facts = lambda: (asked.append("facts"), known())[1]  # type: ignore[method-assign]
    page.refresh(Changes(7, ("frames", "moments")))
    qtbot.waitUntil(lambda: asked == ["days"])
    page.refresh(Changes(8, ("frames", "moments", "knowledge")))
    qtbot.waitUntil(lambda: sorted(asked) == ["days", "days", "facts"])


def test_a_key_picture_opens_its_moment(qtbot: QtBot, page: MemoryPage) -> None:
    picture = cards(page)[0].findChildren(Thumbnail)[0]
    with qtbot.waitSignal(page.opened) as caught:
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton)
    assert caught.args[0].moment == page._episodes[0].key_moments[0]


def test_where_i_left_off_is_the_last_moment(qtbot: QtBot, page: MemoryPage) -> None:
    resume = next(one for one in cards(page)[0].findChildren(QPushButton))
    with qtbot.waitSignal(page.opened) as caught:
        resume.click()
    assert caught.args[0].moment == page._episodes[0].moments[-1]


def test_a_fact_shows_what_it_replaced_and_its_evidence(qtbot: QtBot, page: MemoryPage) -> None:
    rent = next(card for card in facts(page) if "185 euros" in card.accessibleName())
    assert "170 euros" in text(rent)
    assert not [card for card in facts(page) if "170 euros" in card.accessibleName()]
    with qtbot.waitSignal(page.opened) as caught:
        rent.findChildren(QPushButton)[0].click()
    assert caught.args[0].marked


def test_what_did_not_change_is_not_built_anew(qtbot: QtBot, page: MemoryPage, fake: FakeMemory) -> None:
    built = cards(page)
    fake.grow("knowledge")
    asked = fake.polled
    qtbot.waitUntil(lambda: fake.polled > asked + 2)
    assert cards(page) == built


def test_a_day_without_episodes_teaches(qtbot: QtBot, page: MemoryPage) -> None:
    page.show_day(TODAY - timedelta(days=40))
    qtbot.waitUntil(page.empty.isVisible)
    assert cards(page) == []


def test_an_empty_memory_teaches(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(FakeMemory(days=0))
    qtbot.waitUntil(window.rail.isVisible)
    window.go(window.memory)
    qtbot.waitUntil(window.memory.empty.isVisible)
    assert window.memory._no_facts.isVisible()
    assert not window.memory._habits.isVisible()
