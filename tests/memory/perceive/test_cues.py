"""Cues say what anybody would say of a picture: its form, its colours, a dark page or a light one."""

from __future__ import annotations

import numpy as np
import pytest

from memory.perceive.cues import describe
from memory.records import Cue
from tests.support.pages import Page
from tests.support.shown import CHART, DRAWING, PHOTO, with_chart, with_drawing, with_photo


def labels(cues: tuple[Cue, ...], n: int, kind: str) -> list[str]:
    return [cue.label for cue in cues if (cue.n, cue.kind) == (n, kind)]


def test_a_photo_on_a_light_page() -> None:
    pixels, lines = with_photo()
    cues = describe(pixels, [PHOTO], lines)
    assert labels(cues, 0, "form") == ["light"]
    assert labels(cues, 1, "form") == ["photo"]
    assert "blue" in labels(cues, 1, "colour")


def test_the_dark_page_with_a_red_chart() -> None:
    pixels, lines = with_chart()
    cues = describe(pixels, [CHART], lines)
    assert labels(cues, 0, "form") == ["dark"]
    assert labels(cues, 0, "colour")[-1] == "black"
    assert labels(cues, 1, "form") == ["chart"]
    assert labels(cues, 1, "colour")[0] == "red"
    assert {cue.box for cue in cues if cue.n == 1} == {CHART}


def test_a_drawing_has_flat_colours() -> None:
    pixels, lines = with_drawing()
    cues = describe(pixels, [DRAWING], lines)
    assert labels(cues, 1, "form") == ["drawing"]
    assert set(labels(cues, 1, "colour")) >= {"blue", "green"}


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#d0342c", "red"),
        ("#e67e22", "orange"),
        ("#f2c53d", "yellow"),
        ("#3c8d40", "green"),
        ("#1abc9c", "turquoise"),
        ("#2a4e9f", "blue"),
        ("#8e44ad", "purple"),
        ("#ff69b4", "pink"),
        ("#8b5a2b", "brown"),
        ("#000000", "black"),
        ("#808080", "grey"),
        ("#ffffff", "white"),
    ],
)
def test_colours_have_plain_names(colour: str, name: str) -> None:
    cues = describe(Page(90, 90, colour).pixels(), (), ())
    assert labels(cues, 0, "colour") == [name]


def test_the_smallest_picture_has_cues() -> None:
    assert describe(np.zeros((1, 1, 3), dtype=np.uint8), (), ())[0].label == "dark"
    assert labels(describe(np.zeros((9, 9, 3), dtype=np.uint8), [(0, 0, 1, 1)], ()), 1, "form") == ["picture"]
