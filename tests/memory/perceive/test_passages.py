"""Passages are what is new, in pieces that belong together, of a size that one vector holds."""

from __future__ import annotations

from dataclasses import replace

from memory.perceive.passages import LEAST, MOST, alike, passages
from memory.records import Line


def text(
    top: int, count: int, words: str = "the gauge at weir number {} was moved", left: int = 10
) -> list[Line]:
    return [Line(words.format(n), (left, top + 18 * n, 300, 12)) for n in range(count)]


def said(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_all_is_new_at_first() -> None:
    lines = text(10, 3)
    (only,) = passages(lines, ())
    assert only.text == " ".join(line.text for line in lines)
    assert only.lines == (0, 1, 2)


def test_only_what_was_not_there_before() -> None:
    before = text(10, 6)
    after = [*text(30, 6), Line("Next week: Hollin Gorge with the spare radio", (10, 200, 300, 12))]
    (only,) = passages(after, said(before))
    assert only.text.startswith("Next week")
    assert only.lines == (6,)
    assert passages(before, said(before)) == ()


def test_a_misread_sign_is_nothing_new() -> None:
    before = [Line("Invoice HS-2O26-O117 is due", (10, 10, 200, 12))]
    after = [Line("Invoice HS-2026-0117 is due.", (10, 11, 200, 12))]
    assert passages(after, said(before)) == ()
    assert alike("S8 l1") == alike("5B 1I")
    assert alike("10:41") != alike("10:42")


def test_long_texts_are_cut_into_pieces() -> None:
    found = passages(text(10, 60), ())
    counts = [len(passage.text.split()) for passage in found]
    assert max(counts) <= MOST
    assert min(counts[:-1]) >= 25
    assert [i for passage in found for i in passage.lines] == list(range(60))


def test_windows_do_not_share_a_passage() -> None:
    mail = [replace(line, window=0) for line in text(10, 2)]
    chat = [replace(line, window=1) for line in text(60, 2, "see you at the harbour, number {}")]
    found = passages([*mail, *chat], ())
    assert [passage.lines for passage in found] == [(0, 1), (2, 3)]


def test_columns_are_not_mixed() -> None:
    left = text(10, 8, "on the left stands a story that goes on, line {}")
    right = text(10, 8, "on the right stands another one, also line {}", left=500)
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    for passage in passages(mixed, ()):
        assert not ("on the left" in passage.text and "on the right" in passage.text)


def test_too_little_says_nothing() -> None:
    assert passages([Line("10:42", (900, 5, 40, 12))], ()) == ()
    assert len(passages([Line("a" * LEAST, (900, 5, 40, 12))], ())) == 1
    assert passages((), ()) == ()
