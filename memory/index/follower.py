"""Keeping an index that may crash and hang (Chroma) in step with the ledger, in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from memory.errors import OnceseenError
from memory.index.rebuild import Block, blocks
from memory.ledger.connection import Ledger
from memory.ports import Kind, VectorIndex
from memory.records import Vectors

BLOCK = 250
"""Vectors filled at a time: a third of a second or so, after which a question or a drop has its turn."""

FIRST_S, LAST_S = 1.0, 600.0
"""Seconds before it is filled again after a failure, doubled each time, at most."""

Hits = tuple[tuple[int, float], ...]
Holdings = Mapping[tuple[Kind, str], int]


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that others wait: a question, before it is answered without; forgetting, before all that is
    held is cleared and filled anew.
    """

    find_s: float = 0.25
    drop_s: float = 5.0


PATIENT = Patience()


@dataclass(slots=True)
class _Job:
    does: Callable[[VectorIndex], Hits | None]
    writes: bool
    done: threading.Event = field(default_factory=threading.Event)
    result: Hits | None = None


class Follower:
    """What is written goes to it in order; it is asked only when it holds all that it should.

    Out of step (at first, after any failure, when counts differ) it is cleared, filled from the ledger and
    counted. `held` tells how many vectors there should be; all that it counts was handed over before.
    `recount` is called when that and the ledger do not agree.
    """

    def __init__(
        self,
        index: VectorIndex,
        ledger: Ledger,
        held: Callable[[], Holdings],
        recount: Callable[[], object],
        patience: Patience,
    ) -> None:
        self._patience = patience
        self._index, self._ledger, self._held, self._recount = index, ledger, held, recount
        self._change = threading.Condition()
        self._jobs: deque[_Job] = deque()
        self._stage: Literal["out", "filling", "unsure", "in step"] = "out"
        self._working = self._wanted = self._stopping = False
        self._filling: Iterator[Block] = iter(())
        self._fill_at = 0.0
        self._failures = 0
        self._thread = threading.Thread(target=self._work, name="index follower", daemon=True)
        self._thread.start()

    def in_step(self) -> bool:
        """Whether it holds what it should and can be asked."""
        return self._stage == "in step" and not self._wanted and not self._stopping

    def put(self, kind: Kind, ids: tuple[int, ...], texts: tuple[str, ...], vectors: Vectors) -> None:
        """Hands over, without waiting."""
        self._hand_over(_Job(lambda index: index.put(kind, ids, texts, vectors), writes=True))

    def drop(self, kind: Kind, ids: tuple[int, ...]) -> Callable[[], None]:
        """Hands over; what it returns waits until they are gone, or it is to be filled anew."""
        job = _Job(lambda index: index.drop(kind, ids), writes=True)
        self._hand_over(job)
        return lambda: None if job.done.wait(self._patience.drop_s) else self.refill()

    def find(self, kind: Kind, query: Vectors, limit: int) -> Hits | None:
        """The nearest, or None where it is out of step, busy or slow."""
        job = _Job(lambda index: index.find(kind, query, limit), writes=False)
        with self._change:
            if not self.in_step() or self._jobs or self._working:
                return None
            self._jobs.append(job)
            self._change.notify()
        job.done.wait(self._patience.find_s)
        return job.result

    def refill(self) -> None:
        """Has it cleared and filled anew, in the background."""
        with self._change:
            self._wanted = True
            self._change.notify()

    def stop(self, seconds: float = 2.0) -> None:
        """Interrupts a filling; waits for what is under way, at most `seconds`."""
        with self._change:
            self._stopping = True
            self._change.notify()
        self._thread.join(seconds)

    def _hand_over(self, job: _Job) -> None:
        with self._change:
            if self._stopping:
                job.done.set()
                return
            self._jobs.append(job)
            self._change.notify()

    # -------------------------------------------------------------- the thread

    def _work(self) -> None:
        while True:
            with self._change:
                self._working = False
                self._change.wait_for(self._has_work, self._until_fill())
                if self._stopping:
                    break
                if self._wanted:
                    self._wanted, self._stage, self._fill_at = False, "out", 0.0
                job = self._jobs.popleft() if self._jobs else None
                self._working = True
            try:
                self._do(job) if job else self._go_on()
            except OnceseenError:
                self._fall_out()
            if job:
                job.done.set()
        for job in self._jobs:
            job.done.set()

    def _has_work(self) -> bool:
        waits = self._stage == "in step" or (self._stage == "out" and time.monotonic() < self._fill_at)
        return self._stopping or self._wanted or bool(self._jobs) or not waits

    def _until_fill(self) -> float | None:
        return max(0.0, self._fill_at - time.monotonic()) if self._stage == "out" else None

    def _do(self, job: _Job) -> None:
        if self._stage == "out":
            return  # what it holds is cleared before it is asked again, and filled from the ledger
        job.result = job.does(self._index)
        if job.writes and self._stage == "in step":
            self._stage = "unsure"

    def _go_on(self) -> None:
        if self._stage == "filling":
            block = next(self._filling, None)
            if block:
                self._index.put(block.kind, block.ids, block.texts, block.vectors)
            else:
                self._stage = "unsure"
        elif self._stage == "unsure":
            self._count()
        elif time.monotonic() >= self._fill_at:
            self._index.clear()
            self._filling = blocks(self._ledger, BLOCK, texts=True)
            self._stage = "filling"

    def _count(self) -> None:
        held = self._held()
        if self._jobs:
            return  # counted in `held` perhaps, and not yet written: counted again after them
        if all(self._index.count(*key) == count for key, count in held.items()):
            self._stage, self._failures = "in step", 0
        else:
            self._recount()
            self._fall_out()

    def _fall_out(self) -> None:
        self._stage, self._filling = "out", iter(())
        self._failures += 1
        self._fill_at = time.monotonic() + min(FIRST_S * 2.0 ** min(self._failures - 1, 20), LAST_S)
