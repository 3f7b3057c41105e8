"""Routines beside n-grams: on the desktop recording's mornings, on days without order, in simulated weeks.

`python -m tests.bench.consolidate_routines`. On the recording a sequence is right when on three days or more
all its steps lie in the scenes of one known routine and each kind of scene is among them; scenes are compared
with alone. In simulated weeks it is right when it holds two thirds of a habit's steps or more, in order, and
no step that is not the habit's; ours must begin within half an hour of the habit as well. Constants were
tuned on the recording (all four mornings, for three are the least) and on seeds 0 to 2, which are not told.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import mean

from memory.consolidate.sequences import LEAST_DAYS, recurring
from memory.consolidate.visits import Days, Visit, by_day
from memory.ledger import moments
from memory.records import Moment
from memory.settling import settle
from tests.bench import recordings
from tests.support.habits import HABITS, Habit, weeks

KNOWN = {
    "mail, tracker, plan": ({"mail"}, {"tracker"}, {"plan"}),
    "stand-up at 9": ({"standup"},),
    "news at lunch": ({"lunch-news", "news"},),
}
"""Kinds of scenes of the recording's routines, step by step."""

DRAWS = 200
SEEDS = range(200, 210)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Run:
    """A sequence that a method found: its steps, when it begins, and on each day the moments of its steps."""

    steps: tuple[str, ...]
    begins: float | None
    moments: tuple[tuple[int, ...], ...]


Method = Callable[[Days], list[Run]]


def ours(days: Days) -> list[Run]:
    return [
        Run(
            tuple(name for _, name in found.steps),
            found.begins,
            tuple(tuple(days[day][at].moment for at in path) for day, path in found.paths.items()),
        )
        for found in recurring(days)
    ]


def grams(size: int, of: Callable[[Visit], str]) -> Method:
    """So many in a row, without anything between, on LEAST_DAYS days and half of all or more."""

    def find(days: Days) -> list[Run]:
        seen: defaultdict[tuple[str, ...], dict[date, tuple[int, ...]]] = defaultdict(dict)
        for day, visits in days.items():
            runs = [one for n, one in enumerate(visits) if not n or of(one) != of(visits[n - 1])]
            for n in range(len(runs) - size + 1):
                row = runs[n : n + size]
                seen[tuple(map(of, row))].setdefault(day, tuple(one.moment for one in row))
        least = max(LEAST_DAYS, len(days) / 2)
        return [Run(steps, None, tuple(on.values())) for steps, on in seen.items() if len(on) >= least]

    return find


def app(visit: Visit) -> str:
    return visit.places[0][0]


def place(visit: Visit) -> str:
    return visit.places[0][1] or visit.places[0][0]


METHODS: dict[str, Method] = {
    "Onceseen": ours,
    "pairs of applications": grams(2, app),
    "triples of applications": grams(3, app),
    "pairs of places": grams(2, place),
    "triples of places": grams(3, place),
}

# ------------------------------------------------------------------ the recordings


def read(name: str) -> tuple[Moment, ...]:
    """The moments of a recording as settling leaves them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        recordings.a_copy(name, Path(folder) / name) as copy,
    ):
        settle(copy.ledger, copy.pictures, copy.index, recordings.NOW, False, lambda done, of: True)
        with copy.ledger.reading() as db:
            return moments.between(db, None, None)


def kinds(seen: Sequence[Moment]) -> dict[int, str]:
    """The kind of the scene that each moment lies in."""
    lines = (recordings.SHARED / "desktop/scenes.jsonl").read_text().splitlines()
    scenes = [json.loads(line) for line in lines]
    found = {}
    for moment in seen:
        for scene in scenes:
            start, end = (datetime.fromisoformat(scene[edge]) for edge in ("start", "end"))
            start, end = (at if at.tzinfo else at.replace(tzinfo=moment.start.tzinfo) for at in (start, end))
            if start - MINUTE <= moment.start <= end + MINUTE:
                found[moment.id] = scene["scene"].partition("-")[2]
    return found


def tells(found: Run, known: Sequence[set[str]], kind: dict[int, str]) -> bool:
    allowed = set().union(*known)

    def right(path: Sequence[int]) -> bool:
        met = [kind.get(moment, "") for moment in path]
        return set(met) <= allowed and all(step & set(met) for step in known)

    return sum(map(right, found.moments)) >= LEAST_DAYS


def desktop() -> None:
    seen = read("desktop")
    kind, days = kinds(seen), by_day(seen)
    print("| desktop, four days | found | " + " | ".join(KNOWN) + " | none of these |")
    print("| --- |" + " ---: |" * (len(KNOWN) + 2))
    for name, method in METHODS.items():
        found = method(days)
        right = {title: [one for one in found if tells(one, of, kind)] for title, of in KNOWN.items()}
        other = len([one for one in found if not any(one in some for some in right.values())])
        row = [str(len(found)), *("yes" if some else "no" for some in right.values()), str(other)]
        print(f"| {name} | " + " | ".join(row) + " |")
    print(f"\n| found on average in {DRAWS} draws | shuffled in each day | each day moved by hours |")
    print("| --- | ---: | ---: |")
    for name, method in METHODS.items():
        means = [mean(len(method(draw(days, n))) for n in range(DRAWS)) for draw in (shuffled, moved)]
        print(f"| {name} | {means[0]:.2f} | {means[1]:.2f} |")


def shuffled(days: Days, seed: int) -> Days:
    """The same visits at the same times, in another order."""
    chance = random.Random(seed)
    made = {}
    for day, visits in days.items():
        others = chance.sample(visits, len(visits))
        made[day] = [
            replace(one, places=other.places, moment=other.moment)
            for one, other in zip(visits, others, strict=True)
        ]
    return made


def moved(days: Days, seed: int) -> Days:
    """Each day turned round the clock by a time of its own: the order stays, the hour does not."""
    chance = random.Random(seed)
    made = {}
    for day, visits in days.items():
        by = chance.uniform(0, 1440)
        made[day] = sorted(
            (replace(one, start=(one.start + by) % 1440) for one in visits), key=lambda one: one.start
        )
    return made


def screenagent() -> None:
    """Its frames name no window: nothing can be found. With the type of its session as the place of each
    step, which nothing but a bench knows, it is a week without habits.
    """
    plain = by_day(read("screenagent"))
    print(f"\nscreenagent: {len(ours(plain))} routines found in {sum(map(len, plain.values()))} visits")
    made: list[Moment] = []
    for line in (recordings.SHARED / "screenagent/sessions.jsonl").read_text().splitlines():
        session = json.loads(line)
        for at in map(datetime.fromisoformat, session["times"]):
            title = f"Step {len(made)} - {session['type']}"
            made.append(Moment(len(made) + 1, at, at, 0, session["os"], title, None, 1, True))
    days = by_day(made)
    found = {name: len(method(days)) for name, method in METHODS.items()}
    print(f"with session types as places ({len(days)} days): {found}")


# ------------------------------------------------------------------ simulated weeks


def holds(found: Run, habit: Habit) -> bool:
    order = [habit.steps.index(step) for step in found.steps if step in habit.steps]
    own = len(order) == len(found.steps) and order == sorted(order)
    near = found.begins is None or abs(found.begins - habit.begins) <= 30
    return own and near and 3 * len(order) >= 2 * len(habit.steps)


def simulated() -> None:
    head = "days | visits a day | recall | precision | found | found without habits | CPU s"
    print(f"\n| simulated, mean of 10 seeds | {head} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for length, noise in ((14, 20), (14, 60), (28, 20), (28, 60), (28, 150), (84, 60), (84, 150)):
        for name in ("Onceseen", "pairs of places", "triples of places"):
            row = [_simulated(METHODS[name], seed, length, noise) for seed in SEEDS]
            met, right, found, without, spent = map(mean, zip(*row, strict=True))
            precision = f"{right / found:.2f}" if found else "-"
            shown = f"{met / len(HABITS):.2f} | {precision} | {found:.1f} | {without:.2f} | {spent:.2f}"
            print(f"| {name} | {length} | {noise} | {shown} |")


def _simulated(method: Method, seed: int, length: int, noise: int) -> tuple[float, ...]:
    """Habits found, sequences that are right, all found, those found without habits, and CPU seconds."""
    days = by_day(weeks(seed, length, noise))
    began = time.process_time()
    found = method(days)
    spent = time.process_time() - began
    met = sum(any(holds(one, habit) for one in found) for habit in HABITS)
    right = sum(any(holds(one, habit) for habit in HABITS) for one in found)
    return met, right, len(found), len(method(by_day(weeks(seed, length, noise, ())))), spent


def main() -> None:
    desktop()
    screenagent()
    simulated()


if __name__ == "__main__":
    main()
