"""May the recorder look? Consent, pause and rules, kept in the ledger so that they outlive the program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from memory.ledger import gaps, meta, moments, rules
from memory.ledger.connection import Db, Writer
from memory.records import Orders

UNTIL_RESUMED = datetime(9000, 1, 1, tzinfo=UTC)
"""A pause without an end, as a time that no clock reaches."""

STILL = timedelta(seconds=75)
"""A gap that goes on is told again each minute: one that ended longer ago is over."""


def consent(db: Writer, now: datetime) -> None:
    """The user has said yes; the time of the first yes stays."""
    if meta.get(db, "consent") is None:
        meta.put(db, "consent", now.isoformat())


def pause(db: Writer, until: datetime | None) -> None:
    meta.put(db, "paused_until", (until or UNTIL_RESUMED).isoformat())


def resume(db: Writer) -> None:
    meta.put(db, "paused_until", None)


def paused_until(db: Db, now: datetime) -> datetime | None:
    """When the pause ends; None when it is over or there is none."""
    kept = meta.get(db, "paused_until")
    until = datetime.fromisoformat(str(kept)) if kept is not None else None
    return until if until and until > now else None


def orders(db: Db, now: datetime) -> Orders:
    return Orders(meta.get(db, "consent") is not None, paused_until(db, now), rules.all(db))


def recording(db: Db, now: datetime, recorder: str) -> str:
    """Whether it records, or why not, in words; `recorder` is that process's state."""
    if meta.get(db, "consent") is None:
        return "off: not agreed to yet"
    until = paused_until(db, now)
    if until == UNTIL_RESUMED:
        return "paused until resumed"
    if until:
        return f"paused until {until.astimezone(now.tzinfo):%H:%M}"
    if recorder == "running":
        return _held_back(db, now) or "on"
    return f"off: recorder {recorder}" if recorder else "off: no recorder is running"


def _held_back(db: Db, now: datetime) -> str:
    """Why a recorder that runs does not look: the reason of the last gap while that goes on, else ""."""
    gap = gaps.last(db)
    if gap is None or gap.reason in ("paused", "not running") or now - gap.end > STILL:
        return ""
    seen = any(moment.end >= gap.end for moment in moments.between(db, gap.end, None))
    return "" if seen else gap.reason
