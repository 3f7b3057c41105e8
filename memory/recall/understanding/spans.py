"""What a time phrase can mean: a span, whole days, a weekday, hours of a day; how several become one span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MIDNIGHT = 24 * 60
SINGLE_DAYS = 7
"""A stretch of days up to so many holds each weekday once."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` up to `until`; None is open."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, Monday 0: the latest one, today included unless `ago`; that many before the latest past one
    less one ("two Fridays ago"). Beside a week it is the one in it.
    """

    number: int
    ago: int = 0

    def before(self, day: date) -> date:
        """The one that is meant seen from a day."""
        back = (day.weekday() - self.number) % 7
        if not self.ago:
            return day - back * DAY
        return day - ((back or 7) + 7 * (self.ago - 1)) * DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes after midnight, `end` may lie in the next day. `clock`: an hour was named, which wins over a
    part of the day; `alone`: it names today where no day is named; `point`: the very minute that was named.
    """

    start: int
    end: int
    clock: bool = False
    alone: bool = False
    point: int | None = None


Piece = Span | Days | Weekday | Hours


def combine(pieces: Sequence[Piece], at: datetime) -> Span | None:
    """One span of all that a group of phrases names; None where that is nothing, or lies in the future."""
    exact = next((p for p in pieces if isinstance(p, Span)), None)
    hours = hours_of(pieces)
    days = days_of(pieces, at.date())
    if exact is not None and exact.since is not None and hours is not None and hours.clock:
        return _days_span(Days(exact.since.date(), exact.since.date()), hours, at)
    if exact is not None:
        return exact
    if days is not None:
        return _days_span(days, hours, at)
    if hours is not None and (hours.clock or hours.alone):
        return _latest(hours, at)
    return None


def days_of(pieces: Sequence[Piece], today: date) -> Days | None:
    """The days that are named: from the first to the last, or those within others ("Tuesday last week")."""
    whole = [p for p in pieces if isinstance(p, Days)]
    weekdays = [p for p in pieces if isinstance(p, Weekday)]
    if whole:
        short = min(whole, key=lambda d: d.last - d.first)
        inside = all(d.first <= short.first and short.last <= d.last for d in whole)
        days = short if inside else Days(min(d.first for d in whole), max(d.last for d in whole))
        one = weekdays[0].before(days.last) if weekdays else None
        if one is not None and days.first <= one and 1 < (days.last - days.first).days + 1 <= SINGLE_DAYS:
            return Days(one, one)
        return days
    if not weekdays:
        return None
    last = weekdays[-1].before(today)
    first = min(day.before(last if day is not weekdays[-1] else today) for day in weekdays)
    return Days(first, last)


def hours_of(pieces: Sequence[Piece]) -> Hours | None:
    """The clock if one was named, moved to the part of the day beside it ("at 8 in the evening")."""
    named = [p for p in pieces if isinstance(p, Hours)]
    clock = next((h for h in named if h.clock), None)
    part = next((h for h in named if not h.clock), None)
    if clock is None or part is None:
        return clock or part
    middle = (clock.start + clock.end) // 2
    for shift in (0, 720, -720):
        if part.start - 60 <= middle + shift <= part.end + 60:
            point = None if clock.point is None else clock.point + shift
            return Hours(clock.start + shift, clock.end + shift, clock=True, point=point)
    return clock


def _days_span(days: Days, hours: Hours | None, at: datetime) -> Span | None:
    if days.first > at.date():
        return None
    if hours is not None and days.first == days.last:
        return Span(moment_of(days.first, hours.start, at), moment_of(days.last, hours.end, at))
    return Span(moment_of(days.first, 0, at), moment_of(days.last, MIDNIGHT, at))


def _latest(hours: Hours, at: datetime) -> Span:
    """The last time it was that hour."""
    day = at.date() if moment_of(at.date(), hours.start, at) <= at else at.date() - DAY
    return Span(moment_of(day, hours.start, at), moment_of(day, hours.end, at))


def widened(span: Span, at: datetime) -> Span:
    """A span that somebody is not sure of: half its length more on either side, at least an hour, or a day
    where it names days. It does not grow into the future.
    """
    if span.since is None or span.until is None:
        return span
    length = span.until - span.since
    more = max(length / 2, HOUR if length < 23 * HOUR else DAY)
    return Span(span.since - more, max(span.until, min(span.until + more, at)))


def moment_of(day: date, minute: int, at: datetime) -> datetime:
    """The time `minute` after midnight of `day`, in the zone of `at`; minutes may leave the day."""
    days, rest = divmod(minute, MIDNIGHT)
    return datetime.combine(day + days * DAY, time(rest // 60, rest % 60), tzinfo=at.tzinfo)
