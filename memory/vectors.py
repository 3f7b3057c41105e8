"""Vectors as they are kept: int8 numbers and one scale each, a quarter of float32, the same order of hits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from memory.errors import Bug
from memory.records import Vectors


def quantise(vectors: NDArray[np.float32], encoder: str) -> Vectors:
    """N x D float32 made small; a vector of zeros stays one. Raises Bug for what is not a number."""
    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise Bug(reason="vectors must be rows of finite numbers")
    count, dim = vectors.shape
    scales = (np.abs(vectors).max(axis=1, initial=0.0) / 127.0).astype(np.float32)
    divisors = np.where(scales > 0, scales, 1.0).astype(np.float32)
    numbers = np.rint(vectors / divisors[:, None]).clip(-127, 127).astype(np.int8)
    return Vectors(encoder, dim, count, numbers.tobytes(), scales.tobytes())


def restore(vectors: Vectors) -> NDArray[np.float32]:
    """Count x dim float32, each number within half a step (scale / 2) of what it was."""
    whole = len(vectors.data) == vectors.count * vectors.dim and len(vectors.scales) == 4 * vectors.count
    if not whole:
        raise Bug(reason="vectors do not have the size they say")
    numbers = np.frombuffer(vectors.data, dtype=np.int8).reshape(vectors.count, vectors.dim)
    scales = np.frombuffer(vectors.scales, dtype=np.float32)
    return numbers.astype(np.float32) * scales[:, None]


def chosen(of: Vectors, wanted: Sequence[bool]) -> Vectors:
    """The vectors that are wanted, a truth for each."""
    rows = [n for n, is_wanted in enumerate(wanted) if is_wanted]
    data = b"".join(of.data[n * of.dim : (n + 1) * of.dim] for n in rows)
    scales = b"".join(of.scales[4 * n : 4 * n + 4] for n in rows)
    return Vectors(of.encoder, of.dim, len(rows), data, scales)
