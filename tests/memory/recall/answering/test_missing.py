"""Not found says which: of every kind of absence the right reason, and nothing of what was deleted."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime, timedelta

import pytest

from memory.ledger import frames, gaps, moments
from memory.ledger.connection import Ledger
from memory.recall.answering.answer import answer
from memory.records import Answer, Gap, Question
from tests.memory.recall.conftest import MONDAY, NOW, SharedWords, show
from tests.support import absences
from tests.support.absences import Absence, fill, questions


def ask(ledger: Ledger, text: str, at: datetime = NOW) -> Answer:
    with ledger.reading() as db:
        return answer(db, SharedWords(db), Question(text, at))


def test_the_right_reason_is_told_of_each_kind_of_absence(ledger: Ledger) -> None:
    chance = random.Random(5)
    with ledger.writing() as db:
        gone = fill(db, chance)
    asked: dict[str, list[Absence]] = defaultdict(list)
    for one in list(questions(gone, chance))[::3]:
        asked[one.why].append(one)
    assert asked.keys() == absences.SAYS.keys()
    right = 0
    for why, some in asked.items():
        told = [ask(ledger, one.question, absences.NOW) for one in some]
        fits = [
            one.missing == said.missing and absences.SAYS[why] in said.text
            for one, said in zip(some, told, strict=True)
        ]
        assert sum(fits) >= 0.6 * len(fits), why
        assert all(len(said.text) <= 300 for said in told)
        right += sum(fits)
    assert right >= 0.95 * sum(map(len, asked.values()))


def test_what_was_forgotten_is_told_as_what_was_never_recorded(ledger: Ledger) -> None:
    """The same sentence for an hour that was forgotten and for one in which nothing ran."""
    with ledger.writing() as db:
        show(db, MONDAY, "Firefox", "Inbox", ["the keel is green"])
        gone = show(db, MONDAY + timedelta(hours=2), "Firefox", "Vault of zebras", ["a secret of zebras"])
        show(db, MONDAY + timedelta(hours=6), "Firefox", "Inbox", ["the mast is blue"])
        moments.forget(db, [gone])
    forgotten, never = (
        ask(ledger, f"What did I read on Monday between {hours}?").text.split(" Nearest")[0]
        for hours in ("10:30 and 11:30", "13:00 and 14:00")
    )
    assert forgotten == never
    assert "zebra" not in ask(
        ledger, "Where did I see the zebras on Monday between 10:30 and 11:30?"
    ).text.replace("“zebras”", "")


def test_the_longest_reason_is_told_first(ledger: Ledger) -> None:
    with ledger.writing() as db:
        show(db, MONDAY, "Firefox", "Inbox", ["the keel is green"])
        start = MONDAY + timedelta(hours=3)
        gaps.add(db, Gap(start, start + timedelta(minutes=10), "locked"))
        gaps.add(db, Gap(start + timedelta(minutes=10), start + timedelta(hours=2), "paused"))
    said = ask(ledger, "What did I read on Monday between 12:00 and 13:30?")
    assert "Nothing was captured then: recording was paused and the screen was locked." in said.text


def test_a_part_that_is_missing_is_told_beside_what_was_searched(
    ledger: Ledger, yard: dict[str, int]
) -> None:
    said = ask(ledger, "How much was the xylophone on Monday?")
    assert said.missing == "not found"
    assert "For a part of that time recording was paused." in said.text


def test_the_nearest_thing_is_named_with_when_and_where(ledger: Ledger, yard: dict[str, int]) -> None:
    said = ask(ledger, "How much are the walnut planks?")
    assert said.missing == "not found"
    best = said.nearest[0].moment
    assert f"({best.app}, {best.start:%a} {best.start.day}" in said.text
    assert "“walnut”" in said.text


def test_a_look_at_the_edge_of_a_pause_does_not_make_it_captured(ledger: Ledger) -> None:
    with ledger.writing() as db:
        show(db, MONDAY, "Firefox", "Inbox", ["the keel is green"], looks=3)
        start = MONDAY + timedelta(minutes=3)
        gaps.add(db, Gap(start, start + timedelta(hours=1), "paused"))
    said = ask(ledger, "How much was the xylophone on Monday between 9:00 and 10:00?")
    assert said.missing == "not captured"
    assert "recording was paused" in said.text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did I read on 23 May?", "not captured"),
        ("What did Ole write next week?", "not captured"),
        ("Was habe ich morgen gelesen?", "not captured"),
        ("Wer hat mir heute morgen über Walrosse geschrieben?", "not found"),
        ("When is the walrus party on 23 May?", "not found"),
        ("Who wrote about the walrus?", "not found"),
    ],
)
def test_what_was_seen_is_not_ahead_and_what_is_planned_may_be(
    ledger: Ledger, yard: dict[str, int], question: str, missing: str
) -> None:
    with ledger.writing() as db:
        frames.add(db, absences.a_frame(at=NOW - timedelta(hours=7), app="mousepad", title="today"), None)
    assert ask(ledger, question).missing == missing
