"""How well the lines of moments fit a query: BM25 with fields, where the place on the screen is the field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from memory.recall.retrieval.terms import Terms
from memory.records import LineRow, Moment

K1 = 1.2
B = 0.75
"""How soon more of a word says nothing new, and how much a long text is held against it: the usual values.
Others (k1 0.3 to 2, b 0.4 to 0.9) ranked no better on the tuning halves.
"""

TITLE = 3.0
"""What a word in a title counts."""

TOP = 3.0
"""What one in the top of a picture counts, where titles, headings and names of programs stand."""

TOP_SHARE = 0.12
"""How much of a picture's height is its top."""


def fits(
    texts: Mapping[int, Sequence[LineRow]], whole: Mapping[int, Moment], terms: Terms
) -> dict[int, float]:
    """By moment how well its lines, title and application fit, 0..1; 1 for the best of these."""
    held = {id: _held(rows, whole.get(id), terms) for id, rows in texts.items()}
    usual = sum(length for _, length in held.values()) / max(1, len(held)) or 1.0
    scores = {}
    for id, (counts, length) in held.items():
        against = K1 * (1 - B + B * length / usual)
        scores[id] = sum(weight * counts[t] / (counts[t] + against) for t, weight in terms.weights.items())
    most = max(scores.values(), default=0.0)
    return {id: score / most if most > 0 else 0.0 for id, score in scores.items()}


def _held(rows: Sequence[LineRow], moment: Moment | None, terms: Terms) -> tuple[Counter[str], float]:
    """How often each word of the query is there, by what its place counts, and how much text there is."""
    bottoms: dict[int, int] = {}
    for row in rows:
        _, y, _, height = row.line.box
        bottoms[row.frame] = max(y + height, bottoms.get(row.frame, 1))
    counts: Counter[str] = Counter()
    length = 0.0
    for row in rows:
        weight = TOP if row.line.box[1] < TOP_SHARE * bottoms[row.frame] else 1.0
        words = terms.stems.of(row.line.text)
        length += weight * len(words)
        _count(counts, words, weight, terms)
    if moment is not None:
        _count(counts, terms.stems.of(moment.title), TITLE, terms)
        _count(counts, terms.stems.of(moment.app), 1.0, terms)
    return counts, length


def _count(counts: Counter[str], words: Sequence[str], weight: float, terms: Terms) -> None:
    for word in words:
        if word in terms.weights:
            counts[word] += weight  # type: ignore[assignment]
