"""Values that changed: which hold when, which came before, how often; whose word counts, and what is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from memory.ledger.connection import Ledger, Writer
from memory.recall.answering.answer import answer
from memory.recall.answering.history import history
from memory.records import Answer, Question
from tests.memory.recall.conftest import MONDAY, NOW, Row, SharedWords, show

FEES = ("EUR 410.00", "EUR 455.50", "EUR 390.00", "EUR 520.75")


def ask(ledger: Ledger, text: str) -> Answer:
    with ledger.reading() as db:
        return answer(db, SharedWords(db), Question(text, NOW))


def label(db: Writer, hours: float, value: str, name: str = "Osprey Dock") -> None:
    """A page of one thing with a label."""
    rows = [name, "State: open", f"Mooring fee: {value}"]
    show(db, MONDAY + timedelta(hours=hours), "Firefox", f"{name} - Harbour book", rows)


def table(db: Writer, hours: float, value: str, name: str = "Osprey Dock") -> None:
    """A table of two things, each cell with a place."""
    rows: list[Row] = [
        ("Dock", 10, 40),
        ("Mooring fee", 200, 40),
        ("Osprey Pier", 10, 70),
        ("EUR 77.00", 200, 70),
        (name, 10, 100),
        (value, 200, 100),
    ]
    show(db, MONDAY + timedelta(hours=hours), "Calc", "Fees - Calc", rows)


def typed(db: Writer, hours: float, value: str, name: str = "Osprey Dock") -> None:
    """A table whose rows are one line each."""
    rows = ["Dock | State | Mooring fee", "Osprey Pier | open | EUR 77.00", f"{name} | open | {value}"]
    show(db, MONDAY + timedelta(hours=hours), "XTerm", "fees: ~/harbour", rows)


def sentence(db: Writer, hours: float, value: str, name: str = "Osprey Dock") -> None:
    rows = ["Log", f"The mooring fee of {name} is now {value}."]
    show(db, MONDAY + timedelta(hours=hours), "mousepad", "log.md - mousepad", rows)


@pytest.mark.parametrize("form", [label, table, typed, sentence])
def test_each_of_the_values_is_found_again(ledger: Ledger, form: Callable[..., None]) -> None:
    with ledger.writing() as db:
        for n, value in enumerate(FEES):
            form(db, 4 * n, value)
            form(db, 4 * n + 1, value)
        label(db, 20, "EUR 99.00", "Osprey Harbour")
    dock = "mooring fee of Osprey Dock"
    for question, said in (
        (f"What is the {dock} now?", "EUR 520.75"),
        (f"What was the previous {dock}?", "EUR 390.00"),
        (f"What was the {dock} before the last change?", "EUR 390.00"),
        (f"What was the third last {dock}?", "EUR 455.50"),
        (f"What was the {dock} 3 changes ago?", "EUR 410.00"),
        (f"What was the original {dock}?", "EUR 410.00"),
        (f"How often did the {dock} change?", "3 changes. First EUR 410.00"),
        (f"How many different values did the {dock} have?", "4 values"),
        (f"When did the {dock} last change?", "Mon 18 May 2026, 21:00"),
    ):
        found = ask(ledger, question)
        assert found.found, (question, found.text)
        assert found.text.startswith(said), (question, found.text)
    assert FEES[2] in ask(ledger, f"What is the {dock} now?").text


def test_what_was_never_otherwise_has_nothing_before_it(ledger: Ledger) -> None:
    with ledger.writing() as db:
        label(db, 0, FEES[0])
        label(db, 30, FEES[0])
    found = ask(ledger, "What was the previous mooring fee of Osprey Dock?")
    assert not found.found
    assert "only one value was seen, the first Mon 18 May 2026, 09:00" in found.text
    assert ask(ledger, "How often did the mooring fee of Osprey Dock change?").text.startswith("0 changes")


def test_a_value_at_a_date_is_the_one_that_held_then(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n, value in enumerate(FEES[:3]):
            label(db, 24 * n, value)
    found = ask(ledger, "What was the mooring fee of Osprey Dock on 19 May 2026?")
    assert found.text.startswith(FEES[1])


def told(ledger: Ledger, topic: Sequence[str]) -> list[str]:
    with ledger.reading() as db:
        return [hold.value for hold in history(db, topic, ("money",))]


def test_a_stranger_changes_nothing_and_two_places_do(ledger: Ledger) -> None:
    topic = ("mooring", "fee", "osprey", "dock")
    with ledger.writing() as db:
        label(db, 0, FEES[0])
        rows = ["Rumours", f"The mooring fee of Osprey Dock is {FEES[3]}."]
        show(db, MONDAY + timedelta(hours=5), "Firefox", "Gossip - Pages of a stranger", rows)
    assert told(ledger, topic) == [FEES[0]]
    with ledger.writing() as db:
        show(db, MONDAY + timedelta(hours=9), "Firefox", "Notice - Dock office", rows)
    assert told(ledger, topic) == [FEES[0], FEES[3]]


def test_a_letter_that_is_opened_again_brings_nothing_back(ledger: Ledger) -> None:
    def letter(db: Writer, hours: float, n: int) -> None:
        rows = ["From: Ole <ole@docks.example>", f"The mooring fee of Osprey Dock changes to {FEES[n]}."]
        show(db, MONDAY + timedelta(hours=hours), "Thunderbird", f"Fee no. {n} - Thunderbird", rows)

    with ledger.writing() as db:
        for hours, n in ((0, 0), (5, 1), (9, 0)):
            letter(db, hours, n)
    assert told(ledger, ("mooring", "fee", "osprey", "dock")) == list(FEES[:2])


def test_a_page_that_shows_an_old_value_again_has_changed_back(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n, value in enumerate((FEES[0], FEES[1], FEES[0])):
            label(db, 5 * n, value)
    assert told(ledger, ("mooring", "fee", "osprey", "dock")) == [FEES[0], FEES[1], FEES[0]]


def test_lines_of_a_chat_change_by_new_lines_alone(ledger: Ledger) -> None:
    lines = [f"{9 + n:02}:00 Bo: Osprey Dock mooring fee is {value}" for n, value in enumerate(FEES)]
    with ledger.writing() as db:
        for n, seen in enumerate((lines[:1], lines[:2], lines[1:3], lines[:2], lines[2:])):
            show(db, MONDAY + timedelta(hours=n), "Slack", "#docks - Chat", seen)
    assert told(ledger, ("mooring", "fee", "osprey", "dock")) == list(FEES)
