"""The engine's verbs that tell of time: hours, days and weeks, the journal, routines; none of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from memory.consolidate import journal
from memory.consolidate.levels import levels, whole
from memory.consolidate.routines import routines
from memory.errors import BadRequest
from memory.ledger import episodes, facts, gaps, moments
from memory.ledger.connection import Db
from memory.opened import Unlocked
from memory.records import Episode, Journal, Routine

LOOKED_AT = timedelta(days=90)
"""Routines are looked for in so long a time before the last moment: what one no longer does is none."""

MOST_DAYS = 366


class Telling(Unlocked):
    """What is told is made of the rows when it is asked for: what was forgotten is gone from it at once."""

    def levels(self, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
        with self._now.ledger.reading() as db:
            # An hour, day or week is told whole, however little of it was asked for.
            first = None if since is None else whole(since)[0]
            last = None if until is None else whole(until)[1]
            found = episodes.between(db, first, last)
            starts = moments.starts(db, [moment for one in found for moment in one.moments])
        return tuple(
            one
            for one in levels(found, starts)
            if any(
                (until is None or start < until) and (since is None or end >= since)
                for start, end in one.spans
            )
        )

    def journal(self, midnights: tuple[datetime, ...]) -> Journal:
        _check(midnights)
        since, until = midnights[0] - journal.BEFORE, midnights[-1]
        with self._now.ledger.reading() as db:
            material = journal.Material(
                midnights,
                self._clock(),
                moments.between(db, since, until),
                gaps.between(db, since, until),
                episodes.between(db, since, until),
                facts.begun(db, midnights[0], until),
            )
            lines = moments.texts(db, journal.last_looks(material))
        return journal.page(material, lines)

    def routines(self) -> tuple[Routine, ...]:
        with self._now.ledger.reading() as db:
            last = _last_day(db)
            seen = () if last is None else moments.between(db, last - LOOKED_AT, None)
        return routines(seen)


def _check(midnights: tuple[datetime, ...]) -> None:
    if not 2 <= len(midnights) <= MOST_DAYS + 1 or any(at.tzinfo is None for at in midnights):
        raise BadRequest(reason="a journal is of one day or of some that follow each other")
    if any(one >= other for one, other in pairwise(midnights)):
        raise BadRequest(reason="the days of a journal are not in order")


def _last_day(db: Db) -> datetime | None:
    """The last day that holds a moment."""
    held = moments.days(db)
    return datetime.fromisoformat(max(held)).replace(tzinfo=UTC) if held else None
