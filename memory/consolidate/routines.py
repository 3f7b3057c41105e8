"""Routines: what is done again and again in one order about one time of day, with its days and evidence."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from statistics import fmean, median

from memory.consolidate.sequences import Found, recurring
from memory.consolidate.visits import Days, Place, by_day
from memory.records import Moment, Routine, Step

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ((5, "night"), (12, "morning"), (18, "afternoon"), (22, "evening"), (24, "night"))
"""Until which hour a part of the day lasts."""


def routines(moments: Iterable[Moment]) -> tuple[Routine, ...]:
    """The routines in these moments, the one that tells most first (see Routine).

    An id is told by the steps, and by the order of time where the same steps recur at two times of the day;
    it stays while the routine goes on.
    """
    days = by_day(moments)
    found = recurring(days)
    before: Counter[tuple[Place, ...]] = Counter()
    ids: dict[int, int] = {}
    for at, one in sorted(enumerate(found), key=lambda pair: pair[1].begins):
        ids[at] = _id(one.steps, before[one.steps])
        before[one.steps] += 1
    return tuple(_told(one, ids[at], days) for at, one in enumerate(found))


def _told(found: Found, id: int, days: Days) -> Routine:
    starts = [days[day][path[0]].start for day, path in found.paths.items()]
    spread = round(fmean(abs(start - found.begins) for start in starts))
    steps = tuple(_step(found, n, days) for n in range(len(found.steps)))
    names = [step.name or step.app for step in steps]
    return Routine(
        id=id,
        title=" → ".join(names),
        statement=f"{', then '.join(names)}: {_when(found)}, about {_clock(found.begins)} (± {spread} min),"
        f" seen on {len(found.paths)} of {found.of} such days.",
        steps=steps,
        days=tuple(day.isoformat() for day in found.paths),
        of=found.of,
        weekdays=found.weekdays,
        begins=round(found.begins),
        spread=spread,
        confidence=_next(len(found.paths), found.of),
        evidence=tuple(days[day][at].moment for day, path in found.paths.items() for at in path),
    )


def _step(found: Found, n: int, days: Days) -> Step:
    app, name = found.steps[n]
    seconds = median(days[day][path[n]].seconds for day, path in found.paths.items())
    return Step(app, name, round(seconds))


def _next(seen: int, of: int) -> float:
    """The chance to see it again, by Laplace's rule of succession."""
    return (seen + 1) / (of + 2)


def _when(found: Found) -> str:
    part = next(name for until, name in PARTS if found.begins < until * 60)
    one = len(found.weekdays) == 1
    kind = WEEKDAYS[found.weekdays[0]] if one else {5: "weekday", 2: "weekend"}.get(len(found.weekdays), "")
    return f"on {kind} {part}s" if kind else f"on {part}s"


def _clock(minutes: float) -> str:
    hours, rest = divmod(round(minutes) % 1440, 60)
    return f"{hours:02}:{rest:02}"


def _id(steps: tuple[Place, ...], nth: int) -> int:
    """48 bits, so that it is whole in JSON wherever that is read."""
    digest = hashlib.blake2b(repr((steps, nth)).encode(), digest_size=6)
    return int.from_bytes(digest.digest())
