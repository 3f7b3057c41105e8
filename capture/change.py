"""What is new on a monitor: tiles of 32 pixels against the last frame kept, never a hash of the whole.

Hashes of a whole screen cannot see text: another file in the same layout is the same to them. A tile counts
when at least 6 of its pixels differ by more than 24 levels in a channel; two tiles make a frame new. A caret,
the letter at it, a clock and a film are told apart by their shape and by how they change from look to look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from capture.ports import Pixels
from memory.records import Active, Box, Window

TILE = 32
LEVELS = 24
PIXELS = 6
TILES = 2
CELL = (16, 32)
"""Width and height in pixels of a change that is one caret or one letter: nothing that could be read yet."""

STALE = timedelta(minutes=5)
"""So long after the last one kept a frame is new whatever it shows: it begins a moment of its own."""

TICKS = 3
TICK_TILES = 4
TICK_OVERLAP = 0.5
TICK_FORGOTTEN = timedelta(minutes=15)
"""At most 4 tiles that changed 3 times in one place while nothing else did are a clock: alone not new."""

FILM_LOOKS = 4
FILM_EDGE = 4
FILM_EVERY = timedelta(seconds=6)
"""Changes at 4 looks in a row that fill the same rectangle, to 4 pixels, are a film: one in 6 s is kept.

A page that is scrolled ends elsewhere at each look, as its lines do.
"""

NAME_RETURNS = timedelta(seconds=60)
"""A title that blinks between two texts over the same pixels is new once a minute."""

BAR = 48
"""Pixels that a panel is thick at most; a strip along an edge that is never in front."""

Tiles = NDArray[np.bool_]
Name = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The share of tiles that differ from the last frame kept (1.0: there is none), and whether it is new."""

    share: float
    new: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Which tiles changed (rows x columns), and the box around all pixels that did, None if there is none."""

    tiles: Tiles
    box: Box | None

    @property
    def count(self) -> int:
        return int(np.count_nonzero(self.tiles))


class Detector:
    """What was seen of one monitor so far. The caller must not write into pixels that it has handed over."""

    def __init__(self) -> None:
        self._kept: Pixels | None = None
        self._last: Pixels | None = None
        self._kept_at: datetime | None = None
        self._names: dict[Name, datetime] = {}
        self._name: Name | None = None
        self._clocks = _Clocks()
        self._film = _Film()

    def resume(self, pixels: Pixels, at: datetime, active: Active | None) -> None:
        """Goes on after a frame that was kept earlier."""
        self._keep(pixels, at, _name(active))

    def look(
        self, pixels: Pixels, at: datetime, active: Active | None, bars: Sequence[Box], driven: bool = False
    ) -> Verdict:
        """Judges the next look at the monitor and remembers it.

        `bars` are areas that never count. `driven` says that somebody has typed or pointed since the last
        look: then what changes again and again is no film but a page that is scrolled.
        """
        name = _name(active)
        if self._kept is None or self._last is None or self._kept.shape != pixels.shape:
            self._clocks, self._film = _Clocks(), _Film()
            self._keep(pixels, at, name)
            return Verdict(1.0, True)
        stale = self._kept_at is not None and abs(at - self._kept_at) > STALE
        since_kept = difference(self._kept, pixels, bars)
        since_last = since_kept if self._last is self._kept else difference(self._last, pixels, bars)
        self._last = pixels
        self._clocks.learn(since_last, at)
        self._film.learn(since_last, driven)
        share = since_kept.count / since_kept.tiles.size
        new = stale or self._shows_new(since_kept, at) or self._is_named_anew(name, at)
        if new:
            self._keep(pixels, at, name)
        return Verdict(share, new)

    def _shows_new(self, since_kept: Difference, at: datetime) -> bool:
        if since_kept.count < TILES or _is_cell(since_kept.box):
            return False
        beside_clocks = since_kept.tiles & ~self._clocks.area(since_kept.tiles.shape, at)
        if np.count_nonzero(beside_clocks) < TILES:
            return False
        film = self._film.area(since_kept.tiles.shape)
        if np.count_nonzero(beside_clocks & ~film) >= TILES:
            return True
        return self._kept_at is None or abs(at - self._kept_at) >= FILM_EVERY

    def _is_named_anew(self, name: Name | None, at: datetime) -> bool:
        if (
            name is None
            or name == self._name
            or (self._name and _unnumbered(name) == _unnumbered(self._name))
        ):
            return False
        seen = self._names.get(name)
        return seen is None or abs(at - seen) > NAME_RETURNS

    def _keep(self, pixels: Pixels, at: datetime, name: Name | None) -> None:
        self._kept = self._last = pixels
        self._kept_at = at
        self._name = name
        self._names = {n: seen for n, seen in self._names.items() if abs(at - seen) <= NAME_RETURNS}
        if name is not None:
            self._names[name] = at


def difference(before: Pixels, after: Pixels, bars: Sequence[Box]) -> Difference:
    """Compares two pictures of one size. Most tiles are equal, so bytes are compared first, levels after."""
    height, width = after.shape[:2]
    rows, columns = -(-height // TILE), -(-width // TILE)
    touched = _touched(before, after, rows, columns)
    tiles = np.zeros((rows, columns), np.bool_)
    left, top, right, bottom = width, height, 0, 0
    for row in np.flatnonzero(touched.any(axis=1)):
        found = np.flatnonzero(touched[row])
        y0, y1 = row * TILE, min(height, (row + 1) * TILE)
        x0, x1 = found[0] * TILE, min(width, (found[-1] + 1) * TILE)
        hot = _hot(before[y0:y1, x0:x1], after[y0:y1, x0:x1])
        for x, y, w, h in bars:
            hot[max(0, y - y0) : max(0, y + h - y0), max(0, x - x0) : max(0, x + w - x0)] = False
        starts = np.arange(0, x1 - x0, TILE)
        tiles[row, found[0] : found[-1] + 1] = np.add.reduceat(hot.sum(axis=0), starts) >= PIXELS
        across, down = np.flatnonzero(hot.any(axis=0)), np.flatnonzero(hot.any(axis=1))
        if across.size:
            left, right = min(left, x0 + across[0]), max(right, x0 + across[-1] + 1)
            top, bottom = min(top, y0 + down[0]), max(bottom, y0 + down[-1] + 1)
    box = (int(left), int(top), int(right - left), int(bottom - top)) if right > left else None
    return Difference(tiles, box)


def bars_of(
    windows: Sequence[Window] | None, active: Active | None, width: int, height: int
) -> tuple[Box, ...]:
    """The boxes of panels: strips of at most BAR pixels along an edge, over half of it, not in front."""
    found = []
    for w in windows or ():
        across = w.h <= BAR and w.w * 2 >= width and (w.y <= 0 or w.y + w.h >= height)
        along = w.w <= BAR and w.h * 2 >= height and (w.x <= 0 or w.x + w.w >= width)
        in_front = active is not None and (w.app, w.title) == (active.app, active.title)
        if (across or along) and not in_front:
            found.append((w.x, w.y, w.w, w.h))
    return tuple(found)


class _Clocks:
    """Small places that change by themselves again and again while everything else stands still.

    Places are told apart by pixels, not by tiles: what is typed moves on from look to look.
    """

    def __init__(self) -> None:
        self._alone: Box = (0, 0, 0, 0)
        self._times = 0
        self._known: list[tuple[Tiles, Box, datetime]] = []

    def learn(self, changed: Difference, at: datetime) -> None:
        if changed.box is None or not 0 < changed.count <= TICK_TILES:
            return
        for n, (tiles, box, _) in enumerate(self._known):
            if _overlap(box, changed.box) >= TICK_OVERLAP:
                self._known[n] = (tiles | changed.tiles, box, at)
                return
        again = self._times and _overlap(self._alone, changed.box) >= TICK_OVERLAP
        self._times = self._times + 1 if again else 1
        self._alone = changed.box
        if self._times >= TICKS:
            self._known.append((changed.tiles, changed.box, at))
            self._times = 0

    def area(self, shape: tuple[int, ...], at: datetime) -> Tiles:
        self._known = [known for known in self._known if abs(at - known[2]) <= TICK_FORGOTTEN]
        area = np.zeros(shape, np.bool_)
        for tiles, _, _ in self._known:
            area |= tiles
        return area


class _Film:
    """A rectangle that changes at every look."""

    def __init__(self) -> None:
        self._box: Box = (0, 0, 0, 0)
        self._looks = 0

    def learn(self, changed: Difference, driven: bool) -> None:
        box = changed.box or (0, 0, 0, 0)
        goes_on = self._looks >= FILM_LOOKS and np.any(changed.tiles & self.area(changed.tiles.shape))
        if driven or not (goes_on or _alike(box, self._box)):
            self._box, self._looks = box, 1 if changed.count > TICK_TILES else 0
        elif self._looks:
            self._looks += 1

    def area(self, shape: tuple[int, ...]) -> Tiles:
        tiles = np.zeros(shape, np.bool_)
        if self._looks >= FILM_LOOKS:
            x, y, w, h = self._box
            tiles[y // TILE : -(-(y + h) // TILE), x // TILE : -(-(x + w) // TILE)] = True
        return tiles


def _alike(one: Box, other: Box) -> bool:
    (x, y, w, h), (u, v, s, t) = one, other
    sides = ((x, u), (y, v), (x + w, u + s), (y + h, v + t))
    return all(abs(here - there) <= FILM_EDGE for here, there in sides)


def _overlap(one: Box, other: Box) -> float:
    """What both cover as a share of the smaller one."""
    (x, y, w, h), (u, v, s, t) = one, other
    across, down = min(x + w, u + s) - max(x, u), min(y + h, v + t) - max(y, v)
    return across * down / min(w * h, s * t) if across > 0 and down > 0 else 0.0


def _is_cell(box: Box | None) -> bool:
    return box is not None and box[2] <= CELL[0] and box[3] <= CELL[1]


def _touched(before: Pixels, after: Pixels, rows: int, columns: int) -> Tiles:
    """Which tiles differ in any byte."""
    height, width = after.shape[:2]
    if width % 8 == 0 and before.flags.c_contiguous and after.flags.c_contiguous:
        unequal = before.reshape(height, -1).view(np.uint64) != after.reshape(height, -1).view(np.uint64)
    else:
        unequal = (before != after).reshape(height, -1)
    step = unequal.shape[1] * TILE // width if width % 8 == 0 else TILE * 3
    across = np.logical_or.reduceat(unequal, np.arange(0, unequal.shape[1], step), axis=1)
    found: Tiles = np.logical_or.reduceat(across, np.arange(0, height, TILE), axis=0)
    return found[:rows, :columns]


def _hot(before: Pixels, after: Pixels) -> Tiles:
    """Which pixels differ by more than LEVELS in a channel."""
    apart = np.maximum(before, after) - np.minimum(before, after)
    far: Tiles = apart > LEVELS
    hot: Tiles = far[..., 0] | far[..., 1] | far[..., 2]
    return hot


def _name(active: Active | None) -> Name | None:
    return (active.app, active.title, active.url) if active is not None else None


def _unnumbered(name: Name) -> Name:
    """A title without its numbers: those of a running time or of progress count up at every look."""
    return (name[0], re.sub(r"\d+", "", name[1]), name[2])
