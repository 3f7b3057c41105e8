"""Finds the time phrases of a sentence and the span that they name, relative to a given now, in its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from memory.recall.phrases import RULES, Says
from memory.recall.spans import Days, Piece, Span, combine


@dataclass(frozen=True, slots=True)
class Times:
    """The span that a sentence names, and the sentence without the words that name it.

    What lies in the future names no span, because nothing was captured then: those words stay.
    """

    span: Span | None
    rest: str


def find_times(text: str, at: datetime) -> Times:
    """Looks for time phrases, English and German, whatever their case."""
    low = text.lower()
    left = low
    pieces: list[Piece] = []
    cuts: list[tuple[int, int]] = []
    for pattern, says in RULES:
        for match in pattern.finditer(left):
            start, end = match.span()
            left = left[:start] + "\x00" * (end - start) + left[end:]
            piece = _said(says, match, at)
            if piece is not None and not _ahead(piece, at):
                pieces.append(piece)
                cuts.append((start, end))
    span = _combined(pieces, at)
    if span is None or len(low) != len(text):
        return Times(span, text)
    return Times(span, _without(text, cuts))


def _said(says: Says, match: re.Match[str], at: datetime) -> Piece | None:
    """None also where that would lie outside the calendar, years 1 to 9999."""
    try:
        return says(match.groupdict(), at)
    except (OverflowError, ValueError):
        return None


def _combined(pieces: list[Piece], at: datetime) -> Span | None:
    try:
        return combine(pieces, at)
    except (OverflowError, ValueError):
        return None


def _ahead(piece: Piece, at: datetime) -> bool:
    return isinstance(piece, Days) and piece.first > at.date()


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + " " + text[end:]
    text = re.sub(r"\b(?:between|from|zwischen|von)\s+(?:and|to|und|bis)\b", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"[\s,;]+([?.!,;:])", r"\1", text).strip(" ,;")
