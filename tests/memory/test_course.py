"""Settling goes on by days, ends between two, is told as it goes, and its outcome outlives the program."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from memory.course import Course, kept
from memory.errors import Locked, StoreTrouble
from memory.ledger.connection import Ledger
from memory.records import Settled
from tests.support.builders import NINE, a_ledger

PATIENCE_S = 20


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(a_ledger(tmp_path)) as made:
        yield made


def course() -> Course:
    return Course(lambda: NINE)


def test_what_the_last_one_did_is_kept(ledger: Ledger) -> None:
    there = course()
    with there.run(ledger, lambda: True) as run:
        assert run.tell(1, 2)
        assert run.tell(2, 2)
        run.settled = Settled(10, 7, 3, 2, refused=1)
    with ledger.reading() as db:
        known = kept(db)
    assert known.last
    assert (known.last.state, known.last.days, known.last.of) == ("done", 2, 2)
    assert (known.last.moments_before, known.last.moments_after, known.last.refused) == (10, 7, 1)
    assert (known.settled, known.nightly, known.last.at) == (NINE, None, NINE)
    there.night_is_done(ledger)
    with ledger.reading() as db:
        assert kept(db) == replace(known, nightly=NINE)


def test_one_that_was_ended_between_two_days_is_not_whole(ledger: Ledger) -> None:
    with course().run(ledger, lambda: False) as run:
        assert not run.tell(1, 5)
    with ledger.reading() as db:
        known = kept(db)
    assert known.last
    assert (known.last.state, known.last.days, known.last.of) == ("stopped", 1, 5)
    assert known.settled is None


def test_what_failed_is_kept_by_its_code_alone(ledger: Ledger) -> None:
    def fails() -> None:
        with course().run(ledger, lambda: True) as run:
            run.tell(1, 5)
            raise StoreTrouble(reason="words that nobody may read")

    with pytest.raises(StoreTrouble):
        fails()
    with ledger.reading() as db:
        known = kept(db)
        assert "nobody may read" not in str(db.value("select value from meta where key = 'settling'"))
    assert known.last
    assert (known.last.state, known.last.failed, known.settled) == ("failed", "store-trouble", None)


def test_a_ledger_that_closed_meanwhile_keeps_nothing(ledger: Ledger) -> None:
    def is_locked() -> None:
        with course().run(ledger, lambda: True):
            ledger.close()
            raise Locked

    with pytest.raises(Locked):
        is_locked()


def test_it_is_told_while_it_runs(ledger: Ledger) -> None:
    there = course()
    assert there.at is None
    with there.run(ledger, lambda: True) as run:
        run.tell(3, 8)
        assert there.at == (3, 8)
    assert there.at is None


def test_whoever_waits_ends_a_run_after_its_day(ledger: Ledger) -> None:
    there = course()
    inside = threading.Event()

    def wants() -> None:
        with there.alone():
            inside.set()

    with there.run(ledger, lambda: True) as run:
        assert run.tell(1, 9)
        other = threading.Thread(target=wants)
        other.start()
        for day in range(2, 1_000_000):
            if not run.tell(day, 1_000_000):
                break
        assert not inside.is_set()
    assert inside.wait(PATIENCE_S)
    other.join()
    with ledger.reading() as db:
        last = kept(db).last
    assert last
    assert last.state == "stopped"


def test_slices_that_follow_each_other_are_one(ledger: Ledger) -> None:
    there = course()
    for done, of in ((1, 3), (1, 2), (1, 1)):
        with there.run(ledger, lambda: False, sliced=True) as run:
            run.tell(done, of)
            run.settled = Settled(30 - 3 * (3 - of), 27 - 3 * (3 - of), 1, 1)
    with ledger.reading() as db:
        last = kept(db).last
    assert last
    assert (last.state, last.days, last.of) == ("done", 3, 3)
    assert (last.moments_before, last.moments_after) == (30, 21)
    with there.run(ledger, lambda: True, sliced=True) as run:
        run.tell(2, 2)
    with ledger.reading() as db:
        last = kept(db).last
    assert last
    assert (last.days, last.at) == (2, NINE)


def test_one_that_found_nothing_to_do_leaves_the_last_one_to_be_told(ledger: Ledger) -> None:
    now = NINE
    there = Course(lambda: now)
    with there.run(ledger, lambda: True) as run:
        run.tell(2, 2)
    now = NINE + timedelta(hours=1)
    with there.run(ledger, lambda: True):
        pass
    with ledger.reading() as db:
        known = kept(db)
    assert known.last
    assert (known.last.days, known.last.at, known.settled) == (2, NINE, now)
