"""What can be said of a frame and its pictures, whatever they show: form, colours, dark or light; pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from memory.ports import Pixels
from memory.records import Box, Cue, Line

PAGE = 0
"""The number of the whole frame among its parts; its pictures count from 1."""

RICH, GRADUAL, HARD = 6.0, 0.25, 0.3
"""A photo has many colours (bits of entropy at 6 bits a channel), neighbours that differ a little, and fewer
that differ much than text has (measured on 261 pictures of screens)."""
PALE, BUSY = 170, 0.5
"""A map is printed lightly (median of the brightest channel's least) and has hardly an even spot."""
LABELS = 3
"""Numbers written in and around a chart, at least."""
AROUND = 48
"""Pixels around a chart in which its numbers stand."""
COLOURED, GREY = 0.04, 0.3
"""The least share of a picture that a colour, and that black, grey or white, has to have to be named."""
MOST_COLOURS = 4

Numbers = NDArray[np.float32]

HUES = (
    (15, "red"),
    (42, "orange"),
    (68, "yellow"),
    (165, "green"),
    (195, "turquoise"),
    (255, "blue"),
    (295, "purple"),
    (340, "pink"),
    (361, "red"),
)
"""Hue in degrees up to which a colour has this name."""


def describe(pixels: Pixels, boxes: Sequence[Box], lines: Sequence[Line]) -> tuple[Cue, ...]:
    """The cues of a frame whose pictures lie in `boxes`: those of the page, then of each picture in order."""
    height, width = pixels.shape[:2]
    whole = (0, 0, width, height)
    found = [Cue(PAGE, whole, "form", _shade(pixels), 1.0)]
    found += [Cue(PAGE, whole, "colour", name, share) for name, share in _colours(pixels)[:2]]
    for n, box in enumerate(boxes, 1):
        x, y, w, h = box
        crop = pixels[y : y + h, x : x + w]
        found.append(Cue(n, box, "form", _form(crop, box, lines), 1.0))
        found += [Cue(n, box, "colour", name, share) for name, share in _colours(crop)[:MOST_COLOURS]]
    return tuple(found)


def _form(crop: Pixels, box: Box, lines: Sequence[Line]) -> str:
    gradual, hard, bits = _texture(crop)
    if bits >= RICH and gradual >= GRADUAL and hard <= HARD:
        # The many soft shades of a photograph; a map has them too, and a shaded icon.
        return "map" if gradual >= BUSY and np.median(crop.min(axis=2)) >= PALE else "photo"
    if _numbers_near(box, lines) >= LABELS:
        return "chart"
    colours = [name for name, _ in _colours(crop) if name not in ("black", "grey", "white")]
    return "drawing" if len(colours) >= 2 else "picture"


def _texture(pixels: Pixels) -> tuple[float, float, float]:
    """Shares of neighbours in a row that differ a little and much, and the entropy of the colours in bits."""
    planes = pixels[::2].astype(np.int16)
    steps = np.abs(np.diff(planes, axis=1)).max(axis=2)
    coarse = (pixels[::2, ::2] >> 2).astype(np.int32)
    counts = np.bincount((coarse[..., 0] << 12 | coarse[..., 1] << 6 | coarse[..., 2]).ravel())
    shares = counts[counts > 0] / counts.sum()
    gradual = float(((steps > 1) & (steps <= 24)).mean()) if steps.size else 0.0
    return (
        gradual,
        float((steps > 24).mean()) if steps.size else 0.0,
        float(-(shares * np.log2(shares)).sum()),
    )


def _numbers_near(box: Box, lines: Sequence[Line]) -> int:
    """Lines in or close to a box that are mostly digits."""
    x, y, w, h = box
    count = 0
    for line in lines:
        middle = line.box[0] + line.box[2] / 2, line.box[1] + line.box[3] / 2
        inside = x - AROUND <= middle[0] < x + w + AROUND and y - AROUND <= middle[1] < y + h + AROUND
        signs = [mark for mark in line.text if mark.isalnum()]
        if inside and signs:
            count += sum(mark.isdigit() for mark in signs) * 2 >= len(signs)
    return count


def _shade(pixels: Pixels) -> str:
    return "dark" if np.median(pixels[::4, ::4].max(axis=2)) < 110 else "light"


def _colours(pixels: Pixels) -> list[tuple[str, float]]:
    """Plain names of the colours of a picture, and their shares; colours before greys, large first."""
    step = max(1, int((pixels.shape[0] * pixels.shape[1] / 20_000) ** 0.5))
    names = _named(pixels[::step, ::step].reshape(-1, 3).astype(np.float32))
    shares = {name: float((names == i).mean()) for i, name in enumerate(NAMES)}
    found = [
        (name, round(share, 3))
        for name, share in shares.items()
        if share >= (GREY if name in ("black", "grey", "white") else COLOURED)
    ]
    return sorted(found, key=lambda one: (one[0] in ("black", "grey", "white"), -one[1]))


NAMES = (
    "black",
    "grey",
    "white",
    "red",
    "orange",
    "yellow",
    "green",
    "turquoise",
    "blue",
    "purple",
    "pink",
    "brown",
)


def _named(colours: Numbers) -> NDArray[np.int64]:
    """The place in NAMES of each of N x 3 colours."""
    high, low = colours.max(axis=1), colours.min(axis=1)
    spread = high - low
    red, green, blue = colours.T
    safe = np.maximum(spread, 1)
    hue = np.where(
        high == red,
        (green - blue) / safe % 6,
        np.where(high == green, (blue - red) / safe + 2, (red - green) / safe + 4),
    )
    limits = [limit for limit, _ in HUES]
    places = np.array([NAMES.index(name) for _, name in HUES])
    named = places[np.searchsorted(limits, hue * 60, side="right")]
    warm = (named == NAMES.index("orange")) | (named == NAMES.index("red")) & (hue * 60 > 8) & (hue < 1)
    named = np.where(warm & (high < 170), NAMES.index("brown"), named)
    # Little colour, for how bright it is: a grey.
    plain = (spread < 28) | (spread < 0.16 * high) | (high < 50)
    greys = np.select([high < 70, low > 200], [0, 2], 1)
    return np.where(plain, greys, named)
