"""One score out of the signals of a moment, with the part of each; near-duplicates stand for each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from memory.recall.language.words import fold
from memory.recall.retrieval.retrieve import Signals
from memory.records import LineRow, Moment, Understood

# Tuned on the tuning halves of four sets (tests/bench/RESULTS.md).
WEIGHTS = {
    "words": 0.5,
    "lines": 0.5,
    "meaning": 1.4,
    "pairs": 0.55,
    "context": 0.3,
    "tokens": 1.0,
    "named": 0.3,
    "against": -0.6,
    "turn": 0.2,
    "picture": 0.6,
    "shown": 1.6,
    "time": 0.6,
    "app": 0.3,
    "chat": 0.6,
}
# A closer look is told as the channel that it looked closer at; what is said of a picture as its vector is.
TOLD_AS = {"lines": "words", "tokens": "meaning", "shown": "picture"}

ALWAYS = WEIGHTS["words"] + WEIGHTS["lines"] + WEIGHTS["meaning"] + WEIGHTS["pairs"]
"""What may speak for a moment whatever the query names."""

LEAST = 0.25
"""Cosine and share of the query's words together below which a moment that was read is noise. Of what queries
of other sets found nine in ten are below, of what was right at most .04 (tests/bench/RESULTS.md).
"""

FLOOR = 0.12
"""A score below this is noise."""

_SAME = 0.75
_SAME_BARE = 0.9


def fuse(signals: Signals, understood: Understood) -> tuple[float, dict[str, float]]:
    """A score 0..1 and each channel's part of it; time and application count only where they were named."""
    whole = _whole(understood)
    why: dict[str, float] = {}
    for name, weight in WEIGHTS.items():
        told = TOLD_AS.get(name, name)
        why[told] = why.get(told, 0.0) + weight * max(0.0, getattr(signals, name)) / whole
    return score(signals, understood), {name: round(part, 4) for name, part in why.items() if part}


def score(signals: Signals, understood: Understood) -> float:
    """How well a moment fits, 0..1."""
    # As plain as this because it is asked of hundreds of moments several times a query.
    total = 0.0
    for name, weight in WEIGHTS.items():
        signal = getattr(signals, name)
        if signal > 0.0:
            total += weight * signal
    return min(1.0, max(0.0, total / _whole(understood)))


def reach(found: Iterable[Signals]) -> float:
    """Share of a score that can be reached: without an encoder nothing is near in meaning."""
    near = any(signals.meaning > 0.0 for signals in found)
    return 1.0 if near else 1.0 - WEIGHTS["meaning"] / ALWAYS


def _whole(understood: Understood) -> float:
    """The score of a moment for which all speaks that may."""
    whole = ALWAYS
    if understood.since is not None or understood.until is not None:
        whole += WEIGHTS["time"]
    if understood.apps:
        whole += WEIGHTS["app"]
    return whole


def is_noise(signals: Signals) -> bool:
    """Whether nothing but chance speaks for a moment: hardly a word, no near meaning, nothing named."""
    beside = (signals.picture, signals.shown, signals.time, signals.app, signals.named, signals.chat)
    if signals.instead or signals.cover is None or not signals.passages or any(part > 0 for part in beside):
        return False
    return signals.meaning + signals.cover < LEAST


def order(found: Mapping[int, Signals], understood: Understood) -> list[int]:
    """Ids from best to worst; equal ones from new to old."""
    return sorted(found, key=lambda id: (-score(found[id], understood), -id))


def same_screen(one: Moment, other: Moment, lines: Sequence[frozenset[str]]) -> bool:
    """Whether two moments show nearly the same: most of the lines of both; more where no window was known."""
    if one.app != other.app or not lines[0] or not lines[1]:
        return False
    shared = len(lines[0] & lines[1]) / len(lines[0] | lines[1])
    return shared >= (_SAME if one.app else _SAME_BARE)


def fingerprint(rows: Sequence[LineRow]) -> frozenset[str]:
    """The lines of a moment without what reading twice makes different: case, signs, scraps."""
    plain = ("".join(c for c in fold(row.line.text) if c.isalnum()) for row in rows if row.front)
    return frozenset(text for text in plain if len(text) >= 4)
