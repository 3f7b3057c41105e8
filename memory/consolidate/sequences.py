"""Finds sequences of places that recur on many days about one time, more often than chance would have it.

Growth of prefixes over projected days (PrefixSpan: Pei and others 2001) from places that recur in a window of
the day, other visits between the steps allowed. What chance gives is reckoned with the same visits at the
same times in any order: a place is there with 1 - (1 - f)^m, where f is its share of all visits, and m are
those that could have been it. Over the days that gives the chance of as many days or more (a Poisson binomial
tail), and times the sequences and windows looked at, how many would be found without any routine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import ceil
from statistics import median

from memory.consolidate.visits import Days, Place, Visit, within_reach

LEAST_DAYS = 3
LEAST_SHARE = 0.5  # of the days on which it could have been
WINDOWS = (10.0, 60.0)  # minutes within which the first step begins: as a call does, and as work does
APART = 15.0  # minutes from the end of a step to the begin of the next at most
LONGEST = 6  # steps
BROAD = 40  # sequences of one length that are followed further from one beginning
TIMES_A_DAY = 3  # windows looked at of one place
TIMES_CHANCE = 2.0  # on so many times the days that chance would give, however sure that is
BY_CHANCE = 0.05  # so many may be expected in the whole memory without any routine
STEP_BY_CHANCE = 0.1  # so many steps may be expected to follow as often without belonging there
KINDS_OF_DAYS = 8  # each weekday, and all: where one is picked out, as many were looked at

Path = tuple[int, ...]
"""Positions of the visits of a day that are the steps."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sequence with the days that hold it (on each the path that begins nearest to the usual time).

    `of` are the days that could have held it: those of `weekdays` from the first to the last of its days.
    `expected` is how many as good as this one chance would give.
    """

    steps: tuple[Place, ...]
    paths: dict[date, Path]
    of: int
    weekdays: tuple[int, ...]
    begins: float
    expected: float


@dataclass(frozen=True, slots=True)
class _Grown:
    """A prefix that begins in a window, and its paths by day, one for each visit at which one can end."""

    window: float
    steps: tuple[Place, ...]
    paths: dict[date, dict[int, Path]]


def recurring(days: Days) -> tuple[Found, ...]:
    """Sequences that chance does not explain, the worthiest first; of those with visits in common one."""
    tried: Counter[tuple[float, int]] = Counter()
    odds = _Odds(days)
    grown = [one for anchor in _anchors(days, tried) for one in _grow(days, anchor, odds, tried)]
    telling = [
        replace(found, expected=expected)
        for one in grown
        for found in _kept(days, one)
        if (expected := odds.of(found, one.window) * tried[one.window, len(one.steps)]) <= BY_CHANCE
    ]
    taken: list[Found] = []
    used: set[tuple[date, int]] = set()
    for found in sorted(telling, key=_worth):
        own = [{(day, at) for at in path} for day, path in found.paths.items()]
        if sum(bool(visits & used) for visits in own) * 2 < len(own):
            used.update(*own)
            taken.append(found)
    return tuple(taken)


def _worth(found: Found) -> tuple[float, float, int, tuple[Place, ...], float]:
    """Days count twice, steps once: a step more may cost some days, the fewer the more steps there are."""
    worth = len(found.paths) ** 2 * len(found.steps)
    vague = sum(not name for _, name in found.steps)
    return -worth, found.expected, vague, found.steps, found.begins


# ------------------------------------------------------------------ growing


def _anchors(days: Days, tried: Counter[tuple[float, int]]) -> Iterator[_Grown]:
    """Each place in each window of the day in which it recurs."""
    starts: defaultdict[Place, list[tuple[float, date, int]]] = defaultdict(list)
    for day, visits in days.items():
        for at, visit in enumerate(visits):
            for place in visit.places:
                starts[place].append((visit.start, day, at))
    for window, (place, seen) in product(WINDOWS, sorted(starts.items())):
        tried[window, 1] += 1
        left = sorted(seen)
        for _ in range(TIMES_A_DAY):
            inside = _densest(left, window)
            paths: dict[date, dict[int, Path]] = defaultdict(dict)
            for _, day, at in inside:
                paths[day][at] = (at,)
            if len(paths) < LEAST_DAYS:
                break
            yield _Grown(window, (place,), dict(paths))
            left = [one for one in left if one not in set(inside)]


def _densest(starts: Sequence[tuple[float, date, int]], window: float) -> Sequence[tuple[float, date, int]]:
    """The first window that holds most days; `starts` are in order of time."""
    best = (0, 0, 0)
    held: Counter[date] = Counter()
    first = 0
    for last, (start, day, _) in enumerate(starts):
        held[day] += 1
        while start - starts[first][0] > window:
            held[starts[first][1]] -= 1
            first += 1
        best = max(best, (len(+held), -first, -last))
    return starts[-best[1] : 1 - best[2]]


def _grow(days: Days, anchor: _Grown, odds: _Odds, tried: Counter[tuple[float, int]]) -> Iterator[_Grown]:
    """The anchor and all that follows from it, breadth first; at each length the BROAD most frequent."""
    least = max(LEAST_DAYS, ceil(len(anchor.paths) / 2))
    level = [anchor]
    while level:
        yield from level
        if len(level[0].steps) == LONGEST:
            return
        often = []
        for grown in level:
            longer = list(_longer(days, grown))
            ends = {day: len(paths) for day, paths in grown.paths.items()}
            tried[anchor.window, len(grown.steps) + 1] += len(longer)
            often += [
                one
                for one in longer
                if len(one.paths) >= least
                and odds.of_step(ends, one.steps[-1], len(one.paths)) * len(longer) <= STEP_BY_CHANCE
            ]
        level = sorted(often, key=lambda one: (-len(one.paths), one.steps))[:BROAD]


def _longer(days: Days, grown: _Grown) -> Iterator[_Grown]:
    following: defaultdict[Place, dict[date, dict[int, Path]]] = defaultdict(dict)
    for day, paths in grown.paths.items():
        visits = days[day]
        for last, path in paths.items():
            for at in range(last + 1, len(visits)):
                if visits[at].start - visits[last].end > APART:
                    break
                for place in visits[at].places:
                    following[place].setdefault(day, {}).setdefault(at, (*path, at))
    for place, found in following.items():
        if not any(_same(place, step) for step in grown.steps):
            yield _Grown(grown.window, (*grown.steps, place), found)


def _same(one: Place, other: Place) -> bool:
    """One of them is the other, or holds it."""
    return one == other or (one[0] == other[0] and "" in (one[1], other[1]))


# ------------------------------------------------------------------ weighing


def _kept(days: Days, grown: _Grown) -> Iterator[Found]:
    """The sequence on the weekdays that it belongs to, where it is seen on enough of them."""
    firsts = {
        day: [days[day][path[0]].start for path in paths.values()] for day, paths in grown.paths.items()
    }
    usual = median(min(starts) for starts in firsts.values())
    nearest = {
        day: min(paths.values(), key=lambda path: (abs(days[day][path[0]].start - usual), path))
        for day, paths in grown.paths.items()
    }
    weekdays = _weekdays(nearest)
    paths = {day: path for day, path in nearest.items() if day.weekday() in weekdays}
    of = sum(min(paths) <= day <= max(paths) and day.weekday() in weekdays for day in days)
    if len(paths) >= max(LEAST_DAYS, LEAST_SHARE * of):
        begins = median(days[day][path[0]].start for day, path in paths.items())
        yield Found(grown.steps, dict(sorted(paths.items())), of, weekdays, begins, 1.0)


def _weekdays(days: Iterable[date]) -> tuple[int, ...]:
    """One weekday that holds four fifths of the days; else working days, the weekend, or all seven."""
    counted = Counter(day.weekday() for day in days)
    most, count = max(counted.items(), key=lambda item: (item[1], -item[0]))
    if count >= 0.8 * counted.total():
        return (most,)
    for some in ((0, 1, 2, 3, 4), (5, 6)):
        if set(counted) <= set(some):
            return some
    return tuple(range(7))


class _Odds:
    """What chance would give in these days."""

    def __init__(self, days: Days) -> None:
        counted = Counter(place for visits in days.values() for visit in visits for place in visit.places)
        total = sum(map(len, days.values()))
        self._days = days
        self._shares = {place: count / total for place, count in counted.items()}
        self._reach = {day: within_reach(visits, APART) for day, visits in days.items()}
        lengths = [visits[-1].start - visits[0].start for visits in days.values() if visits]
        self._length = median(lengths) if lengths else 0.0

    def of(self, found: Found, window: float) -> float:
        """The chance of as many days with it, times the windows that it could have been in; 1 where chance
        would give half as many.
        """
        earliest = min(self._days[day][path[0]].start for day, path in found.paths.items())
        odds = []
        for day, visits in self._days.items():
            if day.weekday() in found.weekdays:
                odds.append(self._odd(found.steps, _beginning(visits, earliest, window), self._reach[day]))
        if len(found.paths) < TIMES_CHANCE * sum(odds):
            return 1.0
        kinds = KINDS_OF_DAYS if len(found.weekdays) == 1 else 1
        return _tail(odds, len(found.paths)) * max(1.0, self._length / window) * kinds

    def _odd(self, steps: Sequence[Place], begin: float, reach: float) -> float:
        """The chance of one day: so many visits begin in the window, so many are within reach of each.

        Where a step is to be expected more than once, what follows any of them can be the next.
        """
        odd, from_there = 1.0, begin
        for place in steps:
            odd *= _there(self._shares[place], from_there)
            from_there = max(1.0, from_there * self._shares[place]) * reach
        return odd

    def of_step(self, before: dict[date, int], place: Place, count: int) -> float:
        """The chance that a place follows on so many days; `before` tells after how many visits of each."""
        odds = [_there(self._shares[place], self._reach[day] * ends) for day, ends in before.items()]
        return _tail(odds, count)


def _there(share: float, visits: float) -> float:
    return float(1.0 - (1.0 - min(1.0, share)) ** visits)


def _beginning(visits: Sequence[Visit], earliest: float, window: float) -> int:
    """How many visits of a day begin within the window."""
    starts = [visit.start for visit in visits]
    return bisect_right(starts, earliest + window) - bisect_left(starts, earliest)


def _tail(odds: Sequence[float], least: int) -> float:
    """The chance that at least so many of independent events of these odds come true."""
    if not least:
        return 1.0
    exactly = [1.0] + [0.0] * least
    for odd in odds:
        exactly[least] += exactly[least - 1] * odd
        for n in range(least - 1, 0, -1):
            exactly[n] = exactly[n] * (1 - odd) + exactly[n - 1] * odd
        exactly[0] *= 1 - odd
    return float(min(1.0, exactly[least]))
