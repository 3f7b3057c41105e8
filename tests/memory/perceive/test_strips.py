"""Strips are found whatever the colours, apart where columns, windows and cells part; curves are none."""

from __future__ import annotations

import numpy as np
import pytest

from memory.perceive.strips import MOST, find
from tests.support.pages import DARK, Page, columns, mixed, table


def boxes(page: Page) -> list[tuple[int, int, int, int]]:
    return sorted(tuple(box) for box in find(page.pixels()).tolist())


def test_one_line_is_one_strip() -> None:
    page = Page(width=400, height=100)
    page.write((50, 40), "Grellin Bridge at noon", size=14)
    ((left, top, right, bottom),) = boxes(page)
    assert abs(left - 50) <= 3
    assert 38 <= top <= 46
    assert 150 < right - left < 200
    assert 8 <= bottom - top <= 18


def test_colours_do_not_matter() -> None:
    for ground, ink in (
        ("#ffffff", "#b4b4b4"),
        (DARK[0], "#61d36a"),
        ("#2f6fd0", "#ffffff"),
        ("#ffe08a", "#5a4a00"),
    ):
        page = Page(width=300, height=80, ground=ground)
        page.write((40, 30), "old radio", colour=ink)
        assert len(boxes(page)) == 1, (ground, ink)


def test_columns_stand_apart() -> None:
    assert [box for box in boxes(columns()) if box[0] < 480 < box[2]] == []


def test_a_terminal_over_a_page_stands_apart() -> None:
    found = boxes(mixed())
    assert [box for box in found if box[0] < 415 and box[2] > 425 and 40 < box[1] < 330] == []
    assert any(60 <= box[0] <= 70 and box[1] > 420 for box in found)


def test_cells_stand_apart() -> None:
    assert len(boxes(table())) == 9


def test_large_letters_stay_together() -> None:
    page = Page(width=700, height=120)
    page.write((30, 20), "61 of 62 stations", size=44)
    assert len(boxes(page)) == 1


def test_two_windows_that_touch_stay_apart() -> None:
    page = Page(width=400, height=100)
    page.fill((200, 0, 400, 100), DARK[0])
    page.write((136, 40), "Spam 17")
    page.write((206, 40), "Staff 42", colour=DARK[1])
    assert len(boxes(page)) == 2


def test_rules_curves_and_empty_screens_are_no_text() -> None:
    page = Page(width=600, height=300)
    page.fill((40, 40, 560, 260), "#ffffff", "#808080")
    xs = np.arange(60, 540)
    ys = (150 + 20 * np.sin(xs / 30)).astype(int)
    pixels = page.pixels()
    pixels[ys, xs] = pixels[ys + 1, xs] = (40, 120, 220)
    assert find(pixels).tolist() == []
    assert find(np.zeros((50, 50, 3), dtype=np.uint8)).tolist() == []
    for shape in ((1, 1, 3), (1, 50, 3), (50, 1, 3)):
        assert find(np.zeros(shape, dtype=np.uint8)).shape == (0, 4)


def test_noise_does_not_grow_without_end() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (700, 700, 3), dtype=np.uint8)
    assert len(find(noise)) <= MOST


@pytest.mark.parametrize("size", [40, 48, 56, 64, 72, 80])
def test_large_text_is_one_strip(size: int) -> None:
    page = Page(width=12 * size, height=3 * size)
    page.write((size, size // 2), "4539 1488 Figures", size=size)
    ((left, top, right, bottom),) = find(page.pixels()).tolist()
    rows, columns = np.nonzero(page.pixels()[:, :, 0] < 128)
    assert max(left - columns.min(), columns.max() - right, top - rows.min(), rows.max() - bottom) <= 3


def test_a_large_line_takes_no_small_ones() -> None:
    page = Page(width=900, height=300)
    page.write((30, 20), "Quarterly", size=72)
    page.write((480, 40), "of the river gauges", size=14)
    page.write((480, 70), "and of both weirs", size=14)
    boxes = find(page.pixels())
    assert sorted(boxes[:, 3] - boxes[:, 1] > 40) == [False, False, True]
