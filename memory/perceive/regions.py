"""Where a frame shows pictures: areas painted in colours on which no text of this frame stands; pure.

A page's ground is what its words stand on. What is neither ground nor word is a picture, a chart, a bar of
colour or an icon; what is large, not one plain colour and not a strip is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from memory.ports import Pixels
from memory.records import Box

Cells = NDArray[np.bool_]
Keys = NDArray[np.int32]

ENOUGH = 2_500_000
"""Pixels of a frame that are looked at; of larger ones (4K, twice the resolution) every second or third."""
CELL = 8
"""Side of the squares that are judged as one, in pixels."""
NEAR = 5
"""A colour differs from a ground by at most so much in each channel (of 255) where it counts as it."""
NEUTRAL, DARK, PANEL = 12, 60, 0.015
"""A colour whose channels differ by no more than NEUTRAL, or are below DARK, is a panel without words, so
ground too, where it covers this share of the frame."""
SHARE = 0.55
"""Of a square has to be no ground: a border or an icon's edge is less."""
LEAST = 64
"""Pixels of a picture's shorter side; icons and buttons are smaller (measured on 490 screens)."""
PLAIN = 0.9
"""What has one colour to this share is a panel or a bar, not a picture."""
LINES = 2
"""Lines of text that a colour has under it before it counts as a ground."""
WORDY = 0.2
"""What is covered by text to this share is a page or a panel of the program."""
FILLED = 0.3
"""Of a picture's squares are painted, at least; what is less is the frame around something else."""
LONG = 5
"""What is so many times as long as it is high (or the other way) is a bar of the program."""
MOST = 4
"""Pictures of one frame, the largest: each costs a vector."""


def find(pixels: Pixels, texts: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes of pictures (x, y, width, height), the largest first, at most MOST."""
    step = max(1, round((pixels.shape[0] * pixels.shape[1] / ENOUGH) ** 0.5))
    boxes = _find(pixels[::step, ::step], [_scaled(box, 1 / step) for box in texts])
    return tuple(_scaled(box, step) for box in boxes)


def _scaled(box: Box, factor: float) -> Box:
    x, y, w, h = box
    return round(x * factor), round(y * factor), round(w * factor), round(h * factor)


def _find(pixels: Pixels, texts: Sequence[Box]) -> list[Box]:
    keys = _keys(pixels)
    painted = _painted(keys, _grounds(pixels, keys, texts), texts)
    parts = _boxes(painted)
    boxes = [_trimmed(keys, box) for box in parts + _bars(keys, parts)]
    whole = [box for box in _apart(boxes) if _shaped(box) and not _plain(keys, box)]
    whole = [box for box in whole if _worded(box, texts) < WORDY]
    return sorted(whole, key=lambda box: (-box[2] * box[3], box))[:MOST]


def _keys(pixels: Pixels) -> Keys:
    """Each pixel's colour in 6 bits a channel."""
    coarse = (pixels >> 2).astype(np.int32)
    keys: Keys = coarse[..., 0] << 12 | coarse[..., 1] << 6 | coarse[..., 2]
    return keys


def _grounds(pixels: Pixels, keys: Keys, texts: Sequence[Box]) -> Cells:
    """Which of the 262,144 colours are ground: those above and below lines of text, and large grey panels."""
    height, width = pixels.shape[:2]
    under: Counter[tuple[int, ...]] = Counter()
    for x, y, w, h in texts:
        rows = pixels[[max(0, y - 2), min(height - 1, y + h + 1)], max(0, x) : min(width, x + w)]
        if rows.size:
            colours, counts = np.unique(rows.reshape(-1, 3)[::2], axis=0, return_counts=True)
            under[tuple(colours[counts.argmax()].tolist())] += 1
    ground = np.zeros((64, 64, 64), dtype=np.bool_)
    for colour, lines in under.items():
        if lines >= LINES or lines == len(texts):
            low = [max(0, c - NEAR) >> 2 for c in colour]
            high = [(min(255, c + NEAR) >> 2) + 1 for c in colour]
            ground[low[0] : high[0], low[1] : high[1], low[2] : high[2]] = True
    sample = keys[::4, ::4].ravel()
    large = np.flatnonzero(np.bincount(sample, minlength=ground.size) >= PANEL * len(sample))
    channels = np.stack((large >> 12, large >> 6 & 63, large & 63))
    panels = (np.ptp(channels, axis=0) * 4 <= NEUTRAL) | (channels.max(axis=0) * 4 < DARK)
    for r, g, b in channels.T[panels].tolist():
        ground[max(0, r - 1) : r + 2, max(0, g - 1) : g + 2, max(0, b - 1) : b + 2] = True
    return ground.ravel()


def _painted(keys: Keys, grounds: Cells, texts: Sequence[Box]) -> Cells:
    """The squares that are mostly no ground and no text."""
    rows, columns = keys.shape[0] // CELL, keys.shape[1] // CELL
    other = ~grounds[keys[: rows * CELL, : columns * CELL]]
    for x, y, w, h in texts:
        other[max(0, y - 2) : y + h + 2, max(0, x - 2) : x + w + 2] = False
    squares = other.reshape(rows, CELL, columns, CELL).mean(axis=(1, 3))
    painted: Cells = squares >= SHARE
    return painted


def _boxes(cells: Cells) -> list[Box]:
    """Boxes in pixels around squares that touch."""
    left = cells.copy()
    found = []
    for start in zip(*np.nonzero(cells), strict=True):
        if left[start]:
            rows, columns = _filled(left, (int(start[0]), int(start[1])))
            top, beside = min(rows), min(columns)
            wide, high = max(columns) - beside + 1, max(rows) - top + 1
            if len(rows) < FILLED * wide * high:
                continue
            found.append((beside * CELL, top * CELL, wide * CELL, high * CELL))
    return [box for box in found if min(box[2:]) >= CELL]


def _filled(left: Cells, start: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Rows and columns of all squares that hang together with one; they are taken out of `left`."""
    left[start] = False
    waiting, rows, columns = [start], [], []
    while waiting:
        row, column = waiting.pop()
        rows.append(row)
        columns.append(column)
        for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if 0 <= near[0] < left.shape[0] and 0 <= near[1] < left.shape[1] and left[near]:
                left[near] = False
                waiting.append(near)
    return rows, columns


def _bars(keys: Keys, parts: Sequence[Box]) -> list[Box]:
    """Boxes around bars of a chart: three or more of one colour that stand on one line, not far apart."""
    found: list[Box] = []
    plain = [(box, colour) for box in parts if (colour := _only_colour(keys, box)) is not None]
    for turned in (False, True):
        rows: dict[tuple[int, int], list[Box]] = {}
        for (x, y, w, h), colour in plain:
            foot = x if turned else y + h
            rows.setdefault((colour, round(foot / CELL)), []).append((y, x, h, w) if turned else (x, y, w, h))
        for row in rows.values():
            for group in _close(sorted(row)):
                left, top = group[0][0], min(box[1] for box in group)
                right, foot = max(b[0] + b[2] for b in group), max(b[1] + b[3] for b in group)
                box = left, top, right - left, foot - top
                found.append((box[1], box[0], box[3], box[2]) if turned else box)
    return found


def _close(row: Sequence[Box]) -> list[list[Box]]:
    """Runs of three or more with gaps of at most twice their width."""
    groups: list[list[Box]] = []
    for box in row:
        last = groups[-1][-1] if groups else None
        if last and box[0] - last[0] - last[2] <= 2 * max(last[2], box[2]):
            groups[-1].append(box)
        else:
            groups.append([box])
    return [group for group in groups if len(group) >= 3]


def _only_colour(keys: Keys, box: Box) -> int | None:
    x, y, w, h = box
    counts = np.bincount(keys[y : y + h : 2, x : x + w : 2].ravel())
    return int(counts.argmax()) if counts.max() >= 0.8 * counts.sum() else None


def _trimmed(keys: Keys, box: Box) -> Box:
    """The box without a margin of one plain colour around what is in it."""
    x, y, w, h = box
    crop = keys[y : y + h, x : x + w]
    edge = np.concatenate((crop[0], crop[-1], crop[:, 0], crop[:, -1]))
    margin = np.bincount(edge).argmax()
    if (edge == margin).mean() < PLAIN:
        return box
    rows = np.flatnonzero((crop != margin).mean(axis=1) > 0.02)
    columns = np.flatnonzero((crop != margin).mean(axis=0) > 0.02)
    if not len(rows) or not len(columns):
        return x, y, 0, 0
    wide, high = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
    return x + int(columns[0]), y + int(rows[0]), wide, high


def _shaped(box: Box) -> bool:
    return min(box[2:]) >= LEAST and max(box[2:]) <= LONG * min(box[2:])


def _worded(box: Box, texts: Sequence[Box]) -> float:
    """The share of a box that text covers."""
    x, y, w, h = box
    covered = sum(
        max(0, min(x + w, a + c) - max(x, a)) * max(0, min(y + h, b + d) - max(y, b)) for a, b, c, d in texts
    )
    return covered / (w * h)


def _plain(keys: Keys, box: Box) -> bool:
    x, y, w, h = box
    counts = np.bincount(keys[y : y + h : 2, x : x + w : 2].ravel())
    return bool(counts.max() >= PLAIN * counts.sum())


def _apart(boxes: Sequence[Box]) -> list[Box]:
    """Boxes without those that lie (mostly) in a larger one."""
    kept: list[Box] = []
    for box in sorted(set(boxes), key=lambda box: -box[2] * box[3]):
        if not any(_inside(box, other) for other in kept):
            kept.append(box)
    return kept


def _inside(box: Box, other: Box) -> bool:
    wide = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    high = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    return wide > 0 and high > 0 and wide * high > 0.7 * box[2] * box[3]
