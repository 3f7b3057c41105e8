"""Check before commit: a fold that loses something is refused alone, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from memory import folding
from memory.consolidate.moments import Fold, folds
from memory.index.client import Index
from memory.ledger import moments, readings, vectors
from memory.ledger.connection import Db, Ledger, Writer
from memory.pictures import Pictures
from memory.records import MomentText, Passage
from memory.settling import settle
from tests.support.builders import NINE, a_frame, a_kept_frame, a_look, some_vectors

NOTES = [f"line {n} of the notes about the keel" for n in range(8)]
TIDES = [f"station {n} high water at {n}:40" for n in range(8)]
DAY = 20514
"""Of 2026-03-02, since 1970-01-01."""


def fill(db: Writer) -> None:
    """Four looks at the notes, each with a line more, then one at another page of the same window."""
    for n in range(4):
        frame = a_kept_frame(db, a_frame(60 * n, change=0.01), [*NOTES, *(f"added {k}" for k in range(n))])
        made = readings.add_passages(db, frame, [Passage(f"added {n}", (n,))])
        vectors.add(db, "passage", made, some_vectors(1))
        vectors.add(db, "picture", (a_look(db, frame),), some_vectors(1, encoder="looks"))
    a_kept_frame(db, a_frame(280), TIDES)


@pytest.fixture
def notes(ledger: Ledger) -> Ledger:
    with ledger.writing() as db:
        fill(db)
    return ledger


def texts(ledger: Ledger) -> tuple[MomentText, ...]:
    with ledger.reading() as db:
        return moments.of_day(db, DAY)


def everything(ledger: Ledger) -> list[object]:
    tables = ("moments", "frames", "lines", "passages", "vectors", "parts", "words", "aliases")
    with ledger.reading() as db:
        return [db.rows(f"select * from {table} order by 1, 2") for table in tables]


def told(ledger: Ledger, how: folding.How, *wanted: Fold) -> tuple[Fold, ...]:
    found = texts(ledger)
    with ledger.writing():
        return folding.fold(ledger, wanted, found, how)


def then(what: Callable[[Writer, int, Sequence[int]], object]) -> folding.How:
    """A fold that goes on to break something."""

    def broken(db: Writer, into: int, gone: Sequence[int]) -> None:
        moments.fold(db, into, gone)
        what(db, into, gone)

    return broken


BAD: dict[str, folding.How] = {
    "a line": then(lambda db, into, _: db.run("delete from lines where text = ?", NOTES[3])),
    "the words": then(lambda db, into, _: db.run("delete from words where rowid = ?", into)),
    "a title": then(lambda db, into, _: db.run("update words set title = ''")),
    "a vector of text": then(lambda db, into, _: db.run("delete from vectors where kind = 'passage'")),
    "a vector of a picture": then(lambda db, into, _: db.run("delete from vectors where kind = 'picture'")),
    "a look": then(lambda db, into, _: db.run("update frames set moment = 5 where id = 2")),
    "its end": then(lambda db, into, _: db.run("update moments set ended = started where id = ?", into)),
    "its application": then(lambda db, into, _: db.run("update moments set app = '' where id = ?", into)),
    "its picture": then(lambda db, into, _: db.run("update moments set best = null where id = ?", into)),
}


def test_a_good_fold_passes(notes: Ledger) -> None:
    assert folds(texts(notes)) == (Fold(1, (2, 3, 4)),)
    assert told(notes, moments.fold, Fold(1, (2, 3, 4))) == (Fold(1, (2, 3, 4)),)
    with notes.reading() as db:
        assert ids(db) == [1, 5]


@pytest.mark.parametrize("lost", BAD)
def test_a_fold_that_loses_something_is_taken_back(notes: Ledger, lost: str) -> None:
    before = everything(notes)
    assert told(notes, BAD[lost], Fold(1, (2, 3, 4))) == ()
    assert everything(notes) == before


def test_screens_that_have_nothing_in_common_do_not_become_one(notes: Ledger) -> None:
    before = everything(notes)
    assert told(notes, moments.fold, Fold(4, (5,))) == ()
    assert everything(notes) == before


def test_what_was_seen_again_later_is_not_the_same_moment(notes: Ledger) -> None:
    with notes.writing() as db:
        a_kept_frame(db, a_frame(1000), NOTES)
    assert told(notes, moments.fold, Fold(1, (6,))) == ()


def test_windows_of_two_applications_do_not_become_one(notes: Ledger) -> None:
    with notes.writing() as db:
        a_kept_frame(db, a_frame(300, app="firefox"), TIDES)
    assert told(notes, moments.fold, Fold(5, (6,))) == ()


def test_what_was_not_found_before_is_not_lost(notes: Ledger) -> None:
    with notes.writing() as db:
        db.run("delete from words where rowid = 2")
        db.run("update moments set best = null where id in (1, 2, 3, 4)")
    assert told(notes, moments.fold, Fold(1, (2, 3, 4))) == (Fold(1, (2, 3, 4)),)


def test_one_is_refused_alone_and_its_beginning_is_folded(notes: Ledger) -> None:
    with notes.writing() as db:
        for after in (290, 295):
            a_kept_frame(db, a_frame(after, change=0.01), TIDES)
    done = told(notes, moments.fold, Fold(1, (2, 3, 5)), Fold(6, (7,)))
    assert done == (Fold(1, (2, 3)), Fold(6, (7,)))
    with notes.reading() as db:
        assert ids(db) == [1, 4, 5, 6]


def test_settling_goes_on_without_a_fold_that_was_refused(notes: Ledger, pictures: Pictures) -> None:
    with notes.writing() as db:
        # The ledger itself loses a line at each fold.
        db.run(
            "create trigger lossy after insert on aliases"
            f" begin delete from lines where text = '{NOTES[3]}'; end"
        )
    first = settle(notes, pictures, Index(notes), NINE + timedelta(hours=1), dry_run=False)
    assert (first.refused, first.moments_after) == (1, 5)
    with notes.reading() as db:
        assert moments.count_unsettled(db) == 0
        assert db.value("select count(distinct moment) from episode_moments") == 5
    with notes.writing() as db:
        moments.unsettle(db, 1)
    again = settle(notes, pictures, Index(notes), NINE + timedelta(hours=1), dry_run=False)
    assert (again.refused, again.moments_after, again.episodes) == (1, 5, first.episodes)


def ids(db: Db) -> list[int]:
    return [id for (id,) in db.rows("select id from moments order by id")]
