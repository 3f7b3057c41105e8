"""Simulated weeks at a computer: known routines among visits that follow no clock, all from one seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from memory.records import Moment

FIRST = date(2026, 1, 5)
"""A Monday."""

STAY = timedelta(seconds=50)


@dataclass(frozen=True)
class Habit:
    """Sites in order, about `begins` (minutes after midnight, give or take), on these weekdays."""

    steps: tuple[str, ...]
    begins: float
    give: float
    weekdays: tuple[int, ...]
    chance: float


WORKDAYS = (0, 1, 2, 3, 4)
HABITS = (
    Habit(("Post", "Tracker", "Plan"), 495, 12, WORKDAYS, 0.85),
    Habit(("Calendar", "Call"), 570, 2, WORKDAYS, 0.9),
    Habit(("News",), 735, 10, WORKDAYS, 0.8),
    Habit(("Hours", "Post"), 960, 20, (4,), 0.95),
    Habit(("Terminal", "Backup", "Board"), 1060, 15, WORKDAYS, 0.7),
)
PLACES = (*("Post", "Tracker", "Plan", "Calendar", "Call", "News", "Terminal", "Board"),)


def weeks(
    seed: int, days: int, noise: int, habits: Sequence[Habit] = HABITS, places: int = 40
) -> tuple[Moment, ...]:
    """So many days from FIRST: `noise` visits a working day at any time, a tenth at weekends, and the habits.

    A visit that is noise goes to a place drawn by Zipf's law (those of PLACES, where habits lead as well, are
    among them); within a habit another one comes between two steps in a third of the cases.
    """
    chance = random.Random(seed)
    names = [*PLACES, *(f"Place {n}" for n in range(places - len(PLACES)))]
    chance.shuffle(names)
    weights = [1 / (n + 1) for n in range(len(names))]

    def anywhere() -> str:
        return chance.choices(names, weights)[0]

    shown: list[tuple[datetime, str]] = []
    for n in range(days):
        midnight = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=n)
        count = noise if midnight.weekday() < 5 else noise // 10
        shown += [(midnight + timedelta(minutes=chance.uniform(480, 1110)), anywhere()) for _ in range(count)]
        for habit in habits:
            if midnight.weekday() in habit.weekdays and chance.random() < habit.chance:
                shown += _once(habit, midnight, chance, anywhere)
    return tuple(
        Moment(
            id, at, at + timedelta(seconds=50), 0, "Browser", f"Page {id} - {name} - Browser", None, 1, True
        )
        for id, (at, name) in enumerate(sorted(shown), 1)
    )


def _once(
    habit: Habit, midnight: datetime, chance: random.Random, anywhere: Callable[[], str]
) -> Iterator[tuple[datetime, str]]:
    """The habit on one day."""
    at = midnight + timedelta(minutes=habit.begins + chance.uniform(-habit.give, habit.give))
    for step in habit.steps:
        yield at, step
        at += timedelta(minutes=chance.uniform(2, 9))
        if chance.random() < 1 / 3:
            yield at, anywhere()
            at += timedelta(minutes=chance.uniform(1, 4))
