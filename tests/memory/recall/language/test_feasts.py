"""Feast days of a year: Easter against published dates, and what hangs on it."""

from __future__ import annotations

from datetime import date

import pytest

from memory.recall.language.feasts import FEASTS, easter, feast, nth_weekday


@pytest.mark.parametrize(
    "day", ["1818-03-22", "1943-04-25", "1961-04-02", "2000-04-23", "2008-03-23", "2024-03-31", "2038-04-25"]
)
def test_easter(day: str) -> None:
    assert easter(int(day[:4])).isoformat() == day


def test_every_easter_of_the_calendar_is_a_sunday_in_spring() -> None:
    days = [easter(year) for year in range(1600, 2500)]
    assert {day.weekday() for day in days} == {6}
    assert min(day.replace(year=2000) for day in days) == date(2000, 3, 22)
    assert max(day.replace(year=2000) for day in days) == date(2000, 4, 25)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("good friday", "2026-04-03", "2026-04-03"),
        ("ostern", "2026-04-03", "2026-04-06"),
        ("pfingstmontag", "2026-05-25", "2026-05-25"),
        ("weihnachten", "2026-12-24", "2026-12-26"),
        ("thanksgiving", "2026-11-26", "2026-11-26"),
    ],
)
def test_feasts(name: str, first: str, last: str) -> None:
    assert feast(name, 2026) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("name", FEASTS)
def test_every_feast_has_its_days_in_order(name: str) -> None:
    first, last = feast(name, 2027)
    assert first <= last
    assert first.year == last.year == 2027


def test_weekdays_of_a_month_are_counted_from_both_ends() -> None:
    assert nth_weekday(2026, 3, 0, 1) == date(2026, 3, 2)
    assert nth_weekday(2026, 12, 3, -1) == date(2026, 12, 31)
    with pytest.raises(ValueError):
        nth_weekday(2026, 2, 0, 5)
