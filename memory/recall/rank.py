"""One score out of the signals of a moment, with the part of each; near-duplicates stand for each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memory.recall.retrieve import Signals
from memory.recall.words import fold
from memory.records import LineRow, Moment, Understood

# Tuned on half the sources of a set of captions of screens (tests/bench/RESULTS.md).
WEIGHTS = {
    "words": 0.5,
    "lines": 0.5,
    "meaning": 1.4,
    "pairs": 0.55,
    "context": 0.3,
    "tokens": 1.0,
    "picture": 0.6,
    "shown": 1.6,
    "time": 0.6,
    "app": 0.3,
    "chat": 0.6,
}
_ALWAYS = ("words", "lines", "meaning", "pairs")

FLOOR = 0.12
"""A score below this is noise."""

_SAME = 0.75
_SAME_BARE = 0.9


def fuse(signals: Signals, understood: Understood) -> tuple[float, dict[str, float]]:
    """A score 0..1 and each channel's part of it; time and application count only where they were named."""
    parts = {name: weight * max(0.0, getattr(signals, name)) for name, weight in WEIGHTS.items()}
    whole = sum(WEIGHTS[name] for name in _ALWAYS)
    if understood.since is not None or understood.until is not None:
        whole += WEIGHTS["time"]
    if understood.apps:
        whole += WEIGHTS["app"]
    score = sum(parts.values()) / whole
    # What is said of a picture speaks for it as its vector does.
    parts["picture"] += parts.pop("shown")
    return min(1.0, score), {name: round(part / whole, 4) for name, part in parts.items() if part > 0}


def order(found: Mapping[int, Signals], understood: Understood) -> list[int]:
    """Ids from best to worst; equal ones from new to old."""
    return sorted(found, key=lambda id: (-fuse(found[id], understood)[0], -id))


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
