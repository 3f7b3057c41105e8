"""Settling: day by day, consolidation's plan over the ledger's rows, each day in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from memory.consolidate import episodes as activities
from memory.consolidate import sightings
from memory.consolidate.likeness import RESUMED_WITHIN
from memory.consolidate.settle import Fold, Plan, plan
from memory.index.client import Index
from memory.learning import learn
from memory.ledger import episodes, facts, frames, meta, moments
from memory.ledger.connection import Db, Ledger, Writer
from memory.pictures import Pictures
from memory.records import Settled

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
    in parts, it comes out the same. Where a day's spans change, the day after it is settled as well.
    """
    with ledger.reading() as db:
        waiting = moments.unsettled_days(db)
        count = moments.count(db)
    if dry_run:
        return _dry(ledger, count, waiting)
    done, last = 0, None
    while True:
        with ledger.reading() as db:
            left = [day for day in moments.unsettled_days(db) if last is None or day > last]
        if not left:
            break
        last = left[0]
        _settle_day(ledger, pictures, index, last, now)
        done += 1
        if not tell(done, done + len(left) - 1):
            break
    with ledger.writing() as db:
        if done:
            meta.put(db, "settled_at", now.isoformat())
        return Settled(count, moments.count(db), episodes.count(db), facts.count(db), dry_run)


def _dry(ledger: Ledger, count: int, days: Sequence[int]) -> Settled:
    with ledger.reading() as db:
        gone = sum(len(fold.gone) for day in days for fold in _planned(db, day).folds)
        return Settled(count, count - gone, episodes.count(db), facts.count(db), True)


def _planned(db: Db, day: int) -> Plan:
    return plan(moments.of_day(db, day), episodes.spans(db, day - BACK, day))


def _settle_day(ledger: Ledger, pictures: Pictures, index: Index, day: int, now: datetime) -> None:
    """The rows are written first; pictures that no row names any more are removed after it, or swept at the
    next start. Moments that frames joined while the plan was made are left for the next time.
    """
    with ledger.reading() as db:
        made = _planned(db, day)
        ids = _all_of(made)
        before = moments.stamps(db, ids)
    seen = sightings.of_day(
        made.left, [(span.start, span.end, link) for span, link in zip(made.spans, made.links, strict=True)]
    )
    with ledger.writing() as db:
        stamps = moments.stamps(db, ids)
        same = {id for id in ids if stamps.get(id) == before[id]}
        dropped, places = _fold(db, [f for f in made.folds if same.issuperset((f.into, *f.gone))])
        touched, changed = episodes.replace_day(db, day, made.spans, made.links)
        _name(db, touched | episodes.unnamed(db))
        learn(db, [text.moment.id for text in made.left], seen, now)
        moments.settle(db, same)
        if changed:
            episodes.unsettle_after(db, day)
    index.drop("picture", tuple(dropped))
    for of_day, name in places:
        pictures.remove(of_day, name)


def _all_of(made: Plan) -> list[int]:
    return [text.moment.id for text in made.left] + [id for fold in made.folds for id in fold.gone]


def _fold(db: Writer, folds: Sequence[Fold]) -> tuple[list[int], list[tuple[str, str]]]:
    """Parts of frames whose picture is not needed (a moment keeps its best one), and where those lie."""
    dropped: list[int] = []
    places: list[tuple[str, str]] = []
    for fold in folds:
        moments.fold(db, fold.into, fold.gone)
    # Where one goes, that on which it rested may be free as well.
    while spare := moments.spare_pictures(db):
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
