"""Lines out of words, specks left out, and the window that a line stands in."""

from __future__ import annotations

import pytest

from memory.perceive.lines import in_windows, written
from memory.ports import Word
from memory.records import Line, Window


def word(text: str, x: int, confidence: float = 0.9, y: int = 12, w: int = 30) -> Word:
    return Word(text, (x, y, w, 14), confidence)


def test_words_of_a_row_are_a_line() -> None:
    (one,) = written([[word("Mill", 10, 0.8), word("Weir", 50)]])
    assert one.line.text == "Mill Weir"
    assert one.words == ((10, 12, 30, 14), (50, 12, 30, 14))
    assert one.line.box == (10, 12, 70, 14)
    assert one.line.confidence == pytest.approx(0.85)


def test_rows_of_a_strip_are_lines_of_their_own() -> None:
    found = written([[word("lower", 10, y=45), word("upper", 10, y=12)]])
    assert [one.line.text for one in found] == ["upper", "lower"]


def test_specks_and_edges_are_left_out() -> None:
    words = [word("|", 0, 0.95), word("Spam", 20), word("fj", 80, 0.1), word("|", 120, 0.95)]
    assert [one.line.text for one in written([words])] == ["Spam"]
    assert written([[word("|", 10), word("—", 40)]]) == ()
    assert written([[word("☆", 10)]]) == ()


def test_a_lone_letter_must_be_sure() -> None:
    assert written([[word("o", 10, 0.5)]]) == ()
    assert [one.line.text for one in written([[word("7", 10, 0.95)]])] == ["7"]


def test_unsure_words_can_be_asked_for() -> None:
    words = [word("Pelican", 10, 0.05)]
    assert written([words]) == ()
    assert [one.line.text for one in written([words], unsure=0.0)] == ["Pelican"]


def test_the_topmost_window_has_the_line() -> None:
    windows = (
        Window("desk", "", 0, 0, 1000, 800, stack=0),
        Window("terminal", "", 300, 100, 400, 300, stack=2),
        Window("mail", "", 200, 50, 400, 300, stack=1),
    )
    lines = [Line("a", (310, 110, 50, 12)), Line("b", (210, 60, 50, 12)), Line("c", (900, 700, 50, 12))]
    lines.append(Line("outside", (1200, 10, 50, 12)))
    assert [line.window for line in in_windows(lines, windows)] == [1, 2, 0, None]


def test_without_windows_nothing_is_said() -> None:
    lines = (Line("a", (0, 0, 5, 5)),)
    assert in_windows(lines, None) == lines
    assert in_windows(lines, ()) == lines


def test_chinese_is_joined_without_blanks() -> None:
    words = [word("打开", 10), word("文", 45, w=14, confidence=0.5), word("件", 60, w=14), word("PDF", 80)]
    (one,) = written([words])
    assert one.line.text == "打开文件 PDF"
    assert one.words == ((10, 12, 64, 14), (80, 12, 30, 14))
