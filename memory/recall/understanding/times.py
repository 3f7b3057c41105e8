"""Finds the time phrases of a sentence and the span that they name, relative to a given now, in its zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from memory.recall.language.calendar import SEASONS
from memory.recall.understanding.hedges import AFTER_A_TIME, BEFORE_A_TIME
from memory.recall.understanding.phrases import RULES, Says
from memory.recall.understanding.spans import (
    DAY,
    MIDNIGHT,
    Days,
    Hours,
    Piece,
    Span,
    Weekday,
    combine,
    days_of,
    hours_of,
    moment_of,
    widened,
)

LONGEST = 2_000
"""Letters from the start of a text in which times are looked for: more is pasted and no question."""


@dataclass(frozen=True, slots=True)
class Times:
    """The span that a sentence names, and the sentence without the words that name it.

    What lies in the future names no span, because nothing was captured then: those words stay.
    """

    span: Span | None
    rest: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase and what it means; `side` ("since", "until", "before", "after") says that an end is open."""

    start: int
    end: int
    piece: Piece
    side: str = ""
    unsure: bool = False
    between: bool = False


_SIDES = {
    "since": "since",
    "seit": "since",
    "ab": "since",
    "until": "until",
    "till": "until",
    "up to": "until",
    "bis": "until",
    "before": "before",
    "prior to": "before",
    "vor": "before",
    "after": "after",
    "nach": "after",
}
_LED = re.compile(
    rf"(?:{BEFORE_A_TIME})?"
    r"(?:\b(?P<between>between|zwischen)\s+)?"
    rf"(?:\b(?P<side>{'|'.join(_SIDES)})\s+)?"
    r"(?:\b(?P<about>around|about|rund um|um|gegen)\s+)?"
    r"(?:\b(?:on|at|in|during|over|throughout|from|by|of|im|am|von|zum|zur|über)\s+)?"
    r"(?:\b(?:the|dem|den|der|die|das)\s+)?$"
)
_TO = re.compile(
    r"\s*,?\s*(?P<word>-|–|to|until|till|through|and|und|bis)(?:\s+(?:zum|zur|the|on|am|dem|den|um|at))*\s*"
)
_BACK = 40
"""Letters before a phrase in which the words that lead to it stand."""


# A season may as well be what is told of: its words stay.
_MAY_BE_TOLD = re.compile(rf"(?:in|im)\s+(?:(?:the|dem)\s+)?(?:{'|'.join(SEASONS)})")
_COMING = re.compile(r"\b(?:will|going to|wird|werden|werde|findet|finden)\b")


def find_times(text: str, at: datetime) -> Times:
    """Looks for time phrases, English and German, whatever their case."""
    low = lowered(text[:LONGEST])
    hits = [_led(low, hit) for hit in _hits(low, at)]
    try:
        span = _span(low, hits, at)
    except (OverflowError, ValueError):
        span = None
    if span is None or (span.since and span.until and span.since >= span.until):
        return Times(None, text)
    cuts = [(h.start, h.end) for h in hits if not _MAY_BE_TOLD.fullmatch(low, h.start, h.end)]
    return Times(span, _without(text, cuts))


def lowered(text: str) -> str:
    """In lower case, letter by letter, so that places stay the same."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _hits(low: str, at: datetime) -> list[_Hit]:
    """What each phrase means, in the order of the text. What is ahead of now is left out."""
    hits: list[_Hit] = []
    coming = _COMING.search(low) is not None
    for pattern, says in RULES:

        def mask(match: re.Match[str], says: Says = says) -> str:
            piece = _said(says, match, at)
            if piece is not None and not _is_ahead(piece, coming, at):
                hits.append(_Hit(match.start(), match.end(), piece))
            return "\x00" * len(match[0])

        low = pattern.sub(mask, low)
    return sorted(hits, key=lambda hit: hit.start)


def _is_ahead(piece: Piece, coming: bool, at: datetime) -> bool:
    """Whether it lies in the future: by the calendar, or a weekday in a sentence about what is to come."""
    if isinstance(piece, Weekday):
        return coming and not piece.ago and piece.number != at.weekday()
    return isinstance(piece, Days) and piece.first > at.date()


def _said(says: Says, match: re.Match[str], at: datetime) -> Piece | None:
    """None also where that would lie outside the calendar, years 1 to 9999."""
    try:
        return says(match.groupdict(), at)
    except (OverflowError, ValueError, IndexError):
        return None


def _led(low: str, hit: _Hit) -> _Hit:
    """With the words before and after that belong to it."""
    led = _LED.search(low, max(0, hit.start - _BACK), hit.start)
    start = led.start() if led else hit.start
    tail = AFTER_A_TIME.match(low, hit.end)
    loose = led is not None and led["about"] is not None and not isinstance(hit.piece, Hours)
    return _Hit(
        start,
        tail.end() if tail else hit.end,
        hit.piece,
        side=_SIDES[led["side"]] if led and led["side"] else "",
        unsure=loose or tail is not None or (led is not None and led["unsure"] is not None),
        between=led is not None and led["between"] is not None,
    )


# ------------------------------------------------------------------ several phrases


def _span(low: str, hits: Sequence[_Hit], at: datetime) -> Span | None:
    """The span of all phrases; where two are the ends of one, from the first to the last."""
    for n, (one, other) in enumerate(pairwise(hits), start=1):
        to = _TO.fullmatch(low, one.end, other.start)
        until = other.side == "until" and not low[one.end : other.start].strip()
        if until or (to and (to["word"] not in ("and", "und") or one.between or hits[0].between)):
            return _widened(hits, _range(_pieces(hits[:n]), _pieces(hits[n:]), at), at)
    span = combine(_pieces(hits), at)
    side = next((hit.side for hit in hits if hit.side), "")
    return _widened(hits, _sided(side, span, hours_of(_pieces(hits)), at) if side else span, at)


def _pieces(hits: Sequence[_Hit]) -> list[Piece]:
    return [hit.piece for hit in hits]


def _widened(hits: Sequence[_Hit], span: Span | None, at: datetime) -> Span | None:
    return widened(span, at) if span and any(hit.unsure for hit in hits) else span


def _sided(side: str, span: Span | None, hours: Hours | None, at: datetime) -> Span | None:
    """A span that goes on from what was named, or up to it."""
    if span is None:
        return None
    point = moment_of(span.since.date(), hours.point, at) if span.since and hours and hours.point else None
    if side == "since":
        return Span(point or span.since, at)
    if side == "after":
        return Span(point or span.until, at)
    return Span(None, point or (span.until if side == "until" else span.since))


def _range(one: Sequence[Piece], other: Sequence[Piece], at: datetime) -> Span | None:
    """From the first group of phrases to the second. The day may be named in only one of them."""
    if any(isinstance(piece, Span) for piece in (*one, *other)):
        return combine([*one, *other], at)
    last = days_of(other, at.date())
    first = days_of(
        one, last.first if last and all(isinstance(p, Weekday | Hours) for p in one) else at.date()
    )
    begin, end = hours_of(one), hours_of(other)
    if first is None and last is None:
        whole = combine(one, at) or combine(other, at)
        first = Days(whole.since.date(), whole.since.date()) if whole and whole.since else None
    first, last = first or last, last or first
    if first is None or last is None:
        return None
    since = moment_of(
        first.first, 0 if begin is None else begin.start if begin.point is None else begin.point, at
    )
    until = moment_of(last.last, MIDNIGHT if end is None else end.end if end.point is None else end.point, at)
    return Span(since, until if until > since else until + DAY)


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    """What stands before, between and after the cuts; a word that only joined two of them goes with them."""
    kept, place = [], 0
    for start, end in sorted(cuts):
        between = text[place:start]
        kept.append(" " if place and _TO.fullmatch(between.lower()) else between)
        place = max(place, end)
    rest = re.sub(r"\s+", " ", " ".join((*kept, text[place:])))
    return re.sub(r"[\s,;]+([?.!,;:])", r"\1", rest).strip(" ,;")
