"""The words to show for a result: the lines of the moment that fit the query best."""

from __future__ import annotations

from collections.abc import Sequence

from memory.recall.retrieval.terms import Terms
from memory.records import LineRow

LONGEST = 200
"""Characters of a snippet, about."""


def snippet(rows: Sequence[LineRow], terms: Terms) -> str:
    """At most three lines, in reading order, joined by " … "; empty where the moment has no text."""
    scored = []
    for row in rows:
        covered = terms.coverage(set(terms.stems.of(row.line.text)))
        if covered > 0:
            scored.append((covered, -len(row.line.text), row))
    best = [row for _, _, row in sorted(scored, key=lambda s: s[:2], reverse=True)]
    if not best:
        longest = max(rows, key=lambda row: len(row.line.text), default=None)
        return clip(longest.line.text, LONGEST) if longest else ""
    taken: list[LineRow] = []
    room, seen = LONGEST, set[str]()
    for row in best:
        new = set(terms.stems.of(row.line.text)) & terms.weights.keys()
        if taken and (len(taken) == 3 or len(row.line.text) > room or new <= seen):
            continue
        taken.append(row)
        seen |= new
        room -= len(row.line.text) + 3
    taken.sort(key=lambda row: (row.frame, row.n))
    return clip(" … ".join(row.line.text for row in taken), LONGEST)


def clip(text: str, longest: int) -> str:
    """A text cut at a word, with "…" where something was left out."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
