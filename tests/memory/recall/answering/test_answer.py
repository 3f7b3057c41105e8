"""Answers over a real ledger, by kind of question; every one with citations that hold."""

from __future__ import annotations

import pytest

from memory.ledger import moments
from memory.ledger.connection import Ledger
from memory.recall.answering.answer import answer
from memory.recall.answering.draft import LONGEST, MOST
from memory.records import Answer, Question
from tests.memory.recall.conftest import MONDAY, NOW, NoMeaning, SharedWords, show


def ask(ledger: Ledger, text: str, words_only: bool = False) -> Answer:
    with ledger.reading() as db:
        return answer(db, NoMeaning() if words_only else SharedWords(db), Question(text, NOW))


@pytest.mark.parametrize(
    ("question", "said", "moment"),
    [
        ("How much did Ole Brandt offer teak planks for on Monday?", "1,180.50", "offer"),
        ("What does Ole Brandt offer teak planks for now?", "1,090.00", "newoffer"),
        ("Which template is missing for the hull?", "H-204", "terminal"),
        ("What is the high water at Heron Point?", "3.75", "tides"),
        ("When did I watch how to caulk a deck?", "Tue 19 May 2026, 15:00", "film"),
        ("Which program did I use to make the hull?", "XTerm (terminal)", "terminal"),
        ("What was I doing on Tuesday at 9?", "build: ~/hull", "terminal"),
    ],
)
def test_it_answers_with_a_citation(
    ledger: Ledger, yard: dict[str, int], question: str, said: str, moment: str
) -> None:
    found = ask(ledger, question)
    assert found.found, found.text
    assert said in found.text
    assert found.citations[0].moment.id == yard[moment]
    assert "[1]" in found.text
    assert len(found.text) <= LONGEST
    assert len(found.citations) <= MOST
    assert 0 < found.confidence <= 1
    assert found.nearest == ()


def test_a_citation_leads_to_its_lines(ledger: Ledger, yard: dict[str, int]) -> None:
    citation = ask(ledger, "Which template is missing for the hull?").citations[0]
    with ledger.reading() as db:
        boxes = {row.line.box for row in moments.texts(db, [citation.moment.id])[citation.moment.id]}
    assert citation.boxes
    assert set(citation.boxes) <= boxes
    assert citation.moment.origins


@pytest.mark.parametrize(
    "question",
    [
        "What is the phone number of the notary Quillfeather?",
        "Which colour has the curtain in the cabin?",
        "How much did the xylophone cost?",
    ],
)
def test_what_was_never_shown_is_not_found(ledger: Ledger, yard: dict[str, int], question: str) -> None:
    found = ask(ledger, question)
    assert not found.found
    assert found.citations == ()
    assert found.text.startswith("Not found in 6 moments")
    assert len(found.nearest) <= 3


def test_not_found_names_the_words_that_no_screen_showed(ledger: Ledger, yard: dict[str, int]) -> None:
    assert "“xylophone”" in ask(ledger, "How much did the xylophone cost?").text


def test_not_found_says_why_nothing_is_there(ledger: Ledger, yard: dict[str, int]) -> None:
    paused = ask(ledger, "What did the notary write on Monday between 13:10 and 13:40?")
    assert not paused.found
    assert "Nothing was captured then: recording was paused." in paused.text
    away = ask(ledger, "What did the notary write on 3 May?")
    assert "Nothing was captured before Mon 18 May 2026" in away.text
    assert (paused.missing, away.missing) == ("not captured", "not captured")


def test_an_empty_memory_says_so(ledger: Ledger) -> None:
    assert ask(ledger, "What was the price?").text == "Not found: nothing has been captured yet."


def test_it_answers_by_words_alone(ledger: Ledger, yard: dict[str, int]) -> None:
    found = ask(ledger, "Which template is missing for the hull?", words_only=True)
    assert found.found
    assert "H-204" in found.text


def test_the_same_question_gives_the_same_answer(ledger: Ledger, yard: dict[str, int]) -> None:
    question = "What does Ole Brandt offer teak planks for now?"
    assert ask(ledger, question) == ask(ledger, question)


@pytest.mark.parametrize("text", ["", "?", '"', "[1] “x” [2]", "when", "a" * 5000])
def test_no_question_breaks_it(ledger: Ledger, yard: dict[str, int], text: str) -> None:
    ask(ledger, text)


def test_the_first_quote_takes_the_room_that_is_left(ledger: Ledger) -> None:
    line = (
        "The keel of the Petrel was laid in a yard that stood where the fish market is now, by two sisters "
        "who had learnt the craft from their uncle, and it took them all of nine winters"
    )
    with ledger.writing() as db:
        show(db, MONDAY, "Firefox", "Petrel", [line])
    assert "nine winters" in ask(ledger, "How was the keel of the Petrel laid?").text


def test_words_that_stand_everywhere_are_no_question(ledger: Ledger, yard: dict[str, int]) -> None:
    assert not ask(ledger, "what was the").found


def test_a_mark_on_the_screen_stays_in_its_quote(ledger: Ledger) -> None:
    with ledger.writing() as db:
        show(db, MONDAY, "mousepad", "codes", ["The code of the shed {n} is KR-4471"])
    assert "shed {n} is KR-4471” [1]" in ask(ledger, "What is the code of the shed?").text
