"""Pictures in and out: decoded within limits, secrets blacked, small and smallest forms written; pure."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable

import numpy as np
from PIL import Image

from memory.errors import BadPicture
from memory.ports import Pixels
from memory.records import Box

MOST_PIXELS = 64_000_000
"""Larger pictures are refused: one 8K screen has 33 million, and each pixel costs some ten bytes here."""
FORMATS = ("WEBP", "PNG", "JPEG", "BMP", "GIF", "TIFF", "AVIF")

THUMBNAIL = 320, 320
"""Greatest width and height of a thumbnail."""
LOSSLESS = 150_000
"""Bytes up to which the lossless form is kept: text is smaller so, photographs are larger (measured)."""

MOST_FRAMES = 32
"""Of an animated picture; one of ours has DEEPEST layers and what they rest on at most."""


def decoded(picture: bytes) -> Pixels:
    """Red, green, blue of an encoded picture, transparency on white; raises BadPicture.

    Of several frames the last: it shows what the ones before it are the ground of (`memory.webp`).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS or min(image.size) < 1:
                    raise BadPicture(file="picture", reason=f"{image.width} x {image.height} pixels")
                frames = getattr(image, "n_frames", 1) if image.format == "WEBP" else 1
                if frames > MOST_FRAMES:
                    raise BadPicture(file="picture", reason=f"{frames} frames")
                image.seek(frames - 1)
                image.load()
                return np.array(_on_white(image))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise BadPicture(file="picture", reason=f"it does not decode: {type(error).__name__}") from error


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    full = image.convert("RGBA")
    if full.getchannel("A").getextrema() == (255, 255):
        return full.convert("RGB")
    white = Image.new("RGBA", full.size, "white")
    white.alpha_composite(full)
    return white.convert("RGB")


def blacked(pixels: Pixels, boxes: Iterable[Box]) -> Pixels:
    """A copy with the boxes black."""
    out = pixels.copy()
    for x, y, w, h in boxes:
        out[max(0, y) : y + h, max(0, x) : x + w] = 0
    return out


def thumbnail(pixels: Pixels) -> bytes:
    """WebP within THUMBNAIL."""
    image = Image.fromarray(pixels)
    image.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _webp(image, quality=75, method=4)


def smallest(pixels: Pixels) -> bytes:
    """The smallest legible WebP: lossless, or with loss where lossless is large."""
    image = Image.fromarray(pixels)
    if max(image.size) > 16383:
        # WebP's own limit: what is wider or higher is kept smaller.
        image.thumbnail((16383, 16383), Image.Resampling.LANCZOS)
    exact = lossless(np.asarray(image))
    if len(exact) <= LOSSLESS:
        return exact
    lossy = _webp(image, quality=80, method=4)
    return min(exact, lossy, key=len)


def lossless(pixels: Pixels) -> bytes:
    """A still WebP of red, green, blue, or with a fourth number a pixel, its opacity."""
    return _webp(Image.fromarray(pixels), lossless=True, quality=80, method=2)


def _webp(image: Image.Image, **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", **settings)
    return out.getvalue()
