"""Answers out of blocks of lines: the value that was asked for, the words that say so, what it was before."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from memory.recall.answering.draft import LONGEST, MOST, Claim, Draft, day, quote, time
from memory.recall.answering.evidence import Asked, Support
from memory.recall.language.values import Value
from memory.recall.language.words import fold, stems

# Logistics over what speaks for the best block: whether what it says is right, fitted on half the questions
# (tests/bench/RESULTS.md), and whether its screen is the one that is meant, for answers out of times.
SURENESS = {"score": 0.63, "called": 1.2, "place": 2.6}
OFFSET = -4.8
MEANT = {"cover": 1.9, "names": 0.4, "around": 1.9, "typed": 0.3, "news": 0.6}
MEANT_OFFSET = -2.7

UNKNOWN = -0.9
"""What it takes off when no screen ever showed a word of the question; for some of them its share."""

VALUELESS = -2.5
"""What it takes off when an amount, a colour, a weight is asked for and the block has none."""

STRANGER = -1.2
"""What it takes off the screen that is meant when the question has a name that no screen ever showed."""

NEAR = 0.7
"""A block with this share of the best one's score may stand beside it."""

LEAD_ROOM, MORE_ROOM = 110, 70
"""Characters of the first quote, and of those beside it."""

BESIDE = 5
"""Claims that are offered, the first included: as many of them stand as hold and have room."""

AROUND, LEAST = 14, 40
"""Characters of a sentence beside the first around its quote, and how many have to be left for one."""

SAME = 0.6
"""A quote that shares more of its words with what was said says nothing new."""

REACH = 10
"""Characters within which a word of the question stands as good as beside a value."""

_NEWEST = re.compile(
    r"\b(?:now|current|currently|latest|newest|today|at the end|aktuell|jetzt|derzeit|inzwischen)\b|\bafter\b"
)
_OLDEST = re.compile(
    r"\b(?:before|first|originally|initially|old|previous|earlier|zuerst|vorher|ursprünglich|früher)\b"
)


def content(asked: Asked, kind: str, supports: Sequence[Support]) -> Draft | None:
    """An answer that quotes; None where nothing speaks for any block."""
    if not supports:
        return None
    first, rest = _choose(asked, supports)
    claims = [_lead(asked, kind, first, LEAD_ROOM)]
    heard = _Heard(asked, first, claims[0].quote)
    left = LONGEST - len(claims[0].text)
    for support in rest:
        if len(claims) == BESIDE or support.score < NEAR * first.score:
            break
        full = left < LEAST or len(claims) >= MOST
        said = quote(support, asked.terms, MORE_ROOM if full else min(MORE_ROOM, left - AROUND))
        if heard.new(support, said):
            claims.append(Claim(f"Also “{said}” {{n}}.", support.moment, said))
            left -= 0 if full else AROUND + len(said)
    if left > AROUND:
        claims[0] = _lead(asked, kind, first, len(claims[0].quote) + left)
    return Draft(tuple(claims), sureness(asked, first), apart=True)


class _Heard:
    """What was said so far: its words, and the values of the kind that is wanted."""

    def __init__(self, asked: Asked, support: Support, said: str) -> None:
        self._words, self._quotes = set(stems(said)), {said}
        self._values = _told(support, said)

    def new(self, support: Support, said: str) -> bool:
        """Whether a quote says something else; then it counts as said."""
        own, values = set(stems(said)), _told(support, said)
        if said in self._quotes or len(own & self._words) > SAME * len(own):
            return False
        if values and values <= self._values:
            return False
        self._words |= own
        self._quotes.add(said)
        self._values |= values
        return True


def _told(support: Support, said: str) -> set[str]:
    return {fold(value.text) for value in support.values if value.text in said}


def sureness(asked: Asked, support: Support) -> float:
    """How sure an answer that quotes this block is, 0..1."""
    valueless = asked.wish.plain and support.typed == 0
    unknown = 1 - asked.terms.known()
    return _logistic(support, SURENESS, OFFSET + valueless * VALUELESS + unknown * UNKNOWN)


def meant(asked: Asked, support: Support) -> float:
    """How sure it is that the screen of this block is what the question speaks of, 0..1."""
    stranger = bool(asked.terms.unknown & asked.terms.names)
    return _logistic(support, MEANT, MEANT_OFFSET + stranger * STRANGER)


def _logistic(support: Support, weights: Mapping[str, float], offset: float) -> float:
    told = offset + sum(weight * getattr(support, name) for name, weight in weights.items())
    return round(1 / (1 + math.exp(-told)), 4)


def _choose(asked: Asked, supports: Sequence[Support]) -> tuple[Support, list[Support]]:
    """The best block, and the others in order; where the value changed, the one of the time that is meant."""
    best = supports[0]
    low = asked.text.lower()
    oldest, newest = bool(_OLDEST.search(low)), bool(_NEWEST.search(low))
    if best.typed and asked.wish.kinds and (oldest or newest):
        rivals = [s for s in supports if s.score >= 0.85 * best.score and s.typed >= best.typed]
        pick = min if oldest and not newest else max
        best = pick(rivals, key=lambda s: (s.seen[-1].start, s.score))
    return best, [s for s in supports if s is not best]


def _lead(asked: Asked, kind: str, support: Support, room: int) -> Claim:
    said = quote(support, asked.terms, room)
    value = _value(asked, support, said)
    when = time(support.seen[0].start)
    if value is not None:
        return Claim(f"{value.text}: “{said}” {{n}} ({when}).", support.moment, said)
    if kind == "when":
        return Claim(f"{day(support.seen[0].start)}: “{said}” {{n}} ({when}).", support.moment, said)
    return Claim(f"“{said}” {{n}} ({when}).", support.moment, said)


def _value(asked: Asked, support: Support, said: str) -> Value | None:
    """The value that answers: of the best wanted kind there is, the one among the question's words."""
    values = [value for value in support.values if value.text in said]
    if not values:
        return None
    places = [
        (match.start(), max(asked.terms.weights.get(stem, 0.0) for stem in found))
        for match in re.finditer(r"\w+", said)
        if (found := set(stems(match[0])) & asked.terms.weights.keys())
    ]

    def among(value: Value) -> float:
        at = said.find(value.text)
        return sum(weight / (REACH + abs(at - place)) for place, weight in places)

    return min(values, key=lambda v: (_rank(v, asked), -among(v)))


def _rank(value: Value, asked: Asked) -> int:
    """Its place among the wanted kinds; when something is, a date and a time of day tell it alike."""
    kinds = asked.wish.kinds
    if kinds[:1] == ("date",) and value.kind in ("date", "clock"):
        return 0
    return kinds.index(value.kind) if value.kind in kinds else len(kinds)
