"""Reading: a frame's lines, thumbnail and smallest picture in place of the picture as it came."""

from __future__ import annotations

from dataclasses import replace

from memory.ledger import frames, jobs, moments, readings
from memory.ledger.jobs import Job
from memory.perceive.lines import in_windows
from memory.resting import offered
from memory.stages.way import Way, close


def read(way: Way, taken: tuple[Job, ...]) -> None:
    (job,) = taken
    with way.ledger.reading() as db:
        place = frames.picture_of(db, job.subject)
        windows = frames.meta_of(db, job.subject).windows if place else ()
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
    way.pictures.put_thumbnail(day, new, reading.thumbnail)
    with way.ledger.writing() as db:
        if frames.picture_of(db, job.subject) is None:
            # Forgotten while it was read: nothing of it is written.
            way.pictures.remove(day, new)
            return
        if not frames.set_picture(db, job.subject, new, base):
            # What it was to rest on went meanwhile: it is read again, and rests on another.
            way.pictures.remove(day, new)
            return
        readings.add(db, job.subject, replace(reading, lines=in_windows(reading.lines, windows)))
        moment = frames.moment_of(db, job.subject)
        readings.index_words(db, moment)
        moments.unsettle(db, moment)
        close(db, taken)
    if new != old:
        way.pictures.remove(day, old)
