"""Gaps are told at once, seldom while they go on, whole at their end, and wait for a locked sink."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from capture.gaps import MOST, Gaps
from memory.errors import Locked
from memory.records import Gap

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def test_a_gap_is_told_at_once_each_minute_and_at_its_end() -> None:
    told: list[Gap] = []
    gaps = Gaps(told.append)
    for second in range(0, 100, 3):
        gaps.note("paused", at(second))
    gaps.note(None, at(101))
    assert told == [Gap(NINE, at(end), "paused") for end in (0, 60, 101)]


def test_another_reason_is_another_gap() -> None:
    told: list[Gap] = []
    gaps = Gaps(told.append)
    gaps.note("idle", at(0))
    gaps.note("locked", at(30))
    gaps.note(None, at(40))
    gaps.note(None, at(43))
    assert told[-3:] == [
        Gap(at(0), at(30), "idle"),
        Gap(at(30), at(30), "locked"),
        Gap(at(30), at(40), "locked"),
    ]


def test_nothing_to_tell_while_looks_succeed() -> None:
    told: list[Gap] = []
    Gaps(told.append).note(None, NINE)
    assert told == []


def test_a_clock_set_back_never_ends_a_gap_before_its_start() -> None:
    told: list[Gap] = []
    gaps = Gaps(told.append)
    gaps.note("idle", at(100))
    gaps.note(None, at(0))
    assert told[-1] == Gap(at(100), at(100), "idle")


class Door:
    """A sink that is locked for a while."""

    def __init__(self) -> None:
        self.locked = True
        self.told: list[Gap] = []

    def gap(self, gap: Gap) -> None:
        if self.locked:
            raise Locked
        self.told.append(gap)


def test_what_nobody_heard_is_told_later() -> None:
    door = Door()
    gaps = Gaps(door.gap)
    gaps.note("locked", at(0))
    gaps.note("trouble", at(30))
    door.locked = False
    gaps.note(None, at(40))
    assert Gap(at(0), at(30), "locked") in door.told
    assert door.told[-1] == Gap(at(30), at(40), "trouble")


def test_what_waits_is_bounded() -> None:
    door = Door()
    gaps = Gaps(door.gap)
    for n in range(3 * MOST):
        gaps.between(at(n), at(n + 1), "not running")
    door.locked = False
    gaps.note(None, at(999))
    assert door.told == [Gap(at(n), at(n + 1), "not running") for n in range(2 * MOST, 3 * MOST)]
