"""Boxes are read as people read: columns one by one, tables by rows, blocks from the top."""

from __future__ import annotations

from memory.perceive.layout import blocks, rows
from memory.records import Box


def grid(left: int, top: int, wide: int, count: int, step: int = 20) -> list[Box]:
    return [(left, top + step * n, wide, 12) for n in range(count)]


def test_none() -> None:
    assert blocks([]) == []
    assert blocks([(5, 5, 10, 10)]) == [[0]]


def test_two_columns_of_prose() -> None:
    boxes = grid(10, 10, 300, 4) + grid(360, 10, 280, 4)
    assert blocks(boxes) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_a_table_is_read_by_rows() -> None:
    boxes = grid(10, 10, 60, 4) + grid(150, 10, 50, 4) + grid(280, 10, 40, 4)
    assert [i for block in blocks(boxes) for i in block] == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]


def test_a_side_bar_is_no_table() -> None:
    boxes = grid(10, 10, 60, 5, step=30) + grid(200, 14, 400, 12, step=19)
    assert [i for block in blocks(boxes) for i in block] == list(range(17))


def test_a_heading_over_two_columns_comes_first() -> None:
    boxes = [*grid(10, 60, 250, 3), *grid(320, 60, 250, 3), (10, 10, 560, 14)]
    assert blocks(boxes) == [[6], [0, 1, 2], [3, 4, 5]]


def test_every_box_is_read_once() -> None:
    boxes = [(7 * n % 400, 13 * n % 300, 20 + n % 90, 10 + n % 9) for n in range(150)]
    order = [i for block in blocks(boxes) for i in block]
    assert sorted(order) == list(range(150))


def test_many_boxes_do_not_break_it() -> None:
    boxes = [(0, 40 * n, 100, 12) for n in range(3000)]
    assert [i for block in blocks(boxes) for i in block] == list(range(3000))


def test_rows_by_overlap() -> None:
    boxes = [(100, 12, 20, 10), (10, 10, 20, 14), (10, 40, 20, 10)]
    assert rows(boxes, range(3)) == [[1, 0], [2]]
