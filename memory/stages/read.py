"""Reading: a frame's lines, thumbnail and smallest picture in place of the picture as it came."""

from __future__ import annotations

from dataclasses import replace

from memory.ledger import frames, jobs, moments, readings
from memory.ledger.connection import Ledger
from memory.ledger.jobs import Job
from memory.perceive.lines import in_windows
from memory.records import Reading
from memory.resting import offered
from memory.stages.way import Way, close


def read(way: Way, taken: tuple[Job, ...]) -> None:
    (job,) = taken
    with way.ledger.reading() as db:
        place = frames.picture_of(db, job.subject)
    if place is None:
        # Forgotten, or folded into a better picture, while it waited.
        with way.ledger.writing() as db:
            jobs.done(db, job)
        return
    day, old = place
    offers = offered(way.ledger, way.pictures, job.subject)
    reading = way.reader.read(way.pictures.get(day, old, "picture"), tuple(offer.base for offer in offers))
    base = None if reading.base is None else offers[reading.base].frame
    new = way.pictures.put(day, "picture", reading.picture) if reading.picture else old
    unwanted = new if new != old else None
    try:
        way.pictures.put_thumbnail(day, new, reading.thumbnail)
        written = _written(way.ledger, job, reading, new, base)
        if not written:
            # Forgotten while it was read, or what it was to rest on was: nothing of it is left.
            unwanted = new
        elif new != old:
            unwanted = old
    finally:
        if unwanted:
            way.pictures.remove(day, unwanted)


def _written(ledger: Ledger, job: Job, reading: Reading, picture: str, base: int | None) -> bool:
    """Writes the result down with the next jobs. False, and nothing is written, where the frame was forgotten
    while it was read, or the one that its picture rests on: then it is read again.
    """
    with ledger.writing() as db:
        if frames.picture_of(db, job.subject) is None:
            return False
        if not frames.set_picture(db, job.subject, picture, base):
            return False
        windows = frames.meta_of(db, job.subject).windows
        readings.add(db, job.subject, replace(reading, lines=in_windows(reading.lines, windows)))
        moment = frames.moment_of(db, job.subject)
        readings.index_words(db, moment)
        moments.unsettle(db, moment)
        close(db, (job,))
        return True
