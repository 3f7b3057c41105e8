"""The index as the engine uses it: exact search that is always right, and Chroma where it is in step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from memory.errors import Bug
from memory.index.episodes import Episodes
from memory.index.exact import ExactIndex, matrix
from memory.index.follower import PATIENT, Follower, Holdings, Patience
from memory.index.rebuild import KINDS, blocks
from memory.ledger import vectors
from memory.ledger.connection import Ledger
from memory.ports import Kind, VectorIndex
from memory.records import Vectors

BLOCK = 5000
"""Vectors read at a time: 2 MB, between which writers have their turn."""


class Index:
    """Nearest vectors of what the ledger holds. What is written here must be committed there before.

    `chroma` (None: small memories need none) may be slow to start, crash, hang or be filling: no question
    fails or waits for it. The exact vectors are read from the ledger at the first need.
    """

    def __init__(
        self, ledger: Ledger, chroma: VectorIndex | None = None, patience: Patience = PATIENT
    ) -> None:
        self._ledger = ledger
        self._exact = ExactIndex()
        self._episodes = Episodes(ledger)
        self._lock = threading.Lock()
        self._complete = False
        self._dropped: dict[Kind, set[int]] = {kind: set() for kind in KINDS}
        self._follower: Follower | None = None
        if chroma:
            self._follower = Follower(chroma, ledger, self._held, self._reload, patience)

    def put(self, kind: Kind, ids: Sequence[int], texts: Sequence[str], vectors: Vectors) -> None:
        """Adds or replaces; what was dropped before stays away: its ids are never used again."""
        with self._lock:
            ids, texts, vectors = _without(self._dropped[kind], ids, texts, vectors)
            if not ids:
                return
            self._exact.put(kind, ids, texts, vectors)
            if self._follower:
                self._follower.put(kind, ids, texts, vectors)

    def find(self, kind: Kind, query: Vectors, limit: int) -> tuple[tuple[int, float], ...]:
        """(id, cosine) of the nearest to the one vector of `query`, of its encoder only, best first."""
        found = self._follower.find(kind, query, limit) if self._follower else None
        if found is None:
            with self._lock:
                found = self._loaded().find(kind, query, limit)
        return found

    def cosines(self, kind: Kind, asked: Vectors, ids: Sequence[int]) -> dict[int, float]:
        """The cosine of one vector to those of these ids, as the ledger keeps them; others are left out."""
        with self._ledger.reading() as db:
            owners, held = vectors.of(db, kind, asked.encoder, ids)
        if not owners:
            return {}
        numbers, one = matrix(held).astype(np.float32), matrix(asked)[0].astype(np.float32)
        lengths = np.maximum(np.linalg.norm(numbers, axis=1) * np.linalg.norm(one), 1e-9)
        return dict(zip(owners, (numbers @ one / lengths).tolist(), strict=True))

    def episodes(self, kind: Kind, asked: Vectors, limit: int) -> tuple[tuple[int, float], ...]:
        """(episode, nearness 0..1) by late interaction with the vectors of a question (see Episodes)."""
        return self._episodes.find(kind, asked, limit)

    def drop(self, kind: Kind, ids: Sequence[int]) -> None:
        """Removes at once and for good; returns when they are gone everywhere."""
        if kind == "passage":
            self._episodes.clear()  # text goes by forgetting alone
        if not ids:
            return
        wait: Callable[[], None] | None = None
        with self._lock:
            self._dropped[kind].update(ids)
            self._exact.drop(kind, ids)
            if self._follower:
                wait = self._follower.drop(kind, tuple(ids))
        if wait:
            wait()

    def count(self, kind: Kind, encoder: str) -> int:
        with self._lock:
            return self._loaded().count(kind, encoder)

    def state(self) -> Literal["chroma", "exact"]:
        """Who answers now."""
        return "chroma" if self._follower and self._follower.in_step() else "exact"

    def rebuild(self) -> dict[str, int]:
        """Reads all anew from the ledger; Chroma is filled in the background. Vectors by kind."""
        held = self._reload()
        if self._follower:
            self._follower.refill()
        return {kind: sum(n for (of, _), n in held.items() if of == kind) for kind in KINDS}

    def close(self) -> None:
        """Stops following; needed before the ledger is closed."""
        if self._follower:
            self._follower.stop()

    def _reload(self) -> Holdings:
        with self._lock:
            self._exact.clear()
            self._complete = False
            return self._loaded().holdings()

    def _held(self) -> Holdings:
        with self._lock:
            return self._loaded().holdings()

    def _loaded(self) -> ExactIndex:
        """The exact index, read from the ledger if it was not yet; the lock is held."""
        if not self._complete:
            for block in blocks(self._ledger, BLOCK, texts=False):
                self._exact.put(
                    block.kind, *_without(self._dropped[block.kind], block.ids, (), block.vectors)
                )
            self._complete = True
        return self._exact


def _without(
    dropped: set[int], ids: Sequence[int], texts: Sequence[str], vectors: Vectors
) -> tuple[tuple[int, ...], tuple[str, ...], Vectors]:
    """The ids, texts and vectors of what was not dropped."""
    if len(ids) != vectors.count or len(texts) not in (0, len(ids)):
        raise Bug(reason="ids, texts and vectors differ in number")
    kept = [row for row, id in enumerate(ids) if id not in dropped]
    if len(kept) == len(ids):
        return tuple(ids), tuple(texts), vectors
    numbers = matrix(vectors)[kept]
    scales = np.frombuffer(vectors.scales, np.float32)[kept]
    left = Vectors(vectors.encoder, vectors.dim, len(kept), numbers.tobytes(), scales.tobytes())
    return tuple(ids[row] for row in kept), tuple(texts[row] for row in kept if texts), left
