"""Stills laid over each other by copying chunks: what a decoder then shows, and what is refused."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from memory import webp
from memory.errors import DamagedPicture
from memory.perceive import pixels


def still(width: int, height: int, colour: str, **settings: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB" if len(colour) == 7 else "RGBA", (width, height), colour).save(out, "WEBP", **settings)
    return out.getvalue()


GROUND = still(41, 31, "#102030", lossless=True)
PATCH = still(5, 3, "#ff0000", lossless=True)
VEIL = still(41, 31, "#00000000", lossless=True)


def test_layers_cover_what_is_below_at_their_place() -> None:
    over = webp.layer(PATCH, (36, 28, 5, 3), (41, 31))
    shown = pixels.decoded(webp.stacked([GROUND, over]))
    wanted = np.full((31, 41, 3), (0x10, 0x20, 0x30), np.uint8)
    wanted[28:31, 36:41] = (255, 0, 0)
    assert (shown == wanted).all()
    higher = webp.layer(still(2, 2, "#00ff00", lossless=True), (0, 0, 2, 2), (41, 31))
    wanted[:2, :2] = (0, 255, 0)
    assert (pixels.decoded(webp.stacked([GROUND, over, higher])) == wanted).all()


def test_what_was_stacked_can_be_stacked_on() -> None:
    layers = [webp.layer(still(2, 2, "#00ff00", lossless=True), (2 * n, 0, 2, 2), (41, 31)) for n in range(3)]
    step = webp.stacked([webp.stacked([webp.stacked([GROUND, layers[0]]), layers[1]]), layers[2]])
    assert step == webp.stacked([GROUND, *layers])


def test_what_is_transparent_leaves_what_is_below() -> None:
    over = webp.layer(VEIL, (0, 0, 41, 31), (41, 31))
    assert (pixels.decoded(webp.stacked([GROUND, over])) == pixels.decoded(GROUND)).all()


def test_a_layer_alone_shows_itself_at_its_place() -> None:
    shown = pixels.decoded(webp.layer(PATCH, (36, 28, 5, 3), (41, 31)))
    assert (shown[28:31, 36:41] == (255, 0, 0)).all()
    assert (shown[:28] == 255).all()


@pytest.mark.parametrize("settings", [{"quality": 80}, {"lossless": True}])
@pytest.mark.parametrize("colour", ["#405060", "#40506080"])
def test_every_kind_of_still_can_lie_below(settings: dict[str, object], colour: str) -> None:
    ground = still(41, 31, colour, **settings)
    over = webp.layer(PATCH, (36, 28, 5, 3), (41, 31))
    shown = pixels.decoded(webp.stacked([ground, over]))
    assert (shown[:28] == pixels.decoded(ground)[:28]).all()
    assert (shown[28:31, 36:41] == (255, 0, 0)).all()


def test_one_alone_stays_as_it_is() -> None:
    assert webp.stacked([b"anything"]) == b"anything"


def test_what_layers_can_rest_on() -> None:
    assert webp.is_exact(GROUND)
    lossy, animated = still(41, 31, "#102030"), webp.layer(PATCH, (0, 0, 5, 3), (41, 31))
    assert not any(webp.is_exact(file) for file in (lossy, animated, VEIL[:20], b"", b"no picture at all"))


@pytest.mark.parametrize(
    "files",
    [
        [b"", PATCH],
        [GROUND, b"no picture"],
        [GROUND, PATCH],
        [GROUND[:30], GROUND],
        [GROUND[:12], GROUND],
        [b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\xff", GROUND],
        [b"RIFF\x0c\x00\x00\x00WEBPVP8L\x02\x00\x00\x00\x2f\x00", GROUND],
    ],
)
def test_what_does_not_fit_is_refused(files: list[bytes]) -> None:
    with pytest.raises(DamagedPicture):
        webp.stacked(files)
