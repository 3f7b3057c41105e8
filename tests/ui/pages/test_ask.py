"""Typing searches, Enter asks, citations open the moment at the words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from memory.records import Found, Query, Understood
from tests.support.fakes import FakeMemory
from ui.window import Window


def chips(window: Window) -> list[str]:
    return [
        one.text()
        for one in window.ask.findChildren(QLabel)
        if one.property("kind") == "chip" and one.isVisible()
    ]


def test_typing_anywhere_searches_and_marks(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    window.box.setText("lantern")
    window.box.setText("lantern deposit")
    assert window.pages.currentWidget() is window.ask
    qtbot.waitUntil(lambda: bool(window.ask.results.rows))
    assert [call for call in fake.called if call.startswith("search")] == ["search lantern deposit"]
    qtbot.waitUntil(lambda: bool(window.ask.stage.picture.boxes))


def test_old_results_stay_until_new_ones_are_there(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    window.box.setText("lantern deposit")
    qtbot.waitUntil(lambda: bool(window.ask.results.rows))
    old = window.ask.results.rows
    window.box.setText("poppy seed cake")
    assert window.ask.results.rows == old
    qtbot.waitUntil(lambda: window.ask.results.rows != old)
    assert "Poppy seed" in window.ask.results.rows[0].moment.title


def test_enter_asks_and_the_answer_is_boxed_beside_it(qtbot: QtBot, window: Window) -> None:
    window.box.setText("what is the permit number")
    qtbot.keyClick(window.box, Qt.Key.Key_Return)
    page = window.ask
    qtbot.waitUntil(lambda: page._answer is not None and page._answer.found)
    assert page.answer.isVisible()
    assert page._answer is not None
    wanted = page._answer.citations[0]
    qtbot.waitUntil(lambda: page.stage.picture.boxes == wanted.boxes)
    qtbot.waitUntil(lambda: any("Nov" in text for text in chips(window)))


def test_an_answer_keeps_what_it_understood_when_the_results_come_after_it(
    qtbot: QtBot, window: Window
) -> None:
    window._entered("what is the permit number")
    page = window.ask
    qtbot.waitUntil(lambda: page._answer is not None and bool(page.results.rows))
    assert page._answer is not None
    page._show_found(
        Found(Query(page._asked, page._answer.question.at), Understood(""), page.results.rows[:1])
    )
    qtbot.waitUntil(lambda: any("Nov" in text for text in chips(window)))
    wanted = page._answer.citations[0]
    qtbot.waitUntil(lambda: page.stage.picture.boxes == wanted.boxes)


def test_a_citation_opens_its_moment_at_the_words(qtbot: QtBot, window: Window) -> None:
    window._entered("permit number")
    page = window.ask
    qtbot.waitUntil(lambda: page._answer is not None)
    assert page._answer is not None
    citation = page._answer.citations[0]
    page.answer.followed.emit(citation)
    qtbot.waitUntil(lambda: window.moment.shown is not None)
    assert window.pages.currentWidget() is window.moment
    assert window.moment.shown is not None
    assert window.moment.shown.moment.id == citation.moment.id
    qtbot.waitUntil(lambda: window.moment.stage.picture.boxes == citation.boxes)
    qtbot.keyClick(window.moment, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is page


def test_typing_on_takes_the_answer_away(qtbot: QtBot, window: Window) -> None:
    window._entered("permit number")
    qtbot.waitUntil(lambda: window.ask._answer is not None)
    window.box.setText("poppy seed cake")
    qtbot.waitUntil(lambda: not window.ask.answer.isVisible())


def test_not_found_says_so(qtbot: QtBot, window: Window) -> None:
    window.box.setText("zeppelin schedule")
    qtbot.waitUntil(window.ask.nothing.isVisible)
    assert not window.ask.list.isVisible()
    qtbot.keyClick(window.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ask._answer is not None)
    assert not window.ask.nothing.isVisible()
    assert window.ask.answer.isVisible()


def test_an_empty_box_teaches_and_its_examples_are_asked(
    qtbot: QtBot, window: Window, fake: FakeMemory
) -> None:
    window.go(window.ask)
    assert window.ask.empty.isVisible()
    window.ask.suggested.emit("invoice last week")
    assert window.box.text() == "invoice last week"
    qtbot.waitUntil(lambda: "ask invoice last week" in fake.called)
    window.box.clear()
    assert window.ask.empty.isVisible()


def test_down_goes_to_the_results_up_comes_back(qtbot: QtBot, window: Window) -> None:
    window.box.setText("lantern deposit")
    qtbot.waitUntil(lambda: bool(window.ask.results.rows))
    qtbot.keyClick(window.box, Qt.Key.Key_Down)
    assert window.ask.list.hasFocus()
    qtbot.keyClick(window.ask.list, Qt.Key.Key_Up)
    assert window.box.hasFocus()


def test_results_follow_what_is_forgotten(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    window.box.setText("lantern deposit")
    qtbot.waitUntil(lambda: bool(window.ask.results.rows))
    first = window.ask.results.rows[0].moment.id
    fake.forget_quietly(first)
    fake.grow("moments")
    qtbot.waitUntil(lambda: first not in [row.moment.id for row in window.ask.results.rows])


def test_an_error_is_a_sentence_and_the_page_stays(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    fake.broken = True
    window._entered("permit number")
    qtbot.waitUntil(window.notice.isVisible)
    assert "make room or mend the disk" in window.notice.sentence
    assert not window.ask.answer.isVisible()
