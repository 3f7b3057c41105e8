"""Sequences that recur about one time are found; what chance explains is not."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product

import pytest

from memory.consolidate.sequences import Found, _tail, recurring
from memory.consolidate.visits import Days, Place, Visit

MONDAY = date(2026, 1, 5)
Plan = list[tuple[float, str]]


def visit(start: float, name: str, n: int = 1) -> Visit:
    return Visit((("Browser", name),), start, 120, n)


def weeks(*plans: Plan, noise: int = 12, seed: int = 1) -> Days:
    """A day for each plan, from a Monday, with other visits at any time, each to another of forty places."""
    chance = random.Random(seed)
    days = {}
    for n, plan in enumerate(plans):
        other = [(chance.uniform(480, 1080), f"Place {chance.randrange(40)}") for _ in range(noise)]
        days[MONDAY + timedelta(days=n)] = [
            visit(start, name, at) for at, (start, name) in enumerate(sorted([*plan, *other]), 1)
        ]
    return days


def names(found: tuple[Found, ...]) -> list[tuple[str, ...]]:
    return [tuple(name for _, name in one.steps) for one in found]


MORNING: Plan = [(495, "Post"), (500, "Tracker"), (506, "Plan")]


def later(plan: Plan, minutes: float) -> Plan:
    return [(start + minutes, name) for start, name in plan]


def test_a_morning_of_every_working_day() -> None:
    (found,) = recurring(weeks(*(later(MORNING, by) for by in (0, 9, -8, 4, 12))))
    assert names((found,)) == [("Post", "Tracker", "Plan")]
    assert (len(found.paths), found.of, found.weekdays) == (5, 5, (0, 1, 2, 3, 4))
    assert found.begins == 499
    assert found.expected < 0.001


def test_other_visits_between_the_steps_are_allowed() -> None:
    between: Plan = [(495, "Post"), (498, "News of today"), (501, "Tracker"), (507, "Plan")]
    assert names(recurring(weeks(MORNING, between, MORNING, between))) == [("Post", "Tracker", "Plan")]


def test_the_same_places_at_any_time_of_the_day_are_no_routine() -> None:
    anywhen = [later(MORNING, by) for by in (0, 130, 300, 210, 420)]
    assert recurring(weeks(*anywhen)) == ()


def test_the_same_places_in_another_order_each_day_are_no_routine() -> None:
    orders = [[(495, "Post"), (700, "Tracker")], [(495, "Tracker"), (700, "Plan")], [(495, "Plan")]]
    assert recurring(weeks(*orders)) == ()


def test_what_was_seen_twice_is_none() -> None:
    assert recurring(weeks(MORNING, MORNING, [], [], [])) == ()


def test_what_is_done_all_day_is_no_routine_in_the_morning() -> None:
    busy: Plan = [(480 + 7 * n, "Editor") for n in range(80)]
    assert recurring(weeks(*[busy] * 6)) == ()


def test_one_weekday_is_told_as_such() -> None:
    week: list[Plan] = [[], [], [], [], [(960, "Hours"), (965, "Post")], [], []]
    (found,) = recurring(weeks(*week * 5))
    assert (names((found,)), found.weekdays, found.of) == ([("Hours", "Post")], (4,), 5)


def test_the_more_particular_place_is_told() -> None:
    document: tuple[Place, ...] = (("Editor", "todo.md"), ("Editor", ""))
    days = weeks(*[[(600, "Post")]] * 5)
    for visits in days.values():
        visits.append(Visit(document, 1100, 60, 99))  # type: ignore[attr-defined]
    assert (("Editor", "todo.md"),) in [one.steps for one in recurring(days)]
    assert not any(("Editor", "") in one.steps for one in recurring(days))


def test_of_sequences_that_share_their_visits_one_is_told() -> None:
    found = recurring(weeks(*[MORNING] * 8, noise=30))
    told = [(day, at) for one in found for day, path in one.paths.items() for at in path]
    assert len(told) == len(set(told))


def test_without_days_there_is_nothing() -> None:
    assert recurring({}) == ()
    assert recurring({MONDAY: []}) == ()


def test_the_same_days_give_the_same_whatever_their_order() -> None:
    days = weeks(*[MORNING] * 6, noise=40)
    assert recurring(dict(reversed(days.items()))) == recurring(days)


@pytest.mark.parametrize("odds", [(0.5, 0.5, 0.5), (0.1, 0.9, 0.4, 0.2), (1.0, 0.0, 0.3)])
def test_the_tail_is_that_of_all_cases_counted(odds: tuple[float, ...]) -> None:
    for least in range(len(odds) + 1):
        counted = 0.0
        for case in product((0, 1), repeat=len(odds)):
            chance = 1.0
            for came, odd in zip(case, odds, strict=True):
                chance *= odd if came else 1 - odd
            counted += chance if sum(case) >= least else 0.0
        assert _tail(odds, least) == pytest.approx(counted)
