"""The words of a picture, strip by strip; a strip whose pixels were read lately is not read again.

Most of a screen stays as it was from look to look, or moves: scrolled lines, windows and tabs that come back.
Their strips are the same to the pixel, and so is what they say. Strips are looked for in the whole picture
each time, so that what is known and what is new is cut as if all were read.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from memory.perceive.ink import Strip, cut, ink
from memory.perceive.joined import sure
from memory.perceive.strips import find
from memory.ports import Ocr, Pixels, Word

MOST = 6000
"""Strips that are remembered, the last seen longest; some twenty to sixty screens, and some 10 MB."""

DOUBT, LARGER, BETTER = 0.8, 1.5, 0.02
"""Strips of less confidence are read again, so many times larger, and that is taken where its confidence is
better by so much. Measured: a seventh of the strips; of terminals .8, of pages .5 points of recall.
"""

Words = tuple[Word, ...]


class StripReader:
    """Reads pictures with one engine. What it remembers is text in this process's memory, never on disk."""

    def __init__(self, ocr: Ocr, most: int = MOST) -> None:
        self.engine = ocr.name
        self._ocr, self._most = ocr, most
        self._known: OrderedDict[bytes, Words] = OrderedDict()

    def words(self, pixels: Pixels) -> list[Words]:
        """The words of each strip, with their boxes in the picture; raises ChildFailed."""
        strips = [cut(pixels, box) for box in find(pixels)]
        keys = [_key(strip) for strip in strips]
        new = {key: strip for key, strip in zip(keys, strips, strict=True) if key not in self._known}
        said = self._read(new) | {key: self._known[key] for key in keys if key in self._known}
        self._remember(said)
        return [_placed(said[key], strip) for key, strip in zip(keys, strips, strict=True)]

    def _read(self, strips: dict[bytes, Strip]) -> dict[bytes, Words]:
        """What new strips say, boxes in the strip; what is read in doubt is looked at larger once more."""
        said = self._look(strips, 1.0)
        doubtful = {key: strips[key] for key, words in said.items() if sure(words) < DOUBT}
        for key, words in self._look(doubtful, LARGER).items():
            if sure(words) > sure(said[key]) + BETTER:
                said[key] = words
        return said

    def _look(self, strips: dict[bytes, Strip], larger: float) -> dict[bytes, Words]:
        """Where nothing stands out, nothing is said."""
        inked = {key: one for key, strip in strips.items() if (one := ink(strip, larger)) is not None}
        read = self._ocr.words([one.grey for one in inked.values()])
        found: dict[bytes, Words] = dict.fromkeys(strips, ())
        return found | {key: one.words(words) for (key, one), words in zip(inked.items(), read, strict=True)}

    def _remember(self, said: dict[bytes, Words]) -> None:
        for key, words in said.items():
            self._known[key] = words
            self._known.move_to_end(key)
        while len(self._known) > self._most:
            self._known.popitem(last=False)


def _key(strip: Strip) -> bytes:
    """All that reading depends on: the pixels, their shape, and the rows of the strip within."""
    key = hashlib.blake2b(repr((strip.pixels.shape, strip.row, strip.high)).encode(), digest_size=16)
    key.update(np.ascontiguousarray(strip.pixels).data)
    return key.digest()


def _placed(words: Sequence[Word], strip: Strip) -> Words:
    return tuple(
        Word(word.text, (word.box[0] + strip.left, word.box[1] + strip.top, *word.box[2:]), word.confidence)
        for word in words
    )
