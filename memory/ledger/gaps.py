"""Gaps: stretches in which nothing was recorded, and why."""

from __future__ import annotations

from datetime import datetime

from memory.ledger import times
from memory.ledger.connection import Db, Writer
from memory.records import Gap

TOUCH_MS = 10_000
"""Gaps of one reason that lie no further apart are one."""


def add(db: Writer, gap: Gap) -> None:
    """Writes a gap down, or extends the last one of its reason where they touch."""
    first, last = times.ms(gap.start), times.ms(gap.end)
    newest = db.row(
        "select id, started, ended from gaps where reason = ? order by id desc limit 1", gap.reason
    )
    if newest and first <= newest[2] + TOUCH_MS and last >= newest[1] - TOUCH_MS:
        db.run(
            "update gaps set started = min(started, ?), ended = max(ended, ?) where id = ?",
            first,
            last,
            newest[0],
        )
    else:
        db.run(
            "insert into gaps (started, ended, zone, reason) values (?, ?, ?, ?)",
            first,
            last,
            times.zone(gap.start),
            gap.reason,
        )


def last(db: Db) -> Gap | None:
    """The gap that ended last, or goes on."""
    row = db.row("select started, ended, zone, reason from gaps order by ended desc, id desc limit 1")
    return Gap(times.at(row[0], row[2]), times.at(row[1], row[2]), row[3]) if row else None


def between(db: Db, since: datetime | None, until: datetime | None) -> tuple[Gap, ...]:
    """Gaps that touch the span, in order of time; None is open."""
    first, last = times.span(since, until)
    return tuple(
        Gap(times.at(started, zone), times.at(ended, zone), reason)
        for started, ended, zone, reason in db.rows(
            "select started, ended, zone, reason from gaps where started < ? and ended >= ?"
            " order by started, id",
            last,
            first,
        )
    )
