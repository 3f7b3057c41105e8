"""Waiting until what was taken is searchable, as long as there is a chance that it gets there."""

from __future__ import annotations

import time
from collections.abc import Callable

from memory.api import Memory
from memory.errors import Waiting

PATIENCE_S = 60.0
"""How long nothing may be read before waiting for it is given up; what waits is read another time."""


def searchable(door: Memory, told: Callable[[int, int], None], patience_s: float = PATIENCE_S) -> None:
    """Waits until all is searchable; `told` hears frames read and frames in all.

    Raises Waiting where nothing was read for so long and the engine says what is the trouble.
    """
    total, last, since = 0, -1, time.monotonic()
    while waiting := door.wait_searchable(1.0):
        total = max(total, waiting)
        told(total - waiting, total)
        if waiting != last:
            last, since = waiting, time.monotonic()
        elif time.monotonic() - since > patience_s and (trouble := door.status().trouble):
            raise Waiting(count=waiting, reason=trouble)
