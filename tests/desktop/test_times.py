"""Times as people write them: local without an offset, a date's end for `--to`, lengths with their unit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop import times
from memory.errors import BadRequest, BadTime, WrongUse


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-02", "2026-03-02T00:00:00+01:00"),
        ("2026-07-02T09:30", "2026-07-02T09:30:00+02:00"),
        (" 2026-03-02T09:00:04+05:30 ", "2026-03-02T09:00:04+05:30"),
        ("2026-03-02T09:00:04Z", "2026-03-02T09:00:04+00:00"),
    ],
)
def test_a_time(text: str, iso: str) -> None:
    assert times.parse(text).isoformat() == iso


def test_the_end_of_a_day_and_of_a_time() -> None:
    assert times.parse_end("2026-03-02") - times.parse("2026-03-02") == timedelta(days=1)
    assert times.parse_end("2026-03-02T09:00") == times.parse("2026-03-02T09:00")


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "2026-03-02T25:00", "12"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadTime, match="2026-03-02T09:00"):
        times.parse(text)


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("15m", 900), ("1.5h", 5400), ("2d", 172800), ("7", 7)]
)
def test_a_length(text: str, seconds: float) -> None:
    assert times.seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-3s", "3 weeks", "1e9"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="30s"):
        times.seconds(text)


def test_now_is_aware() -> None:
    assert abs(times.now() - datetime.now(UTC)) < timedelta(minutes=1)


NOON = datetime(2026, 2, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first", "count", "hours"),
    [
        ("2026-02-09", "2026-02-09T00:00:00+01:00", 2, 24),
        ("today", "2026-02-11T00:00:00+01:00", 2, 24),
        (" Yesterday ", "2026-02-10T00:00:00+01:00", 2, 24),
        ("2026-03-29", "2026-03-29T00:00:00+01:00", 2, 23),
        ("2026-10-25", "2026-10-25T00:00:00+02:00", 2, 25),
        ("2026-W07", "2026-02-09T00:00:00+01:00", 8, 168),
        ("2026w13", "2026-03-23T00:00:00+01:00", 8, 167),
        ("this week", "2026-02-09T00:00:00+01:00", 8, 168),
        ("last week", "2026-02-02T00:00:00+01:00", 8, 168),
    ],
)
def test_the_midnights_of_a_day_and_of_a_week(text: str, first: str, count: int, hours: int) -> None:
    midnights = times.days(text, NOON)
    assert midnights[0].isoformat() == first
    assert len(midnights) == count
    assert midnights[-1] - midnights[0] == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "tomorrowish", "2026-02-30", "2026-W54", "9999-12-31", "0000-W01"])
def test_what_is_neither_a_day_nor_a_week_is_refused(text: str) -> None:
    with pytest.raises(BadRequest, match="2026-W10"):
        times.days(text, NOON)
