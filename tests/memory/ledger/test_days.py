"""Days: a salt each, made once, and gone with the last picture of its day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from memory.errors import NotFound
from memory.ledger import days, frames, moments
from memory.ledger.connection import Ledger
from tests.support.builders import a_frame, a_kept_frame

DAY, NEXT = "2026-03-02", "2026-03-03"


def test_a_day_is_the_local_one() -> None:
    assert days.day_of(datetime(2026, 3, 2, 23, 59, tzinfo=timezone(timedelta(hours=-8)))) == DAY


def test_a_salt_is_made_once(ledger: Ledger) -> None:
    one = days.salt_for_sealing(ledger, DAY)
    assert len(one) == 32
    generation = ledger.generation()
    assert days.salt_for_sealing(ledger, DAY) == one
    assert ledger.generation() == generation
    assert days.salt_for_sealing(ledger, NEXT) != one
    with ledger.reading() as db:
        assert days.salt(db, DAY) == one
        with pytest.raises(NotFound):
            days.salt(db, "2026-03-04")


def test_a_dropped_day_has_no_pictures(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one, two = (a_kept_frame(db, a_frame(n), ["words"], "name") for n in (0, 86_400))
        days.drop(db, DAY)
        assert frames.picture_of(db, one) is None
        assert frames.picture_of(db, two) is not None
        assert [moment.picture for moment in moments.between(db, None, None)] == [False, True]
        with pytest.raises(NotFound):
            days.salt(db, DAY)


def test_unused_salts_are_dropped(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), [], "name")
        days.ensure(db, NEXT)
        days.drop_unused(db)
        assert [day for (day,) in db.rows("select day from days")] == [DAY]
