"""Settling: consolidation's plan over the ledger's rows, written in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from memory.consolidate.moments import Fold
from memory.consolidate.settle import plan
from memory.index.client import Index
from memory.ledger import frames, knowledge, meta, moments
from memory.ledger.connection import Ledger, Writer
from memory.pictures import Pictures
from memory.records import Settled


def settle(ledger: Ledger, pictures: Pictures, index: Index, now: datetime, dry_run: bool) -> Settled:
    """Folds moments, then makes episodes and facts anew from all that was read.

    Frames that wait to be read are left for the next time. The rows are written first; pictures that no row
    names any more are removed after it, or swept at the next start.
    """
    with ledger.reading() as db:
        rows = moments.read(db)
        done = plan(rows)
    settled = Settled(
        moments_before=len(rows),
        moments_after=len(rows) - sum(len(fold.gone) for fold in done.folds),
        episodes=len(done.episodes),
        facts=len(done.facts),
        dry_run=dry_run,
    )
    if dry_run:
        return settled
    with ledger.writing() as db:
        dropped, places = _fold(db, done.folds)
        knowledge.replace_episodes(db, done.episodes)
        knowledge.replace_facts(db, done.facts)
        moments.settle(db, tuple(row.moment.id for row in rows))
        meta.put(db, "settled_at", now.isoformat())
    index.drop("picture", tuple(dropped))
    for day, name in places:
        pictures.remove(day, name)
    return settled


def _fold(db: Writer, folds: Sequence[Fold]) -> tuple[list[int], list[tuple[str, str]]]:
    """Frames whose picture is no longer needed (a moment keeps its best one), and where those lie."""
    dropped: list[int] = []
    places: list[tuple[str, str]] = []
    for fold in folds:
        moments.fold(db, fold.into, fold.gone)
        for frame, place in moments.spare_pictures(db, fold.into):
            frames.drop_picture(db, frame)
            dropped.append(frame)
            places.append(place)
    return dropped, places
