"""Candidates for a query: moments by words, by meaning, by picture and by the time that was named."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from memory.ledger import looks, moments, search
from memory.ledger.connection import Db
from memory.recall.language.words import content
from memory.recall.retrieval.meaning import Meaning
from memory.recall.retrieval.terms import Terms
from memory.recall.retrieval.wording import by_words
from memory.recall.understanding.pictured import candidates, fit, rarities, shown, weight
from memory.records import Moment, Query, Understood

DEPTH = 800
"""How many each channel gives. Of 200 the right one is often missing among 100,000 moments that speak alike:
recall at ten .71 against .79 on the tuning half (tests/bench/RESULTS.md).
"""

DEEPER = (DEPTH, 2_000, 20_000)
"""How many are asked for, one after the other, until a narrowed query has enough; no more: it takes time."""

ENOUGH = 50
"""Of what is allowed; a page of results and what is folded into it."""

EPISODES = 5
"""How many episodes are taken for near."""

PIECE = 2
"""Words of a query that ask together for an episode, beside the whole."""

INSTEAD = 10
"""How many moments on either side of an empty span stand for it."""

FAR_DAYS = (1, 8, 64, 512, 4_096, 32_768)
"""How far from an empty span it is looked, one after the other."""


Ask = Callable[[int], tuple[tuple[int, float], ...]]
"""(id, cosine) of the nearest, best first, as many as asked for."""

Locate = Callable[[Sequence[int]], dict[int, int]]
"""The moment of each id."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Moments that a chat speaks of: those meant by "it", and those already told where others are wanted."""

    prefer: tuple[int, ...] = ()
    past: tuple[int, ...] = ()


@dataclass(slots=True)
class Signals:
    """What speaks for a moment, each 0..1. `passages` are those that are near by meaning, best first.

    `lines` is as `words` until the lines are read; `context` what the moments around it lend it;
    `tokens` how much better than others of the best it holds the query token by token;
    `named` and `against` what it shows of what the query names and excludes; `turn` whether it is the one
    in time that is meant of several; `cover` the share of the query's words it shows, None until it is read.
    """

    words: float = 0.0
    lines: float = 0.0
    meaning: float = 0.0
    picture: float = 0.0
    shown: float = 0.0
    pairs: float = 0.0
    context: float = 0.0
    tokens: float = 0.0
    named: float = 0.0
    against: float = 0.0
    turn: float = 0.0
    cover: float | None = None
    time: float = 0.0
    app: float = 0.0
    chat: float = 0.0
    passages: tuple[int, ...] = ()
    instead: bool = False
    """It stands for a span in which there is nothing, however far away it is."""


def retrieve(
    db: Db, meaning: Meaning, query: Query, understood: Understood, terms: Terms
) -> dict[int, Signals]:
    """Signals by moment. Only `query.since`, `until` and `app` exclude."""
    found: dict[int, Signals] = {}
    within = _Within(db, query, _wanted(db, query.app))
    _by_words(within, terms, found)
    if any(map(str.isalnum, understood.text)):
        _by_meaning(within, meaning, understood, found)
        _by_picture(within, meaning, understood, found)
        _by_cues(within, understood, terms, found)
        _by_episode(db, meaning, understood, found)
    if understood.since is not None or understood.until is not None:
        for moment in moments.between(db, understood.since, understood.until)[-DEPTH:]:
            found.setdefault(moment.id, Signals())
    allowed = within.of(list(found))
    found = {id: signals for id, signals in found.items() if id in allowed}
    only_a_time = not (terms.match or terms.weights) or understood.text == query.text.strip()
    timed = understood.since is not None or understood.until is not None
    there = search.in_span(db, list(found), understood.since, understood.until, None)
    if timed and only_a_time and not there:
        for id in _nearest_in_time(within, understood):
            found.setdefault(id, Signals()).instead = True
    _weigh_time_and_app(db, understood, found)
    return found


def speak_of(found: dict[int, Signals], spoken: Spoken) -> None:
    """Adds the moments that a chat speaks of as candidates, and takes those that it has told away."""
    for id in spoken.prefer:
        found.setdefault(id, Signals()).chat = 1.0
    for id in spoken.past:
        found.pop(id, None)


@dataclass(frozen=True, slots=True)
class _Within:
    """What a query leaves in by its times and applications."""

    db: Db
    query: Query
    apps: tuple[str | None, ...]

    def narrow(self) -> bool:
        return self.query.since is not None or self.query.until is not None or self.apps != (None,)

    def of(self, ids: Sequence[int]) -> set[int]:
        query = self.query
        return {id for app in self.apps for id in search.in_span(self.db, ids, query.since, query.until, app)}

    def nearest(self, ask: Ask, place: Locate) -> list[tuple[int, int, float]]:
        """(what is near, its moment, cosine), the nearest of what is left in, best first.

        What is near is looked for in the whole memory: where little of it is left in, more is asked for.
        """
        for depth in DEEPER:
            near = ask(depth)
            places = place([id for id, _ in near])
            allowed = self.of(list(set(places.values()))) if self.narrow() else set(places.values())
            hits = [(id, places[id], cosine) for id, cosine in near if places.get(id) in allowed]
            if not self.narrow() or len(hits) >= ENOUGH or len(near) < depth:
                break
        return hits[:DEPTH]


def _wanted(db: Db, app: str | None) -> tuple[str | None, ...]:
    """The applications whose name holds what was asked for; (None,) where nothing was."""
    if app is None:
        return (None,)
    return tuple(name for name in search.apps(db) if app.casefold() in name.casefold())


def _by_words(within: _Within, terms: Terms, found: dict[int, Signals]) -> None:
    query = within.query
    hits = [
        hit for app in within.apps for hit in by_words(within.db, terms, DEPTH, query.since, query.until, app)
    ]
    top = max((score for _, score in hits), default=0.0)
    for moment, score in hits:
        signals = found.setdefault(moment, Signals())
        signals.words = signals.lines = max(0.0, score / top) if top > 0 else 0.0


def _by_meaning(within: _Within, meaning: Meaning, understood: Understood, found: dict[int, Signals]) -> None:
    ask, place = partial(meaning.passages, understood.text), partial(search.moment_of_passages, within.db)
    for passage, moment, cosine in within.nearest(ask, place):
        signals = found.setdefault(moment, Signals())
        signals.meaning = max(signals.meaning, cosine)
        signals.passages = (*signals.passages, passage)


def _by_picture(within: _Within, meaning: Meaning, understood: Understood, found: dict[int, Signals]) -> None:
    ask, place = partial(meaning.pictures, understood.text), partial(search.moment_of_parts, within.db)
    for _, moment, cosine in within.nearest(ask, place):
        signals = found.setdefault(moment, Signals())
        signals.picture = max(signals.picture, cosine)


def _by_cues(within: _Within, understood: Understood, terms: Terms, found: dict[int, Signals]) -> None:
    """Frames with pictures of which is said what the query wants to have been shown."""
    db = within.db
    wanted = shown(understood.text, looks.counts(db, candidates(understood.text)))
    if wanted is None:
        return
    labels = wanted.picture | wanted.page
    weights = rarities(labels, looks.counts(db, labels), looks.count(db))
    hits = looks.having(db, {label: weights[label] for label in wanted.picture or labels}, DEEPER[1])
    places = search.moment_of_frames(db, [hit.frame for hit in hits])
    allowed = within.of(list(set(places.values())))
    counts = weight(wanted, written=bool(terms.weights.keys() - terms.unknown))
    for hit in hits:
        moment = places.get(hit.frame)
        fits = counts * fit(wanted, hit.labels, hit.page, weights)
        if moment in allowed and fits:
            signals = found.setdefault(moment, Signals())
            signals.shown = max(signals.shown, fits)


def _by_episode(db: Db, meaning: Meaning, understood: Understood, found: dict[int, Signals]) -> None:
    """Key moments whose text has faded, by what their episodes were about.

    That lends nothing to moments that have vectors of their own: it was tried, and found no more.
    """
    if not search.any_faded(db):
        return
    words = content(understood.text)
    pieces = (" ".join(words[n : n + PIECE]) for n in range(0, len(words), PIECE))
    near = dict(meaning.episodes((understood.text, *pieces), EPISODES))
    for moment, episode in search.faded_in(db, list(near)).items():
        signals = found.setdefault(moment, Signals())
        signals.meaning = max(signals.meaning, near[episode])


def _nearest_in_time(within: _Within, understood: Understood) -> list[int]:
    """The moments last before and first after a span, of those that are left in."""
    before: list[int] = []
    after: list[int] = []
    for days in FAR_DAYS:
        away = timedelta(days=days)
        if understood.since is not None and len(before) < INSTEAD:
            rows = moments.between(within.db, understood.since - away, understood.since)
            allowed = within.of([moment.id for moment in rows])
            before = [moment.id for moment in rows if moment.id in allowed][-INSTEAD:]
        if understood.until is not None and len(after) < INSTEAD:
            rows = moments.between(within.db, understood.until, understood.until + away)
            allowed = within.of([moment.id for moment in rows])
            after = [moment.id for moment in rows if moment.id in allowed][:INSTEAD]
    return [*before, *after]


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
