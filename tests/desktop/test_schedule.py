"""Settling runs when nobody is there, on mains, once a night; what was missed is caught up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.schedule import AGAIN, Machine, Schedule, decide, is_late, last_night
from desktop.settings import ConsolidateOptions
from memory.errors import Locked, StoreTrouble
from memory.ledger import moments
from memory.records import Due, LastSettling
from tests.support.builders import KEY, NINE, a_frame, a_kept_frame
from tests.support.houses import House

PATIENCE_S = 20
NOON = datetime.fromisoformat("2026-03-04T12:00:00+01:00")
LAST_NIGHT = datetime.fromisoformat("2026-03-04T03:30:00+01:00")
OPTIONS = ConsolidateOptions(idle_s=60, nightly=True, on_battery="wait")
DUE = Due(quiet_s=100, unsettled=3, unread=0, settled=NOON - timedelta(hours=2), nightly=LAST_NIGHT)


def why(due: Due, battery: bool = False, options: ConsolidateOptions = OPTIONS) -> str:
    return decide(due, options, battery, NOON).why


# ------------------------------------------------------------------ what is decided


def test_it_runs_when_something_is_unsettled_and_nobody_is_there() -> None:
    assert decide(DUE, OPTIONS, False, NOON).run
    assert not decide(replace(DUE, unsettled=0), OPTIONS, False, NOON).run
    assert not decide(replace(DUE, quiet_s=59), OPTIONS, False, NOON).run
    assert "60 seconds" in why(replace(DUE, quiet_s=59))


def test_it_waits_for_what_is_to_be_read() -> None:
    assert why(replace(DUE, unread=4)) == "4 frames are to be read first."


def test_on_battery_it_waits_for_mains_but_not_longer_than_a_day() -> None:
    assert "battery" in why(DUE, battery=True)
    assert why(DUE, battery=True, options=replace(OPTIONS, on_battery="run")) == ""
    late = replace(DUE, settled=NOON - timedelta(hours=25))
    assert decide(late, OPTIONS, True, NOON).run
    assert decide(replace(late, unread=4), OPTIONS, True, NOON).run
    assert not decide(replace(late, quiet_s=5), OPTIONS, True, NOON).run
    assert is_late(replace(DUE, settled=None), NOON)


@pytest.mark.parametrize(
    ("done", "night"),
    [
        (None, True),
        (LAST_NIGHT - timedelta(seconds=1), True),
        (LAST_NIGHT - timedelta(days=9), True),
        (LAST_NIGHT, False),
        (LAST_NIGHT + timedelta(hours=5), False),
        (NOON + timedelta(days=300), True),
    ],
)
def test_a_nights_work_is_due_until_it_is_done(done: datetime | None, night: bool) -> None:
    due = replace(DUE, unsettled=0, nightly=done)
    assert decide(due, OPTIONS, False, NOON).night == night
    assert decide(due, OPTIONS, False, NOON).run == night
    assert not decide(due, replace(OPTIONS, nightly=False), False, NOON).run


def test_before_half_past_three_it_is_still_the_night_before() -> None:
    early = NOON.replace(hour=3, minute=29)
    assert last_night(early) == LAST_NIGHT - timedelta(days=1)
    assert last_night(early + timedelta(minutes=1)) == LAST_NIGHT


# ------------------------------------------------------------------ a real scheduler, a clock handed in


class Away:
    """A machine with a clock and a battery as a test sets them."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now, self.battery = now, False

    def machine(self) -> Machine:
        return Machine(lambda: self.now, lambda: self.battery)


@contextmanager
def scheduled(
    ask: Callable[[], Due], run: Callable[[bool, Callable[[], bool]], object], away: Away
) -> Iterator[Schedule]:
    schedule = Schedule(ask, run, lambda: OPTIONS, away.machine(), look_s=0.02)
    try:
        yield schedule
    finally:
        schedule.stop()


class Looks:
    """Answers what is due; `looked` waits until it was asked twice more, so that one look is through."""

    def __init__(self, due: Due) -> None:
        self.due: Due | Exception = due
        self._asked = threading.Semaphore(0)

    def __call__(self) -> Due:
        self._asked.release()
        if isinstance(self.due, Exception):
            raise self.due
        return self.due

    def looked(self) -> None:
        while self._asked.acquire(blocking=False):
            pass
        for _ in range(2):
            assert self._asked.acquire(timeout=PATIENCE_S)


def test_a_locked_memory_is_asked_again() -> None:
    ask, ran = Looks(DUE), threading.Event()
    ask.due = Locked()
    with scheduled(ask, lambda night, goes_on: ran.set(), Away()):
        ask.looked()
        assert not ran.is_set()
        ask.due = DUE
        assert ran.wait(PATIENCE_S)


def test_what_waits_for_mains_runs_as_soon_as_they_are_back() -> None:
    away, ask, ran = Away(), Looks(DUE), threading.Event()
    away.battery = True
    with scheduled(ask, lambda night, goes_on: ran.set(), away) as schedule:
        ask.looked()
        assert not ran.is_set()
        assert "battery" in schedule.why()
        away.battery = False
        assert ran.wait(PATIENCE_S)


def test_a_run_that_failed_is_not_tried_again_at_once() -> None:
    away, ask = Away(), Looks(DUE)
    runs = threading.Semaphore(0)

    def run(night: bool, goes_on: Callable[[], bool]) -> None:
        runs.release()
        raise StoreTrouble(reason="the disk is full")

    with scheduled(ask, run, away) as schedule:
        assert runs.acquire(timeout=PATIENCE_S)
        while "failed" not in schedule.why():
            assert not runs.acquire(timeout=0.02)
        away.now += AGAIN
        assert runs.acquire(timeout=PATIENCE_S)


def test_a_run_ends_when_somebody_comes_back_or_the_schedule_stops() -> None:
    away, ask = Away(), Looks(DUE)
    began, over = threading.Event(), threading.Semaphore(0)

    def run(night: bool, goes_on: Callable[[], bool]) -> None:
        began.set()
        while goes_on():
            assert not over.acquire(timeout=0.001)
        over.release()

    with scheduled(ask, run, away):
        assert began.wait(PATIENCE_S)
        ask.due = replace(DUE, quiet_s=1)
        assert over.acquire(timeout=PATIENCE_S)
        began.clear()
        ask.looked()
        assert not began.is_set()
        ask.due = DUE
        assert began.wait(PATIENCE_S)
    assert over.acquire(timeout=PATIENCE_S)


# ------------------------------------------------------------------ with a real memory


DAYS = 4


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.engine.open(KEY)
    with made.ledger.writing() as db:
        for day in range(DAYS):
            a_kept_frame(db, a_frame(86400 * day), [f"harvest of day {day}", "plums and pears"], None)
    made.engine.idle(500)
    yield made
    made.engine.lock()


def unsettled(house: House) -> int:
    with house.ledger.reading() as db:
        return moments.count_unsettled(db)


def last(house: House) -> LastSettling:
    found = house.engine.status().settling.last
    assert found
    return found


def test_a_missed_night_is_caught_up_after_a_start_and_once(house: House) -> None:
    away, nights = Away(NINE + timedelta(days=DAYS)), threading.Semaphore(0)
    house.clock = away.now

    def run(night: bool, goes_on: Callable[[], bool]) -> None:
        house.engine.settle_while(goes_on)
        if night:
            house.engine.night_is_done()
            nights.release()

    with scheduled(house.engine.due, run, away):
        assert nights.acquire(timeout=PATIENCE_S)
    assert (unsettled(house), last(house).state) == (0, "done")
    house.engine.lock()
    house.engine.open(KEY)
    ask = Looks(house.engine.due())
    with scheduled(ask, run, away):
        ask.looked()
        assert not nights.acquire(blocking=False)
    # The machine is off for a week.
    house.engine.lock()
    house.engine.open(KEY)
    away.now += timedelta(days=7)
    with scheduled(house.engine.due, run, away):
        assert nights.acquire(timeout=PATIENCE_S)


def test_a_run_that_was_ended_goes_on_later_also_after_a_restart(house: House) -> None:
    """Somebody comes back after each day: it stops there, and what was done stays done."""
    away, runs = Away(NINE + timedelta(days=DAYS)), threading.Semaphore(0)
    house.clock = away.now

    def run(night: bool, goes_on: Callable[[], bool]) -> None:
        def returns() -> bool:
            house.engine.idle(1)
            return goes_on()

        house.engine.settle_while(returns)
        runs.release()

    for day in range(1, DAYS):
        with scheduled(house.engine.due, run, away):
            assert runs.acquire(timeout=PATIENCE_S)
        told = house.engine.status().settling
        assert (unsettled(house), told.state) == (DAYS - day, "stopped")
        assert (last(house).days, last(house).of) == (1, DAYS - day + 1)
        house.engine.lock()
        house.engine.open(KEY)
        assert not runs.acquire(blocking=False)
        house.engine.idle(500)
    with scheduled(house.engine.due, run, away):
        assert runs.acquire(timeout=PATIENCE_S)
    assert (unsettled(house), last(house).state) == (0, "done")


def test_the_schedule_stops_between_two_days(house: House) -> None:
    away, began = Away(NINE + timedelta(days=DAYS)), threading.Event()

    def run(night: bool, goes_on: Callable[[], bool]) -> None:
        def until_it_stops() -> bool:
            began.set()
            while goes_on():
                pass
            return False

        house.engine.settle_while(until_it_stops)

    schedule = Schedule(house.engine.due, run, lambda: OPTIONS, away.machine(), look_s=0.02)
    assert began.wait(PATIENCE_S)
    schedule.stop()
    assert (unsettled(house), last(house).state) == (DAYS - 1, "stopped")
