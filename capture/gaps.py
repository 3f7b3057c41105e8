"""The stretches in which nothing was recorded, told as they go on and kept while nobody can listen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from memory.errors import Locked, StoreTrouble
from memory.records import Gap

Reason = Literal["paused", "excluded", "locked", "idle", "not running", "trouble"]

TELL_EVERY = timedelta(seconds=60)
"""How often a gap that goes on is told again: each time is a write to the disk."""

MOST = 100
"""Gaps that are kept for a sink that cannot listen; beyond that the oldest are dropped."""


@dataclass(slots=True)
class _Open:
    reason: Reason
    start: datetime
    told: datetime | None


class Gaps:
    """`tell` takes a gap that touches an earlier one of its reason for the same, longer."""

    def __init__(self, tell: Callable[[Gap], None]) -> None:
        self._tell = tell
        self._open: _Open | None = None
        self._waiting: list[Gap] = []

    def note(self, reason: Reason | None, at: datetime) -> None:
        """Nothing was recorded at this time, and why; None: something was."""
        if self._open and self._open.reason != reason:
            self._send(Gap(self._open.start, max(at, self._open.start), self._open.reason))
            self._open = None
        if reason is None:
            self._deliver()
            return
        if self._open is None:
            self._open = _Open(reason, at, None)
        if self._open.told is None or abs(at - self._open.told) >= TELL_EVERY:
            self._open.told = at
            self._send(Gap(self._open.start, max(at, self._open.start), reason))

    def between(self, start: datetime, end: datetime, reason: Reason) -> None:
        """A stretch that is over."""
        self._send(Gap(start, end, reason))

    def _send(self, gap: Gap) -> None:
        self._waiting = [*self._waiting, gap][-MOST:]
        self._deliver()

    def _deliver(self) -> None:
        while self._waiting:
            try:
                self._tell(self._waiting[0])
            except (Locked, StoreTrouble):
                return
            self._waiting.pop(0)
