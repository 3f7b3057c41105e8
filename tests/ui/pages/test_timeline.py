"""Time is walked through by key: moments, episodes, days, and back to now."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from memory.records import Moment
from tests.support.fakes import NOW, FakeMemory
from tests.ui.conftest import Open
from ui.pages.timeline import TimelinePage
from ui.span import DAY, midnight
from ui.window import Window

TODAY = NOW.date()


@pytest.fixture
def page(window: Window) -> TimelinePage:
    return window.timeline


def chosen(page: TimelinePage) -> Moment:
    assert page.chosen is not None
    return page.chosen


def test_it_begins_at_the_last_moment_with_its_picture(qtbot: QtBot, page: TimelinePage) -> None:
    assert chosen(page) == page.stretch.moments[-1]
    assert page.strip.hasFocus()
    qtbot.waitUntil(lambda: page.stage.picture._pixmap is not None)
    assert chosen(page).title in page.stage.picture.accessibleDescription()


def test_left_and_right_step_through_moments(qtbot: QtBot, page: TimelinePage) -> None:
    last = chosen(page)
    qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    assert chosen(page) == page.stretch.moments[-3]
    qtbot.keyClick(page.strip, Qt.Key.Key_Right)
    qtbot.keyClick(page.strip, Qt.Key.Key_Right)
    assert chosen(page) == last


def test_shift_steps_to_where_episodes_begin(qtbot: QtBot, page: TimelinePage) -> None:
    qtbot.keyClick(page.strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    starts = {start for episode in page.stretch.episodes for start, _ in episode.spans}
    qtbot.waitUntil(lambda: chosen(page).start in starts)


def test_home_and_end_are_the_edges_of_the_day(qtbot: QtBot, page: TimelinePage) -> None:
    qtbot.keyClick(page.strip, Qt.Key.Key_Home)
    assert chosen(page) == page.stretch.of_day(TODAY)[0]
    qtbot.keyClick(page.strip, Qt.Key.Key_End)
    assert chosen(page) == page.stretch.of_day(TODAY)[-1]


def test_past_the_first_moment_of_a_day_lies_the_day_before(qtbot: QtBot, page: TimelinePage) -> None:
    qtbot.keyClick(page.strip, Qt.Key.Key_Home)
    qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: chosen(page).start.date() == TODAY - timedelta(days=1))


def test_pages_go_by_days_and_n_comes_back_to_now(qtbot: QtBot, page: TimelinePage) -> None:
    last = chosen(page)
    for back in (1, 2):
        qtbot.keyClick(page.strip, Qt.Key.Key_PageUp)
        wanted = TODAY - timedelta(days=back)
        qtbot.waitUntil(lambda wanted=wanted: chosen(page).start.date() == wanted)  # type: ignore[misc]
        assert page.days.day == wanted
    qtbot.keyClick(page.strip, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: chosen(page) == last)


def test_an_empty_day_is_shown_and_the_choice_stays(qtbot: QtBot, page: TimelinePage) -> None:
    last = chosen(page)
    page.go_to_day(TODAY - timedelta(days=30))
    qtbot.waitUntil(lambda: not page.stretch.busy)
    assert page.days.day == TODAY - timedelta(days=30)
    assert chosen(page) == last


def test_space_plays_and_stops_at_the_end(qtbot: QtBot, page: TimelinePage) -> None:
    qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    page._play.setInterval(1)
    last = page.stretch.moments[-1]
    qtbot.keyClick(page.strip, Qt.Key.Key_Space)
    assert page._play.isActive()
    qtbot.waitUntil(lambda: not page._play.isActive())
    assert chosen(page) == last


def test_enter_opens_the_moment(qtbot: QtBot, page: TimelinePage) -> None:
    with qtbot.waitSignal(page.opened) as caught:
        qtbot.keyClick(page.strip, Qt.Key.Key_Return)
    assert caught.args[0].moment == chosen(page).id


def test_plus_and_minus_zoom_about_the_chosen_moment(qtbot: QtBot, page: TimelinePage) -> None:
    before = page.strip.view
    qtbot.keyClick(page.strip, Qt.Key.Key_Plus)
    assert page.strip.view.length < before.length
    at = chosen(page).start.timestamp()
    assert page.strip.view.x(at) == pytest.approx(before.x(at), abs=1)


def test_a_year_ends_soon_after_now(page: TimelinePage) -> None:
    page._show_length(365 * DAY)
    assert page.strip.view.end < NOW.timestamp() + 40 * DAY


def test_hovering_shows_a_card_at_once(qtbot: QtBot, page: TimelinePage) -> None:
    middle = (chosen(page).start.timestamp() + chosen(page).end.timestamp()) / 2
    card = page._hover_card
    assert not card.isVisible()
    qtbot.mouseMove(page.strip, QPoint(round(page.strip.view.x(middle)), 178))
    assert card.isVisible()
    assert card.grab().width() > 0
    qtbot.mouseMove(page.strip, QPoint(5, 10))
    assert not card.isVisible()


def test_new_moments_come_by_themselves(qtbot: QtBot, page: TimelinePage, fake: FakeMemory) -> None:
    count = len(page.stretch.moments)
    fake.forget_quietly(page.stretch.moments[0].id)
    fake.grow("moments")
    qtbot.waitUntil(lambda: len(page.stretch.moments) == count - 1)


def test_a_chosen_moment_that_is_gone_gives_way_to_its_neighbour(
    qtbot: QtBot, page: TimelinePage, fake: FakeMemory
) -> None:
    gone = chosen(page)
    fake.forget_quietly(gone.id)
    fake.grow("moments")
    qtbot.waitUntil(lambda: chosen(page) != gone)


def test_a_moment_without_a_picture_shows_its_words(
    qtbot: QtBot, page: TimelinePage, fake: FakeMemory
) -> None:
    note = fake.without_picture(chosen(page).id)
    page.choose(note)
    qtbot.waitUntil(lambda: "Lantern" in page.stage.picture._note)


@pytest.mark.parametrize("form", ["thumbnail", "text"])
def test_what_has_faded_says_so_and_shows_what_is_left(
    qtbot: QtBot, page: TimelinePage, fake: FakeMemory, form: Literal["thumbnail", "text"]
) -> None:
    faded = fake.without_picture(chosen(page).id, form)
    picture = page.stage.picture
    picture.show_note("")
    page.choose(faded)
    qtbot.waitUntil(
        lambda: picture._pixmap is not None if form == "thumbnail" else "Lantern" in picture._note
    )
    assert "the picture has faded" in page.stage._small.text()


def test_an_empty_memory_teaches_and_fills_by_itself(qtbot: QtBot, open_window: Open) -> None:
    memory = FakeMemory(days=0)
    page = open_window(memory).timeline
    qtbot.waitUntil(page.empty.isVisible)
    full = FakeMemory(days=1)
    memory.become(full)
    qtbot.waitUntil(lambda: page.chosen is not None)
    assert not page.empty.isVisible()


def test_going_to_a_time_chooses_what_was_there(qtbot: QtBot, page: TimelinePage) -> None:
    page.go_to(midnight(TODAY - timedelta(days=2)) + 9.5 * 3600)
    qtbot.waitUntil(lambda: chosen(page).start.date() == TODAY - timedelta(days=2))
