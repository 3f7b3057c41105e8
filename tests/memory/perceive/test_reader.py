"""The reader whole, with real OCR and real models: secrets in no result, nothing loaded too early."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from desktop import paths
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.adapters.picture_packaged import PackagedPictures
from memory.adapters.text_minilm import MiniLm
from memory.errors import BadPicture, ChildFailed, NoWeights
from memory.perceive import known, pixels
from memory.perceive.reader import PageReader
from memory.perceive.sight import Sight
from memory.ports import Grey, Reader, Word
from memory.vectors import restore
from tests.support.pages import Page, bare, dark, light, mixed


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    return PageReader(
        TesserOcr, lambda: MiniLm(paths.models() / "text"), Sight(lambda: PackagedPictures("cpu"), _never)
    )


def test_a_frame_is_read(reader: Reader) -> None:
    page = mixed()
    reading = reader.read(page.webp())
    read = {bare(word) for line in reading.lines for word in line.text.split()}
    assert len(page.words() - read) <= 0.06 * len(page.words())
    assert reading.engine.startswith("tesserocr 5")
    assert pixels.decoded(reading.thumbnail).shape[1] == 320
    assert (pixels.decoded(reading.picture) == page.pixels()).all()


def test_secrets_are_in_no_part_of_the_reading(reader: Reader) -> None:
    page = Page(width=700, height=300)
    page.write((40, 40), "Amount due 164.50 francs, order HS-2026-0117", size=16)
    page.write((40, 90), "4539 1488 0343 6467", size=16)
    page.write((40, 140), "Password: Lagune-Hafen-77", size=16)
    page.write((40, 190), "valid until 08/29", size=16)
    reading = reader.read(page.webp())
    text = "\n".join(line.text for line in reading.lines)
    assert "[card number]" in text
    assert "Password: [password]" in text
    assert "HS-2026-0117" in text
    assert "08/29" in text
    again = "\n".join(line.text for line in reader.read(reading.picture).lines)
    assert "HS-2026-0117" in again
    assert not any(secret in text + again for secret in ("4539", "6467", "Lagune", "Hafen"))
    before, after = page.pixels(), pixels.decoded(reading.picture)
    assert (after[94:104, 42:200] == 0).all()
    assert (after[40:60] == before[40:60]).all()
    # In the thumbnail as well: 320 of 700 pixels wide.
    small = pixels.decoded(reading.thumbnail)
    assert small[44:46, 25:80].max() < 60


def test_an_unsure_reading_is_struck_from_the_pixels_all_the_same() -> None:

    class Unsure:
        name = "unsure"

        def words(self, strips, until):  # type: ignore[no-untyped-def]
            return tuple((Word("4539148803436467", (10, 10, 300, 30), 0.05),) for _ in strips)

    page = Page(width=400, height=100)
    page.write((40, 40), "4539148803436467", size=16)
    reading = PageReader(Unsure, _never, NOTHING).read(page.webp())  # type: ignore[arg-type]
    assert reading.lines == ()
    assert (pixels.decoded(reading.picture)[42:54, 44:180] == 0).all()


@pytest.mark.parametrize("surer", [0, 1])
def test_a_secret_that_one_of_two_looks_shows_is_struck_from_both(surer: int) -> None:

    class Twice:
        name = "twice"
        looks = 0

        def words(self, strips, until):  # type: ignore[no-untyped-def]
            said = ("AKIAIOSFODNN7EXAMPLE", "AKOSFO DNN7EX@MPLE")[self.looks != surer]
            sure = (0.5, 0.7)[self.looks]
            self.looks += 1
            high, wide = (size - 20 for size in strips[0].shape)
            parts = said.split()
            return tuple(
                tuple(
                    Word(part, (10 + wide * n // 2, 10, wide // len(parts), high), sure)
                    for n, part in enumerate(parts)
                )
                for _ in strips
            )

    page = Page(width=400, height=100)
    page.write((40, 40), "AKIAIOSFODNN7EXAMPLE", size=16)
    reading = PageReader(Twice, _never, NOTHING).read(page.webp())  # type: ignore[arg-type]
    assert [line.text for line in reading.lines] == ["[token]"]
    assert (pixels.decoded(reading.picture)[42:54, 50:220] == 0).all()


def test_what_was_not_read_is_blacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "READ_S", 0.0)
    reading = PageReader(TesserOcr, _never, NOTHING).read(light().webp())
    assert reading.lines == ()
    assert pixels.decoded(reading.picture)[40:160, 50:300].mean() < 200
    assert (pixels.decoded(reading.picture)[300:] == 255).all()


def test_a_screen_with_more_text_than_one_look_has_time_for_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An engine that reads one portion a look: three looks end early, the fourth has all of it."""

    class Slow:
        name = "slow"

        def __init__(self) -> None:
            self.looks = 0

        def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
            self.looks += 1
            if self.looks % 2 == 0:
                return ()
            return tuple((Word(f"shelf {self.looks}", (10, 10, 60, 20), 0.9),) for _ in strips)

    monkeypatch.setattr(known, "PORTION", 1)
    page = Page(width=400, height=300)
    for n in range(4):
        page.write((40, 40 + 60 * n), "shelf " * (n + 1), size=16)
    slow = PageReader(Slow, _never, NOTHING)
    for _ in range(3):
        with pytest.raises(ChildFailed, match="more text than one look has time for"):
            slow.read(page.webp())
    assert len(slow.read(page.webp()).lines) == 4


def _never() -> Any:
    raise NoWeights(model="any", reason="none is wanted here")


NOTHING = Sight(_never, _never)


def test_nothing_is_loaded_before_it_is_needed() -> None:
    lazy = PageReader(TesserOcr, _never, NOTHING)
    assert lazy.read(light().webp()).lines
    assert lazy.see((light().webp(),), ((),)).vectors is None
    with pytest.raises(NoWeights):
        lazy.encode_texts(("a",))


def test_texts_become_vectors(reader: Reader) -> None:
    vectors = reader.encode_texts(("the bank is firm", "the bank is firm", "balloon"))
    assert (vectors.count, vectors.dim) == (3, 384)
    near = restore(vectors) @ restore(vectors).T
    assert near[0, 1] > 0.99 > near[0, 2]
    assert reader.encode_texts(()).count == 0


def test_pictures_become_vectors(reader: Reader) -> None:
    vectors = reader.see((light().webp(), dark().webp(), light().webp()), ((), (), ())).vectors
    assert vectors
    near = restore(vectors) @ restore(vectors).T
    assert near[0, 2] > 0.99 > near[0, 1]
    assert reader.encode_words(("a letter",)) is None


@pytest.mark.parametrize("content", [b"", b"nothing", light().webp()[:3000]])
def test_bad_pictures_are_refused(reader: Reader, content: bytes) -> None:
    with pytest.raises(BadPicture):
        reader.read(content)
    with pytest.raises(BadPicture):
        reader.see((content,), ((),))


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3), (40, 40)])
def test_tiny_and_empty_pictures_say_nothing(reader: Reader, size: tuple[int, int]) -> None:
    assert reader.read(Page(*size).webp()).lines == ()


def test_a_picture_of_noise_ends_well(reader: Reader) -> None:
    noise = np.random.default_rng(9).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    assert reader.read(pixels.smallest(noise)).engine


def test_nothing_is_left_and_nothing_is_said(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    before = {place: set(os.listdir(place)) for place in (tempfile.gettempdir(), "/dev/shm")}
    page = Page(width=500, height=100)
    page.write((20, 30), "Marlinspike 77 at Ostermoor")
    assert "Marlinspike" in reader.read(page.webp()).lines[0].text
    assert "Marlinspike" not in caplog.text
    for place, names in before.items():
        fresh = [name for name in set(os.listdir(place)) - names if not name.startswith(("pytest", "once"))]
        assert [
            name for name in fresh if "tess" in name.lower() or name.endswith((".webp", ".png", ".tif"))
        ] == []
