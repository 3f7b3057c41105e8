"""The engine's verbs about what consolidation makes: settling, and looking at what it made."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from memory import settling
from memory.consolidate.trust import judged
from memory.course import Course, GoesOn, Run, kept
from memory.errors import BadRequest
from memory.index.client import Index
from memory.learning import rule
from memory.ledger import episodes, facts, jobs, moments, polished
from memory.ledger.connection import Ledger
from memory.opened import Opened
from memory.pictures import Pictures
from memory.quiet import Quiet
from memory.records import Due, Episode, Fact, Ruling, Settled
from memory.stages.way import SEARCHABLE
from memory.telling import Telling


class Knowing(Telling):
    """Settles, and shows episodes and facts."""

    def __init__(
        self,
        master_key: Callable[[str, str], bytes],
        open_with: Callable[[bytes], Opened],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(master_key, open_with, clock)
        self._course = Course(clock)
        self._quiet = Quiet(time.monotonic)

    def episodes(self, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
        with self._now.ledger.reading() as db:
            return polished.beside(db, episodes.between(db, since, until))

    def facts(self) -> tuple[Fact, ...]:
        with self._now.ledger.reading() as db:
            found = facts.facts(db)
        return judged(found, found)

    def facts_about(self, words: str) -> tuple[Fact, ...]:
        with self._now.ledger.reading() as db:
            found, among = facts.about(db, words), facts.facts(db)
        return judged(found, among)

    def confirm_fact(self, id: int) -> None:
        self._rule(id, "confirmed", "")

    def correct_fact(self, id: int, value: str) -> None:
        right = " ".join(value.split())
        if not right:
            raise BadRequest(reason="a fact is corrected to something")
        self._rule(id, "corrected", right)

    def delete_fact(self, id: int) -> None:
        self._rule(id, "deleted", "")

    def _rule(self, id: int, ruling: Ruling, said: str) -> None:
        with self._now.ledger.writing() as db:
            rule(db, id, ruling, said, self._clock())

    def consolidate(self, dry_run: bool) -> Settled:
        if not dry_run:
            return self.settle_while(lambda: True)
        opened = self._now
        with self._course.alone():
            return settling.settle(*self._where(opened), dry_run, _to_the_end)

    def settle(self, seconds: float) -> Settled:
        ends = time.monotonic() + seconds
        return self.settle_while(lambda: time.monotonic() < ends, sliced=True)

    def settle_while(self, goes_on: GoesOn, sliced: bool = False, polishes: bool = True) -> Settled:
        """Settles what is pending, day by day while it `goes_on`; then `polishes`, where there is a model."""
        opened = self._now
        with self._course.run(opened.ledger, goes_on, sliced) as run:
            done = settling.settle(*self._where(opened), False, run.tell)
            run.settled = replace(done, days=run.days, of=run.of)
            if run.is_whole and polishes:
                _polish(opened, run)
            return run.settled

    def night_is_done(self) -> None:
        """The night's work is not due again before the next."""
        self._course.night_is_done(self._now.ledger)

    def due(self) -> Due:
        """What a schedule decides by."""
        opened = self._now
        opened.questions.rest()
        with opened.ledger.reading() as db:
            before = kept(db)
            unsettled, unread = moments.count_unsettled(db), jobs.subjects(db, SEARCHABLE)
        return Due(self._quiet.seconds(), unsettled, unread, before.settled, before.nightly)

    def _where(self, opened: Opened) -> tuple[Ledger, Pictures, Index, datetime]:
        return opened.ledger, opened.pictures, opened.index, self._clock()


def _polish(opened: Opened, run: Run) -> None:
    """What the model said goes when it is turned off."""
    if opened.polishing:
        done = opened.polishing.run(opened.ledger, run.may)
        run.polished, run.rejected, run.failed = done.polished, done.rejected, done.failed
        run.settled = replace(run.settled, unpolished=done.wait)
    elif opened.works:
        with opened.ledger.writing() as db:
            polished.clear(db)


def _to_the_end(done: int, of: int) -> bool:
    return True
