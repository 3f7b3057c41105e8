"""The engine: memory's verbs over one open ledger. It implements the door and the recorder's intake.

Everything that needs keys hangs on `Opened`; locking drops it, and every verb but `unlock` raises Locked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from memory import forget as forgetting
from memory import intake, orders, status
from memory.chatting import Chatting
from memory.errors import BadRequest, DamagedPicture
from memory.ledger import check, frames, gaps, jobs, moments, rules
from memory.ledger.connection import Db
from memory.opened import Opened
from memory.perceive import secrets
from memory.records import (
    Changes,
    Forgotten,
    Frame,
    Gap,
    MomentWhole,
    Orders,
    Rule,
    Status,
    Taken,
    Timeline,
    What,
)
from memory.stages.way import READ, SEARCHABLE, SEE

WAIT_S = 1.0
"""How long it is waited at a time."""

READING_S = 60.0
"""How long forgetting by words waits for what is still being read."""


class Engine(Chatting):
    """Implements memory.api.Door.

    `master_key(key_file, passphrase)` takes the master key out of a slot; `open_with` makes what there is
    while unlocked out of it.
    """

    def __init__(
        self,
        master_key: Callable[[str, str], bytes],
        open_with: Callable[[bytes], Opened],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(master_key, open_with, clock)
        self._awaited = 0.0

    @property
    def awaited(self) -> bool:
        """Whether somebody waits now for what is still to be read."""
        return time.monotonic() < self._awaited

    # -------------------------------------------------------------- looking

    def status(self) -> Status:
        o = self._now
        told = status.status(o.ledger, o.pictures, o.index, o.processes(), o.trouble(), self._clock())
        return replace(told, settling=status.settling(o.ledger, self._course.at, o.waits()))

    def timeline(self, since: datetime | None, until: datetime | None) -> Timeline:
        with self._now.ledger.reading() as db:
            return Timeline(moments.between(db, since, until), gaps.between(db, since, until))

    def days(self) -> dict[str, int]:
        with self._now.ledger.reading() as db:
            return moments.days(db)

    def moment(self, id: int) -> MomentWhole:
        with self._now.ledger.reading() as db:
            whole = moments.whole(db, id)
        self._used([id], "opened")
        return whole

    def picture(self, id: int) -> bytes:
        opened = self._now
        tried: tuple[frames.Place, ...] = ()
        while True:
            with opened.ledger.reading() as db:
                pile = moments.pile_of(db, id)
            if not pile:
                raise self._no_picture(id)
            try:
                picture = opened.pictures.whole(pile)
            except DamagedPicture:
                # It may have been put on another one at this moment; then it lies elsewhere now.
                if pile == tried:
                    raise
                tried = pile
            else:
                self._used([id], "opened")
                return picture

    def thumbnail(self, id: int) -> bytes:
        opened = self._now
        with opened.ledger.reading() as db:
            place = moments.picture_of(db, id)
        return opened.pictures.thumbnail(*place) if place else b""

    # -------------------------------------------------------------- saying

    def forget(self, what: What, dry_run: bool) -> Forgotten:
        opened = self._now
        if what.text is not None:
            self._wait_read(opened)
        reader = opened.reader if opened.works else None
        try:
            with self._course.alone():
                gone = forgetting.forget(opened.ledger, opened.pictures, opened.index, what, dry_run, reader)
        finally:
            if not dry_run:
                # A reader remembers what it has read lately.
                opened.rest()
        if gone.moments and not dry_run:
            # What rested on it is gone; what is left of its episodes is made again without it. For a model's
            # better words nobody waits.
            self.settle_while(lambda: True, polishes=False)
        return gone

    def check(self) -> tuple[str, ...]:
        opened = self._now
        return check.check(opened.ledger, opened.pictures)

    def rebuild_index(self) -> dict[str, int]:
        return self._now.index.rebuild()

    def wait_searchable(self, seconds: float) -> int:
        return self._wait(self._now, seconds, lambda db: jobs.subjects(db, SEARCHABLE))

    def wait_seen(self, seconds: float) -> int:
        return self._wait(self._now, seconds, lambda db: jobs.subjects(db, (SEE,)))

    def _wait_read(self, opened: Opened) -> None:
        """Until the words of all that is there now are known; raises BadRequest where they are not."""
        with opened.ledger.reading() as db:
            last = frames.last(db)
        unread = self._wait(
            opened, READING_S if opened.works else 0.0, lambda db: jobs.subjects(db, (READ,), last)
        )
        if unread:
            raise BadRequest(
                reason=f"{unread} frames are not read yet, so their words are not known;"
                " run `onceseen consolidate`, then forget again"
            )

    def _wait(self, opened: Opened, seconds: float, waiting: Callable[[Db], int]) -> int:
        """Until nothing is waiting, at most `seconds`; how many still are."""
        until = time.monotonic() + seconds
        while True:
            generation = opened.ledger.generation()
            with opened.ledger.reading() as db:
                count = waiting(db)
            left = until - time.monotonic()
            if not count or left <= 0 or self._opened is not opened:
                return count
            self._awaited = time.monotonic() + 2 * WAIT_S
            opened.ledger.wait_newer(generation, min(left, WAIT_S))

    def changes(self, since: int, seconds: float) -> Changes:
        ledger = self._now.ledger
        generation = ledger.wait_newer(since, seconds)
        known: tuple[Literal["knowledge"], ...] = ("knowledge",) if ledger.touched("knowledge", since) else ()
        return Changes(generation, ("frames", "moments", *known, "rules", "recording"))

    # -------------------------------------------------------------- recording

    def consent(self) -> None:
        with self._now.ledger.writing() as db:
            orders.consent(db, self._clock())

    def pause(self, until: datetime | None) -> None:
        with self._now.ledger.writing() as db:
            orders.pause(db, until)

    def resume(self) -> None:
        with self._now.ledger.writing() as db:
            orders.resume(db)

    def rules(self) -> tuple[Rule, ...]:
        with self._now.ledger.reading() as db:
            return rules.all(db)

    def add_rule(self, rule: Rule) -> Rule:
        with self._now.ledger.writing() as db:
            return rules.add(db, rule)

    def remove_rule(self, id: int) -> None:
        with self._now.ledger.writing() as db:
            rules.remove(db, id)

    # -------------------------------------------------------------- the recorder's intake

    def orders(self) -> Orders:
        with self._now.ledger.reading() as db:
            return orders.orders(db, self._clock())

    def known(self, digests: tuple[bytes, ...]) -> dict[bytes, bool]:
        with self._now.ledger.reading() as db:
            return frames.known(db, digests)

    def offer(self, frame: Frame, picture: bytes) -> Taken:
        opened = self._now
        if frame.new:
            self._quiet.news()
        return intake.take(opened.ledger, opened.pictures, secrets.strike_frame(frame), picture)

    def gap(self, gap: Gap) -> None:
        with self._now.ledger.writing() as db:
            gaps.add(db, gap)

    def idle(self, seconds: float) -> None:
        self._quiet.told(seconds)
