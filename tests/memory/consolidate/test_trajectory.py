"""Pooling: as many vectors as were asked for, in order, cut where what is seen changes."""

from __future__ import annotations

import numpy as np
import pytest

from memory.consolidate.trajectory import FINEST, KEPT, Floats, pooled


def runs(*lengths: int, dim: int = 24, seed: int = 3) -> Floats:
    """Unit vectors in runs: each near an axis of its own."""
    chance = np.random.default_rng(seed)
    made = np.concatenate(
        [np.eye(dim)[n] + 0.05 * chance.normal(size=(length, dim)) for n, length in enumerate(lengths)]
    )
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def ones(vectors: Floats) -> Floats:
    return np.ones(len(vectors), np.float32)


def test_few_vectors_stay_as_they_are() -> None:
    vectors = runs(3, 4)
    kept, weights = pooled(vectors, ones(vectors))
    assert np.array_equal(kept, vectors)
    assert weights.tolist() == [1] * 7


def test_runs_are_cut_where_they_change_and_stay_in_order() -> None:
    vectors = runs(9, 2, 30, 5)
    kept, weights = pooled(vectors, ones(vectors), 4)
    assert weights.tolist() == [9, 2, 30, 5]
    assert kept.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert np.allclose(np.linalg.norm(kept, axis=1), 1, atol=1e-5)


def test_what_came_back_is_there_twice() -> None:
    vectors = runs(9, 7)
    again = np.concatenate([vectors, vectors[:9]])
    kept, _ = pooled(again, ones(again), 3)
    assert kept.argmax(axis=1).tolist() == [0, 1, 0]


@pytest.mark.parametrize("length", [1, KEPT, KEPT + 1, FINEST, FINEST + 1, 3000])
def test_however_long_it_is_a_fixed_number_is_kept(length: int) -> None:
    vectors = runs(length)
    kept, weights = pooled(vectors, ones(vectors))
    assert len(kept) == min(length, KEPT)
    assert weights.sum() == pytest.approx(length)


def test_weights_count() -> None:
    vectors = np.eye(3, dtype=np.float32)
    kept, weights = pooled(vectors, np.array([1, 9, 1], np.float32), 1)
    assert weights.tolist() == [11]
    assert kept[0, 1] > 0.9


def test_pooling_what_was_pooled_keeps_the_weight() -> None:
    vectors = runs(*[5] * 24)
    first, a = pooled(vectors[:60], ones(vectors[:60]))
    second, b = pooled(vectors[60:], ones(vectors[60:]))
    kept, weights = pooled(np.concatenate([first, second]), np.concatenate([a, b]))
    assert len(kept) == KEPT
    assert weights.sum() == pytest.approx(120)
