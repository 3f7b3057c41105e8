"""Waiting for what no event tells of: the state of another thread or process."""

from __future__ import annotations

import time
from collections.abc import Callable


def await_(true: Callable[[], object], seconds: float = 20) -> None:
    """Returns when it is true; fails after `seconds`."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come true"
        time.sleep(0.01)
