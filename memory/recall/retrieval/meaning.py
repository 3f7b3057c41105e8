"""What recall needs to know about meaning; the engine answers it with the question encoder and the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Meaning(Protocol):
    """Nearness of meaning. Where no encoder is there, answers are empty and recall goes by words."""

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        """(passage id, cosine) of the passages nearest to a text, best first."""

    def pictures(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        """(frame id, cosine) of the pictures nearest to a text; empty without an encoder with a text side."""

    def nearness(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        """Cosine of a text to each of `others` (at most some dozens); empty without an encoder."""

    def overlap(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        """How much of a text each of `others` holds, token by token, about 0..1 (for a dozen: it is dear);
        empty where no encoder can tell.
        """

    def cosines(self, text: str, passages: Sequence[int]) -> dict[int, float]:
        """Cosine of a text to each of these passages; those without a vector are left out."""

    def episodes(self, texts: Sequence[str], limit: int) -> tuple[tuple[int, float], ...]:
        """(episode, nearness 0..1) of the episodes nearest to a text, the first of `texts`, and its pieces,
        the others; best first.
        """
