"""Settling: day by day, consolidation's plan over the ledger's rows, each day in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from memory import folding
from memory.consolidate import episodes as activities
from memory.consolidate import sightings
from memory.consolidate.likeness import RESUMED_WITHIN
from memory.consolidate.settle import Plan, plan
from memory.errors import Bug
from memory.index.client import Index
from memory.learning import learn
from memory.ledger import episodes, facts, frames, meta, moments, readings, trajectories
from memory.ledger.connection import Db, Ledger, Writer
from memory.pictures import Pictures
from memory.pooling import pool
from memory.records import MomentText, Settled, Sighting, Span

BACK = RESUMED_WITHIN.days
"""Days back that a day's episodes are looked for: no other rows than theirs and the day's are read."""

Tell = Callable[[int, int], bool]
"""Told after each day how many are done, of how many; whether to go on."""


def settle(
    ledger: Ledger,
    pictures: Pictures,
    index: Index,
    now: datetime,
    dry_run: bool,
    tell: Tell = lambda _done, _of: True,
) -> Settled:
    """Settles the days that hold something new, in order of time; what is left, when it is told not to go on,
    is settled the next time.

    A day is settled by its own moments and the spans of the days before it, never by what came later: once or
    in parts, it comes out the same. Where a day's spans change, the days that look back at it are settled as
    well. A Bug of one day is raised when the others are done.
    """
    with ledger.reading() as db:
        waiting = moments.unsettled_days(db)
        count = moments.count(db)
    if dry_run:
        return _dry(ledger, count, waiting)
    done, refused, last = 0, 0, None
    failed: Bug | None = None
    while True:
        with ledger.reading() as db:
            left = [day for day in moments.unsettled_days(db) if last is None or day > last]
        if not left:
            break
        last = left[0]
        try:
            refused += _settle_day(ledger, pictures, index, last, now)
        except Bug as error:
            # A day that we stumble over keeps no other from being settled.
            failed = error
        done += 1
        if not tell(done, done + len(left) - 1):
            break
    if failed:
        raise failed
    with ledger.writing() as db:
        pool(db)
        # Also where all that was left of a day was forgotten, and there is no day to be settled.
        _name(db, episodes.unnamed(db))
        return Settled(count, moments.count(db), episodes.count(db), facts.count(db), dry_run, refused)


def _dry(ledger: Ledger, count: int, days: Sequence[int]) -> Settled:
    with ledger.reading() as db:
        gone = sum(len(fold.gone) for day in days for fold in _planned(db, day).folds)
        return Settled(count, count - gone, episodes.count(db), facts.count(db), True)


def _planned(db: Db, day: int) -> Plan:
    return plan(*_rows(db, day))


def _rows(db: Db, day: int) -> tuple[tuple[MomentText, ...], tuple[Span, ...]]:
    return moments.of_day(db, day), episodes.spans(db, day - BACK, day)


def _seen(made: Plan) -> tuple[Sighting, ...]:
    parts = zip(made.spans, made.links, strict=True)
    return sightings.of_day(made.left, [(span.start, span.end, link) for span, link in parts])


def _settle_day(ledger: Ledger, pictures: Pictures, index: Index, day: int, now: datetime) -> int:
    """The rows are written first; pictures that no row names any more are removed after it, or swept at the
    next start. Moments that frames joined while the plan was made are left for the next time. How many folds
    were refused.
    """
    with ledger.reading() as db:
        texts, spans = _rows(db, day)
        ids = [text.moment.id for text in texts]
        before = moments.stamps(db, ids)
    made = plan(texts, spans)
    seen = _seen(made)
    with ledger.writing() as db:
        stamps = moments.stamps(db, ids)
        same = {id for id in ids if stamps.get(id) == before[id]}
        due = [f for f in made.folds if same.issuperset((f.into, *f.gone))]
        with readings.marked_deletes(db):
            folds = folding.fold(ledger, due, texts)
        if folds != made.folds:
            made = plan(texts, spans, folds)
            seen = _seen(made)
        left = [text.moment.id for text in made.left]
        dropped, places = _let_go(db, left)
        faded = trajectories.faded(db, day)
        touched, changed = episodes.replace_day(db, day, made.spans, made.links)
        pool(db, faded)
        _name(db, touched | episodes.unnamed(db))
        learn(db, left, seen, now)
        moments.settle(db, same)
        meta.put(db, "settled_at", now.isoformat())
        if changed:
            episodes.unsettle_after(db, day)
    index.drop("picture", tuple(dropped))
    for of_day, name in places:
        pictures.remove(of_day, name)
    return len(set(due) - set(folds))


def _let_go(db: Writer, ids: Sequence[int]) -> tuple[list[int], list[tuple[str, str]]]:
    """Parts of these moments' frames whose picture is not needed (a moment keeps its best one), and where
    those lie. What rests on a picture is of the same day.
    """
    dropped: list[int] = []
    places: list[tuple[str, str]] = []
    # Where one goes, that on which it rested may be free as well.
    while spare := moments.spare_pictures(db, ids):
        for frame, place in spare:
            dropped.extend(frames.drop_picture(db, frame))
            places.append(place)
    return dropped, places


def _name(db: Writer, touched: frozenset[int]) -> None:
    """Names episodes by what was known on the day of their last span, whatever was settled since."""
    for day, ids in sorted(episodes.last_days(db, touched).items()):
        names = activities.names(episodes.spans(db, day - BACK, day + 1))
        for episode in ids:
            digests, parts = zip(*episodes.digests(db, episode), strict=True)
            episodes.name(db, episode, names.of(digests, parts), parts)
