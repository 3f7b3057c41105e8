"""Exact search: every vector as int8 in RAM, compared with the question one by one."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from memory.errors import Bug
from memory.ports import Kind
from memory.records import Vectors

CHUNK = 1024
"""Rows turned to float32 at a time: 1.5 MB at 384 numbers, which stays near the processor."""


class ExactIndex:
    """Implements memory.ports.VectorIndex; never wrong and never away.

    100,000 vectors of 384 numbers take 38 MB and a search some milliseconds (cosine does not depend on a
    vector's scale, so the int8 numbers are compared as they are). Texts are not kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables: dict[tuple[Kind, str], _Table] = {}

    def put(self, kind: Kind, ids: Sequence[int], texts: Sequence[str], vectors: Vectors) -> None:
        numbers = matrix(vectors)
        if len(ids) != vectors.count or len(texts) not in (0, len(ids)):
            raise Bug(reason="ids, texts and vectors differ in number")
        if not vectors.count:
            return
        with self._lock:
            table = self._tables.setdefault((kind, vectors.encoder), _Table(vectors.dim))
            table.put(np.asarray(ids, np.int64), numbers)

    def find(self, kind: Kind, query: Vectors, limit: int) -> tuple[tuple[int, float], ...]:
        if query.count != 1:
            raise Bug(reason="one vector asks at a time")
        asked = matrix(query)[0].astype(np.float32)
        with self._lock:
            table = self._tables.get((kind, query.encoder))
            return table.find(asked, limit) if table else ()

    def drop(self, kind: Kind, ids: Sequence[int]) -> None:
        gone = np.asarray(ids, np.int64)
        with self._lock:
            for (of, _), table in self._tables.items():
                if of == kind:
                    table.drop(gone)

    def count(self, kind: Kind, encoder: str) -> int:
        with self._lock:
            table = self._tables.get((kind, encoder))
            return table.count if table else 0

    def clear(self) -> None:
        with self._lock:
            self._tables.clear()

    def holdings(self) -> dict[tuple[Kind, str], int]:
        """How many vectors there are, by kind and encoder."""
        with self._lock:
            return {key: table.count for key, table in self._tables.items() if table.count}


class _Table:
    """The vectors of one kind and encoder: rows, their ids, and one over their lengths."""

    def __init__(self, dim: int) -> None:
        self.count = 0
        self._ids = np.empty(0, np.int64)
        self._numbers = np.empty((0, dim), np.int8)
        self._inverse = np.empty(0, np.float32)

    def put(self, ids: NDArray[np.int64], numbers: NDArray[np.int8]) -> None:
        self._check(numbers.shape[1])
        if len(np.unique(ids)) != len(ids):
            raise Bug(reason="an id stands twice in one put")
        self.drop(ids)
        end = self.count + len(ids)
        if end > len(self._ids):
            self._grow(max(end, len(self._ids) * 3 // 2))
        self._ids[self.count : end] = ids
        self._numbers[self.count : end] = numbers
        lengths = np.linalg.norm(numbers.astype(np.float32), axis=1)
        self._inverse[self.count : end] = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        self.count = end

    def drop(self, ids: NDArray[np.int64]) -> None:
        held = self._ids[: self.count]
        if not len(ids) or not self.count or ids.min() > held.max():
            return
        kept = np.flatnonzero(~np.isin(held, ids))
        for column in (self._ids, self._numbers, self._inverse):
            column[: len(kept)] = column[kept]
            column[len(kept) : self.count] = 0  # what is forgotten does not linger behind the end
        self.count = len(kept)

    def find(self, asked: NDArray[np.float32], limit: int) -> tuple[tuple[int, float], ...]:
        self._check(len(asked))
        length = float(np.linalg.norm(asked))
        limit = min(limit, self.count)
        if limit <= 0:
            return ()
        near = np.empty(self.count, np.float32)
        for start in range(0, self.count, CHUNK):
            rows = slice(start, min(start + CHUNK, self.count))
            # Not `@`: its many threads cost more than they give here, ten times over on a busy machine.
            near[rows] = np.einsum("ij,j->i", self._numbers[rows].astype(np.float32), asked)
        near *= self._inverse[: self.count]
        near /= length or 1.0
        worst = np.partition(near, self.count - limit)[self.count - limit]
        best = np.flatnonzero(near >= worst)
        best = best[np.lexsort((self._ids[best], -near[best]))][:limit]
        return tuple((int(self._ids[row]), float(near[row])) for row in best)

    def _check(self, dim: int) -> None:
        if dim != self._numbers.shape[1]:
            raise Bug(reason="vectors of one encoder differ in length")

    def _grow(self, room: int) -> None:
        for name in ("_ids", "_numbers", "_inverse"):
            old = getattr(self, name)
            new = np.zeros((room, *old.shape[1:]), old.dtype)
            new[: self.count] = old[: self.count]
            setattr(self, name, new)


def matrix(vectors: Vectors) -> NDArray[np.int8]:
    """The int8 numbers as count x dim, without a copy; raises Bug when their size is not what they say."""
    if len(vectors.data) != vectors.count * vectors.dim:
        raise Bug(reason="vectors do not have the size they say")
    return np.frombuffer(vectors.data, np.int8).reshape(vectors.count, vectors.dim)
