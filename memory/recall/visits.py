"""Stays at a screen: moments of one title that follow each other, and what lies between stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from memory.ledger import moments
from memory.ledger.connection import Db
from memory.recall.apps import class_of
from memory.records import Moment

APART = timedelta(minutes=10)
"""Moments of one screen further apart than this are two visits."""

LASTS = timedelta(minutes=5)
"""A moment lasts until the next look, at most this long past its last."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Moments of one screen without a long break between them, in order of time."""

    moments: tuple[Moment, ...]

    @property
    def start(self) -> datetime:
        return self.moments[0].start

    @property
    def end(self) -> datetime:
        return max(moment.end for moment in self.moments)

    @property
    def first(self) -> Moment:
        return self.moments[0]


def screen(moment: Moment) -> tuple[str, str]:
    """What makes moments one screen: the application, and the title without marks and counts."""
    return moment.app, title_of(moment)


def title_of(moment: Moment) -> str:
    """The title without a mark of unsaved changes, counts in brackets, and the application's own name."""
    title = re.sub(r"^[*•●]\s*|\(\d+\)\s*", "", moment.title).strip()
    return re.sub(
        rf"\s+[-–—]\s+(?:Google\s+|Mozilla\s+)?{re.escape(moment.app)}$", "", title, flags=re.IGNORECASE
    )


def named(moment: Moment) -> str:
    """The application with its class, like "XTerm (terminal)"."""
    kind = class_of(moment.app)
    if not moment.app:
        return "a picture"
    return moment.app if kind is None or kind in moment.app.casefold() else f"{moment.app} ({kind})"


def visits(db: Db, of: Moment, since: datetime | None, until: datetime | None) -> list[Visit]:
    """All visits to the screen of a moment within the span, in order of time; None is open."""
    same = [m for m in moments.between(db, since, until) if screen(m) == screen(of)]
    return _split(same)


def stays(db: Db, since: datetime | None, until: datetime | None) -> list[Visit]:
    """What was looked at, in order: runs of moments of one screen, however short."""
    runs: list[list[Moment]] = []
    for moment in moments.between(db, since, until):
        last = runs[-1][-1] if runs else None
        if last and screen(last) == screen(moment) and moment.start - last.end <= APART:
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return [Visit(tuple(run)) for run in runs]


def breaks(db: Db, since: datetime | None, until: datetime | None) -> list[tuple[Moment, Moment]]:
    """Where nothing happened for longer than a look lasts, between which moments, the longest first.

    Single looks at the same unchanged screen in between do not end a break.
    """
    found = moments.between(db, since, until)
    pairs: list[tuple[Moment, Moment]] = []
    before = None
    for one, other in pairwise(found):
        idle = other.start - one.end > LASTS
        if before is not None and screen(one) == screen(before) and one.end - one.start < LASTS and idle:
            pairs[-1] = (before, other)
            continue
        before = one if idle else None
        if idle:
            pairs.append((one, other))
    return sorted(pairs, key=lambda pair: pair[0].end - pair[1].start)


def _split(same: Sequence[Moment]) -> list[Visit]:
    groups: list[list[Moment]] = []
    for moment in same:
        if groups and moment.start - groups[-1][-1].end <= APART:
            groups[-1].append(moment)
        else:
            groups.append([moment])
    return [Visit(tuple(group)) for group in groups]
