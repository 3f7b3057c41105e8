"""Pictures as pixels: decoding what may be hostile, encoding fast, blacking out."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from capture.ports import Pixels
from memory.errors import BadPicture
from memory.records import Box

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What is decoded; Pillow knows more, and some of those call other programs."""

LONGEST_SIDE = 16383
"""Of a WebP picture; a longer one is made smaller."""

QUALITY = 50
"""Effort of the lossless encoder, 0 to 100; with method 0 a screen takes about 30 ms."""

# What Pillow's readers raise on damaged files, found by feeding them such.
_DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def decode(data: bytes, file: str) -> Pixels:
    """The first picture in a file as it is meant to be looked at, on white; raises BadPicture."""
    with _opened(data, file) as image:
        upright = ImageOps.exif_transpose(image)
        return np.asarray(_fitting(_flat(upright)))


def encode(pixels: Pixels) -> bytes:
    """Lossless WebP, made fast: the reader makes the smallest form later."""
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "WEBP", lossless=True, method=0, quality=QUALITY)
    return packed.getvalue()


def as_webp(data: bytes, pixels: Pixels, file: str) -> bytes:
    """The file itself where it is a plain WebP picture of these pixels, else these pixels encoded."""
    with _opened(data, file) as image:
        plain = image.format == "WEBP" and image.mode == "RGB" and getattr(image, "n_frames", 1) == 1
        bare = not image.info.keys() & {"exif", "xmp"}
        if plain and bare and image.size == (pixels.shape[1], pixels.shape[0]):
            return data
    return encode(pixels)


def black_out(pixels: Pixels, boxes: Sequence[Box]) -> Pixels:
    """A copy with these areas black; what of them lies outside is passed over."""
    blacked = pixels.copy()
    for x, y, w, h in boxes:
        blacked[max(0, y) : max(0, y + h), max(0, x) : max(0, x + w)] = 0
    return blacked


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[Image.Image]:
    """An opened picture; whatever damage shows while it is used is a BadPicture.

    More than 89 megapixels, where Pillow begins to warn of decompression bombs, are refused by the header.
    """
    if not data:
        raise BadPicture(file=file, reason="it is empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if not image.width or not image.height:
                    raise BadPicture(file=file, reason="it has no size")
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPicture(file=file, reason="it is too large") from None
    except UnidentifiedImageError:
        raise BadPicture(file=file, reason="it is no picture of a known kind") from None
    except _DAMAGED as error:
        raise BadPicture(file=file, reason=f"it is damaged, {type(error).__name__}") from None


def _flat(image: Image.Image) -> Image.Image:
    """Red, green and blue; transparency shows white, and 16 bits a grey level become 8."""
    if image.mode.startswith("I") or image.mode == "F":
        levels = np.asarray(image).astype(np.float64)
        top = 255.0 if levels.max(initial=0) <= 255 else 65535.0
        image = Image.fromarray((levels.clip(0, top) * (255.0 / top)).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def _fitting(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= LONGEST_SIDE:
        return image
    scale = LONGEST_SIDE / longest
    return image.resize((max(1, int(image.width * scale)), max(1, int(image.height * scale))))
