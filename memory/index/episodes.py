"""Episodes by late interaction: every vector of each is compared with every vector of the question."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from memory.index.exact import CHUNK, matrix
from memory.ledger import trajectories
from memory.ledger.connection import Ledger
from memory.ports import Kind
from memory.records import Vectors

MEAN = 0.5
"""What all vectors of an episode together count beside its nearest one, which is 1. With both, and the
question in pieces: R@1 .57, R@5 .84; by the nearest to the whole question alone .43, .74 (among a hundred
times as many other episodes, tests/bench/RESULTS.md).
"""


@dataclass(frozen=True, slots=True)
class _Table:
    """The vectors of all episodes of one kind and encoder; `rows` are those of the ledger, in order."""

    rows: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    numbers: NDArray[np.int8] = field(default_factory=lambda: np.empty((0, 0), np.int8))
    inverse: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))


class Episodes:
    """What the ledger keeps of episodes, in RAM: read at the first question, then only what is new.

    1,000 episodes of 16 vectors take 6 MB; a search of a question in four pieces some 20 ms.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._tables: dict[tuple[Kind, str], _Table] = {}
        self._generation = -1

    def find(self, kind: Kind, asked: Vectors, limit: int) -> tuple[tuple[int, float], ...]:
        """(episode, nearness 0..1), best first. The first vector asks with the whole question, the others
        with its pieces, which together count as much.
        """
        with self._lock:
            table = self._fresh(kind, asked.encoder)
        if not table.rows or not asked.count:
            return ()
        near = _near(table, matrix(asked).astype(np.float32))
        weights = np.array([1.0, *[1.0 / max(1, asked.count - 1)] * (asked.count - 1)])
        scores = weights @ near / (weights.sum() * (1 + MEAN))
        best = np.lexsort((np.array(table.episodes), -scores))[:limit]
        return tuple((table.episodes[n], float(scores[n])) for n in best)

    def clear(self) -> None:
        """Keeps nothing until the next question."""
        with self._lock:
            self._tables.clear()

    def _fresh(self, kind: Kind, encoder: str) -> _Table:
        generation = self._ledger.generation()
        if generation != self._generation:
            self._generation = generation
            self._tables = {key: self._renewed(*key, held) for key, held in self._tables.items()}
        if (kind, encoder) not in self._tables:
            self._tables[kind, encoder] = self._renewed(kind, encoder, _Table())
        return self._tables[kind, encoder]

    def _renewed(self, kind: Kind, encoder: str, held: _Table) -> _Table:
        with self._ledger.reading() as db:
            there = trajectories.ids(db, kind, encoder)
            if there == set(held.rows):
                return held
            new = trajectories.read(db, sorted(there.difference(held.rows)))
        blocks = {row: block for row, block in _blocks(held).items() if row in there}
        blocks |= {row: (episode, matrix(vectors)) for row, (episode, vectors) in new.items()}
        return _table(blocks)


def _blocks(table: _Table) -> dict[int, tuple[int, NDArray[np.int8]]]:
    if not table.rows:
        return {}
    parts = np.split(table.numbers, table.starts[1:])
    return {
        row: (episode, part) for row, episode, part in zip(table.rows, table.episodes, parts, strict=True)
    }


def _table(blocks: dict[int, tuple[int, NDArray[np.int8]]]) -> _Table:
    if not blocks:
        return _Table()
    numbers = np.concatenate([part for _, part in blocks.values()])
    lengths = np.linalg.norm(numbers.astype(np.float32), axis=1)
    ends = np.cumsum([len(part) for _, part in blocks.values()])
    return _Table(
        rows=tuple(blocks),
        episodes=tuple(episode for episode, _ in blocks.values()),
        starts=(0, *map(int, ends[:-1])),
        numbers=numbers,
        inverse=np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0),
    )


def _near(table: _Table, asked: NDArray[np.float32]) -> NDArray[np.float32]:
    """Questions x episodes: the cosine of the nearest vector, and MEAN of that of all."""
    asked = asked / np.maximum(np.linalg.norm(asked, axis=1, keepdims=True), 1e-9)
    cosines = np.empty((len(asked), len(table.numbers)), np.float32)
    for start in range(0, len(table.numbers), CHUNK):
        rows = slice(start, start + CHUNK)
        cosines[:, rows] = np.einsum("ij,kj->ki", table.numbers[rows].astype(np.float32), asked)
    cosines *= table.inverse
    starts = np.array(table.starts)
    counts = np.diff([*table.starts, len(table.numbers)])
    together = np.add.reduceat(cosines, starts, axis=1) / counts
    near: NDArray[np.float32] = np.maximum.reduceat(cosines, starts, axis=1) + MEAN * together
    return near
