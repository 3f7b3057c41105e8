"""Settling: consolidation's plan over the ledger's rows, written in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from memory.consolidate.moments import Fold
from memory.consolidate.settle import Plan, plan
from memory.index.client import Index
from memory.ledger import frames, knowledge, meta, moments
from memory.ledger.connection import Ledger, Writer
from memory.pictures import Pictures
from memory.records import Settled


def settle(ledger: Ledger, pictures: Pictures, index: Index, now: datetime, dry_run: bool) -> Settled:
    """Folds moments, then makes episodes and facts anew from all that was read.

    Frames that wait to be read are left for the next time, and so are moments that frames joined while the
    plan was made. The rows are written first; pictures that no row names any more are removed after it, or
    swept at the next start.
    """
    with ledger.reading() as db:
        if not moments.unsettled(db, 1):
            # Settling is a function of the rows: made again over the same ones it says the same.
            return Settled(moments.count(db), moments.count(db), *knowledge.counts(db), dry_run)
        rows = moments.read(db)
        before = moments.stamps(db)
    done = plan(rows)
    if dry_run:
        return _settled(len(rows), done, done.folds, dry_run)
    with ledger.writing() as db:
        stamps = moments.stamps(db)
        same = {row.moment.id for row in rows if stamps.get(row.moment.id) == before[row.moment.id]}
        due = tuple(fold for fold in done.folds if same.issuperset((fold.into, *fold.gone)))
        dropped, places = _fold(db, due)
        knowledge.replace_episodes(db, done.episodes)
        knowledge.replace_facts(db, done.facts)
        moments.settle(db, same)
        meta.put(db, "settled_at", now.isoformat())
    index.drop("picture", tuple(dropped))
    for day, name in places:
        pictures.remove(day, name)
    return _settled(len(rows), done, due, dry_run)


def _settled(count: int, done: Plan, due: Sequence[Fold], dry_run: bool) -> Settled:
    after = count - sum(len(fold.gone) for fold in due)
    return Settled(count, after, len(done.episodes), len(done.facts), dry_run)


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
