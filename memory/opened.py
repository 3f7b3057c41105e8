"""What there is while the memory is unlocked, and the two verbs that make and drop it.

Everything that needs keys hangs on `Opened`; locking drops it, and every verb but `unlock` raises Locked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime

from memory import status
from memory.errors import Locked, StoreTrouble
from memory.index.client import Index
from memory.ledger import jobs, looks, meta, vectors
from memory.ledger.connection import UNSCRUBBED, Ledger
from memory.pictures import Pictures
from memory.polishing import Polishing
from memory.ports import Reader
from memory.questions import Questions
from memory.records import Limits
from memory.rereading import Rereading
from memory.stages.way import SEE


def nobody_settles() -> str:
    return "Nothing is running that settles by itself; `onceseen consolidate` does it now."


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is while the memory is unlocked; `rest` ends the readers until they are needed again,
    `close` ends workers and children, then the ledger; `waits` says why what is pending is not settled now,
    `limits` how much may be kept.
    """

    ledger: Ledger
    pictures: Pictures
    index: Index
    questions: Questions
    reader: Reader
    processes: Callable[[], dict[str, str]]
    trouble: Callable[[], str]
    rest: Callable[[], None]
    close: Callable[[], None]
    waits: Callable[[], str] = nobody_settles
    polishing: Polishing | None = None
    limits: Callable[[], Limits] = Limits
    rereading: Rereading | None = None

    @property
    def works(self) -> bool:
        """Whether readers were started with it: a command that only asks has none."""
        return any(name.startswith("reader") for name in self.processes())


class Unlocked:
    """Opens with a key and locks again; what the engine's verbs build on.

    `master_key(key_file, passphrase)` takes the master key out of a slot; `open_with` makes what there is
    while unlocked out of it.
    """

    def __init__(
        self,
        master_key: Callable[[str, str], bytes],
        open_with: Callable[[bytes], Opened],
        clock: Callable[[], datetime],
    ) -> None:
        self._master_key, self._open_with, self._clock = master_key, open_with, clock
        self._opened: Opened | None = None
        self._guard = threading.Lock()

    def unlock(self, key_file: str, passphrase: str) -> None:
        self.open(self._master_key(key_file, passphrase))

    def open(self, master: bytes) -> None:
        """What `unlock` does once the key is there; for the process that made or proved the key itself."""
        with self._guard:
            if self._opened is None:
                opened = self._open_with(master)
                with ExitStack() as undo:
                    undo.callback(opened.close)
                    _mend(opened)
                    undo.pop_all()
                self._opened = opened

    def lock(self) -> None:
        # The guard is held to the end: an unlock meanwhile would open a second ledger beside the one that
        # still closes, and sweep a picture that was sealed and not yet written down.
        with self._guard:
            opened, self._opened = self._opened, None
            if opened:
                opened.close()

    @property
    def _now(self) -> Opened:
        opened = self._opened
        if opened is None:
            raise Locked
        return opened


def _mend(opened: Opened) -> None:
    """What a start for work puts right: vectors of what is gone go, and what failed gets another chance."""
    if not opened.works:
        return
    with opened.ledger.writing() as db:
        orphans = {kind: vectors.drop_orphans(db, kind) for kind in status.KINDS}
        jobs.retry_failed(db)
        # Of an older version, or where a job was lost: what a frame shows was never noted.
        jobs.add_missing(db, SEE, looks.unseen(db))
        unscrubbed = meta.get(db, UNSCRUBBED)
    for kind, owners in orphans.items():
        opened.index.drop(kind, owners)
    if unscrubbed:
        # Somebody who reads may hold on to it; it is tried again at the next start.
        with suppress(StoreTrouble):
            opened.ledger.scrub()
