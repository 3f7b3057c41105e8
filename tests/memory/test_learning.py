"""Learning on a real ledger: the same facts however settling was divided, and after forgetting."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from memory.forget import forget
from memory.index.client import Index
from memory.learning import rule
from memory.ledger import facts
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.records import Fact, Ruling, What
from memory.settling import settle
from tests.support.builders import NINE, a_frame, a_kept_frame, a_ledger

DAYS = 4
STATES = ("Open", "In Progress", "In Review", "Done")

Screens = Sequence[tuple[float, str, list[str]]]


def drawn(seed: int) -> Screens:
    """Screens of four days by seconds after the first morning: states that change, amounts, people, dates."""
    chance = random.Random(seed)
    screens = []
    for day in range(DAYS):
        for n in range(12):
            key = f"TW-{chance.randrange(3)}"
            title, lines = chance.choice(
                (
                    (f"{key} Gauge - Tracker", [f"Status {STATES[day]}", "Estimate 2 days"]),
                    ("Inbox - Mail", ["Ines Caldeira <ines@a.example>", f"Fee: EUR {day + 1}80.00 a month"]),
                    ("Notes", [f"The rollout takes place on {chance.randrange(1, 28)} March"]),
                    ("plan.md - Editor", ["Total: 40 hours", f"Build: #{chance.randrange(40, 44)}"]),
                )
            )
            screens.append((day * 86_400 + n * 1_200 + chance.randrange(600), title, lines))
    return screens


def take(ledger: Ledger, screens: Screens) -> None:
    with ledger.writing() as db:
        for after, title, lines in screens:
            a_kept_frame(db, a_frame(after, title=title, origin=f"{after}.webp"), lines, picture=None)


def settled(ledger: Ledger, pictures: Pictures) -> list[tuple[object, ...]]:
    settle(ledger, pictures, Index(ledger), NINE + timedelta(days=DAYS), dry_run=False)
    return told(ledger)


def told(ledger: Ledger) -> list[tuple[object, ...]]:
    """All that facts say, but for their ids and when they were learnt."""
    with ledger.reading() as db:
        found = facts.facts(db)
    values = {fact.id: (fact.subject, fact.relation, fact.value) for fact in found}

    def one(fact: Fact) -> tuple[object, ...]:
        after = values[fact.superseded_by] if fact.superseded_by else None
        evidence = tuple((piece.origin, piece.quote) for piece in fact.evidence)
        times = (fact.first_seen, fact.last_seen, fact.valid_to)
        return fact.kind, fact.statement, fact.value, fact.confidence, fact.state, times, after, evidence

    return sorted(map(one, found), key=repr)


@pytest.mark.parametrize("seed", range(3))
def test_twice_in_two_halves_or_in_one_go_makes_the_same_facts(
    tmp_path: Path, pictures: Pictures, seed: int
) -> None:
    screens = drawn(seed)
    cut = random.Random(seed).randrange(5, len(screens) - 5)
    found = []
    for name, parts in (("one", [screens]), ("halves", [screens[:cut], screens[cut:]])):
        (tmp_path / name).mkdir()
        with closing(a_ledger(tmp_path / name)) as ledger:
            for part in parts:
                take(ledger, part)
                found.append(settled(ledger, pictures))
            with ledger.writing() as db:
                db.run("update moments set settled = 0")
            found.append(settled(ledger, pictures))
    once, twice, _, halves, again = found
    assert len(once) > 10
    assert any(fact[6] for fact in once)
    assert once == twice == halves == again


def test_the_users_word_survives_settling(ledger: Ledger, pictures: Pictures) -> None:
    take(ledger, drawn(1))
    settled(ledger, pictures)
    with ledger.writing() as db:
        confirmed, corrected, deleted = facts.facts(db)[:3]
        for fact, ruling, said in (
            (confirmed, "confirmed", ""),
            (corrected, "corrected", "so"),
            (deleted, "deleted", ""),
        ):
            rule(db, fact.id, ruling, said, NINE)  # type: ignore[arg-type]
        before = {fact.id: (fact.value, fact.state) for fact in facts.facts(db)}
        db.run("update moments set settled = 0")
    settled(ledger, pictures)
    with ledger.reading() as db:
        after = {fact.id: (fact.value, fact.state) for fact in facts.facts(db)}
    assert after == before
    assert after[confirmed.id] == (confirmed.value, "confirmed")
    assert after[corrected.id] == ("so", "corrected")
    assert deleted.id not in after


def test_what_other_moments_say_is_known_after_forgetting(ledger: Ledger, pictures: Pictures) -> None:
    """Forgetting infers anew at once; settling the rest adds no more than evidence."""
    take(ledger, drawn(2))
    before = settled(ledger, pictures)
    with ledger.reading() as db:
        ids = tuple(id for (id,) in db.rows("select id from moments where title = 'Inbox - Mail'"))
    forget(ledger, pictures, Index(ledger), What(moments=ids), dry_run=False)
    left = told(ledger)
    assert 0 < len(left) < len(before)
    assert all(statement for _, statement, *_ in left)
    with ledger.writing() as db:
        db.run("update moments set settled = 0")
    assert [fact[:3] for fact in settled(ledger, pictures)] == [fact[:3] for fact in left]


def test_killed_in_its_first_run_what_was_settled_is_known_after_forgetting(
    ledger: Ledger, pictures: Pictures
) -> None:
    """Day by day what is written stands by itself: what is left of a fact is told anew."""
    lines = ["Total: 120.50 EUR", "Due date: 3 March 2026"]
    take(ledger, [(day * 86_400, f"Invoice {day % 2}", lines) for day in range(DAYS)])

    def killed(done: int, _of: int) -> bool:
        if done == DAYS - 1:
            raise KeyboardInterrupt
        return True

    with pytest.raises(KeyboardInterrupt):
        settle(ledger, pictures, Index(ledger), NINE, False, killed)
    forget(ledger, pictures, Index(ledger), What(moments=(1,)), dry_run=False)
    left = told(ledger)
    assert left
    assert all(statement for _, statement, *_ in left)


TITLE = "Invoice 4711 - Billing"


def shows(ledger: Ledger, pictures: Pictures, *days: tuple[int, str]) -> None:
    """The total of one invoice on some days, settled."""
    take(ledger, [(day * 86_400, TITLE, ["An invoice of Orion", f"Total: {amount}"]) for day, amount in days])
    settled(ledger, pictures)


def say(ledger: Ledger, value: str, ruling: Ruling, said: str = "") -> None:
    with ledger.writing() as db:
        rule(db, next(fact.id for fact in facts.facts(db) if fact.value == value), ruling, said, NINE)


def totals(ledger: Ledger) -> list[tuple[int, str, str]]:
    with ledger.reading() as db:
        return [(one.id, one.value, one.state) for one in facts.facts(db) if one.relation == "Total"]


def test_confirming_what_was_corrected_keeps_the_right_value(ledger: Ledger, pictures: Pictures) -> None:
    shows(ledger, pictures, (0, "1,240.00 EUR"))
    say(ledger, "1,240.00 EUR", "corrected", "1,340.00 EUR")
    (before,) = totals(ledger)
    shows(ledger, pictures, (1, "1,340.00 EUR"))
    say(ledger, "1,340.00 EUR", "confirmed")
    assert totals(ledger) == [before]
    assert before[1:] == ("1,340.00 EUR", "corrected")


def test_deleting_what_was_corrected_deletes_all_that_shows_it(ledger: Ledger, pictures: Pictures) -> None:
    shows(ledger, pictures, (0, "1,240.00 EUR"))
    say(ledger, "1,240.00 EUR", "corrected", "1,340.00 EUR")
    shows(ledger, pictures, (1, "1,340.00 EUR"))
    say(ledger, "1,340.00 EUR", "deleted")
    assert totals(ledger) == []
    shows(ledger, pictures, (2, "1,340.00 EUR"), (3, "1,240.00 EUR"))
    assert totals(ledger) == []


def test_what_was_read_in_two_ways_is_corrected_as_one(ledger: Ledger, pictures: Pictures) -> None:
    """Also once more, and to what had been deleted; it keeps its number."""
    shows(ledger, pictures, (0, "TX-1O4"), (1, "TX-104"), (2, "TX-104"))
    ((id, value, _),) = totals(ledger)
    say(ledger, value, "corrected", "TX-7")
    assert totals(ledger) == [(id, "TX-7", "corrected")]
    shows(ledger, pictures, (3, "TX-9"))
    say(ledger, "TX-9", "deleted")
    say(ledger, "TX-7", "corrected", "TX-9")
    assert totals(ledger) == [(id, "TX-9", "corrected")]


def test_a_correction_to_what_is_confirmed_says_how_it_is_written(ledger: Ledger, pictures: Pictures) -> None:
    shows(ledger, pictures, (0, "TX-1O4"), (1, "TX-9"))
    say(ledger, "TX-1O4", "confirmed")
    say(ledger, "TX-9", "corrected", "TX-104")
    assert [row[1:] for row in totals(ledger)] == [("TX-104", "corrected")]
