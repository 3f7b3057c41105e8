"""Pictures are decoded within limits, refused with a reason, and written in the smallest legible form."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from memory.errors import BadPicture
from memory.perceive import pixels
from tests.support.pages import light


def encoded(image: Image.Image, form: str, **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **settings)
    return out.getvalue()


@pytest.mark.parametrize("form", ["WEBP", "PNG", "JPEG", "BMP", "GIF", "TIFF", "AVIF"])
def test_every_common_form_is_read(form: str) -> None:
    got = pixels.decoded(encoded(light().image, form))
    assert got.shape == (500, 900, 3)
    assert got.dtype == np.uint8
    assert got.mean() > 200


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    form = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    source = Image.new("L", (40, 30), 200) if mode == "I;16" else light().image.resize((40, 30))
    assert pixels.decoded(encoded(source.convert(mode), form)).shape == (30, 40, 3)


def test_what_is_transparent_is_white() -> None:
    assert (pixels.decoded(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")) == 255).all()


WHOLE = encoded(light().image, "PNG")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        WHOLE[: len(WHOLE) // 2],
        b"%PDF-1.7 and more",
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(BadPicture):
        pixels.decoded(content)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BadPicture, match="12000 x 12000"):
        pixels.decoded(encoded(Image.new("1", (12_000, 12_000)), "PNG"))


def test_boxes_are_blacked_and_the_rest_stays() -> None:
    before = light().pixels()
    after = pixels.blacked(before, [(100, 30, 50, 20), (-5, -5, 10, 10), (890, 490, 100, 100)])
    assert (after[30:50, 100:150] == 0).all()
    assert (after[:5, :5] == 0).all()
    assert (after[490:, 890:] == 0).all()
    untouched = np.ones(before.shape[:2], dtype=bool)
    untouched[30:50, 100:150] = untouched[:5, :5] = untouched[490:, 890:] = False
    assert (after[untouched] == before[untouched]).all()
    assert (before[30:50, 100:150] != 0).any()


def test_text_stays_exact_in_its_smallest_form() -> None:
    page = light().pixels()
    small = pixels.smallest(page)
    assert small[8:16] == b"WEBPVP8L"
    assert (pixels.decoded(small) == page).all()


def test_a_photograph_is_written_with_loss() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    photo = np.asarray(Image.fromarray(noise).resize((1200, 900), Image.Resampling.BICUBIC))
    small = pixels.smallest(photo)
    assert small[8:15] == b"WEBPVP8" != small[8:16]
    assert len(small) < 150_000
    assert pixels.decoded(small).shape == photo.shape


def test_a_thumbnail_keeps_its_shape() -> None:
    small = pixels.decoded(pixels.thumbnail(light().pixels()))
    assert small.shape == (178, 320, 3)
    tall = pixels.decoded(pixels.thumbnail(np.zeros((900, 90, 3), dtype=np.uint8)))
    assert tall.shape == (320, 32, 3)
    tiny = pixels.decoded(pixels.thumbnail(np.zeros((5, 7, 3), dtype=np.uint8)))
    assert tiny.shape == (5, 7, 3)


def test_what_is_longer_than_webp_can_be_is_kept_smaller() -> None:
    strip = np.zeros((17_000, 20, 3), dtype=np.uint8)
    assert pixels.decoded(pixels.smallest(strip)).shape[0] == 16_383


def animated(frames: int, form: str = "WEBP") -> bytes:
    """So many frames, each of another grey."""
    greys = [Image.new("RGB", (40, 30), (n, n, n)) for n in range(frames)]
    return encoded(greys[0], form, save_all=True, append_images=greys[1:], lossless=True)


def test_of_several_frames_the_last_is_the_picture() -> None:
    assert (pixels.decoded(animated(pixels.MOST_FRAMES)) == pixels.MOST_FRAMES - 1).all()
    assert (pixels.decoded(animated(5, "GIF")) == 0).all()


def test_more_frames_than_ours_have_are_refused() -> None:
    with pytest.raises(BadPicture, match=f"{pixels.MOST_FRAMES + 1} frames"):
        pixels.decoded(animated(pixels.MOST_FRAMES + 1))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_an_animation_that_is_cut_off_is_refused(share: float) -> None:
    whole = animated(9)
    with pytest.raises(BadPicture):
        pixels.decoded(whole[: int(len(whole) * share)])


def test_an_animation_of_rubbish_is_refused() -> None:
    whole = bytearray(animated(9))
    at = whole.rindex(b"VP8L")
    whole[at + 9 : at + 30] = bytes(21)
    with pytest.raises(BadPicture):
        pixels.decoded(bytes(whole))
