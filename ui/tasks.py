"""The one way off the GUI thread: reads and acts run on worker threads, results come back queued."""

from __future__ import annotations

import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from memory.api import Memory
from memory.errors import Bug, Known, Locked, NoEngine, OnceseenError
from memory.records import Changes

T = TypeVar("T")
log = logging.getLogger(__name__)
RETRY_S = 0.5


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error as a person reads it: a sentence that says what to do, and details that fold out."""

    code: str
    sentence: str
    details: str


@dataclass(frozen=True, slots=True, eq=False)
class Ask(Generic[T]):
    """A read. Of asks in one `slot` only the newest is answered; `failed` takes errors off the common bar."""

    call: Callable[[Memory], T]
    then: Callable[[T], None]
    slot: str = ""
    failed: Callable[[Trouble], None] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Act(Generic[T]):
    """Something that changes the memory: acts run one after the other, in order, and each is answered."""

    call: Callable[[Memory], T]
    then: Callable[[T], None]
    failed: Callable[[Trouble], None] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepare(Generic[T]):
    """Something to do before there is a memory to talk to; runs among the acts, without a connection."""

    call: Callable[[], T]
    then: Callable[[T], None]
    failed: Callable[[Trouble], None] | None = None


Task = Ask[Any] | Act[Any] | Prepare[Any]


Connect = Callable[[], AbstractContextManager[Memory]]
"""Makes one connection to the memory; leaving it gives it back. Raises an OnceseenError."""


class _Connection:
    """A worker thread's own connection, made when it is needed."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._held = ExitStack()
        self._memory: Memory | None = None

    def memory(self) -> Memory:
        if self._memory is None:
            self._memory = self._held.enter_context(self._connect())
        return self._memory

    def drop(self) -> None:
        self._memory = None
        self._held.close()


@dataclass(slots=True)
class _Lane:
    """Waiting tasks and the threads that take them."""

    waiting: deque[tuple[int, Task]] = field(default_factory=deque)
    threads: list[threading.Thread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    task: Task
    result: Any = None
    trouble: Trouble | None = None


class Tasks(QObject):
    """Runs asks and acts against the memory; every worker thread has a connection of its own."""

    changed = Signal(object)
    """`Changes`, whenever the memory grew newer."""
    troubled = Signal(object)
    """A `Trouble` that no task took itself."""
    reached = Signal(bool)
    """Whether the memory answers; sent at first, and when that changes.

    What is loaded after the first True is as new as what `changed` goes on from: nothing falls between.
    """
    _done = Signal(object)

    def __init__(self, connect: Connect, *, readers: int = 3, poll_s: float = 2.0) -> None:
        super().__init__()
        self._connect = connect
        self._poll_s = poll_s
        self._sizes = {"read": readers, "act": 1}
        self._lanes = {"read": _Lane(), "act": _Lane()}
        self._ready = threading.Condition()
        self._stop = threading.Event()
        self._number = 0
        self._newest: dict[str, int] = {}
        self._watcher: threading.Thread | None = None
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def do(self, task: Ask[T] | Act[T] | Prepare[T]) -> None:
        """Queues a task; returns at once. After `close` it is dropped."""
        if self._stop.is_set():
            return
        name = "read" if isinstance(task, Ask) else "act"
        lane = self._lanes[name]
        with self._ready:
            self._number += 1
            if isinstance(task, Ask) and task.slot:
                self._newest[task.slot] = self._number
            lane.waiting.append((self._number, task))
            self._ready.notify_all()
        if len(lane.threads) < self._sizes[name]:
            thread = threading.Thread(target=self._work, args=(lane,), name=f"ui-{name}", daemon=True)
            lane.threads.append(thread)
            thread.start()

    def watch(self) -> None:
        """Begins to follow the memory's changes."""
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._follow, name="ui-watch", daemon=True)
            self._watcher.start()

    def close(self) -> None:
        """Ends all threads; what was queued is dropped. Waits for calls in flight."""
        self._stop.set()
        with self._ready:
            for lane in self._lanes.values():
                lane.waiting.clear()
            self._ready.notify_all()
        threads = [thread for lane in self._lanes.values() for thread in lane.threads]
        for thread in [*threads, *([self._watcher] if self._watcher else [])]:
            thread.join()

    # -------------------------------------------------------------- on worker threads

    def _work(self, lane: _Lane) -> None:
        line = _Connection(self._connect)
        while (next_one := self._take(lane)) is not None:
            number, task = next_one
            if self._stale(number, task):
                continue
            try:
                result = task.call() if isinstance(task, Prepare) else task.call(line.memory())
                outcome = _Outcome(number, task, result=result)
            except Exception as fault:  # noqa: BLE001 - the border: whatever goes wrong becomes a sentence
                outcome = _Outcome(number, task, trouble=_trouble(fault))
                if isinstance(fault, NoEngine) or not isinstance(fault, Known):
                    line.drop()
            self._done.emit(outcome)
        line.drop()

    def _take(self, lane: _Lane) -> tuple[int, Task] | None:
        with self._ready:
            self._ready.wait_for(lambda: lane.waiting or self._stop.is_set())
            if self._stop.is_set():
                return None
            # What is looked at now matters most: reads are taken newest first.
            return lane.waiting.pop() if lane is self._lanes["read"] else lane.waiting.popleft()

    def _stale(self, number: int, task: Task) -> bool:
        return isinstance(task, Ask) and bool(task.slot) and self._newest.get(task.slot) != number

    def _follow(self) -> None:
        line = _Connection(self._connect)
        generation = -1
        well: bool | None = None
        while not self._stop.is_set():
            try:
                changes = line.memory().changes(max(generation, 0), self._poll_s if generation >= 0 else 0.0)
            except Exception as fault:  # noqa: BLE001 - the same border: the window goes on and tries again
                if well is not False:
                    log.info("the memory does not answer: %s", _trouble(fault).code)
                    self.reached.emit(False)
                well = False
                if not isinstance(fault, Locked):
                    line.drop()
                self._stop.wait(RETRY_S)
                continue
            if not well:
                self.reached.emit(True)
            # A memory that was out of reach may have changed in any way.
            if generation >= 0 and (changes.generation != generation or not well):
                self.changed.emit(changes if well else _everything(changes.generation))
            well, generation = True, changes.generation
        line.drop()

    # -------------------------------------------------------------- on the GUI thread

    def _deliver(self, outcome: _Outcome) -> None:
        task = outcome.task
        if self._stop.is_set() or self._stale(outcome.number, task):
            return
        if outcome.trouble is None:
            task.then(outcome.result)
        elif task.failed is not None:
            task.failed(outcome.trouble)
        else:
            self.troubled.emit(outcome.trouble)


def _everything(generation: int) -> Changes:
    return Changes(generation, ("frames", "moments", "knowledge", "rules", "recording"))


def _trouble(fault: Exception) -> Trouble:
    """The sentence of an error; of a mistake of ours the log gets the kind alone, never what it was about."""
    if isinstance(fault, OnceseenError):
        return Trouble(fault.code, str(fault), f"{type(fault).__name__} ({fault.code})")
    log.error("a task failed: %s", type(fault).__name__)
    told = Bug(reason=type(fault).__name__)
    return Trouble(told.code, str(told), "".join(traceback.format_exception(fault)))
