"""The words of a picture, strip by strip; a strip whose pixels were read lately is not read again.

Most of a screen stays as it was from look to look, or moves: scrolled lines, windows and tabs that come back.
Their strips are the same to the pixel, and so is what they say. Strips are looked for in the whole picture
each time, so that what is known and what is new is cut as if all were read.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from memory.perceive.ink import Strip, cut, ink
from memory.perceive.joined import sure
from memory.perceive.strips import find
from memory.ports import Ocr, Pixels, Word
from memory.records import Box

MOST = 6000
"""Strips that are remembered, the last seen longest; some twenty to sixty screens, and some 10 MB."""

DOUBT, LARGER, BETTER = 0.8, 1.5, 0.02
"""Strips of less confidence are read again, so many times larger, and that is taken where its confidence is
better by so much. Measured: a seventh of the strips; of terminals .8, of pages .5 points of recall.
"""
READ_S = 100.0
"""Seconds for the words of one picture, both looks; well below what a call to the reader may take."""
PORTION = 500_000
"""Pixels of strips that are read, then remembered: an ordinary screen has fewer, a dense one of 4K twenty
times as many.
"""

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a strip says, and what it says in the less sure of two looks: a secret may show in one alone."""

    words: Words
    doubted: Words


@dataclass(frozen=True, slots=True)
class Looks:
    """The words of each strip with their boxes in the picture, as they were read most surely and less so;
    and the strips that time did not suffice for, of which nothing is known. `more`: another look at the
    picture would read some of these.
    """

    words: list[Words]
    doubted: list[Words]
    unread: tuple[Box, ...]
    more: bool


class StripReader:
    """Reads pictures with one engine. What it remembers is text in this process's memory, never on disk.

    Small strips are read first, so that a dense block costs no more than itself; what is read is remembered
    at once, and the next look at that screen goes on where time ended. `now` counts
    seconds as time.monotonic.
    """

    def __init__(self, ocr: Ocr, most: int = MOST, now: Callable[[], float] = time.monotonic) -> None:
        self.engine = ocr.name
        self._ocr, self._most, self._now = ocr, most, now
        self._known: OrderedDict[bytes, Said | None] = OrderedDict()

    def read(self, pixels: Pixels) -> Looks:
        """Raises NoOcr, ChildFailed."""
        strips = [cut(pixels, box) for box in find(pixels)]
        keys = [_key(strip) for strip in strips]
        said = {key: self._known[key] for key in keys if key in self._known}
        self._remember(said)
        new = {key: strip for key, strip in zip(keys, strips, strict=True) if key not in said}
        read = self._read(new)
        said |= read
        there = [(one, strip) for key, strip in zip(keys, strips, strict=True) if (one := said.get(key))]
        return Looks(
            [_placed(one.words, strip) for one, strip in there],
            [_placed(one.doubted, strip) for one, strip in there],
            tuple(_box(strip) for key, strip in zip(keys, strips, strict=True) if not said.get(key)),
            more=any(read.values()) and any(key not in said for key in keys),
        )

    def _read(self, strips: Mapping[bytes, Strip]) -> dict[bytes, Said | None]:
        """What new strips say, boxes in the strip; what is read in doubt is looked at larger once more. None
        is one that all of the time did not suffice for; those that it ended before are left out.
        """
        until = self._now() + READ_S
        said: dict[bytes, Said | None] = {}
        for portion, read in self._look(strips, 1.0, until):
            done: dict[bytes, Said | None] = {key: Said(words, words) for key, words in read.items()}
            if not said and not done:
                done[next(iter(portion))] = None
            said |= done
            self._remember(done)
        doubtful = {key: strips[key] for key, one in said.items() if one and sure(one.words) < DOUBT}
        for _, again in self._look(doubtful, LARGER, until):
            both = {key: _surer(one.words, again[key]) for key in again if (one := said[key])}
            said |= both
            self._remember(both)
        return said

    def _look(
        self, strips: Mapping[bytes, Strip], larger: float, until: float
    ) -> Iterator[tuple[dict[bytes, Strip], dict[bytes, Words]]]:
        """Portions of strips and what was read of them, up to one that time ended in. Where nothing stands
        out, nothing is said.
        """
        for portion in _portions(strips):
            inked = {key: one for key, strip in portion.items() if (one := ink(strip, larger)) is not None}
            read = self._ocr.words([one.grey for one in inked.values()], until)
            found: dict[bytes, Words] = {key: () for key in portion if key not in inked}
            # Of what time ended in there are fewer words than strips.
            found |= {key: one.words(words) for (key, one), words in zip(inked.items(), read, strict=False)}
            yield portion, found
            if len(read) < len(inked):
                return

    def _remember(self, said: Mapping[bytes, Said | None]) -> None:
        for key, one in said.items():
            self._known[key] = one
            self._known.move_to_end(key)
        while len(self._known) > self._most:
            self._known.popitem(last=False)


def _portions(strips: Mapping[bytes, Strip]) -> Iterator[dict[bytes, Strip]]:
    """The strips from the smallest on, in portions of PORTION pixels."""
    portion: dict[bytes, Strip] = {}
    size = 0
    for key, strip in sorted(strips.items(), key=lambda item: item[1].pixels.size):
        area = strip.pixels.size // 3
        if portion and size + area > PORTION:
            yield portion
            portion, size = {}, 0
        portion[key] = strip
        size += area
    if portion:
        yield portion


def _surer(first: Words, again: Words) -> Said:
    return Said(again, first) if sure(again) > sure(first) + BETTER else Said(first, again)


def _key(strip: Strip) -> bytes:
    """All that reading depends on: the pixels, their shape, and the rows of the strip within."""
    key = hashlib.blake2b(repr((strip.pixels.shape, strip.row, strip.high)).encode(), digest_size=16)
    key.update(np.ascontiguousarray(strip.pixels).data)
    return key.digest()


def _placed(words: Iterable[Word], strip: Strip) -> Words:
    return tuple(
        replace(word, box=(word.box[0] + strip.left, word.box[1] + strip.top, *word.box[2:]))
        for word in words
    )


def _box(strip: Strip) -> Box:
    high, wide = strip.pixels.shape[:2]
    return strip.left, strip.top, wide, high
