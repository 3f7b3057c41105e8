"""The second look at the best: their lines and what was around them; where that is unsure, token by token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from memory.ledger import moments, readings
from memory.ledger.connection import Db
from memory.recall.retrieval.meaning import Meaning
from memory.recall.retrieval.particulars import against, named, turns
from memory.recall.retrieval.placed import fits
from memory.recall.retrieval.rank import order, score
from memory.recall.retrieval.retrieve import Signals
from memory.recall.retrieval.terms import Terms
from memory.records import LineRow, Moment, Understood

SECOND_LOOK = 40
"""How many of the best are looked at line by line."""

NEIGHBOURS = 2
AWAY_S = 120.0
"""How many moments on either side lend theirs, and how far away, in seconds, at most."""

UNSURE = 0.05
"""A best moment that leads the next by less is not sure: it is looked deeper (tests/bench/RESULTS.md)."""

DEEPER_LOOK = 10
"""How many of the best are compared token by token, by one passage each: a passage costs 3 to 7 ms."""


ALIKE = 0.8
"""Of the best score that others have to reach to be the same thing at another time."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The lines of the best moments, and whether the dearer way was gone."""

    texts: dict[int, tuple[LineRow, ...]]
    deep: bool


def look_again(
    db: Db, meaning: Meaning, found: dict[int, Signals], understood: Understood, terms: Terms
) -> Looked:
    """Adds to the signals of the best what only a closer look shows."""
    best = order(found, understood)[:SECOND_LOOK]
    texts = moments.texts(db, best)
    passages = readings.passages_in(db, best)
    _nearness(meaning, found, understood, passages)
    whole = moments.many(db, best)
    fitting = fits(texts, whole, terms)
    for id, rows in texts.items():
        found[id].pairs = terms.pairs_in(terms.stems.of(row.line.text) for row in rows)
        found[id].lines = fitting[id]
        found[id].cover = terms.coverage(_stems(rows, whole.get(id), terms))
        if id in whole:
            found[id].named = named(understood, whole[id], rows)
            found[id].against = against(understood, whole[id], rows)
    lent = {
        id: _lent(found, around, understood)
        for id, around in moments.around(db, best, NEIGHBOURS, AWAY_S).items()
    }
    for id, share in lent.items():
        found[id].context = share
    if understood.order:
        alike = _alike(found, understood)
        for id, turn in turns(understood.order, [whole[id] for id in alike if id in whole]).items():
            found[id].turn = turn
    return Looked(texts, unsure(found, understood) and _by_token(meaning, found, understood, passages))


def unsure(found: Mapping[int, Signals], understood: Understood) -> bool:
    """Whether the best moment hardly leads the next."""
    scores = [score(found[id], understood) for id in order(found, understood)[:2]]
    return len(scores) == 2 and scores[0] - scores[1] < UNSURE


def _stems(rows: Sequence[LineRow], moment: Moment | None, terms: Terms) -> set[str]:
    title = terms.stems.of(f"{moment.title} {moment.app}") if moment else ()
    return set(title).union(*(terms.stems.of(row.line.text) for row in rows))


def _alike(found: Mapping[int, Signals], understood: Understood) -> list[int]:
    """Those that fit nearly as well as the best one."""
    ranked = order(found, understood)[:SECOND_LOOK]
    scores = {id: score(found[id], understood) for id in ranked}
    return [id for id in ranked if scores[id] >= ALIKE * scores[ranked[0]]]


def _nearness(
    meaning: Meaning,
    found: dict[int, Signals],
    understood: Understood,
    passages: Mapping[int, Mapping[int, str]],
) -> None:
    """How near those are by meaning that words found and that were not among the nearest of all."""
    unknown = {p: id for id, some in passages.items() if not found[id].passages for p in some}
    near = meaning.cosines(understood.text, list(unknown)) if unknown else {}
    for passage in sorted(near, key=lambda p: (-near[p], p)):
        signals = found[unknown[passage]]
        signals.meaning = max(signals.meaning, near[passage])
        signals.passages = (*signals.passages, passage)


def _lent(found: Mapping[int, Signals], around: Sequence[int], understood: Understood) -> float:
    """What the moments around one lend it: the mean of their scores, 0..1."""
    return sum(score(found[id], understood) for id in around if id in found) / max(1, len(around))


def _by_token(
    meaning: Meaning,
    found: dict[int, Signals],
    understood: Understood,
    passages: Mapping[int, Mapping[int, str]],
) -> bool:
    """Compares the nearest passage of each of the best with the query token by token; whether it could."""
    said = {
        id: passages[id][found[id].passages[0]]
        for id in order(found, understood)[:DEEPER_LOOK]
        if id in passages and found[id].passages and found[id].passages[0] in passages[id]
    }
    shares = dict(zip(said, meaning.overlap(understood.text, list(said.values())), strict=False))
    least = min(shares.values(), default=0.0)
    for id, share in shares.items():
        found[id].tokens = share - least
    return bool(shares)
