"""What is new on a screen, in pieces that belong together: the unit of text vectors; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from memory.perceive.layout import blocks
from memory.records import Line, Passage

FULL, MOST = 25, 60
"""Words from which a passage may end, and that it has at most: about what one vector holds (128 tokens)."""
LEAST = 12
"""Letters and digits below which a piece says too little to be found by meaning; words find it anyway."""
APART = 3.0
"""White space, in heights of a line, that ends a passage which is full."""

LOOKALIKES = str.maketrans("01i58", "ollsb")


def passages(lines: Sequence[Line], shown: Collection[str]) -> tuple[Passage, ...]:
    """Passages of those `lines` that are not among `shown`, the lines of the frames before on that monitor.

    `Passage.lines` are indices into `lines`. A window's text never shares a passage with another's.
    """
    seen = {alike(text) for text in shown}
    windows: dict[int | None, list[int]] = {}
    for i, line in enumerate(lines):
        if alike(line.text) not in seen:
            windows.setdefault(line.window, []).append(i)
    pieces = (piece for new in windows.values() for piece in _pieces(lines, new))
    found = (Passage(" ".join(lines[i].text for i in piece), tuple(piece)) for piece in pieces)
    return tuple(p for p in found if sum(mark.isalnum() for mark in p.text) >= LEAST)


def alike(text: str) -> str:
    """What stays of a line when case, signs and what is often misread for each other are put aside."""
    return "".join(mark for mark in text.casefold() if mark.isalnum()).translate(LOOKALIKES)


def _pieces(lines: Sequence[Line], new: Sequence[int]) -> Iterator[list[int]]:
    """Runs of new lines in reading order, ended where they are full at a gap, or at MOST words."""
    piece: list[int] = []
    words = 0
    for block in blocks([lines[i].box for i in new]):
        for place, n in enumerate(block):
            i, count = new[n], len(lines[new[n]].text.split())
            ends = words >= FULL and (place == 0 or _apart(lines[piece[-1]], lines[i]))
            if piece and (ends or words + count > MOST):
                yield piece
                piece, words = [], 0
            piece.append(i)
            words += count
    if piece:
        yield piece


def _apart(one: Line, other: Line) -> bool:
    gap = other.box[1] - (one.box[1] + one.box[3])
    return gap > APART * max(1, one.box[3])
