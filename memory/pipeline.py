"""The way as a table: which stage follows which, and the worker that does the next waiting job.

Each stage reads rows, asks the reader, and writes its result and the next job in one transaction, so that
any process may die in between and nothing is done by halves.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

from memory.errors import ChildAway, ChildFailed, Known, Locked, NoOcr, NoWeights, OnceseenError, StoreTrouble
from memory.index.client import Index
from memory.ledger import frames, jobs, moments, readings, vectors
from memory.ledger.connection import Db, Ledger, Writer
from memory.ledger.jobs import Job
from memory.perceive.lines import in_windows
from memory.perceive.passages import passages
from memory.pictures import Pictures
from memory.ports import Reader
from memory.records import Passage, Vectors

log = logging.getLogger(__name__)

READ, EMBED, SEE = "read", "embed", "see"
SEARCHABLE = (READ, EMBED)
"""While a frame has one of these before it, it is pending."""

NEXT = {READ: (EMBED, SEE), EMBED: (), SEE: ()}
BATCH = {READ: 1, EMBED: 4, SEE: 4}
"""Jobs taken at once: reading is long, vectors of a few frames fit one call."""

READER_DEATHS = 6
"""How often a job may be in hand while a reader dies: that may be the reader's fault as well."""


@dataclass(slots=True)
class Claims:
    """Which jobs are being worked on: one engine, several workers.

    `suspects` were in a batch that went wrong: each is done alone, so that only the guilty one fails.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    jobs: set[int] = field(default_factory=set)
    suspects: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Way:
    """What every stage needs."""

    ledger: Ledger
    pictures: Pictures
    index: Index
    reader: Reader


def work(way: Way, stages: Sequence[str], claims: Claims) -> bool:
    """Does the next waiting job of the first stage that has one; False when nothing waits."""
    for stage in stages:
        taken = _claim(way.ledger, stage, claims)
        if taken:
            try:
                suspects = _do(way, stage, taken)
                with claims.lock:
                    claims.suspects.difference_update(job.id for job in taken)
                    claims.suspects.update(job.id for job in suspects)
            finally:
                with claims.lock:
                    claims.jobs.difference_update(job.id for job in taken)
            return True
    return False


def _claim(ledger: Ledger, stage: str, claims: Claims) -> tuple[Job, ...]:
    with claims.lock:
        with ledger.reading() as db:
            waiting = jobs.next(db, (stage,), BATCH[stage] + len(claims.jobs))
            if stage == EMBED:
                # A passage is what is new against the frame before: that one has to be read first.
                oldest_unread = jobs.oldest(db, READ)
                waiting = tuple(j for j in waiting if oldest_unread is None or j.subject < oldest_unread)
        free = tuple(job for job in waiting if job.id not in claims.jobs)[: BATCH[stage]]
        alone = [n for n, job in enumerate(free) if job.attempts or job.id in claims.suspects]
        taken = free[: max(alone[0], 1)] if alone else free
        claims.jobs.update(job.id for job in taken)
    return taken


def _do(way: Way, stage: str, taken: tuple[Job, ...]) -> tuple[Job, ...]:
    """Those of which one went wrong, nobody knows which: they are still to be done, one by one."""
    try:
        DOES[stage](way, taken)
    except (ChildAway, Locked, NoOcr, StoreTrouble):
        # Not the frame's fault: it waits until the surroundings are mended.
        raise
    except OnceseenError as error:
        log.info("%s failed: %s", stage, error.code)
        most = READER_DEATHS if isinstance(error, ChildFailed) else jobs.MOST_ATTEMPTS
        return _fail(way, taken, error.code, most)
    except Exception as error:  # noqa: BLE001  no frame ends the worker, or all that come after it would wait
        log.error("%s failed by a mistake: %s", stage, type(error).__name__)
        return _fail(way, taken, type(error).__name__, jobs.MOST_ATTEMPTS)
    return ()


def _fail(way: Way, taken: tuple[Job, ...], why: str, most: int) -> tuple[Job, ...]:
    if len(taken) > 1:
        return taken
    with way.ledger.writing() as db:
        for job in taken:
            jobs.fail(db, job, why, most)
    return ()


def _close(db: Writer, taken: Sequence[Job]) -> None:
    """Ends jobs and makes their successors, in the transaction that writes their result."""
    for job in taken:
        jobs.done(db, job)
        for stage in NEXT[job.stage]:
            jobs.add(db, stage, job.subject)


# ------------------------------------------------------------------ the stages


def _read(way: Way, taken: tuple[Job, ...]) -> None:
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
    reading = way.reader.read(way.pictures.get(day, old, "picture"))
    new = way.pictures.put(day, "picture", reading.picture) if reading.picture else old
    way.pictures.put_thumbnail(day, new, reading.thumbnail)
    with way.ledger.writing() as db:
        if frames.picture_of(db, job.subject) is None:
            # Forgotten while it was read: nothing of it is written.
            way.pictures.remove(day, new)
            return
        readings.add(db, job.subject, replace(reading, lines=in_windows(reading.lines, windows)))
        frames.set_picture(db, job.subject, new)
        moment = frames.moment_of(db, job.subject)
        readings.index_words(db, moment)
        moments.unsettle(db, moment)
        _close(db, taken)
    if new != old:
        way.pictures.remove(day, old)


def _embed(way: Way, taken: tuple[Job, ...]) -> None:
    with way.ledger.reading() as db:
        new = {job.subject: _passages(db, job.subject) for job in taken}
    texts = tuple(passage.text for found in new.values() for passage in found)
    encoded = way.reader.encode_texts(texts) if texts else None
    with way.ledger.writing() as db:
        # What was forgotten while it was encoded is not written.
        there = frames.there(db, new)
        ids = tuple(
            id for frame in new if frame in there for id in readings.add_passages(db, frame, new[frame])
        )
        written = [frame in there for frame, found in new.items() for _ in found]
        if encoded:
            encoded = _rows(encoded, written)
            vectors.add(db, "passage", ids, encoded)
        _close(db, taken)
    if encoded:
        way.index.put("passage", ids, tuple(compress(texts, written)), encoded)


def _passages(db: Db, frame: int) -> tuple[Passage, ...]:
    before = frames.previous_kept(db, frame)
    previous = tuple(row.line for row in readings.lines(db, before)) if before else ()
    return passages(tuple(row.line for row in readings.lines(db, frame)), previous)


def _see(way: Way, taken: tuple[Job, ...]) -> None:
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
            seen = _rows(seen, [frame in written for frame in there])
            vectors.add(db, "picture", ids, seen)
        _close(db, same)
    if seen:
        way.index.put("picture", ids, (), seen)


def _rows(of: Vectors, wanted: Sequence[bool]) -> Vectors:
    """The vectors that are wanted, a truth for each."""
    rows = [n for n, is_wanted in enumerate(wanted) if is_wanted]
    data = b"".join(of.data[n * of.dim : (n + 1) * of.dim] for n in rows)
    scales = b"".join(of.scales[4 * n : 4 * n + 4] for n in rows)
    return Vectors(of.encoder, of.dim, len(rows), data, scales)


DOES = {READ: _read, EMBED: _embed, SEE: _see}


class Worker:
    """A thread that does waiting jobs until it is stopped; `trouble` is the last error's sentence."""

    PAUSE_S = 5.0
    """How long it waits after trouble (no OCR, disk full) before it tries again."""

    def __init__(self, way: Way, stages: Sequence[str], claims: Claims) -> None:
        self.trouble = ""
        self._way, self._stages, self._claims = way, stages, claims
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def hold(self) -> None:
        """No further job is begun."""
        self._stop.set()

    def stop(self) -> None:
        """Returns when the job in hand is done or given up."""
        self.hold()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            generation = self._way.ledger.generation()
            try:
                busy = work(self._way, self._stages, self._claims)
                self.trouble = ""
            except Known as error:
                self.trouble, busy = str(error), False
                self._stop.wait(self.PAUSE_S)
            if not busy:
                self._way.ledger.wait_newer(generation, 1.0)
