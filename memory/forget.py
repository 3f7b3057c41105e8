"""Forgetting: moments and all that rested on them alone, out of ledger, pictures and index, for good."""

from __future__ import annotations

from datetime import datetime

from memory.index.client import Index
from memory.learning import learn_again
from memory.ledger import frames, meta, moments, turns
from memory.ledger.connection import Db, Ledger, Writer
from memory.pictures import Pictures
from memory.ports import Reader
from memory.records import Forgotten, Moment, What
from memory.resting import take_from_under

ROUNDS = 5
"""How often something may come to rest on what is to go, before it goes all the same."""


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
            ids = moments.select(db, what)
            return Forgotten(_chosen(db, ids), dry_run, len(turns.select(db, what, ids)))
    told, gone = _taken_out(ledger, pictures, what, reader)
    index.drop("passage", gone.passages)
    index.drop("picture", gone.parts)
    for day, name in gone.pictures:
        pictures.remove(day, name)
    # Also where nothing is left to choose: the last time may have ended before this.
    ledger.scrub()
    return told


def _taken_out(
    ledger: Ledger, pictures: Pictures, what: What, reader: Reader | None
) -> tuple[Forgotten, moments.Removed]:
    """Removes the rows; what was removed, and what goes with it."""
    for _ in range(ROUNDS if reader else 0):
        with ledger.reading() as db:
            going = moments.select(db, what)
        stuck = take_from_under(ledger, pictures, reader, going) if reader else set()
        with ledger.writing() as db:
            ids = moments.select(db, what)
            if not set(frames.resting_on(db, ids)) - stuck:
                return _removed(db, what, ids)
    with ledger.writing() as db:
        return _removed(db, what, moments.select(db, what))


def _removed(db: Writer, what: What, ids: tuple[int, ...]) -> tuple[Forgotten, moments.Removed]:
    """Chosen where it is written: what was read in between is not passed over.

    Turns of chats go as well. What other moments say of the same things is inferred anew at once; it was
    known when it was last settled.
    """
    asked = turns.select(db, what, ids)
    turns.forget(db, asked)
    chosen, gone = _chosen(db, ids), moments.forget(db, ids)
    settled_at = meta.get(db, "settled_at")
    if gone.topics and settled_at:
        learn_again(db, gone.topics, datetime.fromisoformat(str(settled_at)))
    return Forgotten(chosen, False, len(asked)), gone


def _chosen(db: Db, ids: tuple[int, ...]) -> tuple[Moment, ...]:
    return tuple(sorted(moments.many(db, ids).values(), key=_in_time))


def _in_time(moment: Moment) -> tuple[object, int]:
    return moment.start, moment.id
