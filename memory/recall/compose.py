"""Answers out of blocks of lines: the value that was asked for, the words that say so, what it was before."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from memory.recall.draft import Claim, Draft, day, quote, time
from memory.recall.evidence import Asked, Support
from memory.recall.values import Value
from memory.recall.words import stems

# A logistic over what speaks for the best block; tuned on half the questions (tests/bench/RESULTS.md).
SURENESS = {"cover": 0.3, "names": 0.4, "around": 1.9, "typed": 0.3, "news": 0.6, "meaning": 2.6}
OFFSET = -3.1

STRANGER = -1.5
"""What it takes off when the question has a name or number that no screen ever showed."""

NEAR = 0.7
"""A block with this share of the best one's score may stand beside it."""

LEAD_ROOM, MORE_ROOM = 110, 70
"""Characters of the first quote, and of those beside it."""

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
    claims = [_lead(asked, kind, first)]
    words = set(stems(first.block.text))
    for support in rest:
        if len(claims) == 3 or support.score < NEAR * first.score:
            break
        own = set(stems(support.block.text))
        if len(own & words) <= 0.6 * len(own):
            said = quote(support, asked.terms, MORE_ROOM)
            claims.append(Claim(f"Also “{said}” {{n}}.", support.moment, said))
            words |= own
    return Draft(tuple(claims), sureness(asked, first))


def sureness(asked: Asked, support: Support) -> float:
    """How sure an answer from this block is, 0..1."""
    told = OFFSET + sum(weight * getattr(support, name) for name, weight in SURENESS.items())
    if asked.terms.unknown & asked.terms.names:
        told += STRANGER
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


def _lead(asked: Asked, kind: str, support: Support) -> Claim:
    said = quote(support, asked.terms, LEAD_ROOM)
    value = _value(asked, support, said)
    when = time(support.seen[0].start)
    if value is not None:
        return Claim(f"{value.text}: “{said}” {{n}} ({when}).", support.moment, said)
    if kind == "when":
        return Claim(f"{day(support.seen[0].start)}: “{said}” {{n}} ({when}).", support.moment, said)
    return Claim(f"“{said}” {{n}} ({when}).", support.moment, said)


def _value(asked: Asked, support: Support, said: str) -> Value | None:
    """The value that answers: of the best wanted kind there is, nearest to the words of the question."""
    values = [value for value in support.values if value.text in said]
    if not values:
        return None
    places = [
        match.start()
        for match in re.finditer(r"\w+", said)
        if set(stems(match[0])) & asked.terms.weights.keys()
    ]
    return min(
        values, key=lambda v: (_rank(v, asked), min((abs(said.find(v.text) - p) for p in places), default=0))
    )


def _rank(value: Value, asked: Asked) -> int:
    return asked.wish.kinds.index(value.kind) if value.kind in asked.wish.kinds else len(asked.wish.kinds)
