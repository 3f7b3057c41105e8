"""Lines put together as they are read: paragraphs, headings, table cells."""

from __future__ import annotations

from memory.recall.language.blocks import Screen
from memory.records import Line, LineRow


def rows(*placed: tuple[str, int, int]) -> list[LineRow]:
    return [
        LineRow(n, 1, n, Line(text, (x, y, 7 * len(text), 14), 0.9))
        for n, (text, x, y) in enumerate(placed, start=1)
    ]


def texts(*placed: tuple[str, int, int]) -> set[str]:
    return {block.text for block in Screen(rows(*placed)).blocks()}


def test_a_paragraph_is_read_down_its_column_not_across() -> None:
    found = texts(
        ("left one", 10, 10), ("right one", 400, 10),
        ("left two", 10, 30), ("right two", 400, 30),
    )  # fmt: skip
    assert "left one left two" in found
    assert "right one right two" in found
    assert not any("left one right one left two" in text for text in found)


def test_a_heading_stands_before_its_paragraph() -> None:
    blocks = Screen(
        rows(("Ole Brandt", 10, 10), ("the keel is dry", 14, 52), ("and the deck too", 14, 72))
    ).blocks()
    block = next(b for b in blocks if b.text.endswith("too"))
    assert block.text == "Ole Brandt the keel is dry and the deck too"
    assert block.core == 1


def test_a_cell_has_its_row_and_its_column() -> None:
    found = texts(
        ("Station", 10, 10), ("High", 200, 10), ("Low", 300, 10),
        ("Rowan Quay", 10, 40), ("4.10 m", 200, 40), ("0.60 m", 300, 40),
        ("Heron Point", 10, 70), ("3.75 m", 200, 70), ("0.45 m", 300, 70),
    )  # fmt: skip
    assert "Heron Point Low 0.45 m" in found
    assert "Rowan Quay High 4.10 m" in found


def test_lines_without_a_place_go_by_order() -> None:
    lines = [
        LineRow(n, 1, n, Line(text, (0, 0, 0, 0)))
        for n, text in enumerate(["one two", "three four", "five six"])
    ]
    assert "one two three four five six" in {block.text for block in Screen(lines).blocks()}


def test_scraps_are_left_out_and_an_empty_screen_has_no_block() -> None:
    assert texts((":", 10, 10), ("|", 30, 10)) == set()
    assert Screen([]).blocks() == []
