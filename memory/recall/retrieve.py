"""Candidates for a query: moments by words, by meaning, by picture and by the time that was named."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from memory.ledger import moments, search
from memory.ledger.connection import Db
from memory.recall.meaning import Meaning
from memory.recall.terms import Terms
from memory.records import Moment, Query, Understood

DEPTH = 200
"""How many each channel gives."""


@dataclass(slots=True)
class Signals:
    """What speaks for a moment, each 0..1. `passages` are those that are near by meaning, best first."""

    words: float = 0.0
    meaning: float = 0.0
    picture: float = 0.0
    pairs: float = 0.0
    time: float = 0.0
    app: float = 0.0
    passages: tuple[int, ...] = ()


def retrieve(
    db: Db, meaning: Meaning, query: Query, understood: Understood, terms: Terms
) -> dict[int, Signals]:
    """Signals by moment. Only `query.since`, `until` and `app` exclude."""
    found: dict[int, Signals] = {}
    apps = _wanted(db, query.app)
    _by_words(db, query, apps, terms, found)
    if any(map(str.isalnum, understood.text)):
        _by_meaning(db, meaning, understood, found)
        _by_picture(db, meaning, understood, found)
    if understood.since is not None or understood.until is not None:
        for moment in moments.between(db, understood.since, understood.until)[-DEPTH:]:
            found.setdefault(moment.id, Signals())
    allowed = {id for app in apps for id in search.in_span(db, list(found), query.since, query.until, app)}
    found = {id: signals for id, signals in found.items() if id in allowed}
    _weigh_time_and_app(db, understood, found)
    return found


def _wanted(db: Db, app: str | None) -> tuple[str | None, ...]:
    """The applications whose name holds what was asked for; (None,) where nothing was."""
    if app is None:
        return (None,)
    return tuple(name for name in search.apps(db) if app.casefold() in name.casefold())


def _by_words(
    db: Db, query: Query, apps: tuple[str | None, ...], terms: Terms, found: dict[int, Signals]
) -> None:
    if not terms.match:
        return
    hits = [
        hit for app in apps for hit in search.words(db, terms.match, DEPTH, query.since, query.until, app)
    ]
    top = max((score for _, score in hits), default=0.0)
    for moment, score in hits:
        found.setdefault(moment, Signals()).words = max(0.0, score / top) if top > 0 else 0.0


def _by_meaning(db: Db, meaning: Meaning, understood: Understood, found: dict[int, Signals]) -> None:
    near = meaning.passages(understood.text, DEPTH)
    places = search.moment_of_passages(db, [id for id, _ in near])
    for passage, cosine in near:
        if passage in places:
            signals = found.setdefault(places[passage], Signals())
            signals.meaning = max(signals.meaning, cosine)
            signals.passages = (*signals.passages, passage)


def _by_picture(db: Db, meaning: Meaning, understood: Understood, found: dict[int, Signals]) -> None:
    near = meaning.pictures(understood.text, DEPTH)
    places = search.moment_of_frames(db, [id for id, _ in near])
    for frame, cosine in near:
        if frame in places:
            signals = found.setdefault(places[frame], Signals())
            signals.picture = max(signals.picture, cosine)


def _weigh_time_and_app(db: Db, understood: Understood, found: dict[int, Signals]) -> None:
    timed = understood.since is not None or understood.until is not None
    if not timed and not understood.apps:
        return
    for id, moment in moments.many(db, list(found)).items():
        if timed:
            found[id].time = nearness(moment, understood.since, understood.until)
        found[id].app = float(moment.app in understood.apps)


def nearness(moment: Moment, since: datetime | None, until: datetime | None) -> float:
    """1 within the span, outside falling with the distance: to 1/e at the span's length, at least an hour."""
    before = (since - moment.end).total_seconds() if since else 0.0
    after = (moment.start - until).total_seconds() if until else 0.0
    away = max(before, after, 0.0)
    length = (until - since).total_seconds() if since and until else 86_400.0
    return math.exp(-away / max(length, 3600.0))
