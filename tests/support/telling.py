"""What the fake memory tells of its invented week: hours, days and weeks, its journal, its routine."""

from __future__ import annotations

from datetime import datetime

from memory.consolidate.journal import Material, page
from memory.consolidate.levels import levels
from memory.records import Episode, Gap, Journal, Routine, Step
from tests.support.scenes import SCENES
from tests.support.weeks import Held, facts


class Telling:
    """Made by the real arithmetic; only the routine is invented, for a week has no time to make one."""

    now: datetime
    _moments: dict[int, Held]
    _episodes: list[Episode]
    _gaps: list[Gap]

    def levels(self, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
        return levels(self._episodes, {id: held[0].start for id, held in self._moments.items()})

    def journal(self, midnights: tuple[datetime, ...]) -> Journal:
        moments = [moment for moment, _, _ in self._moments.values()]
        known = facts(self._moments, self.now) if moments else ()
        return page(Material(midnights, self.now, moments, self._gaps, self._episodes, known), {})

    def routines(self) -> tuple[Routine, ...]:
        first, second = SCENES[0], SCENES[8]
        began = {
            moment.start.date(): id for id, (moment, scene, _) in self._moments.items() if scene is first
        }
        if not began:
            return ()
        return (
            Routine(
                id=4711,
                title=f"{first.title} → {second.title}",
                statement=f"{first.title}, then {second.title}: on weekday mornings, about 08:24 (± 4 min),"
                f" seen on {len(began)} of {len(began) + 1} such days.",
                steps=(Step(first.app, first.title, 700), Step(second.app, second.title, 400)),
                days=tuple(day.isoformat() for day in sorted(began)),
                of=len(began) + 1,
                weekdays=(0, 1, 2, 3, 4),
                begins=504,
                spread=4,
                confidence=0.8,
                evidence=tuple(sorted(began.values())),
            ),
        )
