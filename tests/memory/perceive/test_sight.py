"""Looking at frames: cues and vectors of the page and of what is on it; tags of photos alone."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from memory.adapters.picture_packaged import PackagedPictures
from memory.errors import NoWeights
from memory.perceive.sight import CUES, Sight
from memory.ports import Pixels
from memory.vectors import restore
from tests.support.pages import Page
from tests.support.shown import with_chart, with_photo


def webp(pixels: Pixels) -> bytes:
    with io.BytesIO() as file:
        Image.fromarray(pixels).save(file, "WEBP", lossless=True)
        return file.getvalue()


class Sees:
    """Encodes the mean colour and calls every picture a dog; `given` are the shapes it was asked about."""

    name = "sees 1"

    def __init__(self) -> None:
        self.given: list[tuple[int, ...]] = []

    def encode(self, pictures: Sequence[Pixels]) -> NDArray[np.float32]:
        return np.stack([picture.mean(axis=(0, 1)) for picture in pictures]).astype(np.float32)

    def encode_words(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        return None

    def tags(self, pictures: Sequence[Pixels]) -> tuple[tuple[tuple[str, float], ...], ...]:
        self.given += [picture.shape for picture in pictures]
        return ((("dog", 0.9),),) * len(pictures)


def nothing() -> Sees:
    raise NoWeights(model="any", reason="none is there")


def test_each_part_has_cues_and_a_vector() -> None:
    sees = Sees()
    photo, chart = with_photo(), with_chart()
    seen = Sight(lambda: sees, lambda: sees).see((webp(photo[0]), webp(chart[0])), (photo[1], chart[1]))
    assert [(part.of, part.n) for part in seen.parts] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert seen.vectors
    assert seen.vectors.count == 4
    assert seen.maker == f"{CUES}, sees 1"
    assert [[cue.label for cue in cues if cue.kind == "tag"] for cues in seen.cues] == [["dog"], []]
    assert len(sees.given) == 1


def test_without_weights_there_are_cues_all_the_same() -> None:
    photo = with_photo()
    seen = Sight(nothing, nothing).see((webp(photo[0]),), (photo[1],))
    assert seen.vectors is None
    assert len(seen.parts) == 2
    assert {cue.label for cue in seen.cues[0]} >= {"photo", "light"}
    assert seen.maker == CUES


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (40, 40)])
def test_tiny_frames(size: tuple[int, int]) -> None:
    seen = Sight(Sees, Sees).see((Page(*size).webp(),), ((),))
    assert len(seen.parts) == 1


def test_a_picture_in_a_corner_is_nearer_to_itself_than_any_page() -> None:
    """With the packaged network: what the whole frame's vector does not know, its part does."""
    packaged = PackagedPictures("cpu")
    photo, chart = with_photo(), with_chart()
    seen = Sight(lambda: packaged, lambda: packaged).see(
        (webp(photo[0]), webp(chart[0])), (photo[1], chart[1])
    )
    assert seen.vectors
    x, y, w, h = seen.parts[1].box
    small = Image.fromarray(photo[0][y : y + h, x : x + w]).resize((w // 2, h // 2))
    near = restore(seen.vectors) @ packaged.encode([np.asarray(small)])[0]
    assert near.argmax() == 1
    assert near[1] > near[0] + 0.2
