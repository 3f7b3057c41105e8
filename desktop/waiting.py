"""Waiting until what was taken is searchable, and seen, as long as there is a chance that it gets there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from memory.api import Memory
from memory.errors import Waiting

PATIENCE_S = 60.0
"""How long nothing may get on before waiting for it is given up; what waits is done another time."""

Told = Callable[[int, int], None]
"""Hears frames done and frames in all."""


def searchable(door: Memory, told: Told, patience_s: float = PATIENCE_S) -> None:
    """Waits until all is searchable by words and meaning.

    Raises Waiting where nothing was read for so long and the engine says what is the trouble.
    """
    for waiting, still_s in _left(door.wait_searchable, told):
        if still_s > patience_s and (trouble := door.status().trouble):
            raise Waiting(count=waiting, reason=trouble)


def seen(door: Memory, told: Told, patience_s: float = PATIENCE_S) -> int:
    """Waits until all pictures were looked at or nothing was for so long; how many frames still wait.

    That is no error: words and meaning find them.
    """
    for waiting, still_s in _left(door.wait_seen, told):
        if still_s > patience_s:
            return waiting
    return 0


def _left(wait: Callable[[float], int], told: Told) -> Iterator[tuple[int, float]]:
    """Frames that wait and seconds since they were as many, look by look, until there are none."""
    total, last, since = 0, -1, time.monotonic()
    while waiting := wait(1.0):
        total = max(total, waiting)
        told(total - waiting, total)
        if waiting != last:
            last, since = waiting, time.monotonic()
        yield waiting, time.monotonic() - since
