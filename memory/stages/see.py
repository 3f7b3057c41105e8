"""Seeing: vectors of what a frame looks like."""

from __future__ import annotations

from memory.errors import NoWeights
from memory.ledger import frames, vectors
from memory.ledger.jobs import Job
from memory.stages.way import Way, close
from memory.vectors import chosen


def see(way: Way, taken: tuple[Job, ...]) -> None:
    with way.ledger.reading() as db:
        places = {job.subject: frames.picture_of(db, job.subject) for job in taken}
    there = {frame: place for frame, place in places.items() if place}
    pictures = tuple(way.pictures.get(day, name, "picture") for day, name in there.values())
    try:
        seen = way.reader.encode_pictures(pictures) if pictures else None
    except NoWeights:
        # Without an encoder there is no picture search; `doctor` says so, and words are found all the same.
        seen = None
    with way.ledger.writing() as db:
        # One whose picture went meanwhile, if it is there at all, waits to be looked at again.
        same = [job for job in taken if frames.picture_of(db, job.subject) == places[job.subject]]
        written = {job.subject for job in same}
        ids = tuple(frame for frame in there if frame in written)
        if seen:
            seen = chosen(seen, [frame in written for frame in there])
            vectors.add(db, "picture", ids, seen)
        close(db, same)
    if seen:
        way.index.put("picture", ids, (), seen)
