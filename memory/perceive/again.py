"""Reads known lines of a kept picture once more, each alone, larger and then at its size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from memory.perceive.ink import Inked, cut, ink
from memory.perceive.lines import written
from memory.ports import Ocr, Pixels
from memory.records import Box, Line

LOOKS = (1.5, 1.0)
"""How many times larger than usual a line is looked at, in turn: what was read wrongly once is seldom read so
again at another size. Of 720 lines of a desktop recording .90 read the same at the first look, .95 at either.
"""


def read_again(ocr: Ocr, pixels: Pixels, lines: Sequence[Line], until: float) -> tuple[tuple[str, ...], ...]:
    """What each look at each line says; a line that reads as it did gets no second look, and what
    time.monotonic() came to `until` before gets none. Raises NoOcr, ChildFailed.
    """
    said: list[tuple[str, ...]] = [() for _ in lines]
    for larger in LOOKS:
        open_ = [n for n, line in enumerate(lines) if not any(_same(line.text, text) for text in said[n])]
        inked = {n: one for n in open_ if (one := _inked(pixels, lines[n].box, larger))}
        read = ocr.words([one.grey for one in inked.values()], until)
        # Of what time ended in there are fewer words than lines.
        for (n, one), words in zip(inked.items(), read, strict=False):
            found = written([one.words(words)], unsure=0.0)
            said[n] = (*said[n], " ".join(line.line.text for line in found))
    return tuple(said)


def _same(one: str, other: str) -> bool:
    """Whether two readings are of the same letters and digits."""
    return [*filter(str.isalnum, one.casefold())] == [*filter(str.isalnum, other.casefold())]


def _inked(pixels: Pixels, box: Box, larger: float) -> Inked | None:
    """The line as it is read; None for what lies outside the picture or where nothing stands out."""
    high, wide = pixels.shape[:2]
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(wide, box[0] + box[2]), min(high, box[1] + box[3])
    if right <= left or bottom <= top:
        return None
    return ink(cut(pixels, np.array((left, top, right, bottom))), larger)
