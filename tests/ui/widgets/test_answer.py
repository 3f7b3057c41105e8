"""An answer shows its sources, numbered, and opens them at the words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from memory.records import Answer, Grade, Question
from tests.support.fakes import NOW, FakeMemory
from ui.widgets.answer import AnswerCard


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """The card is a part of a window, never one itself."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def card(qtbot: QtBot, holder: QWidget) -> AnswerCard:
    made = AnswerCard(lambda: NOW)
    made.setParent(holder)
    made.resize(600, 200)
    holder.resize(600, 200)
    holder.show()
    return made


@pytest.fixture
def answer(fake: FakeMemory) -> Answer:
    return fake.ask(Question("permit number lantern", NOW))


def text(card: AnswerCard) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel))


def test_each_citation_has_a_button_that_opens_it(qtbot: QtBot, card: AnswerCard, answer: Answer) -> None:
    card.show_answer(answer)
    buttons = [one for one in card.findChildren(QPushButton) if one.accessibleName().startswith("[")]
    assert len(buttons) == len(answer.citations) > 0
    assert answer.citations[0].quote in buttons[0].accessibleName()
    with qtbot.waitSignal(card.followed) as caught:
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert caught.args[0] == answer.citations[0]


def test_focus_on_a_citation_peeks_at_it(qtbot: QtBot, card: AnswerCard, answer: Answer) -> None:
    card.show_answer(answer)
    card.window().activateWindow()
    button = card.findChildren(QPushButton)[-1]
    with qtbot.waitSignal(card.peeked) as caught:
        button.setFocus(Qt.FocusReason.TabFocusReason)
    assert caught.args[0] == answer.citations[-1]


def test_numbers_in_the_text_are_links_and_markup_is_only_text(
    qtbot: QtBot, card: AnswerCard, answer: Answer
) -> None:
    made = Answer(
        answer.question, answer.understood, True, "It is <b>340</b> [1].", 0.9, answer.citations, ()
    )
    card.show_answer(made)
    assert "&lt;b&gt;340" in text(card)
    with qtbot.waitSignal(card.followed) as caught:
        card._follow_link("1")
    assert caught.args[0].n == 1


def test_not_found_says_what_was_searched_and_links_nothing(card: AnswerCard, fake: FakeMemory) -> None:
    answer = fake.ask(Question("zeppelin schedule", NOW))
    card.show_answer(answer)
    assert "Not found" in text(card)
    assert "last six days" in text(card)
    assert "href" not in text(card)


def test_waiting_takes_the_old_answer_away(card: AnswerCard, answer: Answer) -> None:
    card.show_answer(answer)
    card.wait("and now?")
    assert "and now?" in text(card)
    card._follow_link("1")  # there is nothing to follow any more, and nothing happens
    assert card._cites == {}


@pytest.mark.parametrize(
    ("grade", "said"),
    [("seen", "word for word"), ("doubtful", "doubtfully"), ("inferred", "worked out"), ("", "source")],
)
def test_how_an_answer_is_known_stands_beside_its_sources(
    card: AnswerCard, answer: Answer, grade: Grade, said: str
) -> None:
    card.show_answer(replace(answer, grade=grade))
    assert said in text(card)
    assert f"{len(answer.citations)} source" in text(card)


def test_what_was_not_found_has_no_grade(card: AnswerCard, answer: Answer) -> None:
    card.show_answer(replace(answer, found=False, text="Not found.", citations=(), nearest=(), grade=""))
    assert text(card).strip().endswith("Not found.")
