"""The user's zone at any time: that of what was seen then, whose clock is what the user remembers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo

SUMMER_TIME = timedelta(hours=1)
"""By so much a clock changes within a day without that anybody travels."""


class Then(tzinfo):
    """What was `seen_in` before a time (None where nothing was); of today what is now, but for summer time.

    A time that is asked from often has no more than an offset, which knows nothing of summer time.
    """

    def __init__(self, at: datetime, seen_in: Callable[[datetime], timedelta | None]) -> None:
        self._offset = at.utcoffset() or timedelta()
        self._now = at.replace(tzinfo=None)
        self._today = self._now.replace(hour=0, minute=0, second=0, microsecond=0)
        self._seen_in = seen_in
        self._known: dict[datetime, timedelta] = {}

    def utcoffset(self, dt: datetime | None) -> timedelta:
        local = dt.replace(tzinfo=None) if dt is not None else self._now
        if local >= self._now:
            return self._offset
        if local not in self._known:
            seen = self._seen_in(local.replace(tzinfo=timezone(self._offset)))
            flown = seen is None or (local >= self._today and abs(seen - self._offset) > SUMMER_TIME)
            self._known[local] = self._offset if flown or seen is None else seen
        return self._known[local]

    def dst(self, dt: datetime | None) -> timedelta | None:
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        return None

    def fromutc(self, dt: datetime) -> datetime:
        return dt + self.utcoffset(dt + self._offset)


def settled(at: datetime | None) -> datetime | None:
    """The time with nothing but its offset."""
    return at and at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))
