"""When something was that a time is told by: the run of moments that show it, looked up in the memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from memory.ledger import episodes, moments
from memory.ledger.connection import Db
from memory.recall.anchors import Anchor
from memory.recall.meaning import Meaning
from memory.recall.rank import fuse, order
from memory.recall.retrieve import retrieve
from memory.recall.spans import MIDNIGHT, Span, moment_of
from memory.recall.terms import weigh
from memory.records import Moment, Query, Understood

BEST = 40
"""How many moments are looked at."""

COVERED = 0.5
"""Of the anchor's words, by their rarity, that a moment has to show."""

NEARLY = 0.8
"""Of the best score that others have to reach to be of the same run, or another time of the same."""

APART = timedelta(minutes=30)
"""Moments that fit, further apart than this, are two runs."""

NEAR = timedelta(hours=1)
"""How long "right after" lasts."""

SLACK = timedelta(minutes=15)
"""How far off "an hour before" may be, at least."""


def when(db: Db, meaning: Meaning, anchor: Anchor, at: datetime, named: Span | None) -> Span | None:
    """The span that an anchor means, within the span that is named beside it; None where nothing shows it.

    Of several runs that fit alike it is the latest.
    """
    runs = _runs(_showing(db, meaning, anchor, at, named or Span(None, None)))
    if not runs:
        return None
    run = runs[-1]
    start, end = run[0].start, max(moment.end for moment in run)
    if anchor.relation == "during":
        stretches = [episodes.stretch_of(db, moment.id) or (start, end) for moment in run]
        return Span(min(s for s, _ in stretches), max(e for _, e in stretches))
    if anchor.away is not None:
        middle = start - anchor.away if anchor.relation == "before" else end + anchor.away
        slack = max(SLACK, anchor.away / 4)
        return Span(middle - slack, middle + slack)
    if anchor.relation == "before":
        return Span(start - NEAR if anchor.near else moment_of(start.date(), 0, start), start)
    return Span(end, end + NEAR if anchor.near else moment_of(end.date(), MIDNIGHT, end))


def _showing(db: Db, meaning: Meaning, anchor: Anchor, at: datetime, named: Span) -> list[Moment]:
    """Moments that show what the anchor is about as well as the best one does, in order of time."""
    query = Query(anchor.phrase, at, since=named.since, until=named.until or at)
    meant = Understood(anchor.phrase)
    terms = weigh(db, meant, anchor.phrase)
    found = retrieve(db, meaning, query, meant, terms)
    best = order(found, meant)[:BEST]
    whole, texts = moments.many(db, best), moments.texts(db, best)
    fitting: list[tuple[float, Moment]] = []
    for id in [id for id in best if id in whole]:
        titled = set(terms.stems.of(f"{whole[id].title} {whole[id].app} {whole[id].url or ''}"))
        written = {word for row in texts[id] for word in terms.stems.of(row.line.text)}
        if terms.coverage(titled | written) >= COVERED:
            fitting.append((fuse(found[id], meant)[0] + terms.coverage(titled), whole[id]))
    top = max((score for score, _ in fitting), default=0.0)
    same = {moment.id: moment for score, moment in fitting if score >= NEARLY * top}
    return sorted(same.values(), key=lambda moment: (moment.start, moment.id))


def _runs(showing: Sequence[Moment]) -> list[list[Moment]]:
    runs: list[list[Moment]] = []
    for moment in showing:
        if runs and moment.start - max(m.end for m in runs[-1]) <= APART:
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return runs
