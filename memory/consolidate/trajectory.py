"""The few vectors by which a stretch of time stays findable: all its vectors in order, pooled in runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

KEPT = 16
"""Vectors a span or an episode keeps. Questions to two days of the desktop recording among a hundred times as
many other episodes: R@5 .69 with one mean, .78 with 8, .84 with 16, .86 with all (tests/bench/RESULTS.md).
"""

FINEST = 128
"""Runs that are weighed against each other; longer ones are first pooled into so many of equal length."""


def pooled(vectors: Floats, weights: Floats, count: int = KEPT) -> tuple[Floats, Floats]:
    """At most `count` unit vectors in the order of `vectors` (n x d unit vectors, each of its weight), and
    the weight of each.

    Cut where it costs least: the loss of a run is the sum over its vectors of 1 - cosine to their mean, and
    the cuts with the least loss together are found by dynamic programming over all (Bellman 1961). k-means
    without order and vectors chosen as they stand (k-medoids) found less; a weight by novelty gained nothing
    where vectors are of new lines alone.
    """
    if len(vectors) > FINEST:
        ends = np.linspace(0, len(vectors), FINEST + 1).astype(np.int64)
        vectors, weights = _joined(vectors, weights, ends)
    if len(vectors) <= count:
        return vectors, weights
    return _joined(vectors, weights, _cuts(_losses(vectors, weights), count))


def _joined(vectors: Floats, weights: Floats, ends: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """One unit vector for each run between two ends, and the weight of each run."""
    sums = np.add.reduceat(vectors * weights[:, None], ends[:-1], axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return (sums / np.maximum(lengths, 1e-9)).astype(np.float32), np.add.reduceat(weights, ends[:-1])


def _losses(vectors: Floats, weights: Floats) -> NDArray[np.float64]:
    """The loss of the run from i to before j at [i, j]; no run where j is not behind i."""
    sums = np.zeros((len(vectors) + 1, vectors.shape[1]))
    np.cumsum(vectors * weights[:, None], axis=0, out=sums[1:])
    heavy = np.concatenate([[0.0], np.cumsum(weights, dtype=np.float64)])
    # Not `@`: its many threads cost more than they give here, twenty times over on a busy machine.
    products = np.einsum("ik,jk->ij", sums, sums)
    squares = np.diagonal(products)
    lengths = np.sqrt(np.maximum(squares[:, None] + squares[None] - 2 * products, 0.0))
    losses: NDArray[np.float64] = heavy[None] - heavy[:, None] - lengths
    losses[np.tril_indices(len(losses))] = np.inf
    return losses


def _cuts(losses: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The count + 1 ends of the `count` runs whose losses are least together."""
    best = losses[0]
    back: list[NDArray[np.int64]] = []
    for _ in range(count - 1):
        whole = best[:, None] + losses
        before = whole.argmin(axis=0)
        back.append(before)
        best = np.take_along_axis(whole, before[None], axis=0)[0]
    ends = [len(losses) - 1]
    for before in reversed(back):
        ends.append(int(before[ends[-1]]))
    return np.array([0, *reversed(ends)])
