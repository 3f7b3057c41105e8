"""Times as the ledger keeps them: UTC milliseconds, and the zone of then in minutes east of UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)

DAY = "((m.started + m.zone * 60000) / 86400000)"
"""The local day of a moment `m` in SQL, counted from 1970-01-01, as the index moments_by_day has it."""

FAR = 1 << 62
"""Later than any time, in milliseconds; its negative is earlier than any."""


def ms(at: datetime) -> int:
    """UTC milliseconds; what is finer is cut off."""
    return (at - EPOCH) // MILLISECOND


def zone(at: datetime) -> int:
    """Minutes east of UTC."""
    return (at.utcoffset() or timedelta()) // MINUTE


def at(ms: int, zone: int) -> datetime:
    """The time again, in the zone of then."""
    return _epoch(zone) + ms * MILLISECOND


@cache
def _epoch(zone: int) -> datetime:
    """Offsets are few, and a time is made for each row."""
    return EPOCH.astimezone(timezone(zone * MINUTE))


def span(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Both ends in milliseconds; None is open."""
    return (-FAR if since is None else ms(since), FAR if until is None else ms(until))


def day(number: int) -> str:
    """The date of a day that is counted from 1970-01-01, as "2026-03-02"."""
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()
