"""Which lines are new or lost, and which are the same line, edited or read differently."""

from __future__ import annotations

import pytest

from memory.consolidate.edits import Tops, really_lost, really_new

BOTTOM = {"Ready": 700}


def change(before: Tops, after: Tops) -> tuple[list[str], list[str]]:
    new = {line: top for line, top in after.items() if line not in before}
    gone = {line: top for line, top in before.items() if line not in after}
    return really_new(new, gone, after), really_lost(gone, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Call Ma", "Call Mara at ten"),
        ("Call Mara at ten about the heron", "Call Mara at two about the heron"),
        ("about key 18 and the lock at Mill Weir", "11 Ask Leo about key 18 and the lock at mill Weir"),
        ("The heron stands on the wall", "The heron stamds on the wall"),
    ],
)
def test_a_line_typed_on_edited_or_read_differently_is_the_same(before: str, after: str) -> None:
    assert change({before: 100, **BOTTOM}, {after: 103, **BOTTOM}) == ([], [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Invoice HS-2026-0117 is open", "Invoice HS-2026-0118 is open"),
        ("Level 2.40 m", "Level 2.15 m"),
        ("Shall we eat at noon?", "The invoice is overdue since Friday"),
    ],
)
def test_another_number_or_other_words_are_another_line(before: str, after: str) -> None:
    assert change({before: 100, **BOTTOM}, {after: 100, **BOTTOM}) == ([after], [before])


def test_the_lowest_row_may_count() -> None:
    before, after = {"Text": 100, "Line: 1 Column: 0": 700}, {"Text": 100, "Line: 10 Column: 27": 702}
    assert change(before, after) == ([], [])
    higher = {"Line: 10 Column: 27": 100, **BOTTOM}
    assert change({"Line: 1 Column: 0": 100, **BOTTOM}, higher) == (
        ["Line: 10 Column: 27"],
        ["Line: 1 Column: 0"],
    )


def test_the_same_words_in_another_row_are_another_line() -> None:
    before, after = {"a heron on the wall": 100, **BOTTOM}, {"the wall and a heron on it": 300, **BOTTOM}
    assert change(before, after) == (["the wall and a heron on it"], ["a heron on the wall"])
