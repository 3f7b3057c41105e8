"""Gaps: one for each stretch, however often it was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from memory.ledger import gaps
from memory.ledger.connection import Ledger
from memory.records import Gap
from tests.support.builders import NINE


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def test_gaps_that_touch_are_one(ledger: Ledger) -> None:
    with ledger.writing() as db:
        gaps.add(db, Gap(at(0), at(10), "idle"))
        gaps.add(db, Gap(at(20), at(30), "idle"))
        gaps.add(db, Gap(at(41), at(50), "idle"))
        gaps.add(db, Gap(at(45), at(48), "idle"))
        assert gaps.between(db, None, None) == (Gap(at(0), at(30), "idle"), Gap(at(41), at(50), "idle"))


def test_gaps_of_other_reasons_stay_apart(ledger: Ledger) -> None:
    with ledger.writing() as db:
        gaps.add(db, Gap(at(0), at(10), "idle"))
        gaps.add(db, Gap(at(10), at(20), "paused"))
        gaps.add(db, Gap(at(12), at(30), "idle"))
        assert gaps.between(db, None, None) == (Gap(at(0), at(30), "idle"), Gap(at(10), at(20), "paused"))


def test_the_last_is_the_one_that_ended_last(ledger: Ledger) -> None:
    with ledger.writing() as db:
        assert gaps.last(db) is None
        gaps.add(db, Gap(at(0), at(90), "idle"))
        gaps.add(db, Gap(at(20), at(30), "locked"))
        assert gaps.last(db) == Gap(at(0), at(90), "idle")


def test_gaps_that_touch_a_span(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for start in (100, 0, 200):
            gaps.add(db, Gap(at(start), at(start + 50), "locked"))

        def starts(since: float | None, until: float | None) -> list[float]:
            span = (None if since is None else at(since), None if until is None else at(until))
            return [(gap.start - NINE).total_seconds() for gap in gaps.between(db, *span)]

        assert starts(None, None) == [0, 100, 200]
        assert starts(150, 200) == [100]
        assert starts(151, 199) == []
        assert starts(None, 100) == [0]
