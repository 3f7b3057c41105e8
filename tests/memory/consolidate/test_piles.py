"""What it frees to let pictures go that rest on each other."""

from __future__ import annotations

import pytest

from memory.consolidate.piles import Piles
from memory.records import Layer

# 1 is whole; 2 rests on it, 3 on 2; 4 on 1. 5 is another pile.
LAYERS = (Layer(1, None, 1000), Layer(2, 1, 100), Layer(3, 2, 50), Layer(4, 1, 30), Layer(5, None, 900))


@pytest.mark.parametrize("moves", [True, False])
def test_what_nothing_rests_on_frees_its_own_bytes(moves: bool) -> None:
    piles = Piles(LAYERS, moves)
    assert piles.drop([3]) == 50
    assert piles.drop([3]) == 0
    assert piles.drop([5]) == 900
    assert piles.drop([1, 2, 4]) == 1130


def test_without_moving_what_others_rest_on_is_freed_with_the_last_of_them() -> None:
    piles = Piles(LAYERS, moves=False)
    assert piles.drop([1, 2]) == 0
    assert piles.drop([4]) == 30
    assert piles.drop([3]) == 1150


def test_moved_the_first_that_stays_becomes_whole_and_takes_up_what_lay_between() -> None:
    piles = Piles(LAYERS, moves=True)
    # 3 takes up the layer of 2.
    assert piles.drop([2]) == 0
    # 3 is whole as 1 was, and 4 rests on it.
    assert piles.drop([1]) == 150
    assert piles.drop([4]) == 30
    assert piles.drop([3]) == 1000


def test_a_base_that_is_not_there_any_more_is_none() -> None:
    assert Piles([Layer(7, 6, 40), Layer(8, 7, 10)], moves=True).drop([7, 8]) == 50
    assert Piles([Layer(7, 6, 40)], moves=False).ground(7) == 7


def test_to_let_all_go_frees_all_whatever_the_order() -> None:
    for order in ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [2, 5, 1, 4, 3]):
        for moves in (True, False):
            piles = Piles(LAYERS, moves)
            assert sum(piles.drop([frame]) for frame in order) == 2080
