"""Jobs: rows that wait, oldest first, and give up after three times."""

from __future__ import annotations

import pytest

from memory.errors import Bug
from memory.ledger import frames, jobs
from memory.ledger.connection import Ledger
from tests.support.builders import a_frame


@pytest.fixture
def taken(ledger: Ledger) -> Ledger:
    """Five frames, nothing to be done with them."""
    with ledger.writing() as db:
        for n in range(5):
            frames.add(db, a_frame(n), None)
    return ledger


def test_the_oldest_comes_first(taken: Ledger) -> None:
    with taken.writing() as db:
        for stage, subject in (("read", 3), ("see", 2), ("read", 1), ("embed", 1)):
            jobs.add(db, stage, subject)

        def waits(stage: str, n: int = 9, singles: bool = False) -> list[int]:
            return [job.subject for job in jobs.next(db, stage, n, singles)]

        assert waits("read") == [3, 1]
        assert waits("read", n=1) == [3]
        assert waits("nothing") == waits("read", singles=True) == []
        frames.add(db, a_frame(9, single=True), None)
        jobs.add(db, "read", 6)
        assert waits("read", n=1, singles=True) == [6]
        jobs.done(db, jobs.next(db, "read", 1, singles=True)[0])
        assert jobs.waiting(db) == {"read": 2, "see": 1, "embed": 1}
        assert jobs.oldest(db, "read") == 1
        assert jobs.oldest(db, "nothing") is None
        assert jobs.subjects(db, ("read", "embed")) == 2
        assert jobs.subjects(db, ("read", "embed"), last=2) == 1
        assert jobs.subjects(db, ()) == 0


def test_what_went_wrong_keeps_nobody_waiting(taken: Ledger) -> None:
    with taken.writing() as db:
        for frame in (1, 2, 3):
            jobs.add(db, "read", frame)
        jobs.fail(db, jobs.next(db, "read", 1)[0], "child-failed")
        assert [job.subject for job in jobs.next(db, "read", 9)] == [2, 3, 1]
        assert [job.subject for job in jobs.next(db, "read", 2)] == [2, 3]
        # What it keeps from being embedded would be all that comes after it.
        assert jobs.oldest(db, "read") == 2


def test_what_is_done_is_gone(taken: Ledger) -> None:
    with taken.writing() as db:
        jobs.add(db, "read", 1)
        (job,) = jobs.next(db, "read", 1)
        jobs.done(db, job)
        assert jobs.next(db, "read", 1) == ()
        assert jobs.waiting(db) == {}


def test_three_times_and_no_more(taken: Ledger) -> None:
    with taken.writing() as db:
        jobs.add(db, "read", 1)
        for attempt in range(3):
            (job,) = jobs.next(db, "read", 1)
            assert job.attempts == attempt
            assert jobs.failed(db) == 0
            jobs.fail(db, job, "bad-picture")
        assert jobs.next(db, "read", 1) == ()
        assert (jobs.failed(db), jobs.waiting(db)) == (1, {})
        assert db.value("select error from jobs") == "bad-picture"


def test_what_failed_gets_a_chance_at_a_time_and_not_for_ever(taken: Ledger) -> None:
    with taken.writing() as db:
        jobs.add(db, "read", 1)
        for _ in range(6):
            (job,) = jobs.next(db, "read", 1)
            jobs.fail(db, job, "child-failed", most=6)
        assert (jobs.failed(db), jobs.waiting(db)) == (1, {})
        chances = 0
        while jobs.retry_failed(db):
            (job,) = jobs.next(db, "read", 1)
            jobs.fail(db, job, "child-failed", most=6)
            assert jobs.next(db, "read", 1) == ()
            chances += 1
        assert 6 + chances == jobs.LIFE_ATTEMPTS
        assert jobs.failed(db) == 1


def test_added_again_it_waits_again_once(taken: Ledger) -> None:
    with taken.writing() as db:
        jobs.add(db, "read", 1)
        (job,) = jobs.next(db, "read", 1)
        for _ in range(3):
            jobs.fail(db, job, "x")
        jobs.add(db, "read", 1)
        jobs.add(db, "read", 1)
        assert jobs.waiting(db) == {"read": 1}
        assert jobs.failed(db) == 0


def test_there_is_no_job_for_a_frame_that_is_not_there(taken: Ledger) -> None:
    with pytest.raises(Bug), taken.writing() as db:
        jobs.add(db, "read", 99)
