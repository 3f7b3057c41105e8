"""Strength and the plan of what fades, on tables: no ledger, no clock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from memory.consolidate.fading import Holding, Rhythms, Step, plan, rarity, rhythm, strength, telling
from memory.records import Form, Layer, Limits, Trace

ONCE = rhythm([0.0])


def a_trace(moment: int = 1, at: float = 0.0, title: str = "", form: Form = "picture") -> Trace:
    return Trace(moment, form, at, "writer", title or f"page {'abcdefghijklm'[moment]}")


def holding(moment: int, picture: int = 1000, base: int | None = None) -> Holding:
    return Holding((Layer(moment, base, picture),), 100, 500)


def planned(traces: list[Trace], now: float, to_free: int, limits: Limits | None = None) -> dict[int, Form]:
    holdings = {trace.moment: holding(trace.moment) for trace in traces}
    return {
        step.moment: step.form
        for step in plan(traces, holdings, now, limits or Limits(1), to_free, moves=True)
    }


def test_strength_is_whole_at_first_and_falls_with_time() -> None:
    left = [strength(a_trace(), ONCE, now) for now in (0, 1, 30, 400)]
    assert left[0] == 1.0
    assert left == sorted(left, reverse=True)
    assert 0 < left[-1] < left[1] < 1


@pytest.mark.parametrize(
    "stronger",
    [
        {"facts": 1},
        {"key": True},
        {"passages": 4},
        {"minutes": 9.0},
        {"rarity": 0.9},
        {"recalls": ((50.0, False),)},
    ],
)
def test_what_matters_fades_more_slowly(stronger: dict[str, object]) -> None:
    assert strength(replace(a_trace(), **stronger), ONCE, 200) > strength(a_trace(), ONCE, 200)  # type: ignore[arg-type]


def test_a_recall_strengthens_more_the_later_it_comes_and_more_when_an_answer_cites_it() -> None:
    def after(*recalls: tuple[float, bool]) -> float:
        """What is left a hundred days after the last recall."""
        return strength(replace(a_trace(), recalls=recalls), ONCE, recalls[-1][0] + 100)

    assert after((1.0, False)) < after((60.0, False)) < after((60.0, True))
    assert after((1.0, False), (2.0, False), (3.0, False)) < after((1.0, False), (30.0, False), (60.0, False))
    # What is still to come has no effect.
    assert strength(replace(a_trace(), recalls=((300.0, True),)), ONCE, 200) == strength(a_trace(), ONCE, 200)


def test_a_rhythm_is_made_of_visits_and_not_of_looks() -> None:
    assert rhythm([3.0]) == (1, 0.0, 3.0)
    assert rhythm([0.1, 0.2, 1.0, 2.5, 30.0, 30.4, 61.0]) == (3, 31.0, 61.0)


@pytest.mark.parametrize("title", ["Tax return", "Invoice {month} 2026"])
def test_what_comes_at_long_intervals_is_waited_for(title: str) -> None:
    months = ("March", "April", "May")
    seen = [a_trace(n, 30.0 * n, title.format(month=month)) for n, month in enumerate(months, 1)]
    rhythms = Rhythms([*seen, a_trace(9, 90.0)])
    assert [rhythms.waits_for(trace, 120.0) for trace in seen] == [False, False, True]
    # Not for ever, where it does not come.
    assert not rhythms.waits_for(seen[2], 90 + 1.4 * 30)
    assert not rhythms.waits_for(a_trace(9, 90.0), 91.0)


def test_the_weakest_goes_first_and_no_more_than_is_needed() -> None:
    traces = [a_trace(n, at=10.0 * n) for n in range(1, 6)]
    traces[0] = replace(traces[0], facts=5, key=True, recalls=((45.0, True),))
    assert planned(traces, 60, 0) == {}
    assert planned(traces, 60, 900) == {2: "thumbnail"}
    assert planned(traces, 60, 1900) == {2: "thumbnail", 3: "thumbnail"}


def test_no_text_goes_while_a_picture_may() -> None:
    traces = [a_trace(n, at=10.0 * n) for n in range(1, 4)]
    assert planned(traces, 600, 3300) == {1: "text", 2: "text", 3: "text"}
    assert planned(traces, 600, 3301) == {1: "gist", 2: "text", 3: "text"}


def test_what_is_spared_never_goes_and_what_is_waited_for_goes_last() -> None:
    pinned = replace(a_trace(1), spared="pinned")
    yearly = [a_trace(2, 0.0, "Tax return"), a_trace(3, 365.0, "Tax return")]
    fresh = a_trace(4, 500.0)
    traces = [pinned, *yearly, fresh]
    assert planned(traces, 501, 3200) == {2: "gist", 4: "gist"}
    assert planned(traces, 501, 1 << 40) == {2: "gist", 3: "gist", 4: "gist"}


def test_the_days_of_the_limits_hold_whatever_the_room() -> None:
    traces = [a_trace(1, 0.0), a_trace(2, 60.0), a_trace(3, 95.0), a_trace(4, 0.0, form="gist")]
    assert planned(traces, 100, 0, Limits(0, picture_days=30, text_days=90)) == {1: "gist", 2: "text"}


def test_the_same_rows_give_the_same_plan_in_whatever_order() -> None:
    traces = [a_trace(n, at=5.0) for n in range(1, 9)]
    assert (
        planned(traces, 60, 3000) == planned(traces[::-1], 60, 3000) == dict.fromkeys((1, 2, 3), "thumbnail")
    )


def test_one_step_tells_all_that_it_frees() -> None:
    steps = plan([a_trace(1)], {1: holding(1)}, 10, Limits(1), 1 << 40, moves=True)
    assert steps == (Step(1, "gist", 1600),)


def test_words_are_weighed_by_the_longest_ones() -> None:
    words = telling("the Cat sat on antidisestablishment, quixotic 4711 zebra zebra")
    assert words == ("antidisestablishment", "quixotic", "zebra")
    assert rarity([1, 1], 32) == 1.0
    assert rarity([32, 900], 32) == 0.0
    assert 0.5 < rarity([1, 4, 2], 32) < 1.0
    assert rarity([], 32) == 0.0
