"""A strip made plain for an engine that reads: dark on white, of one size, with words well apart; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from memory.perceive.pitch import BLANK, Piece, pieces, pitch, whole
from memory.ports import Grey, Pixels, Word
from memory.records import Box

SMALL = 26
"""Strips of at most so many pixels are one line of small text."""
MARGIN = 3
"""Pixels of surroundings taken along, so that no letter is cut."""
SOFT = 1
"""Of these, rows above and below that are kept: the pale rims of its letters."""
PALEST = 30
"""Least difference from the background, of 255, of what can be read."""
LARGEST = 80
"""Pixels of height above which a strip is made smaller."""
PAD = 10
"""White pixels around the finished strip."""
FRAME = 64
"""Least contrast, of 255, of a border."""
MARKED, FLAT, EDGE = 0.5, 0.8, 0.1
"""Least share of a selection that is its ground, of a column between letters, and of a column at its end."""
WORD_GAP = 0.36
"""A gap of this share of the strip's height parts words; the engine overlooks the narrow ones ("12.4 V")."""
WIDENED = 0.25
"""What such a gap is widened by, as a share of the height."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip cut out of a picture with its surroundings: where these begin in the picture, and within them
    its own first row and height.
    """

    pixels: Pixels
    left: int
    top: int
    row: int
    high: int


def cut(pixels: Pixels, box: NDArray[np.int64]) -> Strip:
    """The strip at `box` (left, top, right, bottom)."""
    left, top, right, bottom = (int(edge) for edge in box)
    x, y = max(0, left - MARGIN), max(0, top - MARGIN)
    return Strip(pixels[y : bottom + MARGIN, x : right + MARGIN], x, y, top - y, bottom - top)


@dataclass(frozen=True, slots=True)
class Inked:
    """`grey` is what is read; `columns` names for each column of it, unscaled, that of the strip; `high`
    rows has the strip; `pieces` is what its pixels tell of its words where its letters are of one pitch.
    """

    grey: Grey
    columns: NDArray[np.int64]
    high: int
    factor: float
    pieces: tuple[Piece, ...]

    def words(self, read: Sequence[Word]) -> tuple[Word, ...]:
        """What was read in `grey`, with its boxes in the strip."""
        found = tuple(replace(word, box=self.box(word.box)) for word in read)
        return whole(found, self.pieces) if self.pieces else found

    def box(self, inside: Box) -> Box:
        """A box in `grey` as one in the strip."""
        x, y, w, h = inside
        last = len(self.columns) - 1
        left = int(self.columns[min(last, max(0, round((x - PAD) / self.factor)))])
        right = int(self.columns[min(last, max(0, round((x + w - PAD) / self.factor) - 1))]) + 1
        top = min(self.high - 1, max(0, round((y - PAD) / self.factor)))
        bottom = min(self.high, max(top + 1, round((y + h - PAD) / self.factor)))
        return left, top, max(1, right - left), bottom - top


def ink(strip: Strip, larger: float = 1.0) -> Inked | None:
    """The strip as it is read, so many times `larger` than usual; None where nothing stands out in it. Its
    place in the picture is no matter.
    """
    contrast = _contrast(strip)
    if contrast is None:
        return None
    _take_frame_out(contrast)
    grey, rows = 255 - contrast, len(contrast)
    # The lines above and below reach into the surroundings.
    grey[: max(0, strip.row - SOFT)] = grey[strip.row + strip.high + SOFT :] = 255
    own = grey[strip.row : strip.row + strip.high]
    inked = np.flatnonzero((own < 160).any(axis=0))
    letter = pitch(inked) if strip.high <= SMALL else None
    blank = BLANK * letter if letter else WORD_GAP * strip.high
    spread, columns = _spread(grey, inked, blank, strip.high)
    factor = larger * _factor(strip.high)
    size = round(len(columns) * factor), round(rows * factor)
    scaled = Image.fromarray(spread).resize(size, Image.Resampling.LANCZOS)
    padded = np.pad(np.asarray(scaled), PAD, constant_values=255)
    return Inked(padded, columns, rows, factor, pieces(own, inked, letter) if letter else ())


def _contrast(strip: Strip) -> Grey | None:
    """Distance from the colour of the ground, stretched to 0..255; a selected part has its own ground."""
    crop = strip.pixels
    coarse = (crop[:, :, 0] >> 3).astype(np.int64) << 10
    coarse |= (crop[:, :, 1] >> 3).astype(np.int64) << 5 | crop[:, :, 2] >> 3
    plain = int(np.bincount(coarse.ravel()).argmax())
    other, marked = _marked(coarse[strip.row : strip.row + strip.high], plain)
    if not marked.any():
        return _stretched(crop, coarse == plain)
    contrast: Grey = np.zeros(coarse.shape, dtype=np.uint8)
    for colour, columns in ((plain, ~marked), (other, marked)):
        part = _stretched(crop[:, columns], coarse[:, columns] == colour)
        if part is not None:
            # Above and below a selection goes on what lies around it.
            part[(part > FRAME).mean(axis=1) > 0.9] = 0
            contrast[:, columns] = part
    return contrast if contrast.any() else None


def _stretched(crop: Pixels, ground: NDArray[np.bool_]) -> Grey | None:
    """Distance from the colour of the ground in the channel where it is greatest; None where all is pale.

    Where none of it shows, the middle of all colours is the ground.
    """
    if not crop.size:
        return None
    colour = np.median(crop[ground] if ground.any() else crop.reshape(-1, 3), axis=0)
    distance = np.abs(crop.astype(np.int16) - colour).max(axis=2)
    top = float(np.percentile(distance, 98)) if distance.size > 400 else float(distance.max())
    if top < PALEST:
        return None
    contrast: Grey = (distance * (255 / top)).clip(0, 255).astype(np.uint8)
    return contrast


def _marked(own: NDArray[np.int64], plain: int) -> tuple[int, NDArray[np.bool_]]:
    """The second ground of a strip's own rows and its columns, none where there is but one. Between the
    letters on it its colour goes from top to bottom, which no letter's does over a width of the height.
    """
    none = np.zeros(own.shape[1], dtype=np.bool_)
    counts = np.bincount(own[own != plain], minlength=1)
    other = int(counts.argmax())
    if counts[other] < MARKED * len(own) * MARGIN:
        return other, none
    share = (own == other).mean(axis=0)
    sides = np.where(share > FLAT, 1, np.where((own == plain).mean(axis=0) > FLAT, -1, 0))
    known = np.flatnonzero(sides)
    if not len(known):
        return other, none
    at = np.arange(len(sides))
    before = sides[known[np.maximum(np.searchsorted(known, at, side="right") - 1, 0)]]
    after = sides[known[np.minimum(np.searchsorted(known, at), len(known) - 1)]]
    within = np.where(before == after, before > 0, share > EDGE)
    edges = np.flatnonzero(np.diff(np.r_[False, within, False]))
    for start, end in zip(edges[0::2], edges[1::2], strict=True):
        # Beside a line that is mostly selected there is but a margin of the other ground.
        least = MARGIN if start == 0 or end == len(none) else len(own)
        none[start:end] = end - start >= least and share[start:end].mean() > MARKED
    return other, none


def _take_frame_out(contrast: Grey) -> None:
    """Blanks what runs along an edge from end to end, in place: a window's border, which reads as "|".

    A letter ends where its strip does; what goes on through the surroundings on both sides is none.
    """
    edge = MARGIN + 1
    for sheet in (contrast, contrast.T):
        inked = (sheet > FRAME).mean(axis=0)
        for line in (*range(edge), *range(-edge, 0)):
            if len(inked) > 2 * edge and inked[line] > 0.95:
                sheet[:, line] = 0


def _factor(high: int) -> float:
    """Enlargement to about 30 pixels a line, the size that reads best (measured: x2 for text of 11-16 px)."""
    if high < 8:
        return 3.0
    if high <= SMALL:
        return 2.0
    if high <= 34:
        return 1.5
    return min(1.0, LARGEST / high)


def _spread(grey: Grey, inked: NDArray[np.int64], blank: float, high: int) -> tuple[Grey, NDArray[np.int64]]:
    """Gaps of at least `blank` in small text, between words, made wider, and where each column came from."""
    columns = np.arange(grey.shape[1])
    wide = np.flatnonzero(np.diff(inked) - 1 >= blank)
    if high > SMALL or not len(wide):
        return grey, columns
    middles = (inked[wide] + inked[wide + 1]) // 2
    counts = np.ones(len(columns), dtype=np.int64)
    counts[middles] += max(2, round(WIDENED * high))
    taken = np.repeat(columns, counts)
    return grey[:, taken], taken
