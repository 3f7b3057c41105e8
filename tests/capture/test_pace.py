"""Looks come at their interval, later after slow ones, and stop where nobody is there."""

from __future__ import annotations

from capture.pace import LEAST_GAP_S, Pace


def test_looks_come_at_their_interval() -> None:
    assert Pace(every_s=3).next_look(100.0, 100.1) == 103.0


def test_a_slow_look_rests_twice_as_long() -> None:
    assert Pace(every_s=3).next_look(100.0, 104.0) == 112.0


def test_looks_never_follow_at_once() -> None:
    assert Pace(every_s=0).next_look(100.0, 100.0) == 100.0 + LEAST_GAP_S


def test_nobody_is_there_from_the_limit_on() -> None:
    pace = Pace(idle_limit_s=60)
    assert not pace.nobody_is_there(59.9)
    assert pace.nobody_is_there(60.0)


def test_driven_since_the_last_look() -> None:
    pace = Pace(every_s=3)
    assert pace.driven(2.9)
    assert not pace.driven(3.1)
