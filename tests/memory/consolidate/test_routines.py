"""Routines of simulated weeks: those that are in them, hardly any that are not, under numbers that stay."""

from __future__ import annotations

from datetime import timedelta

from memory.consolidate.routines import routines
from memory.records import Moment
from tests.support.habits import HABITS, WORKDAYS, Habit, weeks
from tests.support.moments import Screen, at


def four_mornings() -> list[Moment]:
    screen = Screen()
    moments = []
    for day in range(4):
        for n in range(14):
            title = f"Page {day} - Place {day * 14 + n} - Browser"
            text = screen.shows(title, start=at(60 + 30 * n, day), seconds=60, app="Browser")
            moments.append(text.moment)
        for start, title, app in (
            (-45, f"Inbox ({day + 2}) - Post - Browser", "Browser"),
            (-38, f"TW-{day} - Tracker - Browser", "Browser"),
            (-30, "~/notes/todo.md", "Editor"),
        ):
            text = screen.shows(title, start=at(start + day, day), seconds=240, app=app)
            moments.append(text.moment)
    return moments


def test_a_routine_is_told_with_its_steps_days_time_and_evidence() -> None:
    (one,) = routines(four_mornings())
    assert one.title == "Post → Tracker → todo.md"
    assert one.statement == (
        "Post, then Tracker, then todo.md: on weekday mornings, about 08:16 (± 1 min),"
        " seen on 4 of 4 such days."
    )
    assert [(step.app, step.name, step.seconds) for step in one.steps] == [
        ("Browser", "Post", 420),
        ("Browser", "Tracker", 480),
        ("Editor", "todo.md", 540),
    ]
    assert one.days == ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05")
    assert (one.of, one.weekdays, one.spread) == (4, (0, 1, 2, 3, 4), 1)
    assert one.confidence == 5 / 6
    starts = {moment.id: moment.start for moment in four_mornings()}
    assert len(one.evidence) == 12
    assert all(starts[moment].hour == 8 for moment in one.evidence)


def test_without_one_morning_it_is_still_told_and_without_two_no_more() -> None:
    moments = four_mornings()
    first, second = moments[0].start.date(), moments[0].start.date() + timedelta(days=1)
    without_one = [one for one in moments if one.start.date() != first]
    assert [len(one.days) for one in routines(without_one)] == [3]
    assert routines([one for one in without_one if one.start.date() != second]) == ()


def test_an_empty_memory_has_no_routines() -> None:
    assert routines(()) == ()
    assert routines(four_mornings()[:1]) == ()


def test_a_number_stays_while_the_routine_goes_on() -> None:
    before = {one.title: one.id for one in routines(weeks(seed=5, days=28, noise=20))}
    after = {one.title: one.id for one in routines(weeks(seed=5, days=56, noise=20))}
    both = before.keys() & after.keys()
    assert len(both) >= 4
    assert all(before[title] == after[title] for title in both)
    assert len(set(after.values())) == len(after)


def test_the_same_steps_at_two_times_of_the_day_are_two() -> None:
    twice = tuple(Habit(("Post", "Plan"), begins, 5, WORKDAYS, 1.0) for begins in (500, 1000))
    found = [
        one for one in routines(weeks(seed=3, days=28, noise=20, habits=twice)) if one.title == "Post → Plan"
    ]
    assert sorted(round(one.begins, -2) for one in found) == [500, 1000]
    assert found[0].id != found[1].id


def test_what_is_in_the_weeks_is_found_and_nothing_else_in_weeks_without() -> None:
    found = {one.title for one in routines(weeks(seed=11, days=56, noise=30))}
    assert {" → ".join(habit.steps) for habit in HABITS} <= found
    assert len(found) <= len(HABITS) + 1
    assert [routines(weeks(seed, days=28, noise=30, habits=())) for seed in range(20, 24)] == [()] * 4


def test_weekends_and_evenings_have_their_words() -> None:
    habit = (Habit(("Film", "Chat"), 1200, 5, (5, 6), 1.0),)
    (one,) = [one for one in routines(weeks(seed=2, days=42, noise=20, habits=habit)) if "Film" in one.title]
    assert (
        "on weekend evenings, about 20:0" in one.statement
        or "on weekend evenings, about 19:5" in one.statement
    )
    assert one.weekdays == (5, 6)
