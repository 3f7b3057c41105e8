"""Hours, days and weeks: each holds what fell into it, under a number that stays."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from memory.consolidate.levels import levels
from memory.records import Episode
from tests.support.moments import at

Span = tuple[datetime, datetime]


def episode(id: int, title: str, spans: list[Span], moments: dict[int, datetime], **more: object) -> Episode:
    keys = tuple(moments)[:1]
    made = Episode(id, title, f"{title} it was.", tuple(spans), "episode", ("Editor",), tuple(moments), keys)
    return replace(made, **more)  # type: ignore[arg-type]


def of_level(found: tuple[Episode, ...], level: str) -> list[Episode]:
    return [one for one in found if one.level == level]


def a_morning() -> tuple[list[Episode], dict[int, datetime]]:
    """Fifty minutes on a bridge across ten o'clock, ten of mail before, and the bridge again on Wednesday."""
    bridge = {2: at(40), 3: at(65)}
    again = {4: at(0, day=2)}
    mail = {1: at(10)}
    episodes = [
        episode(1, "Mail", [(at(10), at(20))], mail),
        episode(2, "Bridge", [(at(40), at(90)), (at(0, day=2), at(5, day=2))], bridge | again),
    ]
    return episodes, mail | bridge | again


def test_each_level_holds_what_fell_into_it() -> None:
    found = levels(*a_morning())
    assert [one.level for one in found] == ["week", "day", "day", "hour", "hour", "hour"]
    week, monday, wednesday, nine, ten, later = found
    assert week.spans == ((at(10), at(20)), (at(40), at(90)), (at(0, day=2), at(5, day=2)))
    assert monday.spans == week.spans[:2]
    assert wednesday.spans == later.spans == week.spans[2:]
    assert nine.spans == ((at(10), at(20)), (at(40), at(60)))
    assert ten.spans == ((at(60), at(90)),)
    assert [one.moments for one in (week, monday, nine, ten)] == [(1, 2, 3, 4), (1, 2, 3), (1, 2), (3,)]


def test_the_longest_names_it_and_the_gist_says_how_long() -> None:
    week, monday, _, nine, ten, _ = levels(*a_morning())
    assert nine.title == "Bridge"
    assert nine.gist == "30 min: Bridge (20 min), Mail (10 min)."
    assert ten.gist == "30 min: Bridge (30 min)."
    assert monday.title == "Bridge; Mail"
    assert week.gist == "1 h 5 min: Bridge (55 min), Mail (10 min)."


def test_key_moments_are_of_that_time() -> None:
    week, _, wednesday, nine, ten, _ = levels(*a_morning())
    assert [one.key_moments for one in (week, nine, ten, wednesday)] == [(1, 2), (1, 2), (3,), (4,)]


def test_an_id_is_told_by_level_and_start_alone() -> None:
    episodes, starts = a_morning()
    before = {one.id: (one.level, one.spans[0][0].date()) for one in levels(episodes, starts)}
    assert len(before) == 6
    assert min(before) > 10**11
    more = episode(7, "A call", [(at(21), at(29))], {9: at(21)})
    renamed = [replace(episodes[0], id=44, title="Post"), episodes[1], more]
    after = levels(renamed, starts | {9: at(21)})
    assert {one.id: (one.level, one.spans[0][0].date()) for one in after} == before


def test_an_hour_that_a_clock_set_back_shows_twice_is_two_hours() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    second = first.replace(fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    spans = [
        (one.astimezone(UTC).astimezone(first.tzinfo), one + timedelta(minutes=5)) for one in (first, second)
    ]
    fixed = [tuple(datetime.fromisoformat(edge.isoformat()) for edge in span) for span in spans]
    found = levels([episode(1, "Night", fixed, {})], {})  # type: ignore[arg-type]
    assert [len(of_level(found, level)) for level in ("hour", "day", "week")] == [2, 1, 1]


def test_without_episodes_there_is_nothing() -> None:
    assert levels([], {}) == ()


def test_titles_stay_short_and_say_what_is_left_out() -> None:
    several = [
        episode(n, f"{n} " + "word " * 12, [(at(n * 7), at(n * 7 + 7 - n))], {n: at(n * 7)})
        for n in range(1, 6)
    ]
    day = of_level(levels(several, {n: at(n * 7) for n in range(1, 6)}), "day")[0]
    assert len(day.title) <= 90
    assert day.title.startswith("1 word")
    assert day.title.endswith("and 3 more")


@pytest.mark.parametrize("seed", range(20))
def test_spans_of_a_level_never_overlap_and_lose_no_second(seed: int) -> None:
    chance = random.Random(seed)
    edges = sorted(at(chance.uniform(-9000, 30000)) for _ in range(2 * chance.randrange(1, 60)))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    episodes = [
        episode(n, f"Work {n}", spans[n::7], {100 * n + k: span[0] for k, span in enumerate(spans[n::7])})
        for n in range(min(7, len(spans)))
    ]
    starts = {
        moment: span[0] for one in episodes for moment, span in zip(one.moments, one.spans, strict=True)
    }
    found = levels(episodes, starts)
    total = sum((end - start for start, end in spans), timedelta())
    for level in ("hour", "day", "week"):
        here = of_level(found, level)
        told = sorted(span for one in here for span in one.spans)
        assert all(one[1] <= other[0] for one, other in pairwise(told))
        assert sum((end - start for start, end in told), timedelta()) == total
        assert sorted(moment for one in here for moment in one.moments) == sorted(starts)
        assert all(set(one.key_moments) <= set(one.moments) for one in here)
    assert len({one.id for one in found}) == len(found)
