"""Time on the screen: what covered an instant, stays at a screen, what lies between stays, and how long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from memory.ledger import gaps, moments, search
from memory.ledger.connection import Db
from memory.recall.language.apps import class_of
from memory.recall.language.words import tokens
from memory.records import Moment

APART = timedelta(minutes=10)
"""Moments of one screen further apart than this are two visits."""

LASTS = timedelta(minutes=5)
"""A moment lasts until the next look, at most this long past its last."""

EVERY = 1_000_000
"""Moments of one screen or application that are taken together."""

Stretch = tuple[datetime, datetime]


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


# ------------------------------------------------------------------ what makes a screen


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


def of_screen(db: Db, of: Moment, since: datetime | None, until: datetime | None) -> list[Moment]:
    """All moments of one screen within the span, in order of time; None is open."""
    match = titled(title_of(of))
    found = _matching(db, match, since, until) if match else moments.between(db, since, until)
    return [moment for moment in found if screen(moment) == screen(of)]


def titled(title: str) -> str:
    """An FTS5 expression for titles with these words, whatever counts stand between; "" for none."""
    return " AND ".join(f"title : {search.quoted(word)}" for word in dict.fromkeys(tokens(title)))


def of_app(db: Db, app: str, since: datetime | None, until: datetime | None) -> list[Moment]:
    """All moments of an application within the span, in order of time; None is open."""
    found = _matching(db, f"app : {search.quoted(app)}", since, until) if tokens(app) else []
    return [moment for moment in found if moment.app == app]


def _matching(db: Db, match: str, since: datetime | None, until: datetime | None) -> list[Moment]:
    ids = search.in_time(db, match, EVERY, since, until)
    found = moments.many(db, ids)
    return [found[id] for id in ids if id in found]


# ------------------------------------------------------------------ when something was on the screen


def covering(db: Db, at: datetime) -> Moment | None:
    """What was on the screen at an instant; None where nothing was captured then."""
    near = moments.between(db, at - LASTS, at + timedelta(milliseconds=1))
    last = max(near, key=lambda moment: (moment.end, moment.start), default=None)
    return last if last is not None and (last.end >= at or _lasts(db, last) > at) else None


def _lasts(db: Db, moment: Moment, following: datetime | None = None) -> datetime:
    """Until when a moment lasts; `following` is when the next one began."""
    end = moment.end + LASTS
    ends = [gap.start for gap in gaps.between(db, moment.end, end) if gap.start > moment.end]
    if following is not None:
        ends.append(max(following, moment.end))
    return min((end, *ends))


def shown(db: Db, of: Sequence[Moment], since: datetime | None, until: datetime | None) -> list[Stretch]:
    """When these were on the screen, each instant once, cut to the span: until the next look, not into a gap,
    and at most five minutes past their last.
    """
    following = moments.following(db, [moment.id for moment in of])
    spans = []
    for moment in of:
        end = _lasts(db, moment, following.get(moment.id))
        spans.append((moment.start if since is None else max(moment.start, since), end))
    if until is not None:
        spans = [(start, min(end, until)) for start, end in spans]
    return _joined(span for span in spans if span[0] < span[1])


def _joined(spans: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def visits(of: Sequence[Moment]) -> list[Visit]:
    """Moments in order of time as visits: a new one begins after ten minutes without any of them."""
    groups: list[list[Moment]] = []
    for moment in of:
        if groups and moment.start - groups[-1][-1].end <= APART:
            groups[-1].append(moment)
        else:
            groups.append([moment])
    return [Visit(tuple(group)) for group in groups]


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
