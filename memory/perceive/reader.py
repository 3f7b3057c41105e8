"""Reads frames: words, thumbnail, smallest picture, without secrets; makes vectors of texts and pictures."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from memory.perceive import pixels
from memory.perceive.known import StripReader
from memory.perceive.layers import Layers
from memory.perceive.lines import Written, written
from memory.perceive.secrets import Struck, strike
from memory.perceive.sight import Sight
from memory.ports import Ocr, TextEncoder
from memory.records import Base, Line, Reading, Seen, Small, Vectors
from memory.vectors import quantise

log = logging.getLogger(__name__)


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
        self._strips: StripReader | None = None
        self._layers = Layers()
        self._texts: TextEncoder | None = None

    def read(self, picture: bytes, bases: tuple[Base, ...] = ()) -> Reading:
        """Raises BadPicture, NoOcr, ChildFailed."""
        began = time.monotonic()
        whole = pixels.decoded(picture)
        self._strips = strips = self._strips or StripReader(self._make_ocr())
        words = strips.words(whole)
        struck = _struck(written(words))
        # A secret that was read too unsurely to be kept as text still stands in the pixels.
        boxes = {*struck.boxes, *_struck(written(words, unsure=0.0)).boxes}
        clean = pixels.blacked(whole, boxes) if boxes else whole
        small = self._layers.smallest(clean, bases)
        look = pixels.thumbnail(clean)
        reading = Reading(struck.lines, strips.engine, look, small.picture, small.base)
        seconds = time.monotonic() - began
        log.debug("read %d lines in %.2f s, %d secrets", len(struck.lines), seconds, len(boxes))
        return reading

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


def _struck(lines: Sequence[Written]) -> Struck:
    return strike([one.line for one in lines], [one.words for one in lines])
