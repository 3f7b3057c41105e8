"""Tables on a screen: which column and which row a cell belongs to, by the places of lines alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from memory.consolidate.fields import middle, on_lines
from memory.consolidate.values import is_label, is_value
from memory.records import LineRow

COLUMNS = 3  # from which a line of short words can head a table
BODY = 2  # rows below it from which it does
HEAD_WORDS = 3
FILLED = 0.6  # share of the rows in which a column holds something
NEAR_ROWS = 6  # heights of a line within which the next row follows
LEFT_OF_HEAD = 12  # pixels by which a cell may begin left of its column's head
LONGEST_ROWS = 60

_HEAD = re.compile(r"[^\W\d_]{2}[^\d:=|<>{}\[\]@/…]*[^\W\d_)]$")
_KEY = re.compile(r"(?:[A-Z][A-Z0-9]{1,5}-\d+(?:-\d+)*|[#!]\d{2,})$")
_NAME = re.compile(r"[^\W\d_]{3}|[^\W_]*\d[^\W_]*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Cell:
    """What heads the column of a cell, and what its row is about: a key, or a name within the page."""

    head: str
    row: str
    by_key: bool


class _Column(NamedTuple):
    head: str
    left: int
    right: int


def cells(rows: Sequence[LineRow]) -> dict[int, Cell]:
    """By the position of each cell of a table, but for those that tell what their row is about."""
    found: dict[int, Cell] = {}
    lines = on_lines(rows)
    for n, line in enumerate(lines):
        if len(line) >= COLUMNS and not found.keys() & set(line):
            found.update(_below(rows, line, lines[n + 1 : n + 1 + 2 * LONGEST_ROWS]))
    return found


def _below(rows: Sequence[LineRow], head: Sequence[int], lines: Sequence[Sequence[int]]) -> dict[int, Cell]:
    """The cells of the table that this line heads, if it heads one."""
    columns = _columns(rows, head)
    texts = {rows[at].line.text for at in head}
    if len(columns) < COLUMNS or any(map(_is_told, texts)):
        return {}
    body: list[dict[int, int]] = []
    low, height = middle(rows[head[0]]), max(rows[at].line.box[3] for at in head)
    for line in lines:
        off = rows[line[0]].frame != rows[head[0]].frame
        if off or middle(rows[line[0]]) - low > NEAR_ROWS * height or len(body) == LONGEST_ROWS:
            break
        row = _row(rows, line, columns)
        if len(row) >= max(2, len(columns) / 2):
            body.append(row)
            low = middle(rows[line[0]])
    filled = Counter(column for row in body for column in row)
    real = {column for column, times in filled.items() if times >= max(BODY, FILLED * len(body))}
    labels = sum(is_label(rows[at].line.text) for row in body for at in row.values())
    if len(body) < BODY or len(real) < COLUMNS or 2 * labels >= len(body):
        return {}  # where labels stand among the cells, each has its value beside it
    if any(rows[at].line.text in texts for row in body for at in row.values()):
        return {}  # what repeats below is no head
    names = Counter(_name(rows, row, real) for row in body)
    return {
        at: Cell(columns[column].head, name, _KEY.match(name) is not None)
        for row in body
        if (name := _name(rows, row, real)) and names[name] == 1
        for column, at in row.items()
        if column in real and rows[at].line.text != name
    }


def _columns(rows: Sequence[LineRow], head: Sequence[int]) -> list[_Column]:
    """What heads columns in a line, each with how far its column reaches: to the next one."""
    lefts = [rows[at].line.box[0] - LEFT_OF_HEAD for at in head]
    return [
        _Column(rows[at].line.text, left, right)
        for at, left, right in zip(head, lefts, [*lefts[1:], lefts[-1] + 400], strict=True)
        if _HEAD.match(rows[at].line.text) and len(rows[at].line.text.split()) <= HEAD_WORDS
    ]


def _row(rows: Sequence[LineRow], line: Sequence[int], columns: Sequence[_Column]) -> dict[int, int]:
    """By column the cell of a line; what reaches into the next column was read as one and is left out."""
    found: dict[int, int] = {}
    for at in line:
        x, _, w, _ = rows[at].line.box
        for n, column in enumerate(columns):
            if column.left <= x < column.right and x + w <= column.right + LEFT_OF_HEAD:
                found.setdefault(n, at)
    return found


def _name(rows: Sequence[LineRow], row: dict[int, int], real: set[int]) -> str:
    """What a row is about: the key in it, else its first cell where that is a name."""
    texts = [rows[row[column]].line.text for column in sorted(row) if column in real]
    keys = [text for text in texts if _KEY.match(text)]
    if keys:
        return keys[0]
    named = 0 in row and 0 in real and _NAME.match(texts[0]) and not is_value(texts[0])
    return texts[0] if named else ""


def _is_told(text: str) -> bool:
    """A key or a value stands in a row of the body; a bare number may be that of the row."""
    return _KEY.match(text) is not None or (is_value(text) and not text.isdigit())
