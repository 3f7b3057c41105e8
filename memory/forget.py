"""Forgetting: moments and all that rested on them alone, out of ledger, pictures and index, for good."""

from __future__ import annotations

from memory.index.client import Index
from memory.ledger import moments
from memory.ledger.connection import Db, Ledger
from memory.pictures import Pictures
from memory.ports import Reader
from memory.records import Forgotten, Moment, What
from memory.resting import take_from_under


def forget(
    ledger: Ledger, pictures: Pictures, index: Index, what: What, dry_run: bool, reader: Reader | None = None
) -> Forgotten:
    """Removes what is selected; with `dry_run` only tells what that is. The `reader` keeps whole what rests
    on pictures that go (`memory.resting`); forgetting succeeds without it.

    The rows go first, in one transaction: a crash afterwards leaves sealed pictures without a row (swept
    at the next start) and nothing that can be found. The index lives in RAM and is filled from the rows.
    """
    if dry_run:
        with ledger.reading() as db:
            return Forgotten(_chosen(db, moments.select(db, what)), dry_run)
    if reader is not None:
        with ledger.reading() as db:
            going = moments.select(db, what)
        take_from_under(ledger, pictures, reader, going)
    with ledger.writing() as db:
        # Chosen where it is written: what was read in between is not passed over.
        ids = moments.select(db, what)
        if not ids:
            return Forgotten((), dry_run)
        chosen = _chosen(db, ids)
        gone = moments.forget(db, ids)
    index.drop("passage", gone.passages)
    index.drop("picture", gone.parts)
    for day, name in gone.pictures:
        pictures.remove(day, name)
    ledger.scrub()
    return Forgotten(chosen, dry_run)


def _chosen(db: Db, ids: tuple[int, ...]) -> tuple[Moment, ...]:
    return tuple(sorted(moments.many(db, ids).values(), key=_in_time))


def _in_time(moment: Moment) -> tuple[object, int]:
    return moment.start, moment.id
