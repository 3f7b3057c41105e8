"""Several words that were read as one: its text, the box around them, the mean confidence by letter; pure."""

from __future__ import annotations

from collections.abc import Sequence

from memory.ports import Word
from memory.records import Box


def joined(words: Sequence[Word], between: str = "") -> Word:
    """At least one word, from the left, with `between` where they meet."""
    return Word(between.join(word.text for word in words), around([word.box for word in words]), sure(words))


def sure(words: Sequence[Word]) -> float:
    """The mean confidence by letter; 0 where there are none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def around(boxes: Sequence[Box]) -> Box:
    """The least box that holds all of `boxes`."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top
