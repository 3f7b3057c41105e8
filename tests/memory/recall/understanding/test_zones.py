"""The zone of then: the clock that stood on the screen, across summer time and travel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from memory.recall.understanding.times import find_times
from memory.recall.understanding.zones import Then, settled

SUMMER, WINTER = timedelta(hours=2), timedelta(hours=1)
NOW = datetime.fromisoformat("2026-11-03T15:00:00+01:00")
CHANGE = datetime(2026, 10, 25, 1, tzinfo=UTC)


def seen_in(at: datetime) -> timedelta:
    return SUMMER if at < CHANGE else WINTER


@pytest.mark.parametrize(
    ("phrase", "since", "until"),
    [
        ("on 20 October", "2026-10-20T00:00:00+02:00", "2026-10-21T00:00:00+02:00"),
        ("on 20 October at 9", "2026-10-20T09:00:00+02:00", "2026-10-20T10:00:00+02:00"),
        ("on 25 October", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"),
        ("yesterday evening", "2026-11-02T17:00:00+01:00", "2026-11-03T00:00:00+01:00"),
        ("this morning", "2026-11-03T05:00:00+01:00", "2026-11-03T12:00:00+01:00"),
        ("two hours ago", "2026-11-03T12:30:00+01:00", "2026-11-03T13:30:00+01:00"),
        ("since 20 October", "2026-10-20T00:00:00+02:00", "2026-11-03T15:00:00+01:00"),
    ],
)
def test_a_time_of_day_is_that_of_the_clock_of_then(phrase: str, since: str, until: str) -> None:
    at = NOW.astimezone(Then(NOW, seen_in))
    span = find_times(phrase, at).span
    assert span is not None
    assert settled(span.since) == datetime.fromisoformat(since)
    assert settled(span.until) == datetime.fromisoformat(until)
    assert str(settled(span.since)).endswith(since[-6:])


def test_hours_ago_are_hours_across_the_change() -> None:
    now = datetime.fromisoformat("2026-10-25T04:00:00+01:00")
    span = find_times("in the last 5 hours", now.astimezone(Then(now, seen_in))).span
    assert span is not None
    assert span.since is not None
    assert (now - span.since).total_seconds() == 5 * 3600


def test_now_stays_now_also_after_a_flight_and_where_nothing_was_seen() -> None:
    for zone in (lambda at: timedelta(hours=9), lambda at: None):
        at = NOW.astimezone(Then(NOW, zone))
        assert at == NOW
        assert str(settled(at)) == str(NOW)
    assert settled(None) is None
