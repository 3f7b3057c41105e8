"""Settling beside a recorder: what grew while the plan was made waits for the next time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from memory.consolidate.likeness import RESUMED_WITHIN
from memory.errors import Bug
from memory.forget import forget
from memory.index.client import Index
from memory.ledger import episodes, frames, jobs, meta, moments, readings
from memory.ledger.connection import Db, Ledger, Writer
from memory.pictures import Pictures
from memory.records import Frame, Settled, What
from memory.settling import settle
from tests.support.builders import KEY, NINE, a_frame, a_kept_frame, a_ledger, a_reading

LINES = ["the first line of the notes", "the second line of the notes", "the third line of the notes"]


class Grows(Ledger):
    """A ledger to which a frame comes between the plan's look and what is written of it."""

    grown = False

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with super().writing() as db:
            if not self.grown:
                frames.add(db, a_frame(450, new=False), None)
            self.grown = True
        with super().writing() as db:
            yield db


@pytest.fixture
def two(ledger: Ledger) -> Ledger:
    """Two moments of one screen, 200 s apart: they are to be folded."""
    with ledger.writing() as db:
        for after in (0, 200):
            a_kept_frame(db, a_frame(after, change=0.01), LINES, picture=None)
    return ledger


def settled(ledger: Ledger, pictures: Pictures, dry_run: bool = False) -> Settled:
    return settle(ledger, pictures, Index(ledger), NINE + timedelta(hours=1), dry_run)


def longest_s(db: Db) -> float:
    return (
        float(db.value("select max(d) from (select max(at) - min(at) as d from frames group by moment)"))
        / 1000
    )


def test_one_screen_is_one_moment(two: Ledger, pictures: Pictures) -> None:
    done = settled(two, pictures)
    assert (done.moments_before, done.moments_after) == (2, 1)
    with two.reading() as db:
        assert moments.count_unsettled(db) == 0


def test_a_moment_that_grew_meanwhile_is_not_folded(two: Ledger, pictures: Pictures, tmp_path: Path) -> None:
    with closing(Grows.open(tmp_path / "ledger.db", KEY)) as growing:
        done = settled(growing, pictures)
    assert (done.moments_before, done.moments_after) == (2, 2)
    with two.reading() as db:
        assert longest_s(db) <= 300
        assert moments.count_unsettled(db) == 1
    settled(two, pictures)
    with two.reading() as db:
        assert longest_s(db) <= 300
        assert moments.count_unsettled(db) == 0


def test_with_nothing_new_nothing_is_made_again(two: Ledger, pictures: Pictures) -> None:
    first = settled(two, pictures)
    generation = two.generation()
    again, dry = settled(two, pictures), settled(two, pictures, dry_run=True)
    assert two.generation() == generation
    assert (again.moments_before, again.moments_after) == (1, 1)
    assert (again.episodes, again.facts) == (first.episodes, first.facts) == (dry.episodes, dry.facts)
    assert (again.dry_run, dry.dry_run) == (False, True)
    with two.writing() as db:
        a_kept_frame(db, a_frame(3600), ["something else"], picture=None)
    assert settled(two, pictures).moments_after == 2
    with two.reading() as db:
        assert meta.get(db, "settled_at")


def test_an_episode_of_which_a_whole_day_was_forgotten_keeps_a_name(
    ledger: Ledger, pictures: Pictures
) -> None:
    """The last day: none is left to be settled after it."""
    with ledger.writing() as db:
        for after in (0, 200, 86_400, 86_600):
            a_kept_frame(db, a_frame(after, title="weirs.md"), LINES, picture=None)
    settled(ledger, pictures)
    forget(ledger, pictures, Index(ledger), What(since=NINE + timedelta(hours=12)), dry_run=False)
    with ledger.reading() as db:
        assert moments.count_unsettled(db) == 0
    settled(ledger, pictures)
    with ledger.reading() as db:
        [left] = episodes.between(db, None, None)
    assert "weirs" in left.title
    assert {start.date() for start, _ in left.spans} == {NINE.date()}
    generation = ledger.generation()
    settled(ledger, pictures)
    assert ledger.generation() == generation


OPS = ["the pump of the greenhouse is too loud", "its bearings are worn", "spare bearings cost forty"]
TALK = ["a talk on sailing boats", "the keel is made of lead", "sails are sewn from hemp"]


def on_days(*days: int) -> list[Frame]:
    """A look at the same work on each of these days; on the second one, other work."""
    return [
        a_frame(day * 86_400, title="Sailing" if day == 1 else "Greenhouse pump", origin=f"{day}.webp")
        for day in days
    ]


def spans_of_all(ledger: Ledger, pictures: Pictures, *parts: list[Frame]) -> list[int]:
    """How many spans each episode has, when these parts are taken and settled one after the other."""
    for part in parts:
        with ledger.writing() as db:
            for frame in part:
                a_kept_frame(db, frame, TALK if "Sailing" in repr(frame) else OPS, picture=None)
        settled(ledger, pictures)
    with ledger.reading() as db:
        return sorted(len(one.spans) for one in episodes.between(db, None, None))


def test_an_older_day_that_comes_later_is_linked_beyond_the_day_after_it(
    tmp_path: Path, pictures: Pictures
) -> None:
    found = []
    for name, parts in (("one", [on_days(0, 1, 2)]), ("late", [on_days(1, 2), on_days(0)])):
        (tmp_path / name).mkdir()
        with closing(a_ledger(tmp_path / name)) as ledger:
            found.append(spans_of_all(ledger, pictures, *parts))
    assert found == [[1, 2], [1, 2]]


def test_so_many_days_back_are_looked_at_as_are_settled_anew() -> None:
    assert RESUMED_WITHIN.days == episodes.LINKED_DAYS


def test_what_is_read_between_two_that_were_folded_before_is_folded_as_well(
    ledger: Ledger, pictures: Pictures
) -> None:
    """What it repeats is kept of the earlier frame, and facts rest on that."""
    lines = [*LINES, "Amount: 120.50 EUR"]
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0, change=0.01), LINES, picture=None)
        a_kept_frame(db, a_frame(40, change=0.01), [], picture="p")
        a_kept_frame(db, a_frame(80, change=0.01), lines, picture=None)
        db.run("delete from readings where frame = 2")
        jobs.add(db, "read", 2)
    assert settled(ledger, pictures).moments_after == 2
    with ledger.writing() as db:
        db.run("delete from jobs")
        readings.add(db, 2, a_reading(*lines))
        readings.index_words(db, 2)
        moments.unsettle(db, 2)
    assert settled(ledger, pictures).moments_after == 1
    with ledger.reading() as db:
        ((line,),) = db.rows("select distinct line from sightings where quote like 'Amount%'")
        assert db.value("select frame from lines where id = ?", line) == 2


def test_a_day_that_fails_keeps_no_other_from_being_settled(ledger: Ledger, pictures: Pictures) -> None:
    with ledger.writing() as db:
        for after in (0, 24 * 3600, 48 * 3600):
            a_kept_frame(db, a_frame(after), LINES, picture=None)
        db.run(
            "create trigger stumbles before insert on spans when new.day = 20515"
            " begin select raise(abort, 'planted'); end"
        )
    with pytest.raises(Bug):
        settled(ledger, pictures)
    with ledger.writing() as db:
        assert moments.unsettled_days(db) == (20515,)
        db.run("drop trigger stumbles")
    settled(ledger, pictures)
    with ledger.reading() as db:
        assert moments.unsettled_days(db) == ()
