"""The arithmetic of the time strip, over days whose clocks change too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from ui.span import DAY, HOUR, NARROWEST, WIDEST, View, day_view, local, midnight, ticks

START = midnight(date(2026, 11, 17))
VIEW = View(START, 8 * HOUR, 800.0)


def test_pixels_and_times_are_each_others_inverse() -> None:
    assert VIEW.x(START + 4 * HOUR) == pytest.approx(400.0)
    assert VIEW.at(VIEW.x(START + 1234.5)) == pytest.approx(START + 1234.5)


def test_zoom_keeps_the_time_under_the_pointer() -> None:
    about = START + 2 * HOUR
    for factor in (0.5, 1.25, 3.0):
        assert VIEW.zoomed(factor, about).x(about) == pytest.approx(VIEW.x(about))


def test_zoom_ends_at_a_minute_and_a_year() -> None:
    assert VIEW.zoomed(1e-9, START).length == NARROWEST
    assert VIEW.zoomed(1e9, START).length == WIDEST


def test_dragging_takes_the_time_along() -> None:
    assert VIEW.panned(100).x(START) == pytest.approx(100.0)


def test_what_is_in_sight_moves_nothing() -> None:
    assert VIEW.showing(START + 4 * HOUR) is VIEW
    assert VIEW.showing(START + 30 * HOUR).x(START + 30 * HOUR) == pytest.approx(400.0)


@pytest.mark.parametrize("length", [120.0, HOUR, 8 * HOUR, DAY, 3 * DAY, 10 * DAY, 60 * DAY, 380 * DAY])
def test_ticks_stand_apart_in_order_and_at_round_times(length: float) -> None:
    view = View(START + 777.0, length, 1200.0)
    made = ticks(view)
    assert made
    places = [view.x(tick.at) for tick in made]
    assert places == sorted(places)
    assert all(after - before >= 80 for before, after in pairwise(places))
    assert all(tick.moment.second == 0 for tick in made)
    assert all(view.start <= tick.at <= view.end for tick in made)


def test_ticks_go_over_the_change_of_the_clocks() -> None:
    view = day_view(date(2026, 10, 25), 2400.0)  # 25 hours: summer time ends
    assert view.length == 25 * HOUR
    hours = [tick.moment.hour for tick in ticks(view)]
    assert hours == sorted(set(hours)) or hours[-1] == 0
    shorter = day_view(date(2026, 3, 29), 2400.0)  # 23 hours: 02:00 does not exist
    assert shorter.length == 23 * HOUR
    assert 2 not in [tick.moment.hour for tick in ticks(shorter)]


def test_local_is_this_machines_zone() -> None:
    assert local(START) == datetime(2026, 11, 17).astimezone()
    assert local(START).utcoffset() == timedelta(hours=1)
