"""Reads frames: words, thumbnail, smallest picture, without secrets; makes vectors of texts and pictures."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Sequence

from memory.errors import ChildFailed
from memory.perceive import pixels
from memory.perceive.again import read_again
from memory.perceive.known import Looks, StripReader
from memory.perceive.layers import Layers
from memory.perceive.lines import Written, written
from memory.perceive.secrets import Struck, grown, places, strike
from memory.perceive.sight import Sight
from memory.ports import Ocr, TextEncoder
from memory.records import Base, Box, Line, Reading, Seen, Small, Vectors
from memory.vectors import quantise

log = logging.getLogger(__name__)

LOOKS = 4
"""How often a picture may be looked at before what was not read is blacked: well below the times that the
engine lets a frame go wrong.
"""

AGAIN_S = 3.0
"""Seconds for lines that are read again, of all pictures of an answer; who asks waits no longer anyway."""


class PageReader:
    """Implements memory.ports.Reader. Each part is made by its function when it is first needed, then kept:
    a reader that never meets a picture to encode never loads torch.
    """

    def __init__(
        self,
        ocr: Callable[[], Ocr],
        texts: Callable[[], TextEncoder],
        sight: Sight,
    ) -> None:
        self._make_ocr, self._make_texts, self._sight = ocr, texts, sight
        self._ocr: Ocr | None = None
        self._strips: StripReader | None = None
        self._layers = Layers()
        self._cut_short: dict[bytes, int] = {}
        self._texts: TextEncoder | None = None

    def read(self, picture: bytes, bases: tuple[Base, ...] = ()) -> Reading:
        """Raises BadPicture, NoOcr, ChildFailed."""
        began = time.monotonic()
        whole = pixels.decoded(picture)
        self._strips = strips = self._strips or StripReader(self._eyes())
        looks = strips.read(whole)
        if looks.more and self._again(picture):
            raise ChildFailed(child="reader", reason="there is more text than one look has time for")
        struck = without_secrets(looks)
        # What was not read may hold any.
        boxes = {*struck.boxes, *looks.unread}
        clean = pixels.blacked(whole, boxes) if boxes else whole
        small = self._layers.smallest(clean, bases)
        look = pixels.thumbnail(clean)
        reading = Reading(struck.lines, strips.engine, look, small.picture, small.base)
        seconds = time.monotonic() - began
        log.debug("read %d lines in %.2f s, %d secrets", len(struck.lines), seconds, len(boxes))
        return reading

    def _again(self, picture: bytes) -> bool:
        """Whether a picture that time did not suffice for is worth another look: that goes on from here."""
        key = hashlib.blake2b(picture).digest()
        looks = self._cut_short[key] = self._cut_short.get(key, 0) + 1
        return looks < LOOKS

    def _eyes(self) -> Ocr:
        self._ocr = made = self._ocr or self._make_ocr()
        return made

    def read_again(
        self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]
    ) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Raises BadPicture, NoOcr, ChildFailed."""
        ocr, until = self._eyes(), time.monotonic() + AGAIN_S
        return tuple(
            read_again(ocr, pixels.decoded(picture), some, until)
            for picture, some in zip(pictures, lines, strict=True)
        )

    def rest(self, picture: bytes, bases: tuple[Base, ...]) -> Small:
        """Raises BadPicture."""
        return self._layers.smallest(pixels.decoded(picture), bases, exact=True)

    def encode_texts(self, texts: tuple[str, ...]) -> Vectors:
        """Raises NoWeights."""
        self._texts = encoder = self._texts or self._make_texts()
        return quantise(encoder.encode(texts), encoder.name)

    def see(self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]) -> Seen:
        """Raises BadPicture."""
        return self._sight.see(pictures, lines)

    def encode_words(self, texts: tuple[str, ...]) -> Vectors | None:
        """Raises NoWeights."""
        return self._sight.encode_words(texts)


def without_secrets(looks: Looks) -> Struck:
    """The lines of the surest look without what any reading takes for a secret: one that was read too
    unsurely to be kept, or that shows in the look that was doubted alone, still stands in the pixels.
    """
    readings = [written(looks.words, unsure=0.0)]
    if looks.doubted != looks.words:
        readings += [written(looks.doubted), written(looks.doubted, unsure=0.0)]
    known = dict.fromkeys(place for reading in readings for place in places(*_parted(reading)))
    struck = strike(*_parted(written(looks.words)), known)
    return Struck(struck.lines, (*struck.boxes, *(grown(place.box) for place in known)))


def _parted(reading: Sequence[Written]) -> tuple[list[Line], list[tuple[Box, ...]]]:
    return [one.line for one in reading], [one.words for one in reading]
