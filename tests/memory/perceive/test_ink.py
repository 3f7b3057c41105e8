"""Strips are made plain: dark on white, about 30 pixels a line, words apart; boxes find their way back."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageFont

from memory.adapters.ocr_tesserocr import TesserOcr
from memory.perceive.ink import PAD, Strip, cut, ink
from memory.perceive.known import StripReader
from memory.perceive.lines import written
from memory.perceive.strips import find
from tests.support.pages import DARK, Page


def inked(page: Page):  # type: ignore[no-untyped-def]
    pixels = page.pixels()
    (box,) = find(pixels)
    return ink(cut(pixels, box))


@pytest.mark.parametrize(
    ("ground", "colour"),
    [
        ("#ffffff", "#000000"),
        ("#000000", "#ffffff"),
        ("#2f6fd0", "#ffffff"),
        ("#ffffff", "#a8a8a8"),
        (DARK[0], "#61d36a"),
    ],
)
def test_dark_on_white_from_any_colours(ground: str, colour: str) -> None:
    page = Page(width=300, height=80, ground=ground)
    page.write((40, 30), "beaver dam", colour=colour)
    grey = inked(page).grey
    assert np.median(grey) == 255
    assert grey.min() < 30
    assert (grey[0] == 255).all()


@pytest.mark.parametrize(("size", "factor"), [(14, 2.0), (28, 1.5), (52, 1.0)])
def test_small_text_is_enlarged(size: int, factor: float) -> None:
    page = Page(width=900, height=140)
    page.write((40, 30), "Apply", size=size)
    assert inked(page).factor == factor


def test_words_are_put_apart_and_boxes_find_back() -> None:
    page = Page(width=300, height=80)
    page.write((40, 30), "12.4 V", size=14)
    one = inked(page)
    columns = np.flatnonzero((one.grey < 100).any(axis=0))
    gaps = np.diff(columns)
    assert gaps.max() >= 0.7 * 2 * 10
    after = columns[int(gaps.argmax()) + 1]
    x, y, w, h = one.box((int(after), PAD, int(columns[-1] - after + 1), one.grey.shape[0] - 2 * PAD))
    (box,) = find(page.pixels())
    dark = np.flatnonzero((cut(page.pixels(), box).pixels[:, :, 0] < 100).any(axis=0))
    last_word = dark[int(np.diff(dark).argmax()) + 1]
    assert abs(x - last_word) <= 2
    assert abs(x + w - dark[-1]) <= 3
    assert (y, h) == (0, one.high)


def test_boxes_stay_inside_the_strip() -> None:
    page = Page(width=300, height=80)
    page.write((40, 30), "edge", size=14)
    one = inked(page)
    x, y, w, h = one.box((-50, -50, 10_000, 10_000))
    assert (x, x + w) == (one.columns[0], one.columns[-1] + 1)
    assert (y, y + h) == (0, one.high)


def test_what_hardly_stands_out_is_nothing() -> None:
    flat = np.full((40, 200, 3), 128, dtype=np.uint8)
    flat[10:20, 50:150] = 140
    assert ink(cut(flat, np.array([40, 5, 160, 25]))) is None


def test_a_strip_is_cut_with_its_surroundings_as_far_as_there_are_any() -> None:
    page = Page(width=300, height=80)
    one = cut(page.pixels(), np.array([1, 10, 60, 30]))
    assert (one.left, one.top, one.high) == (0, 7, 20)
    assert one.pixels.shape == (26, 63, 3)


def test_the_border_of_a_window_is_no_letter() -> None:
    page = Page(width=300, height=90, ground="#000000")
    page.fill((36, 0, 300, 90), "#ffffff")
    page.write((38, 30), "building", size=16)
    grey = inked(page).grey
    upright = (grey[PAD:-PAD] < 160).all(axis=0)
    assert not upright.any()
    assert (grey < 60).sum() > 200


def selected(before: str, marked: str, after: str, colours: tuple[str, str, str, str]) -> Page:
    """One line with a part in other colours: ground, letters, ground and letters of the selection."""
    page = Page(width=700, height=80, ground=colours[0])
    font = ImageFont.truetype("DejaVuSans.ttf", 14)
    start = 40 + font.getlength(before)
    end = start + font.getlength(marked)
    page.write((40, 30), before, colour=colours[1])
    page.fill((round(start), 28, round(end), 50), colours[2])
    page.write((round(start), 30), marked, colour=colours[3])
    page.write((round(end), 30), after, colour=colours[1])
    return page


@pytest.mark.parametrize(
    "colours",
    [
        ("#ffffff", "#202124", "#2f6fd0", "#ffffff"),
        ("#14181d", "#d8dee6", "#264f78", "#ffffff"),
        ("#ffffff", "#202124", "#b4d5fe", "#202124"),
    ],
)
@pytest.mark.parametrize(
    "parts",
    [
        ("invoice ", "number 4711", " from Halden"),
        ("Card number: ", "4539 1488 0343 6467", ""),
        ("", "the rating curve of last year is", " not valid"),
    ],
)
def test_a_selected_part_is_read_on_its_own_ground(
    parts: tuple[str, str, str], colours: tuple[str, str, str, str]
) -> None:
    looks = StripReader(TesserOcr("eng")).read(selected(*parts, colours).pixels())
    read = [word for one in written(looks.words) for word in one.line.text.split()]
    assert read == "".join(parts).split()


@pytest.mark.parametrize("text", ["HHH|||HHH", "Illlll MMMM", "EEEEE TTTTT"])
@pytest.mark.parametrize("size", [9, 14, 24])
def test_letters_are_no_ground(text: str, size: int) -> None:
    page = Page(width=600, height=90)
    page.write((20, 20), text, size=size, mono=True)
    dark = page.pixels()[:, :, 0] < 128
    assert (inked(page).grey < 128).sum() > 0.8 * dark.sum()


def test_a_strip_that_is_selected_from_end_to_end_has_but_the_ground_of_the_selection() -> None:
    pixels = np.full((12, 60, 3), 255, dtype=np.uint8)
    pixels[3:9] = (30, 60, 160)
    pixels[4:8, 20:40:4] = 255
    found = ink(Strip(pixels, 0, 0, 3, 6))
    assert found is not None
    assert found.grey.min() < 64
