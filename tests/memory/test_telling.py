"""What a real engine tells of time: long and short days add up, and what was forgotten is nowhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from capture.pace import Pace
from capture.ports import Desk
from capture.recorder import Options, Recorder
from memory.errors import BadRequest, Locked
from memory.records import Gap, Rule, What, Window
from tests.support.builders import KEY, NINE, a_frame, a_kept_frame
from tests.support.eyes import NOTES, FakeEyes, a_shade
from tests.support.houses import House

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = NINE.replace(hour=0)
TODAY = (MIDNIGHT, MIDNIGHT + timedelta(days=1))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.engine.open(KEY)
    made.clock = NINE + timedelta(days=30)
    yield made
    made.engine.lock()


def see(house: House, at: datetime, title: str, *texts: str, app: str = "browser") -> None:
    with house.ledger.writing() as db:
        a_kept_frame(db, a_frame(at=at, title=title, app=app), texts, picture=None)


def test_recorded_time_and_gaps_of_every_reason_are_the_wall_clock(house: House) -> None:
    see(house, NINE, "plan", "call the harbour master")
    for n, reason in enumerate(("paused", "excluded", "locked", "idle", "not running", "trouble"), 1):
        start = NINE + timedelta(minutes=n)
        house.engine.gap(Gap(start, start + timedelta(seconds=10 * n), reason))  # type: ignore[arg-type]
    (day,) = house.engine.journal(TODAY).days
    assert {reason: day.seconds[reason] for reason in ("paused", "excluded", "locked", "idle")} == {
        "paused": 10,
        "excluded": 20,
        "locked": 30,
        "idle": 40,
    }
    assert day.seconds["recorded"] == 60
    assert sum(day.seconds.values()) == 86400


@pytest.mark.parametrize(("month", "on", "hours"), [(3, 29, 23), (10, 25, 25), (3, 2, 24)])
def test_a_day_is_as_long_as_its_midnights_are_apart(house: House, month: int, on: int, hours: int) -> None:
    house.clock = datetime(2027, 1, 1, tzinfo=UTC)
    midnights = tuple(datetime(2026, month, day, tzinfo=BERLIN).astimezone() for day in (on, on + 1))
    see(house, midnights[0] + timedelta(hours=2, minutes=30), "night", "nobody sleeps")
    (day,) = house.engine.journal(midnights).days
    assert sum(day.seconds.values()) == hours * 3600
    assert day.seconds["recorded"] == 300


def test_a_journal_tells_up_to_now_and_of_days_in_order(house: House) -> None:
    house.clock = NINE
    (day,) = house.engine.journal(TODAY).days
    assert day.seconds["not running"] == 9 * 3600
    for midnights in ((), TODAY[:1], TODAY[::-1], (MIDNIGHT, MIDNIGHT), (datetime(2026, 3, 2), TODAY[1])):
        with pytest.raises(BadRequest):
            house.engine.journal(midnights)


def mornings(house: House) -> None:
    """Four mornings of post and tracker, with other pages all day, settled."""
    for day in range(4):
        eight = NINE - timedelta(minutes=40) + timedelta(days=day)
        see(house, eight, "Inbox - Albatross", "A letter about the pier")
        see(house, eight + timedelta(minutes=6), "Board - Tracker", "Work on the pier")
        for n in range(15):
            at = eight + timedelta(minutes=60 + 25 * n)
            see(house, at, f"Page - Place {day * 15 + n}", f"Only here gull {day * 15 + n}")
    house.engine.consolidate(dry_run=False)


def test_what_was_forgotten_is_in_nothing_that_is_told(house: House) -> None:
    mornings(house)
    week = tuple(MIDNIGHT + timedelta(days=day) for day in range(8))

    def told() -> str:
        levels = house.engine.levels(None, None)
        return repr((levels, house.engine.journal(week), house.engine.routines()))

    assert "Albatross → Tracker" in told()
    with house.ledger.reading() as db:
        seen = tuple(id for (id,) in db.rows("select id from moments where title = 'Inbox - Albatross'"))
    house.engine.forget(What(moments=seen), dry_run=False)
    assert "Albatross" not in told()
    assert "letter" not in told()


def test_levels_of_a_span_are_told_whole_and_keep_their_numbers(house: House) -> None:
    mornings(house)
    every = {one.id: one for one in house.engine.levels(None, None)}
    assert [sum(one.level == level for one in every.values()) for level in ("week", "day")] == [1, 4]
    hour = (NINE + timedelta(days=1), NINE + timedelta(days=1, minutes=30))
    some = house.engine.levels(*hour)
    assert {one.level for one in some} == {"week", "day", "hour"}
    assert all(every[one.id] == one for one in some)
    activities = {one.id for one in house.engine.episodes(None, None)}
    assert not activities & every.keys()
    house.engine.consolidate(dry_run=False)
    assert {one.id for one in house.engine.levels(None, None)} == set(every)


def test_routines_are_of_the_months_before_the_last_moment(house: House) -> None:
    mornings(house)
    assert [one.title for one in house.engine.routines()] == ["Albatross → Tracker"]
    see(house, NINE + timedelta(days=120), "Much later - Place 99", "nothing of that any more")
    assert house.engine.routines() == ()


def test_locked_nothing_is_told(house: House) -> None:
    house.engine.lock()
    for ask in (house.engine.routines, lambda: house.engine.journal(TODAY)):
        with pytest.raises(Locked):
            ask()
    house.engine.open(KEY)


def test_what_the_recorder_did_is_what_the_journal_says(house: House) -> None:
    eyes, every = FakeEyes(), 10
    house.engine.consent()
    house.engine.add_rule(Rule("title", "Vault", "leave"))
    recorder = Recorder(eyes.open, house.engine, eyes.clock(), Options(Pace(every_s=every)))
    vault = Window("xterm", "Vault", 0, 0, 320, 200, 1)

    def goes_on(minutes: float) -> None:
        for n in range(round(minutes * 60 / every)):
            eyes.pictures = [a_shade(40 + n % 7 * 30)]
            house.clock = eyes.now
            recorder.step()
            eyes.later(every)

    begins = eyes.now
    goes_on(12)
    house.engine.pause(None)
    goes_on(5)
    house.engine.resume()
    eyes.desks = [Desk((*NOTES.windows, vault), NOTES.active)]
    goes_on(10)
    eyes.desks = [NOTES]
    eyes.is_locked = True
    goes_on(15)
    eyes.later(3600)  # the machine sleeps while it is locked
    goes_on(1)
    eyes.is_locked, eyes.idle = False, 400.0
    goes_on(20)
    eyes.idle = 0.0
    goes_on(8)
    recorder.close()
    house.clock = begins + timedelta(hours=15)

    midnight = datetime(2026, 3, 2).astimezone()
    (day,) = house.engine.journal((midnight, midnight + timedelta(days=1))).days
    spent = {reason: seconds / 60 for reason, seconds in day.seconds.items()}
    told = {"recorded": 12 + 8 + 5, "paused": 5, "excluded": 10, "locked": 16, "idle": 20}
    for reason, minutes in told.items():
        assert spent[reason] == pytest.approx(minutes, abs=0.5), reason
    assert sum(day.seconds.values()) == 86400
