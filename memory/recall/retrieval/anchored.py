"""When something was that a time is told by: the run of moments that show it, looked up in the memory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from memory.ledger import episodes, moments
from memory.ledger.connection import Db
from memory.recall.language.words import fold, stem
from memory.recall.retrieval.meaning import Meaning
from memory.recall.retrieval.rank import fuse, order
from memory.recall.retrieval.retrieve import retrieve
from memory.recall.retrieval.terms import weigh
from memory.recall.understanding.anchors import Anchor
from memory.recall.understanding.spans import MIDNIGHT, Span, moment_of
from memory.records import Moment, Query, Understood

BEST = 40
"""How many moments are looked at."""

COVERED = 0.5
"""Of the anchor's words that are known, by their rarity, what a moment has to show."""

_HELD = (
    "meeting call session conversation discussion sitzung besprechung gespräch anruf telefonat treffen termin"
)
HELD = frozenset(stem(fold(word)) for word in _HELD.split())
"""What people call it when they talk: screens seldom say so."""

SAID = 0.25
"""What such a word weighs."""

_COMPOUND = re.compile(r"\b(stand|kick|check|wrap|follow)(up|off|in)\b", re.IGNORECASE)
"""Written with a hyphen as often as without."""

KNOWN = 0.5
"""Of the anchor's words how many have to stand anywhere in the memory; the others do not count."""

NEARLY = 0.8
"""Of the best score that others have to reach to be of a run."""

AS_WELL = 0.95
"""Of the best score that the best of a run has to reach to be another time of the same."""

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
    spelled = dict.fromkeys((anchor.phrase, _COMPOUND.sub(r"\1-\2", anchor.phrase)))
    looked = (_showing(db, meaning, phrase, at, named or Span(None, None)) for phrase in spelled)
    showing = next(filter(None, looked), None)
    if showing is None:
        return None
    top = max(score for score, _ in showing)
    as_well = [run for run in _runs(showing) if max(score for score, _ in run) >= AS_WELL * top]
    run = [moment for _, moment in as_well[-1]]
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


def _showing(db: Db, meaning: Meaning, phrase: str, at: datetime, named: Span) -> list[tuple[float, Moment]]:
    """Moments that show it nearly as well as the best one does, each with its score, in order of time."""
    query = Query(phrase, at, since=named.since, until=named.until or at)
    meant = Understood(phrase)
    terms = weigh(db, meant, phrase)
    found = retrieve(db, meaning, query, meant, terms)
    known = {word: weight for word, weight in terms.weights.items() if word not in terms.unknown}
    if len(known) < KNOWN * len(terms.weights):
        return []
    terms = replace(terms, weights={w: n * (SAID if w in HELD else 1.0) for w, n in known.items()})
    best = order(found, meant)[:BEST]
    whole, texts = moments.many(db, best), moments.texts(db, best)
    fitting: list[tuple[float, Moment]] = []
    for id, moment in whole.items():
        titled = set(terms.stems.of(f"{moment.title} {moment.app} {moment.url or ''}"))
        written = {word for row in texts[id] for word in terms.stems.of(row.line.text)}
        if terms.coverage(titled | written) >= COVERED:
            fitting.append((fuse(found[id], meant)[0] + terms.coverage(titled), moment))
    top = max((score for score, _ in fitting), default=0.0)
    near = [hit for hit in fitting if hit[0] >= NEARLY * top]
    return sorted(near, key=lambda hit: (hit[1].start, hit[1].id))


def _runs(showing: Sequence[tuple[float, Moment]]) -> list[list[tuple[float, Moment]]]:
    runs: list[list[tuple[float, Moment]]] = []
    for score, moment in showing:
        if runs and moment.start - max(other.end for _, other in runs[-1]) <= APART:
            runs[-1].append((score, moment))
        else:
            runs.append([(score, moment)])
    return runs
