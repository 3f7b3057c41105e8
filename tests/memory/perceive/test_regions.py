"""Pictures are found where they lie; text, panels, bars and icons are none."""

from __future__ import annotations

import numpy as np
import pytest

from memory.perceive.regions import LEAST, MOST, find
from memory.ports import Pixels
from memory.records import Box, Line
from tests.support.pages import Page, dark, light, mixed, table
from tests.support.shown import CHART, DRAWING, PHOTO, page, with_chart, with_drawing, with_photo

Screen = tuple[Pixels, tuple[Line, ...]]


def boxes(screen: Screen) -> tuple[Box, ...]:
    return find(screen[0], [line.box for line in screen[1]])


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(0, wide) * max(0, high)
    return both / (one[2] * one[3] + other[2] * other[3] - both)


@pytest.mark.parametrize(
    ("screen", "place"),
    [
        (with_photo(), PHOTO),
        (with_chart(), CHART),
        (with_chart("#ffffff", "#202124"), CHART),
        (with_drawing(), DRAWING),
    ],
)
def test_a_picture_is_found_where_it_lies(screen: Screen, place: Box) -> None:
    found = boxes(screen)
    assert len(found) == 1
    assert overlap(found[0], place) > 0.85


@pytest.mark.parametrize("made", [light, dark, table, mixed])
def test_text_and_panels_are_no_pictures(made: object) -> None:
    drawn = made()  # type: ignore[operator]
    lines = [(20, 20, drawn.width - 40, 16)]
    assert find(drawn.pixels(), lines) == ()


def test_what_is_small_long_or_plain_is_no_picture() -> None:
    made, lines = page()
    made.fill((700, 20, 700 + LEAST - 16, 60), "#d0342c")
    made.fill((0, 200, 899, 260), "#2a6f4e")
    made.fill((60, 300, 260, 460), "#2a4e9f")
    assert find(made.pixels(), [line.box for line in lines]) == ()


def test_the_largest_are_kept() -> None:
    made, lines = page()
    pixels = made.pixels()
    grain = np.random.default_rng(2).integers(0, 255, (130, 130, 3), dtype=np.uint8)
    for n in range(6):
        side = 80 + 10 * n
        pixels[120 : 120 + side, 5 + 148 * n : 5 + 148 * n + side] = grain[:side, :side]
    found = find(pixels, [line.box for line in lines])
    assert len(found) == MOST
    assert [box[2] for box in found] == sorted((box[2] for box in found), reverse=True)


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3), (7, 7), (64, 64)])
def test_tiny_and_empty_screens(size: tuple[int, int]) -> None:
    assert find(Page(*size).pixels(), ()) == ()
    assert find(Page(*size).pixels(), [(0, 0, 5, 5)]) == ()


def test_a_screen_of_twice_the_resolution_shows_the_same() -> None:
    pixels, lines = with_photo()
    twice = np.tile(pixels, (2, 2, 1)).repeat(2, axis=0).repeat(2, axis=1)
    texts = [(2 * x, 2 * y, 2 * w, 2 * h) for x, y, w, h in (line.box for line in lines)]
    found = find(twice, texts)
    assert any(overlap(box, (2 * PHOTO[0], 2 * PHOTO[1], 2 * PHOTO[2], 2 * PHOTO[3])) > 0.85 for box in found)
