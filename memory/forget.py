"""Forgetting: moments and all that rested on them alone, out of ledger, pictures and index, for good."""

from __future__ import annotations

from memory.index.client import Index
from memory.ledger import moments
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.records import Forgotten, Moment, What


def forget(ledger: Ledger, pictures: Pictures, index: Index, what: What, dry_run: bool) -> Forgotten:
    """Removes what is selected; with `dry_run` only tells what that is.

    The rows go first, in one transaction: a crash afterwards leaves sealed pictures without a row (swept
    at the next start) and nothing that can be found. The index lives in RAM and is filled from the rows.
    """
    with ledger.reading() as db:
        ids = moments.select(db, what)
        chosen = tuple(sorted(moments.many(db, ids).values(), key=_in_time))
    if dry_run or not ids:
        return Forgotten(chosen, dry_run)
    with ledger.writing() as db:
        gone = moments.forget(db, ids)
    index.drop("passage", gone.passages)
    index.drop("picture", gone.frames)
    for day, name in gone.pictures:
        pictures.remove(day, name)
    ledger.scrub()
    return Forgotten(chosen, dry_run)


def _in_time(moment: Moment) -> tuple[object, int]:
    return moment.start, moment.id
