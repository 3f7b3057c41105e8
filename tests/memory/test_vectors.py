"""Vectors made small and back: near what they were, and refused where they are not whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from memory.errors import Bug
from memory.vectors import quantise, restore


def some(count: int = 200, dim: int = 384) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    rows = np.random.default_rng(7).standard_normal((count, dim)).astype(np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_there_and_back_is_nearly_the_same() -> None:
    before = some()
    small = quantise(before, "an encoder")
    after = restore(small)
    assert (small.encoder, small.dim, small.count) == ("an encoder", 384, 200)
    assert len(small.data) == 200 * 384
    scales = np.frombuffer(small.scales, dtype=np.float32)
    assert (np.abs(after - before) <= scales[:, None] / 2 + 1e-7).all()
    assert (after * before).sum(axis=1).min() > 0.998


def test_order_of_nearness_holds() -> None:
    vectors = some()
    query = vectors[3]
    exact = np.argsort(-(vectors @ query))[:10]
    small = np.argsort(-(restore(quantise(vectors, "e")) @ query))[:10]
    assert len(set(exact.tolist()) & set(small.tolist())) >= 9
    assert small[0] == 3


def test_zeros_and_none() -> None:
    zeros = np.zeros((2, 8), dtype=np.float32)
    assert (restore(quantise(zeros, "e")) == 0).all()
    empty = quantise(np.zeros((0, 8), dtype=np.float32), "e")
    assert restore(empty).shape == (0, 8)


@pytest.mark.parametrize("bad", [np.full((1, 4), np.nan), np.full((1, 4), np.inf), np.ones(4)])
def test_what_is_no_vector_is_refused(bad: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
    with pytest.raises(Bug):
        quantise(bad.astype(np.float32), "e")


def test_what_is_cut_short_is_refused() -> None:
    small = quantise(some(2, 8), "e")
    with pytest.raises(Bug):
        restore(replace(small, data=small.data[:-1]))
    with pytest.raises(Bug):
        restore(replace(small, count=3))
