"""How long and how often: time on the screen and visits, from the moments that show a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from memory.recall.answering.draft import Claim, Draft, day, length, time
from memory.recall.answering.known import Known
from memory.recall.answering.sequence import BREAK, break_of, told
from memory.recall.answering.sights import quoted_in, sights
from memory.recall.answering.visits import of_app, of_screen, shown, visits
from memory.recall.language.words import is_stop, tokens
from memory.records import Moment

ONE_GO = timedelta(hours=2)
"""Visits to one screen within this are one stay, with what was looked at in between."""

SURE = 0.85
"""How sure a sum or count is where the question names the screen or the application itself."""

_TAKES = re.compile(r"\b(?:take|took|last|lasted|gedauert|dauerte)\b")
_BARE = re.compile(
    r"\b(?:time|minutes?|hours?|seconds?|spen[dt]|work(?:ed|ing)?|used?|zeit|minuten?|stunden?|verbracht"
    r"|gearbeitet|benutzt)\b"
)
_BY_DAY = re.compile(r"\b(?:on )?how many days\b|\ban wie ?vielen tagen\b")
_TIMES = re.compile(r"\bhow (?:many times|often)\b|\bwie oft\b")


def how_long(known: Known) -> Draft | None:
    """A break, what something took, or the time on the screen; what a text says itself goes first."""
    low = known.question.text.lower()
    if BREAK.search(low) and (pair := break_of(known)):
        before, after = pair
        lead = f"About {length((after.start - before.end).total_seconds())}, {_span(before.end, after.start)}"
        return Draft((told(lead, before), told("Then", after)), 0.75, inferred=True)
    named = _named(known)
    if named:
        return _summed(known, named, SURE)
    if (known.supports and known.supports[0].values) or not known.ranked:
        return None
    of, around = known.ranked[0], timedelta(hours=12)
    since, until = known.understood.since, known.understood.until
    found = of_screen(known.db, of, since or of.start - around, until or of.end + around)
    sure = min(known.sure, 0.6)
    return (_taken(found, sure) if _TAKES.search(low) else None) or _summed(known, found, sure)


def _taken(of: Sequence[Moment], sure: float) -> Draft | None:
    """What something took that was on the screen again and again: with all that lay between."""
    if not of:
        return None
    first, last = of[0], max(of, key=lambda moment: (moment.end, moment.start))
    if last.end - first.start > ONE_GO:
        return None
    lead = f"About {length((last.end - first.start).total_seconds())}, {_span(first.start, last.end)}"
    claims = [told(lead, first)] if last.id == first.id else [told(lead, first), told("Last", last)]
    return Draft(tuple(claims), sure, inferred=True)


def _named(known: Known) -> list[Moment]:
    """The moments of what the question names itself: a phrase in quotes, or an application alone."""
    understood = known.understood
    if quoted_in(known.question.text):
        return [sight.moment for sight in sights(known, known.question.text)]
    rest = tokens(_BARE.sub(" ", understood.text.lower()))
    if len(understood.apps) == 1 and all(map(is_stop, rest)):
        return of_app(known.db, understood.apps[0], understood.since, understood.until)
    return []


def _summed(known: Known, of: Sequence[Moment], sure: float) -> Draft | None:
    """The sum of what was on the screen, each instant once."""
    spans = shown(known.db, of, known.understood.since, known.understood.until)
    if not spans:
        return None
    spent = sum((end - start for start, end in spans), timedelta())
    often = len(visits(of))
    lead = f"About {length(spent.total_seconds())}" + (f" in {often} visits" if often > 1 else "")
    claims = [told(f"{lead}, from {time(of[0].start)}", of[0])]
    if of[-1].id != of[0].id:
        claims.append(told(f"Last {time(of[-1].start)}", of[-1]))
    return Draft(tuple(claims), sure, inferred=True)


def _span(start: datetime, end: datetime) -> str:
    if start.date() == end.date():
        return f"from {start:%H:%M} to {end:%H:%M} ({day(start)})"
    return f"from {time(start)} to {time(end)}"


def how_often(known: Known) -> Draft | None:
    """On how many days, or how many times a screen was visited."""
    low = known.question.text.lower()
    by_day = _BY_DAY.search(low)
    if not by_day and not _TIMES.search(low):
        return None
    named = _named(known)
    if not named and not known.ranked:
        return None
    since, until = known.understood.since, known.understood.until
    found = visits(named or of_screen(known.db, known.ranked[0], since, until))
    if "morning" in low or "vormittag" in low:
        found = [visit for visit in found if visit.start.hour < 12]
    if not found:
        return None
    days = {day(visit.start): visit for visit in reversed(found)}
    counted = list(days.values())[::-1] if by_day else found
    name = "day" if by_day else "time"
    lead = f"{len(counted)} {name}{'' if len(counted) == 1 else 's'}"
    claims = [told(f"{lead}. {time(counted[0].start)}", counted[0].first)]
    claims += [_again(visit.first) for visit in counted[1:3]]
    return Draft(tuple(claims), SURE if named else known.sure, inferred=True)


def _again(moment: Moment) -> Claim:
    claim = told("", moment)
    return Claim(f"{time(moment.start)} {{n}}.", moment, claim.quote)
