"""From the recorder to the ledger: a frame is acknowledged when its picture and its row are safe on disk."""

from __future__ import annotations

from memory.ledger import days, frames, jobs, readings
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.records import Frame, Line, Reading, Taken

FIRST_STAGE = {"picture": "read", "text": "embed"}


def take(ledger: Ledger, pictures: Pictures, frame: Frame, picture: bytes) -> Taken:
    """Seals the picture, then writes the frame with its first job in one transaction.

    A crash in between leaves a sealed picture without a row, which is swept at the next start.
    """
    if _known(ledger, frame):
        return Taken("already")
    kept = frame.new and (bool(picture) or frame.text is not None)
    name = pictures.put(days.day_of(frame.at), "picture", picture) if kept and picture else None
    with ledger.writing() as db:
        id = frames.add(db, frame, name)
        if frame.text is not None:
            readings.add(db, id, _told(frame.text))
            jobs.add(db, FIRST_STAGE["text"], id)
        elif name:
            jobs.add(db, FIRST_STAGE["picture"], id)
        readings.index_words(db, frames.moment_of(db, id))
    return Taken("kept" if kept else "counted")


def _known(ledger: Ledger, frame: Frame) -> bool:
    with ledger.reading() as db:
        return bool(frames.known(db, (frame.digest,)))


def _told(text: tuple[str, ...]) -> Reading:
    return Reading(tuple(Line(line, (0, 0, 0, 0)) for line in text), engine="told")
