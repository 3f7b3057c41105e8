"""Seeing: what a frame and the pictures in it show, as cues in words and as vectors."""

from __future__ import annotations

from memory.ledger import frames, jobs, looks, meta, readings, vectors
from memory.ledger.connection import Db, Ledger, Writer
from memory.ledger.jobs import Job
from memory.records import Cue, Part, Seen
from memory.stages.way import SEE, Way, close
from memory.vectors import chosen

MAKERS = "seen_by"
"""Where the ledger notes what cues and vectors are made by now."""
WANTED = "seen_by_settings"
"""And what the settings wanted when it was last opened for work."""


def see(way: Way, taken: tuple[Job, ...]) -> None:
    with way.ledger.reading() as db:
        places = {job.subject: frames.picture_of(db, job.subject) for job in taken}
        there = {frame: place for frame, place in places.items() if place}
        piles = [frames.pile_of(db, frame) for frame in there]
        lines = tuple(tuple(row.line for row in readings.lines(db, frame)) for frame in there)
    pictures = tuple(way.pictures.whole(pile) for pile in piles)
    seen = way.reader.see(pictures, lines) if pictures else Seen("", (), ())
    ids: list[int] = []
    gone: list[int] = []
    with way.ledger.writing() as db:
        # One whose picture went meanwhile, if it is there at all, waits to be looked at again.
        same = [job for job in taken if frames.picture_of(db, job.subject) == places[job.subject]]
        kept = {job.subject for job in same}
        for of, frame in enumerate(there):
            if frame in kept:
                parts, cues = _of(seen, of)
                put, dropped = looks.put(db, frame, seen.maker, parts, cues)
                ids += put
                gone += dropped
        new = (
            chosen(seen.vectors, [list(there)[part.of] in kept for part in seen.parts])
            if seen.vectors
            else None
        )
        if new:
            vectors.add(db, "picture", ids, new)
        close(db, same)
        upgraded = bool(pictures) and _upgrade(db, seen)
    way.index.drop("picture", gone)
    if new:
        way.index.put("picture", ids, (), new)
    if upgraded:
        way.index.rebuild()


def _of(seen: Seen, of: int) -> tuple[list[Part], tuple[Cue, ...]]:
    return [part for part in seen.parts if part.of == of], seen.cues[of]


def _upgrade(db: Writer, seen: Seen) -> bool:
    """Has what others made looked at again, once something new makes cues or vectors; removes the vectors of
    others when that is done (True).

    So an upgrade begins with the first frame that the new encoder sees, goes on job by job whatever happens
    in between, and until it ends nothing of what the old one made is lost.
    """
    encoder = seen.vectors.encoder if seen.vectors else ""
    if not encoder:
        # Its weights are away: when they are back, what was seen meanwhile lacks something.
        meta.put(db, MAKERS, None)
        return False
    makers = f"{seen.maker} | {encoder}"
    if meta.get(db, MAKERS) != makers:
        meta.put(db, MAKERS, makers)
        jobs.add_missing(db, SEE, _lacking(db, seen.maker, encoder))
    if jobs.subjects(db, (SEE,)) or vectors.encoders(db, "picture") == (encoder,):
        return False
    return bool(vectors.drop_others(db, "picture", encoder))


def _lacking(db: Db, maker: str, encoder: str) -> list[int]:
    return sorted({*looks.without(db, maker), *vectors.without(db, "picture", encoder)})


def wanted(ledger: Ledger, encoder: str) -> None:
    """The settings want pictures looked at by this: where it is another than last time, the latest frame is
    looked at again, which begins the upgrade.
    """
    with ledger.writing() as db:
        if meta.get(db, WANTED) != encoder:
            meta.put(db, WANTED, encoder)
            jobs.add_missing(db, SEE, looks.latest(db))
