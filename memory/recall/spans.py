"""What a time phrase can mean: a span, whole days, or hours of a day; and how several become one span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAY = timedelta(days=1)
MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` up to `until`; None is open."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, both ends included. `side` "since" or "until" leaves the other end open."""

    first: date
    last: date
    side: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes after midnight. `clock`: an hour was named, which wins over a part of the day."""

    start: int
    end: int
    clock: bool = False


Piece = Span | Days | Hours


def combine(pieces: Sequence[Piece], at: datetime) -> Span | None:
    """One span of all that a sentence names; None where that is nothing, or lies in the future."""
    exact = next((p for p in pieces if isinstance(p, Span)), None)
    days = _all_days([p for p in pieces if isinstance(p, Days)])
    hours = _hours([p for p in pieces if isinstance(p, Hours)])
    if exact is not None and exact.since is not None and hours is not None and hours.clock:
        return _days_span(Days(exact.since.date(), exact.since.date()), hours, at)
    if exact is not None:
        return exact
    if days is not None:
        return _days_span(days, hours, at)
    if hours is not None and hours.clock:
        return _latest(hours, at)
    return None


def _all_days(named: list[Days]) -> Days | None:
    """From the first to the last day that was named ("between Monday and Wednesday")."""
    if len(named) < 2:
        return named[0] if named else None
    side = next((d.side for d in named if d.side), "")
    return Days(min(d.first for d in named), max(d.last for d in named), side)


def _hours(named: list[Hours]) -> Hours | None:
    """The clock if one was named, moved to the part of the day beside it ("at 8 in the evening")."""
    clock = next((h for h in named if h.clock), None)
    part = next((h for h in named if not h.clock), None)
    if clock is None or part is None:
        return clock or part
    middle = (clock.start + clock.end) // 2
    for shift in (0, 720, -720):
        if part.start - 60 <= middle + shift <= part.end + 60:
            return Hours(clock.start + shift, clock.end + shift, clock=True)
    return clock


def _days_span(days: Days, hours: Hours | None, at: datetime) -> Span | None:
    if days.first > at.date():
        return None
    if days.side == "since":
        return Span(moment_of(days.first, hours.start if hours else 0, at), at)
    if days.side == "until":
        return Span(None, moment_of(days.last, hours.end if hours else MIDNIGHT, at))
    if hours is not None and days.first == days.last:
        return Span(moment_of(days.first, hours.start, at), moment_of(days.last, hours.end, at))
    return Span(moment_of(days.first, 0, at), moment_of(days.last, MIDNIGHT, at))


def _latest(hours: Hours, at: datetime) -> Span:
    """The last time it was that hour."""
    day = at.date() if moment_of(at.date(), hours.start, at) <= at else at.date() - DAY
    return Span(moment_of(day, hours.start, at), moment_of(day, hours.end, at))


def moment_of(day: date, minute: int, at: datetime) -> datetime:
    """The time `minute` after midnight of `day`, in the zone of `at`; minutes may leave the day."""
    days, rest = divmod(minute, MIDNIGHT)
    return datetime.combine(day + days * DAY, time(rest // 60, rest % 60), tzinfo=at.tzinfo)
