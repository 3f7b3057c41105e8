"""Text of one pitch is told from other text, and its words are made whole as its pixels say."""

from __future__ import annotations

import numpy as np
import pytest

from memory.adapters.ocr_tesserocr import TesserOcr
from memory.perceive.known import StripReader
from memory.perceive.lines import written
from memory.perceive.pitch import Piece, pieces, pitch, whole
from memory.ports import Grey, Word
from tests.support.pages import DARK, Page

CODE = "test_fold_is_kept (tests.test_dedupe) ... ok"


def drawn(text: str, mono: bool = True, size: int = 13) -> tuple[Grey, np.ndarray]:
    """The line cut to its rows, and the columns that hold ink."""
    page = Page(width=700, height=60)
    page.write((20, 20), text, size=size, mono=mono, colour="#000000")
    grey = page.pixels()[:, :, 0]
    grey = grey[(grey < 160).any(axis=1)]
    return grey, np.flatnonzero((grey < 160).any(axis=0))


def word(text: str, x: int, w: int = 30, confidence: float = 0.9) -> Word:
    return Word(text, (x, 5, w, 14), confidence)


@pytest.mark.parametrize(("size", "wide"), [(10, 6.02), (13, 7.83), (16, 9.63)])
def test_the_pitch_of_a_terminal_is_found(size: int, wide: float) -> None:
    found = pitch(drawn(CODE, size=size)[1])
    assert found is not None
    # DejaVu Sans Mono: .602 of its size.
    assert abs(found - wide) < 0.25


@pytest.mark.parametrize(
    "line", ["$ make deploy TARGET=os-db-02", "restarting gauge-reader", "copying 214 files to os-db-02"]
)
def test_half_a_letter_is_no_pitch(line: str) -> None:
    """Where each letter has whole pixels, as terminals draw it, all falls into a grid of half of them too."""
    page = Page(width=700, height=60)
    for n, letter in enumerate(line):
        page.write((20 + 10 * n, 20), letter, size=16, mono=True, colour="#000000")
    grey = page.pixels()[:, :, 0]
    found = pitch(np.flatnonzero((grey < 160).any(axis=0)))
    assert found is None or abs(found - 10) < 0.25


@pytest.mark.parametrize(
    "text",
    [
        "sixty metres upstream, where the bank is firm",
        "Die Sitzung beginnt am Dienstag um halb zwei",
        "Please send the new cross-section before Thursday",
    ],
)
def test_other_text_has_none(text: str) -> None:
    assert pitch(drawn(text, mono=False)[1]) is None


def test_little_and_nothing_has_none() -> None:
    assert pitch(drawn("ls -l")[1]) is None
    assert pitch(np.empty(0, dtype=np.int64)) is None


def test_pieces_are_what_stands_between_blanks() -> None:
    grey, inked = drawn(CODE)
    letter = pitch(inked)
    assert letter is not None
    found = pieces(grey, inked, letter)
    assert [piece.underscores for piece in found] == [3, 1, 0, 0]
    assert [abs(piece.letters - n) <= 1 for piece, n in zip(found, (17, 19, 3, 2), strict=True)] == [True] * 4


@pytest.mark.parametrize("size", [10, 11, 12, 13, 14, 16])
def test_a_hyphen_is_no_underscore(size: int) -> None:
    for text, many in (("xoxb-917126690033-106912475802", 0), ("no-net_shed-yet -- gauge_osk", 2)):
        grey, inked = drawn(text, size=size)
        letter = pitch(inked)
        assert letter is not None
        assert sum(piece.underscores for piece in pieces(grey, inked, letter)) == many


def test_what_stands_in_one_piece_is_joined_with_what_was_overlooked() -> None:
    read = [word("test_fold", 10), word("is", 60, confidence=0.6), word("kept", 90), word("ok", 200)]
    one, other = whole(read, (Piece(17, 3), Piece(2, 0)))
    assert (one.text, other.text) == ("test_fold_is_kept", "ok")
    assert one.box == (10, 5, 110, 14)
    assert one.confidence == pytest.approx((0.9 * 13 + 0.6 * 2) / 15)


def test_without_an_underscore_nothing_is_put_between() -> None:
    (one,) = whole([word("16:15", 10), word(":02.199", 60)], (Piece(12, 0),))
    assert one.text == "16:15:02.199"


def test_the_letters_tell_which_words_go_together() -> None:
    read = [word(text, 10 * n) for n, text in enumerate(("a", "git", "sw", "itch", "now"))]
    there = tuple(Piece(n, 0) for n in (1, 3, 6, 3))
    assert [one.text for one in whole(read, there)] == ["a", "git", "switch", "now"]


def test_where_not_more_was_read_than_is_there_all_stays() -> None:
    read = (word("gitswitch", 0), word("now", 90))
    assert whole(read, (Piece(3, 0), Piece(6, 0), Piece(3, 0))) == read
    assert whole((), (Piece(3, 0),)) == ()


@pytest.mark.parametrize("colours", [("#ffffff", "#202124"), DARK])
def test_a_terminal_is_read_word_by_word(colours: tuple[str, str]) -> None:
    page = Page(width=640, height=160, ground=colours[0])
    said = (
        CODE,
        "16:15:02.199 worker-1 OS-05 gate=ok lag=9s",
        "def admit(self, reading): return fold_of_day",
    )
    for n, text in enumerate(said):
        page.write((10, 20 + 17 * n), text, size=13, mono=True, colour=colours[1])
    lines = [one.line.text for one in written(StripReader(TesserOcr("eng")).read(page.pixels()).words)]
    read = {text for line in lines for text in line.split()}
    assert {"test_fold_is_kept", "(tests.test_dedupe)", "16:15:02.199", "gate=ok", "fold_of_day"} <= read
