"""Known lines are read again alone, with the real engine: right ones say the same, wrong ones do not."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from memory.adapters.ocr_tesserocr import TesserOcr
from memory.perceive.again import read_again
from memory.perceive.known import StripReader
from memory.perceive.reader import without_secrets
from memory.ports import Grey, Word
from memory.records import Line
from tests.support.pages import dark, light


class Counting:
    """The real engine; how many strips it was given, look by look."""

    def __init__(self) -> None:
        self._real = TesserOcr()
        self.name, self.looks = self._real.name, list[int]()

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        self.looks.append(len(strips))
        return self._real.words(strips, until)


@pytest.fixture(scope="module")
def ocr() -> Counting:
    return Counting()


def soon() -> float:
    return time.monotonic() + 60


@pytest.fixture(scope="module")
def lines(ocr: Counting) -> tuple[Line, ...]:
    """The lines of a page as they are read the first time."""
    return without_secrets(StripReader(ocr).read(light().pixels())).lines


def test_right_lines_say_the_same_and_most_at_the_first_look(ocr: Counting, lines: tuple[Line, ...]) -> None:
    ocr.looks.clear()
    said = read_again(ocr, light().pixels(), lines, soon())
    same = [line.text in looks for line, looks in zip(lines, said, strict=True)]
    assert same.count(True) >= 0.9 * len(lines)
    assert ocr.looks[0] == len(lines)
    assert ocr.looks[1] == sum(len(looks) > 1 for looks in said) <= 0.3 * len(lines)


def test_a_wrong_line_says_what_stands_there_at_both_looks(ocr: Counting, lines: tuple[Line, ...]) -> None:
    line = max(lines, key=lambda line: len(line.text))
    (said,) = read_again(ocr, light().pixels(), [replace(line, text="Invented words")], soon())
    assert len(said) == 2
    assert line.text in said


def test_light_on_dark_is_read_alone_as_well(ocr: Counting) -> None:
    page = dark()
    lines = without_secrets(StripReader(ocr).read(page.pixels())).lines
    said = read_again(ocr, page.pixels(), lines, soon())
    same = [line.text in looks for line, looks in zip(lines, said, strict=True)]
    assert same.count(True) >= 0.9 * len(lines)


def test_what_is_outside_the_picture_or_empty_says_nothing(ocr: Counting) -> None:
    boxes = ((5000, 10, 90, 14), (10, 5000, 90, 14), (-50, 10, 20, 14), (880, 480, 10, 10))
    said = read_again(ocr, light().pixels(), [Line("x", box) for box in boxes], soon())
    assert [" ".join(looks) for looks in said] == [""] * 4


def test_when_time_is_over_nothing_more_is_read(ocr: Counting, lines: tuple[Line, ...]) -> None:
    assert read_again(ocr, light().pixels(), lines, time.monotonic() - 1) == ((),) * len(lines)
