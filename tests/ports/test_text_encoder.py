"""What every text encoder keeps: unit vectors in order, the same for the same text, near for near meaning."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import numpy as np
import pytest

from desktop import paths
from memory.adapters.text_minilm import MiniLm
from memory.ports import TextEncoder

ENCODERS: dict[str, Callable[[], TextEncoder]] = {"minilm": lambda: MiniLm(paths.models() / "text")}


@pytest.fixture(params=ENCODERS.values(), ids=ENCODERS, scope="module")
def encoder(request: pytest.FixtureRequest) -> TextEncoder:
    return request.param()


def test_unit_vectors_in_order(encoder: TextEncoder) -> None:
    texts = [f"reading number {n} of the gauge" + " and so on" * (n % 5) for n in range(19)]
    together = encoder.encode(texts)
    assert together.dtype == np.float32
    assert together.shape[0] == 19
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    for n in (0, 7, 18):
        assert (encoder.encode([texts[n]])[0] * together[n]).sum() > 0.98


def test_none_and_nothing(encoder: TextEncoder) -> None:
    assert encoder.encode([]).shape[0] == 0
    empty = encoder.encode(["", "   ", "\n"])
    assert np.isfinite(empty).all()


def test_near_meaning_is_near(encoder: TextEncoder) -> None:
    question, right, wrong = encoder.encode(
        [
            "How much do we owe for the radar heads?",
            "Invoice: 12 radar level heads, amount due 4,318.60 francs",
            "The balloon festival was cancelled because of the wind",
        ]
    )
    assert question @ right > question @ wrong + 0.2


def test_what_is_held_token_by_token(encoder: TextEncoder) -> None:
    question = "the balloon festival in May"
    others = ["Amount due 4,318.60 francs", "The balloon festival was cancelled", question]
    other, near, same = encoder.overlap(question, others)
    assert other < near < same == pytest.approx(1, abs=0.05)
    assert encoder.overlap(question, []).shape == (0,)
    assert np.isfinite(encoder.overlap("", ["", "word " * 500])).all()


def test_very_long_and_strange_texts(encoder: TextEncoder) -> None:
    vectors = encoder.encode(["word " * 5000, "\x00\ufffd\U0001f300", "水位計の電池", "a" * 3000])
    assert np.isfinite(vectors).all()


def test_the_name_is_of_the_weights(encoder: TextEncoder) -> None:
    assert encoder.name == encoder.name.strip() != ""


def test_what_was_built_says_what_it_is() -> None:
    folder = paths.models() / "text"
    about = json.loads((folder / "encoder.json").read_text())
    assert about["licence"] == "Apache-2.0"
    assert about["least_cosine_to_fp32"] >= 0.98
    for name, digest in about["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
