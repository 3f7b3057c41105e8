"""Looks at frames: finds the pictures in them, says what can be said of each, and makes vectors of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from memory.errors import NoWeights
from memory.perceive import cues, pixels, regions
from memory.ports import PictureEncoder, Pixels, Tagger
from memory.records import Box, Cue, Line, Part, Seen, Vectors
from memory.vectors import quantise

CUES = "cues 1"
"""To be counted up where regions or cues change, so that old frames are looked at again."""
SURE = 0.6
"""Lines read more unsurely than this are often marks in a picture, not text."""


class Sight:
    """Encoder and tagger are made by their functions when they are first needed, then kept."""

    def __init__(self, encoder: Callable[[], PictureEncoder], tagger: Callable[[], Tagger]) -> None:
        self._make_encoder, self._make_tagger = encoder, tagger
        self._encoder: PictureEncoder | None = None
        self._tagger: Tagger | None = None

    def see(self, pictures: Sequence[bytes], lines: Sequence[Sequence[Line]]) -> Seen:
        """Cues and vectors of frames whose lines are known; without weights cues alone. Raises BadPicture."""
        frames = [pixels.decoded(picture) for picture in pictures]
        boxes = [regions.find(frame, _texts(said)) for frame, said in zip(frames, lines, strict=True)]
        tagger = self._tags()
        found = tuple(
            _cues(frame, inside, said, tagger)
            for frame, inside, said in zip(frames, boxes, lines, strict=True)
        )
        maker = f"{CUES}, {tagger.name}" if tagger else CUES
        parts = tuple(
            Part(of, n, box)
            for of, (frame, inside) in enumerate(zip(frames, boxes, strict=True))
            for n, box in enumerate(((0, 0, frame.shape[1], frame.shape[0]), *inside))
        )
        try:
            encoder = self.encoder()
        except NoWeights:
            return Seen(maker, found, parts)
        vectors = encoder.encode([_cut(frames[part.of], part.box) for part in parts])
        return Seen(maker, found, parts, quantise(vectors, encoder.name))

    def encode_words(self, texts: Sequence[str]) -> Vectors | None:
        """Texts in the pictures' space, or None. Raises NoWeights."""
        encoder = self.encoder()
        vectors = encoder.encode_words(texts)
        return None if vectors is None else quantise(vectors, encoder.name)

    def encoder(self) -> PictureEncoder:
        """Raises NoWeights."""
        self._encoder = made = self._encoder or self._make_encoder()
        return made

    def _tags(self) -> Tagger | None:
        if self._tagger is None:
            try:
                self._tagger = self._make_tagger()
            except NoWeights:
                return None
        return self._tagger


def _texts(lines: Sequence[Line]) -> list[Box]:
    sure = (line for line in lines if line.confidence >= SURE)
    return [line.box for line in sure if sum(mark.isalnum() for mark in line.text) > 1]


def _cues(
    frame: Pixels, boxes: Sequence[Box], lines: Sequence[Line], tagger: Tagger | None
) -> tuple[Cue, ...]:
    said = cues.describe(frame, boxes, lines)
    photos = [cue for cue in said if cue.kind == "form" and cue.label == "photo"]
    if not tagger or not photos:
        return said
    shown = tagger.tags([_cut(frame, photo.box) for photo in photos])
    tags = tuple(
        Cue(photo.n, photo.box, "tag", name, sure)
        for photo, names in zip(photos, shown, strict=True)
        for name, sure in names
    )
    return said + tags


def _cut(frame: Pixels, box: Box) -> Pixels:
    x, y, w, h = box
    return np.ascontiguousarray(frame[y : y + h, x : x + w])
