"""What was opened and cited: noted in RAM while somebody looks, written down when something is settled."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime

from memory.ledger import uses
from memory.ledger.connection import Ledger
from memory.ledger.uses import How

MOST = 10_000
"""Uses that wait to be written; what comes after is not noted."""


class Recalls:
    """Counts each use of a moment once an hour: paging through a day is no repetition."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._noted: set[tuple[int, datetime, How]] = set()

    def note(self, moments: Iterable[int], at: datetime, how: How) -> None:
        """These were used; nothing is written yet, so that looking never waits for a writer."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            for moment in moments:
                if len(self._noted) < MOST:
                    self._noted.add((moment, hour, how))

    def write(self, ledger: Ledger) -> None:
        """Writes down what was noted; a use that cannot be written is lost, and nothing else."""
        with self._lock:
            noted, self._noted = self._noted, set()
        if noted:
            with ledger.writing() as db:
                uses.recalled(db, sorted(noted))
