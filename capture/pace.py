"""When the next look is due, and when nobody is there to look for; time comes in as an argument."""

from __future__ import annotations

from dataclasses import dataclass

REST = 2.0
"""Looking takes at most a third of the time: after a slow look it rests twice as long as that took."""

LEAST_GAP_S = 0.2


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from look to look, and seconds without key or pointer after which nobody is there."""

    every_s: float = 3.0
    idle_limit_s: float = 300.0

    def next_look(self, began: float, ended: float) -> float:
        """When the next look is due after one that began and ended then, on a clock that never goes back."""
        gap = max(LEAST_GAP_S, REST * (ended - began))
        return max(began + self.every_s, ended + gap)

    def nobody_is_there(self, idle_s: float) -> bool:
        return idle_s >= self.idle_limit_s

    def driven(self, idle_s: float) -> bool:
        """Whether somebody typed or pointed since about the last look."""
        return idle_s < self.every_s
