"""How long nobody has been at the machine, as far as anybody told: heavy work waits for it."""

from __future__ import annotations

from collections.abc import Callable

TOLD_FOR_S = 90.0
"""How long what was told holds: the recorder tells it at least every thirty seconds."""


class Quiet:
    """Since when nobody typed or pointed; where nobody tells, since when nothing new was on the screen.

    `clock` gives seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._new = clock()
        self._told: tuple[float, float] | None = None

    def told(self, idle_s: float) -> None:
        """For so long nobody has typed or pointed."""
        self._told = idle_s, self._clock()

    def news(self) -> None:
        """Something new was on the screen."""
        self._new = self._clock()

    def seconds(self) -> float:
        now = self._clock()
        if self._told and now - self._told[1] <= TOLD_FOR_S:
            # Not counted on from there: somebody may have come back since.
            return self._told[0]
        return now - self._new
