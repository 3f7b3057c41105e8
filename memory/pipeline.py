"""The way of a frame through its stages: the worker that does the next waiting job.

Each stage reads rows, asks the reader, and writes its result and the next job in one transaction, so that
any process may die in between and nothing is done by halves.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from memory.errors import ChildAway, ChildFailed, Known, Locked, NoOcr, OnceseenError, StoreTrouble
from memory.ledger import jobs
from memory.ledger.connection import Ledger
from memory.ledger.jobs import Job
from memory.stages.embed import embed
from memory.stages.read import read
from memory.stages.see import see
from memory.stages.way import EMBED, READ, SEARCHABLE, SEE, Way

log = logging.getLogger(__name__)

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


def work(way: Way, stages: Sequence[str], claims: Claims, streams: bool = True) -> bool:
    """Does the next waiting job of the first stage that has one; False when nothing waits.

    Without `streams` it reads single pictures alone: the frames of a screen are read by one reader, which
    remembers what it has read of them.
    """
    for stage in stages:
        taken = _claim(way.ledger, stage, claims, singles=stage == READ and not streams)
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


def _claim(ledger: Ledger, stage: str, claims: Claims, singles: bool) -> tuple[Job, ...]:
    with claims.lock:
        with ledger.reading() as db:
            waiting = jobs.next(db, stage, BATCH[stage] + len(claims.jobs), singles)
            if stage == EMBED:
                # A passage is what is new against the frames before: they have to be read first.
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


DOES = {READ: read, EMBED: embed, SEE: see}


@dataclass(frozen=True, slots=True)
class Share:
    """What one worker does: its stages, the most urgent first, and whether it reads streams (`work`).

    `rests` tells which stages may not be worked on now, and why in a sentence.
    """

    stages: Sequence[str]
    streams: bool
    rests: Callable[[], tuple[Collection[str], str]]


class Worker:
    """A thread that does waiting jobs until it is stopped; `trouble` is why frames wait, if they do."""

    PAUSE_S = 5.0
    """How long it waits after trouble (no OCR, disk full) before it tries again."""

    def __init__(self, way: Way, share: Share, claims: Claims) -> None:
        self.trouble = ""
        self._way, self._share, self._claims = way, share, claims
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
                busy = self._work()
            except Known as error:
                self.trouble, busy = str(error), False
                self._stop.wait(self.PAUSE_S)
            if not busy:
                self._way.ledger.wait_newer(generation, 1.0)

    def _work(self) -> bool:
        resting, why = self._share.rests()
        stages = [stage for stage in self._share.stages if stage not in resting]
        busy = work(self._way, stages, self._claims, self._share.streams)
        with self._way.ledger.reading() as db:
            waits = jobs.subjects(db, [stage for stage in SEARCHABLE if stage in resting])
        self.trouble = why if waits else ""
        return busy
