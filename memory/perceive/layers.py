"""The smallest form of a screen: whole, or as what differs from one kept before, laid over it.

Compared cell by cell of 8 pixels, for equality and no less: what comes back is the screen to the pixel. The
sizes were measured on the desktop recording (tests/bench/perceive_pictures.py).
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from memory import webp
from memory.errors import BadPicture
from memory.perceive import pixels
from memory.ports import Pixels
from memory.records import Base, Small
from memory.webp import DEEPEST

CELL = 8
"""Pixels; larger cells carry more that is known, smaller ones break up what is new."""
LARGEST = 0.9
"""Share of a screen that a layer on a whole picture may hold; the higher the pile the less, to none:
so a large change stands low, and what is typed after it finds room above it."""
HIGHER = 0.005
"""Share that one layer less below is worth."""

DRAWN = 18_000_000
"""Pixels that are gone over to show a picture, for each layer the whole screen: a large one has fewer."""

REMEMBERED = 64
"""Pictures whose cells are remembered; 160 kB each of 1440x900."""

Cells = NDArray[np.uint64]
Marks = NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)


class Layers:
    """Makes pictures small. The cells of those that others may rest on are remembered, as sums: so that of
    several the best is found without decoding each anew.
    """

    def __init__(self, most: int = REMEMBERED, deepest: int = DEEPEST, largest: float = LARGEST) -> None:
        self._most, self._deepest, self._largest = most, deepest, largest
        self._known: OrderedDict[bytes, Cells] = OrderedDict()

    def smallest(self, screen: Pixels, bases: Sequence[Base], exact: bool = False) -> Small:
        """The screen whole, or as a layer over one of `bases`; `exact` where others rest on it as it is."""
        cells = _cells(screen)
        chosen = self._chosen(cells, _weights(screen), bases)
        if chosen is not None:
            base = bases[chosen].picture
            below = _decoded(base)
            layer = b"" if below is None else _layer(screen, below)
            if 0 < len(layer) <= pixels.LOSSLESS:
                self._remember(_key(webp.stacked((base, layer))), cells)
                return Small(layer, chosen)
        whole = pixels.lossless(screen) if exact else pixels.smallest(screen)
        if webp.is_exact(whole):
            self._remember(_key(whole), cells)
        return Small(whole, None)

    def _chosen(self, cells: Cells, weights: NDArray[np.int64], bases: Sequence[Base]) -> int | None:
        """The base with the least that differs, weighed by how much there is to see in it."""
        total = int(weights.sum())
        deepest = min(self._deepest, max(1, DRAWN // (cells.size * CELL * CELL)))
        fit = []
        for n, base in enumerate(bases):
            known = self._cells_of(base.picture)
            if known is None or known.shape != cells.shape:
                continue
            share = float(weights[known != cells].sum()) / total
            if share <= self._largest * (1 - base.depth / deepest):
                fit.append((share + HIGHER * base.depth, n))
        return min(fit)[1] if fit else None

    def _cells_of(self, picture: bytes) -> Cells | None:
        key = _key(picture)
        known = self._known.get(key)
        if known is None:
            below = _decoded(picture)
            known = None if below is None else _cells(below)
        if known is not None:
            self._remember(key, known)
        return known

    def _remember(self, key: bytes, cells: Cells) -> None:
        self._known[key] = cells
        self._known.move_to_end(key)
        if len(self._known) > self._most:
            self._known.popitem(last=False)


def _key(picture: bytes) -> bytes:
    return hashlib.blake2b(picture, digest_size=16).digest()


def _decoded(picture: bytes) -> Pixels | None:
    """None where it is damaged: then nothing new is to rest on it."""
    try:
        return pixels.decoded(picture)
    except BadPicture:
        return None


def _layer(screen: Pixels, below: Pixels) -> bytes:
    """What of a screen differs, cut out to whole cells; b"" where the two are not of one size."""
    if screen.shape != below.shape:
        return b""
    height, width = screen.shape[:2]
    apart = screen != below
    differ: Marks = apart[..., 0] | apart[..., 1] | apart[..., 2]
    new = np.asarray(_blocks(differ).any(axis=(1, 3)))
    if not new.any():
        # A picture has to have something in it.
        new[0, 0] = True
    down, across = np.flatnonzero(new.any(axis=1)), np.flatnonzero(new.any(axis=0))
    x, y = int(across[0]) * CELL, int(down[0]) * CELL
    right, bottom = min(width, (int(across[-1]) + 1) * CELL), min(height, (int(down[-1]) + 1) * CELL)
    shown = np.repeat(np.repeat(new, CELL, axis=0), CELL, axis=1)[y:bottom, x:right]
    cut = screen[y:bottom, x:right]
    if not shown.all():
        opaque = shown[..., None].astype(np.uint8)
        cut = np.concatenate([cut * opaque, opaque * 255], axis=2)
    return webp.layer(pixels.lossless(cut), (x, y, right - x, bottom - y), (width, height))


def _cells(screen: Pixels) -> Cells:
    """A sum of each cell: two cells that differ have the same one once in 2^64 by chance."""
    blocks = _blocks(screen)
    rows, _, columns = blocks.shape[:3]
    words = np.ascontiguousarray(blocks).reshape(rows, CELL, columns, -1).view(np.uint64)
    factors = np.random.default_rng(0).integers(1, 1 << 63, (CELL, 1, words.shape[-1]), np.uint64) * 2 + 1
    mixed = words ^ (words >> np.uint64(29))
    sums: Cells = (mixed * factors).sum(axis=(1, 3), dtype=np.uint64)
    return sums


def _weights(screen: Pixels) -> NDArray[np.int64]:
    """What each cell is likely to cost: pixels whose green is unlike their left neighbour's, and a little."""
    green = np.ascontiguousarray(screen[..., 1])
    unlike = np.zeros(green.shape, np.bool_)
    unlike[:, 1:] = green[:, 1:] != green[:, :-1]
    weights: NDArray[np.int64] = _blocks(unlike).sum(axis=(1, 3)) + 2
    return weights


def _blocks(picture: NDArray[T]) -> NDArray[T]:
    """Rows x CELL x columns x CELL (x 3), filled up with nothing at the right and the bottom."""
    height, width = picture.shape[:2]
    fill = [(0, -height % CELL), (0, -width % CELL)] + [(0, 0)] * (picture.ndim - 2)
    full = np.pad(picture, fill)
    return full.reshape(full.shape[0] // CELL, CELL, full.shape[1] // CELL, CELL, *picture.shape[2:])
