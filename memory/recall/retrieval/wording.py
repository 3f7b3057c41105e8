"""Moments by words: the exact words of a query, and less for its other spellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from memory.ledger import search
from memory.ledger.connection import Db
from memory.recall.retrieval.terms import Terms

CLOSE = 40
"""Of how many of the best it is looked whether a code stands there as it was written."""

AS_WRITTEN = 0.3
"""What that adds to a code's weight: words alone do not tell 4,318.60 from 4.318,60."""


def by_words(
    db: Db, terms: Terms, limit: int, since: datetime | None, until: datetime | None, app: str | None
) -> list[tuple[int, float]]:
    """(moment, score) of what holds words of a query in any spelling, best first; a higher score is better.

    The score is BM25 of the exact words, as much of that of other spellings as they weigh, and the rarity of
    codes and of what is written without spaces. Only moments that touch the span and are of the application.
    """
    scores: dict[int, float] = defaultdict(float)
    for match, weight in ((terms.match, 1.0), *terms.beside):
        if match:
            for moment, score in search.words(db, match, limit, since, until, app):
                scores[moment] += weight * score
    if terms.spelled:
        for moment, score in search.spelled(db, terms.spelled, limit, since, until, app):
            scores[moment] += score
    for code, weight in terms.literal.items():
        for moment in search.holding(db, _best(scores, CLOSE), code):
            scores[moment] += AS_WRITTEN * weight
    return [(moment, scores[moment]) for moment in _best(scores, limit)]


def _best(scores: Mapping[int, float], limit: int) -> list[int]:
    """The best so many; of equal ones the newest first."""
    return sorted(scores, key=lambda id: (-scores[id], -id))[:limit]
