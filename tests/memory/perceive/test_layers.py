"""The smallest form of a screen: what comes back is the screen to the pixel, and a layer is small."""

from __future__ import annotations

import numpy as np
import pytest

from memory import webp
from memory.perceive import pixels
from memory.perceive.layers import Layers
from memory.ports import Pixels
from memory.records import Base
from memory.webp import DEEPEST
from tests.support.pages import LETTER, MINUTES, Page


def letter(*typed: str, at: int = 0) -> Pixels:
    """A letter with lines typed below it, scrolled by so many pixels."""
    page = Page(901, 503)
    page.fill((0, 0, 901, 30), "#dddddd")
    page.column((40, 60 - at), LETTER + typed)
    return page.pixels()


def minutes() -> Pixels:
    page = Page(901, 503, ground="#202124")
    page.column((300, 200), MINUTES * 3, colour="#d8dee6")
    return page.pixels()


class Kept:
    """Screens as they are kept one after the other, each offered all before it."""

    def __init__(self, layers: Layers | None = None) -> None:
        self.layers = layers or Layers()
        self.files: list[bytes] = []
        self.wholes: list[bytes] = []
        self.bases: list[int | None] = []

    def add(self, screen: Pixels) -> bytes:
        offers = tuple(Base(whole, self.depth(n)) for n, whole in enumerate(self.wholes))
        small = self.layers.smallest(screen, offers)
        below = () if small.base is None else (self.wholes[small.base],)
        self.files.append(small.picture)
        self.wholes.append(webp.stacked([*below, small.picture]))
        self.bases.append(small.base)
        return self.wholes[-1]

    def depth(self, n: int) -> int:
        below = self.bases[n]
        return 0 if below is None else 1 + self.depth(below)


SCREENS = (
    letter(),
    letter("We expect you."),
    letter("We expect you.", "Kind regards"),
    minutes(),
    letter("We expect you.", "Kind regards", at=22),
    minutes(),
    letter("We expect you.", "Kind regards"),
)


def test_every_screen_comes_back_to_the_pixel() -> None:
    kept = Kept()
    for screen in SCREENS:
        assert (pixels.decoded(kept.add(screen)) == screen).all()


def test_what_was_typed_is_a_small_part_of_the_screen() -> None:
    kept = Kept()
    for screen in SCREENS[:3]:
        kept.add(screen)
    assert kept.bases[0] is None
    assert [len(file) < 0.3 * len(kept.files[0]) for file in kept.files] == [False, True, True]


def test_a_window_that_comes_back_rests_on_how_it_was_left() -> None:
    kept = Kept()
    for screen in SCREENS:
        kept.add(screen)
    assert kept.bases[3] is None
    assert kept.bases[5:] == [3, 2]
    assert max(len(file) for file in kept.files[5:]) < 200


def test_what_is_remembered_and_what_is_decoded_anew_choose_the_same() -> None:
    remembering = Kept()
    fresh = Kept()
    for screen in SCREENS:
        fresh.layers = Layers()
        assert remembering.add(screen) == fresh.add(screen)


def test_the_higher_the_pile_the_smaller_a_layer_has_to_be() -> None:
    ground = Layers().smallest(SCREENS[0], ()).picture
    typed = letter(*("and one line more of it",) * 12)
    rests = [Layers().smallest(typed, (Base(ground, depth),)).base for depth in range(DEEPEST + 1)]
    assert rests[0] == 0
    assert rests[DEEPEST - 1 :] == [None, None]
    assert Layers().smallest(SCREENS[1], (Base(ground, DEEPEST),)).base is None


def test_the_larger_the_screen_the_fewer_layers() -> None:
    ground = np.full((2160, 3840, 3), 255, np.uint8)
    ground[::8] = 0
    typed = ground.copy()
    typed[1000:1008, 200:208] = 128
    below = pixels.lossless(ground)
    assert [Layers().smallest(typed, (Base(below, depth),)).base for depth in range(3)] == [0, 0, None]


def test_a_photograph_is_no_layer() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (503, 901, 3), dtype=np.uint8)
    ground = Layers().smallest(SCREENS[0], ()).picture
    photo = SCREENS[0].copy()
    photo[100:400, 100:500] = noise[100:400, 100:500]
    small = Layers().smallest(photo, (Base(ground, 0),))
    assert small.base is None
    assert not webp.is_exact(small.picture)
    assert webp.is_exact(Layers().smallest(photo, (), exact=True).picture)


@pytest.mark.parametrize(
    "other", [b"no picture", pixels.smallest(letter()[:-8]), pixels.smallest(letter()[:-1])]
)
def test_what_does_not_fit_is_no_base(other: bytes) -> None:
    assert Layers().smallest(SCREENS[0], (Base(other, 0),)).base is None


def test_only_the_last_are_remembered() -> None:
    kept = Kept(Layers(most=2))
    for screen in SCREENS:
        assert (pixels.decoded(kept.add(screen)) == screen).all()
    assert kept.bases[5:] == [3, 2]
