"""Every second of a day has exactly one reason, whatever the days, looks and gaps are like."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from memory.consolidate.accounting import LASTS_S, REASONS, account, second, slices
from memory.records import Gap, Moment

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = {date(2026, 3, 29): 23, date(2026, 10, 25): 25, date(2026, 2, 9): 24}
NINE = datetime(2026, 2, 9, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)


def looked(id: int, start: float, end: float, monitor: int = 0) -> Moment:
    """A moment between two seconds after nine."""
    from_nine = NINE + timedelta(seconds=start), NINE + timedelta(seconds=end)
    return Moment(id, *from_nine, monitor, "xterm", "notes", None, 1, True)


def gap(start: float, end: float, reason: str) -> Gap:
    return Gap(NINE + timedelta(seconds=start), NINE + timedelta(seconds=end), reason)  # type: ignore[arg-type]


def spent(*of: Moment | Gap) -> dict[str, int]:
    """Seconds by reason of the hour from nine to ten, without those of which there are none."""
    moments = [one for one in of if isinstance(one, Moment)]
    gaps = [one for one in of if isinstance(one, Gap)]
    seconds = account(NINE, TEN, slices(NINE, TEN, moments, gaps)).seconds
    assert tuple(seconds) == REASONS
    assert sum(seconds.values()) == 3600
    return {reason: n for reason, n in seconds.items() if n}


def test_a_screen_stays_until_the_next_look() -> None:
    assert spent(looked(1, 0, 10), looked(2, 40, 60), gap(60, 3600, "idle")) == {"recorded": 60, "idle": 3540}


def test_a_screen_stays_five_minutes_at_most_and_then_nothing_ran() -> None:
    assert spent(looked(1, 0, 100)) == {"recorded": 100 + LASTS_S, "not running": 3200}


def test_a_gap_ends_what_stayed_even_when_nothing_follows_it() -> None:
    assert spent(looked(1, 0, 100), gap(110, 150, "excluded")) == {
        "recorded": 110,
        "excluded": 40,
        "not running": 3450,
    }


def test_a_gap_that_began_before_a_look_holds_again_after_it() -> None:
    assert spent(gap(0, 3600, "paused"), looked(1, 600, 700)) == {"recorded": 100, "paused": 3500}


def test_a_machine_that_slept_while_idle_did_not_run() -> None:
    assert spent(gap(0, 3600, "idle"), gap(1000, 2000, "not running")) == {"idle": 2600, "not running": 1000}


def test_two_monitors_count_once_and_each_second_belongs_to_the_younger_look() -> None:
    both = [looked(1, 0, 1000), looked(2, 300, 400, monitor=1)]
    parts = slices(NINE, NINE + timedelta(seconds=1000), both, [])
    assert [(part.moment, part.end - part.start) for part in parts] == [(1, 300), (2, 100), (1, 600)]
    assert spent(*both) == {"recorded": 1000 + LASTS_S, "not running": 2300}


def test_trouble_and_hours_are_time_in_which_nothing_could_be_looked_at() -> None:
    assert spent(gap(0, 600, "trouble"), gap(600, 900, "hours")) == {"not running": 3600}


def test_what_was_on_the_screen_before_midnight_stays_past_it() -> None:
    assert spent(looked(1, -90, -60))["recorded"] == LASTS_S - 60


def test_time_that_is_not_there_holds_nothing() -> None:
    parts = slices(TEN, NINE, [looked(1, 0, 100)], [])
    assert parts == []
    assert sum(account(TEN, NINE, parts).seconds.values()) == 0


@pytest.mark.parametrize("seed", range(60))
def test_the_sum_is_the_length_of_the_day_whatever_happened(seed: int) -> None:
    chance = random.Random(seed)
    on = chance.choice(list(DAYS))
    since = datetime(on.year, on.month, on.day, tzinfo=BERLIN)
    until = datetime.combine(on + timedelta(days=1), datetime.min.time(), tzinfo=BERLIN)

    def drawn(n: int) -> list[tuple[datetime, datetime]]:
        begins = [since.astimezone(UTC) + timedelta(seconds=chance.uniform(-7200, 93600)) for _ in range(n)]
        return [(at, at + timedelta(seconds=chance.choice([0, 0.4, 3, 60, 900, 9000]))) for at in begins]

    moments = [
        Moment(id, *span, chance.randrange(2), "app", "title", None, 1, True)
        for id, span in enumerate(drawn(chance.choice([0, 1, 40, 200])), 1)
    ]
    reasons = ("paused", "excluded", "locked", "idle", "not running", "hours", "trouble")
    gaps = [Gap(*span, chance.choice(reasons)) for span in drawn(chance.choice([0, 1, 10, 60]))]  # type: ignore[arg-type]

    parts = slices(since, until, moments, gaps)
    seconds = account(since, until, parts).seconds

    assert sum(seconds.values()) == DAYS[on] * 3600
    assert parts[0].start == second(since)
    assert parts[-1].end == second(until)
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert seconds == slowly(since, until, moments, gaps)


def slowly(since: datetime, until: datetime, moments: list[Moment], gaps: list[Gap]) -> dict[str, int]:
    """The same by the rule's own words, minute by minute's edges apart: each second looked at alone."""
    order = ("not running", "locked", "paused", "excluded", "idle")
    told = {reason: reason for reason in order} | {"trouble": "not running", "hours": "not running"}
    ranks = [*order, "trouble", "hours"]
    first, last = second(since), second(until)
    reason = ["not running"] * (last - first)
    for moment in moments:
        end = second(moment.end)
        stop = min([end + LASTS_S, *(max(end, second(g.start)) for g in gaps if second(g.end) > end)])
        for at in range(max(end, first), min(stop, last)):
            reason[at - first] = "recorded"
    for one in sorted(gaps, key=lambda gap: -ranks.index(gap.reason)):
        for at in range(max(second(one.start), first), min(second(one.end), last)):
            reason[at - first] = told[one.reason]
    for moment in moments:
        for at in range(max(second(moment.start), first), min(second(moment.end), last)):
            reason[at - first] = "recorded"
    return {name: reason.count(name) for name in REASONS}
