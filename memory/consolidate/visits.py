"""A day as a sequence of visits: where one was, from when, for how long; the words of routines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from memory.consolidate.words import short_path, title_parts
from memory.records import Moment
from memory.trust import gives_orders

RESUMED = timedelta(minutes=10)
"""Moments at one place no further apart than this are one visit."""

LASTS = timedelta(minutes=5)
"""A visit lasts until the next one, at most so long past its last look."""

Place = tuple[str, str]
"""An application and a site or document in it; "" stands for any."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay at one place, told under each of `places`; `start` in minutes after local midnight."""

    places: tuple[Place, ...]
    start: float
    seconds: float
    moment: int

    @property
    def end(self) -> float:
        return self.start + self.seconds / 60


Days = dict[date, Sequence[Visit]]


def by_day(moments: Iterable[Moment]) -> Days:
    """Visits in order of time by the local date on which they began; without an application there is none."""
    ordered = sorted((one for one in moments if one.app), key=lambda one: (one.start, one.id))
    stays: list[list[Moment]] = []
    for moment in ordered:
        if stays and places(stays[-1][-1]) == places(moment) and moment.start - _end(stays[-1]) <= RESUMED:
            stays[-1].append(moment)
        else:
            stays.append([moment])
    days: dict[date, list[Visit]] = {}
    following = [stay[0].start for stay in stays[1:]]
    for stay, then in zip_longest(stays, following):
        end = _end(stay)
        until = end + LASTS if then is None else min(end + LASTS, max(end, then))
        first = stay[0]
        visit = Visit(places(first), _minutes(first.start), (until - first.start).total_seconds(), first.id)
        days.setdefault(first.start.date(), []).append(visit)
    return dict(days)


def places(moment: Moment) -> tuple[Place, ...]:
    """The site, where the title names one behind the page; else the document, and the application alone.

    A page is hardly ever the same twice and so is many a document: what recurs is the site, or the editor.
    """
    parts = [part for part in title_parts(moment) if not gives_orders(part)]
    if len(parts) > 1:
        return ((moment.app, parts[-1]),)
    anything = (moment.app, "")
    return ((moment.app, short_path(parts[0])), anything) if parts else (anything,)


def within_reach(day: Sequence[Visit], minutes: float) -> float:
    """How many visits begin, on average, within so many minutes after the end of one."""
    if len(day) < 2:
        return 0.0
    found = 0
    last = 0
    for at, visit in enumerate(day):
        last = max(last, at)
        while last + 1 < len(day) and day[last + 1].start - visit.end <= minutes:
            last += 1
        found += last - at
    return found / len(day)


def _end(stay: Sequence[Moment]) -> datetime:
    return max(moment.end for moment in stay)


def _minutes(at: datetime) -> float:
    return at.hour * 60 + at.minute + at.second / 60
