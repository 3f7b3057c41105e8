"""Times: to the millisecond, in the zone of then, before 1970 as well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from memory.ledger import times


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T09:00:04.123+01:00",
        "2026-03-02T09:00:04.999-09:30",
        "1969-12-31T23:59:59.999+00:00",
        "1900-01-01T00:00:00+14:00",
        "9998-12-31T00:00:00+00:00",
    ],
)
def test_a_time_comes_back(text: str) -> None:
    given = datetime.fromisoformat(text)
    back = times.at(times.ms(given), times.zone(given))
    assert back == given
    assert back.utcoffset() == given.utcoffset()


def test_what_is_finer_is_cut_off() -> None:
    given = datetime(2026, 3, 2, 9, 0, 0, 999_999, tzinfo=timezone(timedelta(minutes=53, seconds=28)))
    assert times.ms(given) % 1000 == 999
    assert times.zone(given) == 53


def test_open_spans_hold_every_time() -> None:
    first, last = times.span(None, None)
    assert (
        first < times.ms(datetime.min.replace(tzinfo=UTC)) < times.ms(datetime.max.replace(tzinfo=UTC)) < last
    )
    assert times.span(times.EPOCH, times.EPOCH) == (0, 0)


def test_days_are_counted_from_1970() -> None:
    assert (times.day(0), times.day(-1), times.day(20_514)) == ("1970-01-01", "1969-12-31", "2026-03-02")
