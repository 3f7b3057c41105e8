"""The engine's verbs about what consolidation makes: settling, and looking at what it made."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from memory import settling
from memory.ledger import jobs, knowledge, moments
from memory.opened import Opened, Unlocked
from memory.quiet import Quiet
from memory.records import Episode, Fact, Settled
from memory.stages.way import SEARCHABLE


class Knowing(Unlocked):
    """Settles, and shows episodes and facts."""

    def __init__(
        self,
        master_key: Callable[[str, str], bytes],
        open_with: Callable[[bytes], Opened],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(master_key, open_with, clock)
        self._settling = threading.Lock()
        self._quiet = Quiet(time.monotonic)

    def episodes(self, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
        with self._now.ledger.reading() as db:
            return knowledge.episodes(db, since, until)

    def facts(self) -> tuple[Fact, ...]:
        with self._now.ledger.reading() as db:
            return knowledge.facts(db)

    def consolidate(self, dry_run: bool) -> Settled:
        opened = self._now
        with self._settling:
            return settling.settle(opened.ledger, opened.pictures, opened.index, self._clock(), dry_run)

    def settling_is_due(self, quiet_s: float) -> bool:
        """Something is unsettled, nothing waits to be read, and nothing new came for so many seconds."""
        opened = self._now
        opened.questions.rest()
        if self._quiet.seconds() < quiet_s:
            return False
        with opened.ledger.reading() as db:
            return bool(moments.count_unsettled(db)) and not jobs.subjects(db, SEARCHABLE)
