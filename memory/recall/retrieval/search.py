"""Search: from a query to ranked moments, each with the lines that fit best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memory.ledger import moments
from memory.ledger.connection import Db
from memory.recall.retrieval.looking import look_again
from memory.recall.retrieval.meaning import Meaning
from memory.recall.retrieval.meant import understood_of
from memory.recall.retrieval.rank import FLOOR, fingerprint, fuse, is_noise, order, same_screen, score
from memory.recall.retrieval.retrieve import Signals, retrieve
from memory.recall.retrieval.snippet import snippet
from memory.recall.retrieval.terms import Terms, weigh
from memory.records import Found, LineRow, Moment, Query, Result, Understood


def search(db: Db, meaning: Meaning, query: Query) -> Found:
    """Ranked moments for a query, at most `query.limit`; near-duplicates stand behind the best of them."""
    understood = understood_of(db, meaning, query)
    terms = weigh(db, understood, query.text)
    found = retrieve(db, meaning, query, understood, terms)
    looked = look_again(db, meaning, found, understood, terms)
    found = {id: signals for id, signals in found.items() if not is_noise(signals)}
    ranked = results(db, found, understood, terms, looked.texts, query.limit)
    return Found(query, understood, ranked, looked.deep)


def results(
    db: Db,
    found: Mapping[int, Signals],
    understood: Understood,
    terms: Terms,
    texts: Mapping[int, tuple[LineRow, ...]],
    limit: int,
) -> tuple[Result, ...]:
    """The best of what was found as results. Lines that `texts` lacks are read."""
    ranked = [
        id for id in order(found, understood) if found[id].instead or score(found[id], understood) >= FLOOR
    ]
    ranked = ranked[: 3 * limit + 10]
    missing = [id for id in ranked if id not in texts]
    lines = {**texts, **moments.texts(db, missing)}
    whole = moments.many(db, ranked)
    groups = _collapse([whole[id] for id in ranked if id in whole], lines, limit)
    made = []
    for moment, also in groups:
        total, why = fuse(found[moment.id], understood)
        said = snippet(lines.get(moment.id, ()), terms)
        made.append(Result(moment, said or moment.title, also, round(total, 4), why))
    return tuple(made)


def _collapse(
    ranked: Sequence[Moment], lines: Mapping[int, tuple[LineRow, ...]], limit: int
) -> list[tuple[Moment, tuple[int, ...]]]:
    """The first `limit` moments that differ, each with those further down that show nearly the same."""
    kept: list[tuple[Moment, list[int]]] = []
    prints = {moment.id: fingerprint(lines.get(moment.id, ())) for moment in ranked}
    for moment in ranked:
        like = next(
            (k for k in kept if same_screen(k[0], moment, (prints[k[0].id], prints[moment.id]))), None
        )
        if like is not None:
            like[1].append(moment.id)
        elif len(kept) < limit:
            kept.append((moment, []))
    return [(moment, tuple(also)) for moment, also in kept]
