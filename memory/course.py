"""The course of settling: one run at a time, told as it goes, ended between two days, its outcome kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from memory.errors import Known, OnceseenError
from memory.ledger import meta
from memory.ledger.connection import Db, Ledger, Writer
from memory.records import LastSettling, Settled

GoesOn = Callable[[], bool]
"""Whether a run may go on after the day that it is at."""

KEPT = "settling"


@dataclass(frozen=True, slots=True)
class Kept:
    """What outlives the program: the last run, when all was settled, and when a night's work was done."""

    last: LastSettling | None = None
    settled: datetime | None = None
    nightly: datetime | None = None


def kept(db: Db) -> Kept:
    """What is known of runs before; nothing of it is content."""
    text = meta.get(db, KEPT)
    return msgspec.json.decode(str(text), type=Kept) if text else Kept()


@dataclass(slots=True)
class Run:
    """A run in hand."""

    goes_on: GoesOn
    began: float
    days: int = 0
    of: int = 0
    settled: Settled = field(default_factory=lambda: Settled(0, 0, 0, 0))
    polished: int = 0
    rejected: int = 0
    failed: str = ""
    broke: bool = False
    ended: bool = False

    def tell(self, done: int, of: int) -> bool:
        """After each day: how far it is, and whether it goes on."""
        self.days, self.of = done, of
        return self.may()

    def may(self) -> bool:
        """Whether it goes on; once it does not, it never does again."""
        self.ended = self.ended or not self.goes_on()
        return not self.ended

    @property
    def is_whole(self) -> bool:
        """Whether no day is left."""
        return self.days >= self.of

    @property
    def did_nothing(self) -> bool:
        """Whether all was settled before: then the run before it tells more."""
        return not (self.of or self.polished or self.rejected or self.failed)

    def outcome(self, at: datetime) -> LastSettling:
        done = self.settled
        return LastSettling(
            at,
            round(time.monotonic() - self.began, 3),
            "failed" if self.broke else "done" if self.is_whole else "stopped",
            *(done.moments_before, done.moments_after, done.episodes, done.facts, done.refused),
            *(self.days, self.of, self.polished, self.rejected, self.failed),
        )


class Course:
    """Whoever wants to settle, or nothing to be settled meanwhile, comes by here; `clock` gives the time."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock, self._counting = threading.Lock(), threading.Lock()
        self._wanted = 0
        self._run: Run | None = None
        self._slices: LastSettling | None = None

    @property
    def at(self) -> tuple[int, int] | None:
        """Days done and days in all of the run in hand, None while there is none."""
        run = self._run
        return (run.days, run.of) if run else None

    @contextmanager
    def alone(self) -> Iterator[GoesOn]:
        """Nothing settles meanwhile: a run in hand ends after the day that it is at. What comes of it tells
        whether nobody else waits.
        """
        with self._counting:
            self._wanted += 1
        self._lock.acquire()
        with self._counting:
            self._wanted -= 1
        try:
            yield lambda: not self._wanted
        finally:
            self._lock.release()

    @contextmanager
    def run(self, ledger: Ledger, goes_on: GoesOn, sliced: bool = False) -> Iterator[Run]:
        """A run from here to the end of the block, whatever ends it; slices that follow each other count as
        one.
        """
        with self.alone() as unwanted:
            run = Run(lambda: unwanted() and goes_on(), time.monotonic())
            self._run = run
            try:
                yield run
            except OnceseenError as error:
                run.failed, run.broke = error.code, True
                with suppress(Known):
                    self._keep(ledger, run, sliced)
                raise
            else:
                self._keep(ledger, run, sliced)
            finally:
                self._run = None

    def _keep(self, ledger: Ledger, run: Run, sliced: bool) -> None:
        now = self._clock()
        last = run.outcome(now)
        if sliced and self._slices:
            last = _joined(self._slices, last)
        self._slices = last if sliced and last.state == "stopped" else None
        whole = last.state == "done"
        with ledger.writing() as db:
            before = kept(db)
            if run.did_nothing and before.last and before.last.state == "done":
                last = before.last
            _put(db, Kept(last, now if whole else before.settled, before.nightly))

    def night_is_done(self, ledger: Ledger) -> None:
        """The night's work, whatever belongs to it, is through."""
        with ledger.writing() as db:
            _put(db, replace(kept(db), nightly=self._clock()))


def _put(db: Writer, made: Kept) -> None:
    meta.put(db, KEPT, msgspec.json.encode(made).decode())


def _joined(first: LastSettling, then: LastSettling) -> LastSettling:
    """Two slices as one run."""
    return replace(
        then,
        seconds=round(first.seconds + then.seconds, 3),
        moments_before=first.moments_before,
        refused=first.refused + then.refused,
        days=first.days + then.days,
        of=first.days + then.of,
        polished=first.polished + then.polished,
        rejected=first.rejected + then.rejected,
    )
