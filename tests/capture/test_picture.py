"""Pictures come out as they are meant to be looked at, and whatever is damaged is refused with a reason."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from PIL import Image, features

from capture import picture
from memory.errors import BadPicture

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def two_halves(mode: str = "RGB") -> Image.Image:
    """Left red, right blue, 40 x 20."""
    image = Image.new("RGB", (40, 20), RED)
    image.paste(BLUE, (20, 0, 40, 20))
    return image.convert(mode)


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "BMP", "TIFF", "GIF", "JPEG", "AVIF"])
def test_formats(kind: str) -> None:
    assert kind != "AVIF" or features.check("avif")
    pixels = picture.decode(packed(two_halves(), kind), "x")
    assert pixels.shape == (20, 40, 3)
    assert np.abs(pixels[10, 5].astype(int) - RED).max() < 12
    assert np.abs(pixels[10, 35].astype(int) - BLUE).max() < 12


@pytest.mark.parametrize("mode", ["P", "L", "1", "CMYK", "RGBA", "LA"])
def test_modes(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    assert picture.decode(packed(two_halves(mode), kind), "x").shape == (20, 40, 3)


def test_sixteen_bits() -> None:
    grey = Image.fromarray(np.full((4, 4), 0x8000, np.uint16))
    assert picture.decode(packed(grey, "PNG"), "x")[0, 0].tolist() == [127, 127, 127]


def test_transparency_shows_white() -> None:
    assert (
        picture.decode(packed(Image.new("RGBA", (3, 3), (0, 0, 0, 0)), "PNG"), "x")[1, 1].tolist()
        == [255] * 3
    )
    clear = Image.new("P", (3, 3), 0)
    clear.putpalette([9, 9, 9])
    assert picture.decode(packed(clear, "PNG", transparency=0), "x")[1, 1].tolist() == [255] * 3


def test_turned_by_exif() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert picture.decode(packed(two_halves(), "PNG", exif=exif), "x").shape == (40, 20, 3)


def test_the_longest_side_fits_webp() -> None:
    pixels = picture.decode(packed(Image.new("RGB", (20000, 10)), "PNG"), "x")
    assert pixels.shape == (8, picture.LONGEST_SIDE, 3)
    picture.encode(pixels)


def bomb() -> bytes:
    """A small PNG that says it is 20000 x 20000."""
    header = bytes.fromhex("00004e2000004e200802000000")
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + len(header).to_bytes(4, "big")
        + chunk
        + zlib.crc32(chunk).to_bytes(4, "big")
        + packed(two_halves(), "PNG")[33:]
    )


def zero_wide() -> bytes:
    data = bytearray(packed(two_halves(), "BMP"))
    data[18:22] = bytes(4)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"hello, I am text", "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture"),
        (packed(two_halves(), "PNG")[:60], "damaged"),
        (packed(two_halves(), "JPEG")[:300], "damaged"),
        (packed(two_halves(), "WEBP")[:40], "picture|damaged"),
        (bomb(), "too large"),
        (zero_wide(), "size|damaged|picture"),
    ],
    ids=["empty", "text", "postscript", "cut png", "cut jpeg", "cut webp", "bomb", "zero wide"],
)
def test_what_is_no_picture_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadPicture, match=rf"^shot\.png: .*({reason})"):
        picture.decode(data, "shot.png")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "BMP", "TIFF", "JPEG", "AVIF"])
def test_flipped_bytes_never_raise_anything_else(kind: str) -> None:
    good = packed(two_halves(), kind)
    chance = np.random.default_rng(2)
    refused = 0
    for _ in range(150):
        data = bytearray(good)
        for place in chance.integers(0, len(data), 6):
            data[place] = chance.integers(0, 256)
        try:
            assert picture.decode(bytes(data[: chance.integers(1, len(data) + 1)]), "x").ndim == 3
        except BadPicture:
            refused += 1
    assert refused > 0


def test_encoding_loses_nothing() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (50, 70, 3), dtype=np.uint8)
    webp = picture.encode(pixels)
    assert webp[8:12] == b"WEBP"
    assert np.array_equal(picture.decode(webp, "x"), pixels)


def test_a_plain_webp_is_handed_on_as_it_is() -> None:
    data = packed(two_halves(), "WEBP", lossless=True)
    assert picture.as_webp(data, picture.decode(data, "x"), "x") is data


@pytest.mark.parametrize("what", ["png", "alpha", "moving", "exif"])
def test_everything_else_is_encoded(what: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "somewhere"
    data = {
        "png": packed(two_halves(), "PNG"),
        "alpha": packed(Image.new("RGBA", (40, 20), (0, 0, 0, 0)), "WEBP", lossless=True),
        "moving": packed(
            two_halves(), "WEBP", lossless=True, save_all=True, append_images=[Image.new("RGB", (40, 20))]
        ),
        "exif": packed(two_halves(), "WEBP", lossless=True, exif=exif),
    }[what]
    pixels = picture.decode(data, "x")
    webp = picture.as_webp(data, pixels, "x")
    assert webp != data
    assert b"somewhere" not in webp
    assert np.array_equal(picture.decode(webp, "x"), pixels)


def test_blacking_out_touches_only_the_area() -> None:
    pixels = np.full((10, 10, 3), 200, np.uint8)
    blacked = picture.black_out(pixels, [(-5, -5, 8, 8), (8, 8, 50, 50), (-9, -9, 3, 3)])
    assert pixels.min() == 200
    expected = np.full((10, 10, 3), 200, np.uint8)
    expected[:3, :3] = 0
    expected[8:, 8:] = 0
    assert np.array_equal(blacked, expected)
