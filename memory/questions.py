"""Questions as vectors: what recall asks about meaning, answered by the question encoder and the index."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from memory.errors import Known, NoWeights
from memory.index.client import Index
from memory.ports import Kind, TextEncoder
from memory.records import Vectors
from memory.vectors import quantise

REST_S = 120.0
"""Seconds without a question after which the encoder gives its memory back (about 100 MB)."""

Words = Callable[[tuple[str, ...]], Vectors | None]


class Questions:
    """Implements memory.recall.retrieval.meaning.Meaning.

    `encoder` loads the text encoder, at the first question; `words` puts texts into the pictures' space,
    None where no picture encoder has a text side. Without an encoder recall goes by words alone.
    """

    def __init__(self, index: Index, encoder: Callable[[], TextEncoder], words: Words | None) -> None:
        self._index, self._load, self._words = index, encoder, words
        self._encoder: TextEncoder | None = None
        self._lock = threading.Lock()
        self._used = 0.0

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return self._find("passage", self._encoded(text), limit)

    def pictures(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return self._find("picture", self._pictured(text), limit)

    def episodes(self, texts: Sequence[str], limit: int) -> tuple[tuple[int, float], ...]:
        by_text = self._near("passage", self._encoded(*texts), limit)
        by_picture = self._near("picture", self._pictured(*texts), limit)
        best = {**by_text}
        for episode, near in by_picture.items():
            best[episode] = max(near, best.get(episode, 0.0))
        return tuple(sorted(best.items(), key=lambda found: (-found[1], found[0]))[:limit])

    def nearness(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        with self._lock:
            encoder = self._ready()
            if encoder is None or not others:
                return ()
            vectors = encoder.encode((text, *others))
        return tuple(float(near) for near in vectors[1:] @ vectors[0])

    def overlap(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        with self._lock:
            encoder = self._ready()
            return tuple(map(float, encoder.overlap(text, others))) if encoder and others else ()

    def cosines(self, text: str, passages: Sequence[int]) -> dict[int, float]:
        asked = self._encoded(text) if passages else None
        return self._index.cosines("passage", asked, passages) if asked else {}

    def rest(self) -> None:
        """Lets the encoder go when nothing was asked for a while."""
        with self._lock:
            if time.monotonic() - self._used > REST_S:
                self._encoder = None

    def _encoded(self, *texts: str) -> Vectors | None:
        with self._lock:
            encoder = self._ready()
            return quantise(encoder.encode(texts), encoder.name) if encoder else None

    def _pictured(self, *texts: str) -> Vectors | None:
        """Texts in the pictures' space."""
        if self._words is None:
            return None
        try:
            return self._words(texts)
        except Known:
            # The reader is away or has no weights: pictures are one channel of several.
            return None

    def _ready(self) -> TextEncoder | None:
        self._used = time.monotonic()
        if self._encoder is None:
            try:
                self._encoder = self._load()
            except NoWeights:
                return None
        return self._encoder

    def _find(self, kind: Kind, asked: Vectors | None, limit: int) -> tuple[tuple[int, float], ...]:
        return self._index.find(kind, asked, limit) if asked else ()

    def _near(self, kind: Kind, asked: Vectors | None, limit: int) -> dict[int, float]:
        return dict(self._index.episodes(kind, asked, limit)) if asked else {}
