"""The bench's measures on cases small enough to work out by hand."""

from __future__ import annotations

import pytest

from tests.bench.measures import (
    Graded,
    answered,
    constant,
    gain,
    hits,
    mean_over,
    rank_of,
    recall,
    reciprocal,
    reciprocals,
    reliability,
    share_within,
)


def test_the_rank_is_that_of_the_first_result_with_a_wanted_name() -> None:
    assert rank_of({"b"}, [["a"], ["c", "b"], ["b"]]) == 2
    assert rank_of({"x"}, [["a"]]) is None


def test_recall_and_reciprocal_rank_count_what_was_not_found_as_nothing() -> None:
    ranks = [1, 2, None, 10]
    assert recall(ranks, 1) == 0.25
    assert recall(ranks, 10) == 0.75
    assert reciprocal(ranks) == pytest.approx((1 + 1 / 2 + 1 / 10) / 4)


def test_every_group_counts_the_same() -> None:
    assert mean_over({"large": [1, 1, 1, 1], "small": [None]}, 1) == 0.5


def test_answers_are_judged_apart_from_abstaining() -> None:
    graded = [
        Graded("what", True, True, True, True, 1.0),
        Graded("what", True, False, True, True, 0.2),
        Graded("none", False, False, False, False, 0.0),
        Graded("none", False, True, False, False, 0.5),
    ]
    found = answered(graded)
    assert (found["answered"], found["cited"], found["both"], found["abstained"]) == (0.5, 0.5, 0.5, 0.5)
    assert found["brier"] == pytest.approx(0.25 / 4)


def test_nothing_judged_is_nothing_right() -> None:
    assert recall([], 1) == reciprocal([]) == mean_over({}, 1) == answered([])["answered"] == 0.0


def test_a_constant_confidence_is_as_good_as_the_share_that_is_right() -> None:
    one_of_four = [Graded("what", True, True, n == 0, True, 0.9) for n in range(4)]
    assert constant(one_of_four) == pytest.approx(0.25 * 0.75)
    assert answered(one_of_four)["brier"] == pytest.approx((0.1**2 + 3 * 0.9**2) / 4)


def test_a_bin_tells_its_mean_confidence_beside_what_was_right() -> None:
    graded = [Graded("what", True, True, right, True, sure) for right, sure in ((True, 1.0), (False, 0.85))]
    assert reliability(graded) == [(0.8, 1.0, 2, pytest.approx(0.925), 0.5)]


def test_a_figure_for_each_query() -> None:
    assert hits([1, 6, None], 5) == [1.0, 0.0, 0.0]
    assert reciprocals([1, 4, None]) == [1.0, 0.25, 0.0]


def test_the_share_of_what_is_wanted_among_the_first() -> None:
    found = [frozenset("a"), frozenset("x"), frozenset("b")]
    assert share_within({"a", "b"}, found, 2) == 0.5
    assert share_within({"a", "b"}, found, 3) == 1.0


def test_a_gain_is_the_mean_of_differences_with_an_interval_around_it() -> None:
    less, low, high = gain([1.0, 1.0, 0.0, 1.0] * 25, [0.0, 1.0, 0.0, 1.0] * 25)
    assert less == pytest.approx(0.25)
    assert 0.15 < low < 0.25 < high < 0.35
    assert gain([1.0, 0.0], [1.0, 0.0]) == (0.0, 0.0, 0.0)
    assert gain([], []) == (0.0, 0.0, 0.0)
