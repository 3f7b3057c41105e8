"""Screens with pictures on them, drawn for tests: a photo-like landscape, a bar chart, a drawing."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from memory.ports import Pixels
from memory.records import Box, Line
from tests.support.pages import Page

PHOTO: Box = (420, 160, 320, 240)
CHART: Box = (96, 200, 248, 200)
DRAWING: Box = (60, 120, 300, 200)


def landscape(width: int = 320, height: int = 240) -> Pixels:
    """A sky that fades into a rough ground, with the grain of a camera."""
    chance = np.random.default_rng(5)
    rows, columns = np.mgrid[0:height, 0:width]
    sky = np.stack((90 + rows * 0.4, 130 + rows * 0.3, 220 - rows * 0.2), axis=2)
    ground = np.stack(
        (90 + 30 * np.sin(columns / 17), 110 + 40 * np.sin(rows / 9), 40 + columns * 0.1), axis=2
    )
    scene = np.where((rows < height * 0.55)[..., None], sky, ground) + chance.normal(0, 6, (height, width, 3))
    return scene.clip(0, 255).astype(np.uint8)


def page(ground: str = "#ffffff", ink: str = "#202124") -> tuple[Page, tuple[Line, ...]]:
    """A page with a heading and three lines at its top, and its lines."""
    made = Page(900, 520, ground)
    lines = []
    for n, text in enumerate(
        ("Report of the week", "All stations answered.", "None was late.", "Nothing else.")
    ):
        made.write((60, 20 + 22 * n), text, colour=ink)
        lines.append(Line(text, (60, 22 + 22 * n, 8 * len(text), 15), 0.95))
    return made, tuple(lines)


def with_photo() -> tuple[Pixels, tuple[Line, ...]]:
    """A light page with a photograph at PHOTO."""
    made, lines = page()
    pixels = made.pixels()
    x, y, w, h = PHOTO
    pixels[y : y + h, x : x + w] = landscape(w, h)
    return pixels, lines


def with_chart(ground: str = "#10161c", ink: str = "#d8dee6") -> tuple[Pixels, tuple[Line, ...]]:
    """A page with a chart of five red bars at CHART, with a number above each."""
    made, lines = page(ground, ink)
    numbers = []
    x, y, _, h = CHART
    for n, high in enumerate((80, 120, 200, 150, 96)):
        left = x + 52 * n
        made.fill((left, y + h - high, left + 39, y + h - 1), "#c0392b")
        made.write((left + 8, y + h - high - 18), str(high), colour=ink)
        numbers.append(Line(str(high), (left + 8, y + h - high - 16, 24, 12), 0.9))
    return made.pixels(), (*lines, *numbers)


def with_drawing() -> tuple[Pixels, tuple[Line, ...]]:
    """A light page with a flat drawing at DRAWING: blue sky, green hill, a yellow sun."""
    made, lines = page()
    x, y, w, h = DRAWING
    picture = Image.new("RGB", (w, h), "#9ecbe8")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((-60, 120, 360, 420), fill="#5f9a4b")
    draw.ellipse((210, 20, 270, 80), fill="#f2c53d")
    made.image.paste(picture, (x, y))
    return made.pixels(), lines
