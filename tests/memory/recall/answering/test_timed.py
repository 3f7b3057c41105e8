"""Answers out of times: order, neighbours, breaks, how long, how often, which application."""

from __future__ import annotations

from datetime import timedelta

import pytest

from memory.ledger.connection import Ledger
from memory.recall.answering.answer import answer
from memory.records import Answer, Question
from tests.memory.recall.conftest import MAIL, MONDAY, NOW, SharedWords, show


def ask(ledger: Ledger, text: str) -> Answer:
    with ledger.reading() as db:
        return answer(db, SharedWords(db), Question(text, NOW))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Which came first: the tide table or the plan with the sailmaker?",
            "First the plan with the sailmaker. Mon 18 May 2026, 09:00: mousepad (editor)",
        ),
        (
            'Which did I see first, "error: template H-204" or "How to caulk a deck"?',
            "First, Tue 19 May 2026, 09:00",
        ),
        ("Was habe ich zuletzt gesehen, „sand the keel“ oder „Week plan“?", "At the same time, Mon 18 May"),
        ("Did I see “4.10 m” before or after “12,408 views”?", "Before. Mon 18 May 2026, 11:00"),
        ("When did I last see “Ole Brandt”?", "Wed 20 May 2026, 09:00"),
        ("When did I first look at “Ole Brandt”?", "Mon 18 May 2026, 09:20"),
        ("How long did I have “Inbox” open on Monday?", "About 8 min, from Mon 18 May 2026, 09:20"),
        ("How long was I in XTerm?", "About 7 min, from Tue 19 May 2026, 09:00"),
        ("How long was I in the terminal on Tuesday?", "About 7 min, from Tue 19 May 2026, 09:00"),
        ("What was I doing at 9:21 on Monday?", "Mon 18 May 2026, 09:20: Firefox"),
        ("Was habe ich am Dienstag um 9:06 gemacht?", "Tue 19 May 2026, 09:00: XTerm"),
        ("Did I look at the tide table before or after the plan with the sailmaker?", "After."),
        ("Did I make the hull before or after I watched how to caulk a deck?", "Before."),
        ("What did I do right after the week plan with the sailmaker?", MAIL),
        ("What did I look at just before the tide table at Rowan Quay?", MAIL),
        ("How often did I look at the tide table of Heron Point?", "1 time. Mon 18 May 2026, 11:00"),
        ("On how many days did I make the hull?", "1 day. Tue 19 May 2026, 09:00"),
        ("How long did I watch how to caulk a deck?", "About 9 min, from Tue 19 May 2026, 15:00"),
        ("When did I make the hull?", "Tue 19 May 2026, 09:00"),
    ],
)
def test_times_answer(ledger: Ledger, yard: dict[str, int], question: str, said: str) -> None:
    found = ask(ledger, question)
    assert found.found, found.text
    assert said in found.text


def test_looks_at_an_unchanged_screen_do_not_end_a_break(ledger: Ledger) -> None:
    with ledger.writing() as db:
        noon = MONDAY + timedelta(hours=3)
        for minutes in (0, 2, 17, 32):
            show(db, noon + timedelta(minutes=minutes), "Firefox", "Knots - Tube", ["a bowline"])
        show(db, noon + timedelta(minutes=45), "XTerm", "build: ~/hull", ["$ make keel"])
    found = ask(ledger, "How long was my lunch break on Monday?")
    assert "About 43 min, from 12:02 to 12:45 (Mon 18 May 2026)" in found.text
    before = ask(ledger, "What did I look at before the lunch break on Monday?")
    assert "Knots" in before.text
    after = ask(ledger, "What did I look at after the lunch break on Monday?")
    assert "XTerm" in after.text


def test_a_second_visit_is_counted_and_dated(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.writing() as db:
        show(
            db,
            MONDAY + timedelta(days=2, hours=3),
            "Firefox",
            "Tide table - Skerry Pilot",
            ["Rowan Quay", "4.20 m"],
        )
    found = ask(ledger, "How many times did I look at the tide table of Rowan Quay?")
    assert "2 times" in found.text
    assert "Wed 20 May 2026, 12:00" in found.text


def test_where_something_was_read_names_application_and_site(ledger: Ledger, yard: dict[str, int]) -> None:
    found = ask(ledger, "Where did I read how to caulk a deck?")
    assert "Firefox (browser)" in found.text


def test_a_time_that_was_named_and_nothing_else_gives_what_was_seen(
    ledger: Ledger, yard: dict[str, int]
) -> None:
    found = ask(ledger, "Which documentary did I watch on Tuesday afternoon?")
    assert found.found
    assert "How to caulk a deck" in found.text


def test_only_what_was_named_is_told_of_a_time(ledger: Ledger, yard: dict[str, int]) -> None:
    apps = {
        citation.moment.app for citation in ask(ledger, "What was I doing in XTerm on Tuesday?").citations
    }
    assert apps == {"XTerm"}
    rest = {c.moment.app for c in ask(ledger, "What did I look at on Monday, not in Firefox?").citations}
    assert rest == {"mousepad"}
