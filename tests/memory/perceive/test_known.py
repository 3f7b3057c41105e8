"""What was read is known by its pixels: unchanged, moved or come back, it is the same and not read again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from memory.adapters.ocr_tesserocr import TesserOcr
from memory.errors import ChildFailed
from memory.perceive import known
from memory.perceive.known import StripReader
from memory.perceive.lines import written
from memory.ports import Grey, Pixels, Word
from tests.support.pages import ALL, Page, columns, dark, light, mixed


class Counting:
    """A real engine that counts the strips it is given."""

    def __init__(self) -> None:
        self._ocr = TesserOcr()
        self.name, self.count, self.broken = self._ocr.name, 0, False

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        if self.broken:
            raise ChildFailed(child="tesseract", reason="it was told to")
        self.count += len(strips)
        return self._ocr.words(strips, until)

    def new(self) -> int:
        """Strips since it was last asked."""
        count, self.count = self.count, 0
        return count


@pytest.fixture(scope="module")
def engine() -> Counting:
    return Counting()


@pytest.fixture
def ocr(engine: Counting) -> Counting:
    engine.new()
    engine.broken = False
    return engine


def texts(reader: StripReader, pixels: Pixels) -> list[str]:
    return [one.line.text for one in written(reader.read(pixels).words)]


@pytest.mark.parametrize("name", ALL)
def test_it_says_the_same_as_a_reading_of_the_whole(ocr: Counting, name: str) -> None:
    pixels = ALL[name]().pixels()
    reader = StripReader(ocr)
    # Everything known beforehand in another order, and at other places.
    for n in (7, 3):
        reader.read(np.roll(pixels, (n, 2 * n), axis=(0, 1)))
    assert written(reader.read(pixels).words) == written(StripReader(ocr).read(pixels).words)


def test_an_unchanged_screen_is_not_read_again(ocr: Counting) -> None:
    reader, pixels = StripReader(ocr), mixed().pixels()
    first = reader.read(pixels)
    assert ocr.new()
    assert reader.read(pixels) == first
    assert ocr.new() == 0


def test_only_what_is_new_is_read(ocr: Counting) -> None:
    reader, page = StripReader(ocr), light()
    before = texts(reader, page.pixels())
    ocr.new()
    page.write((30, page.height - 40), "one more line below")
    assert texts(reader, page.pixels()) == [*before, "one more line below"]
    assert ocr.new() == 1


def paper(first: int) -> Pixels:
    """A page scrolled to its pixel row `first`, below a bar that stays."""
    page = Page(width=500, height=900)
    for n in range(40):
        page.write((30, 8 + 22 * n), f"paragraph {n} of the river gauge handbook")
    screen = Page(width=500, height=300)
    screen.fill((0, 0, 500, 40), "#dfe3e8")
    screen.write((20, 10), "Handbook - Chromium")
    pixels = screen.pixels()
    pixels[40:] = page.pixels()[first : first + 260]
    return pixels


@pytest.mark.parametrize("by", [22, 30, 35, 47])
def test_what_was_scrolled_is_moved_and_cut_lines_are_read_anew(ocr: Counting, by: int) -> None:
    reader = StripReader(ocr)
    reader.read(paper(100))
    ocr.new()
    moved = written(reader.read(paper(100 + by)).words)
    # What came in at the end, and what is cut at both ends; a cut line is looked at twice.
    assert ocr.new() <= by // 22 + 5
    assert moved == written(StripReader(ocr).read(paper(100 + by)).words)


def test_a_window_that_comes_back_is_known(ocr: Counting) -> None:
    reader = StripReader(ocr)
    first = reader.read(columns().pixels())
    reader.read(dark().pixels())
    ocr.new()
    assert reader.read(columns().pixels()) == first
    assert ocr.new() == 0


def test_the_same_shape_in_other_colours_is_something_else(ocr: Counting) -> None:
    reader = StripReader(ocr)
    for colour in ("#202124", "#202125"):
        page = Page(width=300, height=60)
        page.write((20, 20), "allowed", colour=colour)
        reader.read(page.pixels())
        assert ocr.new() == 1


def test_no_more_is_remembered_than_allowed_and_the_longest_unseen_goes_first(ocr: Counting) -> None:
    reader = StripReader(ocr, most=2)
    shown = {}
    for text in ("alpha", "bravo", "charlie"):
        page = Page(width=300, height=60)
        page.write((20, 20), text, size=18)
        shown[text] = page.pixels()
    for text in ("alpha", "bravo", "alpha", "charlie"):
        reader.read(shown[text])
    assert ocr.new() == 3
    assert texts(reader, shown["alpha"]) == ["alpha"]
    assert ocr.new() == 0
    assert texts(reader, shown["bravo"]) == ["bravo"]
    assert ocr.new() == 1


def test_a_screen_larger_than_the_memory_is_read_whole_all_the_same(ocr: Counting) -> None:
    assert texts(StripReader(ocr, most=1), light().pixels()) == texts(StripReader(ocr), light().pixels())


def test_what_is_read_in_doubt_is_looked_at_larger(ocr: Counting) -> None:
    class Doubting(Counting):
        def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
            self.count += len(strips)
            sure = 0.9 if strips and strips[0].shape[0] > 62 else 0.5
            return tuple((Word(f"rows {len(strip)}", (12, 12, 40, 20), sure),) for strip in strips)

    page = Page(width=300, height=60)
    page.write((20, 20), "allowed", size=14)
    doubting = Doubting()
    reader = StripReader(doubting)
    looks = reader.read(page.pixels())
    (first,) = looks.words
    assert (doubting.new(), first[0].confidence) == (2, 0.9)
    left, top, wide, high = first[0].box
    assert (left in range(15, 25), top in range(15, 30), wide < 20, high < 12) == (True,) * 4
    assert reader.read(page.pixels()) == looks
    assert doubting.new() == 0


class Timed:
    """An engine for which each strip takes a second of a clock of its own."""

    name = "timed"

    def __init__(self) -> None:
        self.now, self.seen = 0.0, 0

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        done = strips[: max(0, int(until - self.now))]
        self.now, self.seen = self.now + len(strips), self.seen + len(done)
        return tuple((Word(f"line {strip.shape[1]}", (12, 12, 40, 20), 0.5),) for strip in done)


def shelves(count: int) -> Pixels:
    """So many lines of ever more words."""
    page = Page(width=1400, height=30 * count + 40)
    for n in range(count):
        page.write((20, 20 + 30 * n), f"shelf {n} " * (n + 1))
    return page.pixels()


def test_where_time_ends_the_next_look_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "READ_S", 5.0)
    monkeypatch.setattr(known, "PORTION", 1)
    timed, pixels = Timed(), shelves(8)
    reader = StripReader(timed, now=lambda: timed.now)
    first = reader.read(pixels)
    assert (len(first.words), len(first.unread)) == (5, 3)
    # The small ones come first; what was not read is the last lines.
    assert min(box[1] for box in first.unread) > 20 + 30 * 5 - 10
    second = reader.read(pixels)
    assert (len(second.words), second.unread) == (8, ())
    # Three first looks, and two more where they were in doubt.
    assert timed.seen == 5 + 3 + 2


def test_what_all_of_the_time_does_not_suffice_for_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known, "READ_S", 0.5)
    timed, pixels = Timed(), shelves(1)
    reader = StripReader(timed, now=lambda: timed.now)
    first = reader.read(pixels)
    before = timed.now
    assert (first.words, len(first.unread)) == ([], 1)
    assert (reader.read(pixels), timed.now) == (first, before)


def test_what_could_not_be_read_is_not_taken_for_known(ocr: Counting) -> None:
    reader = StripReader(ocr)
    ocr.broken = True
    with pytest.raises(ChildFailed):
        reader.read(light().pixels())
    ocr.broken = False
    assert texts(reader, light().pixels())
