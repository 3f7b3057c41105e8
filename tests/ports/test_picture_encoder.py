"""What every picture encoder keeps: unit vectors in order, near for what looks alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from memory.adapters.picture_openclip import OpenClip
from memory.adapters.picture_packaged import PackagedPictures
from memory.ports import PictureEncoder
from tests.support.clip import MODEL, tiny
from tests.support.pages import dark, light, mixed, table


@pytest.fixture(params=["packaged", "open_clip"], scope="module")
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PictureEncoder:
    if request.param == "packaged":
        return PackagedPictures("cpu")
    return OpenClip(MODEL, tiny(tmp_path_factory.mktemp("clip")), "cpu")


def test_unit_vectors_in_order(encoder: PictureEncoder) -> None:
    pictures = [page().pixels() for page in (light, dark, table, mixed, light)]
    vectors = encoder.encode(pictures)
    assert vectors.dtype == np.float32
    assert vectors.shape[0] == 5
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[4] > 0.99
    assert (encoder.encode(pictures[1:2])[0] * vectors[1]).sum() > 0.98


def test_none(encoder: PictureEncoder) -> None:
    assert encoder.encode([]).shape[0] == 0


def test_any_shape_is_taken(encoder: PictureEncoder) -> None:
    shapes = [(1, 1, 3), (3, 900, 3), (900, 3, 3)]
    vectors = encoder.encode([np.full(shape, 90, dtype=np.uint8) for shape in shapes])
    assert np.isfinite(vectors).all()


def test_words_are_in_the_same_space_or_not_at_all(encoder: PictureEncoder) -> None:
    words = encoder.encode_words(["a table of stations"])
    if words is not None:
        assert words.shape == (1, encoder.encode([light().pixels()]).shape[1])
        assert np.linalg.norm(words[0]) == pytest.approx(1, abs=1e-3)
    else:
        assert "efficientnet" in encoder.name


def test_same_weights_same_name(encoder: PictureEncoder, tmp_path: Path) -> None:
    again = (
        PackagedPictures("cpu") if "efficientnet" in encoder.name else OpenClip(MODEL, tiny(tmp_path), "cpu")
    )
    assert again.name == encoder.name
