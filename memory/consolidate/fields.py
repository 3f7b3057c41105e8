"""What the places of lines tell: labels and their values, wrapped sentences, the mail that is open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from itertools import pairwise

from memory.consolidate.values import is_amount, is_label
from memory.consolidate.words import terms
from memory.records import LineRow
from memory.trust import gives_orders

PROSE = 6  # words from which a line can be one of a wrapped paragraph
SAME_TYPE = 1.4  # ratio of heights up to which two lines are of one paragraph
WORDS_ABOVE = 8  # of a line that are carried into the next
SUBJECT_ABOVE = 8  # heights within which a mail's subject stands above its sender
FARTHEST_VALUE = 30  # heights that a value may stand to the right of its label
LARGE = 1.4  # heights of the usual line from which one stands out
NUMBERED = 3  # neighbours by number from which lines are numbered
EDGE = 40  # pixels of a left edge within which numbers of one or more digits begin
LEFT_OF_SENDER = 4  # heights by which a mail's subject and text may begin left of its sender

_SENDER = re.compile(r"<[^<>\s]+@[^<>\s]+")
_NUMBER = re.compile(r"\d{1,4}(?=\s)")
_STAMP = re.compile(r"\d{1,2}:\d\d|@")


def labels(rows: Sequence[LineRow], taken: Container[int] = ()) -> dict[int, str]:
    """By the position of a value the label it belongs to: beside it, or above it; what is `taken` has none.

    Where labels of a column have their values beside them, none of that column has it below; what stands
    behind something on its own line heads a column of a table.
    """
    found: dict[int, str] = {}
    sided: set[tuple[int, int]] = set()
    led = set()
    lines = on_lines(rows)
    for line in lines:
        heads = {at for before, at in pairwise(line) if is_label(rows[before].line.text)}
        for label, value in pairwise(line):
            if not beside(rows[label], rows[value]):
                continue
            led.add(value)
            if value not in taken and label not in heads and _is_field(rows[label], rows[value]):
                found[value] = rows[label].line.text
                sided.add(_column(rows[label]))
    for at, (label_row, value_row) in enumerate(pairwise(rows)):
        if at + 1 in taken or at in led or at + 1 in found or _column(label_row) in sided:
            continue
        if _is_field(label_row, value_row) and below(label_row, value_row):
            found[at + 1] = label_row.line.text
    return found


def prominent(rows: Sequence[LineRow]) -> frozenset[int]:
    """Position of the one amount that stands alone and larger than the text around it: the page's own."""
    heights = sorted(row.line.box[3] for row in rows)
    usual = heights[len(heights) // 2] if heights else 0
    large = [
        at for at, row in enumerate(rows) if row.line.box[3] >= LARGE * usual and is_amount(row.line.text)
    ]
    return frozenset(large if len(large) == 1 else ())


def on_lines(rows: Sequence[LineRow]) -> list[list[int]]:
    """Positions that stand on one line of a frame, from left to right; the lines from top to bottom."""
    lines: list[list[int]] = []
    for at in sorted(range(len(rows)), key=lambda at: (rows[at].frame, middle(rows[at]))):
        first = rows[lines[-1][0]] if lines else None
        same = first and first.frame == rows[at].frame
        if first and same and middle(rows[at]) - middle(first) <= rows[at].line.box[3] / 2:
            lines[-1].append(at)
        else:
            lines.append([at])
    return [sorted(line, key=lambda at: rows[at].line.box[0]) for line in lines]


def middle(row: LineRow) -> float:
    """The height at which a line stands."""
    return row.line.box[1] + row.line.box[3] / 2


def runs_on(upper: LineRow, lower: LineRow) -> str:
    """The end of a line of prose whose sentence goes on in the line below, else nothing."""
    words = upper.line.text.split()
    heights = sorted((upper.line.box[3], lower.line.box[3]))
    if len(words) < PROSE or upper.line.text[-1] in ".:;!?" or not below(upper, lower):
        return ""
    return " ".join(words[-WORDS_ABOVE:]) if heights[1] <= SAME_TYPE * heights[0] else ""


def open_mail(rows: Sequence[LineRow]) -> tuple[str, LineRow | None]:
    """The subject of the open mail and the row of its sender: the tallest line right above the address."""
    for sender in rows:
        if not sender.front or not _SENDER.search(sender.line.text):
            continue
        above = [row for row in rows if _is_above(row, sender) and not _STAMP.search(row.line.text)]
        subject = max(above, key=lambda row: (row.line.box[3], row.line.box[1]), default=None)
        if subject is not None and not gives_orders(subject.line.text):
            return subject.line.text, sender
    return "", None


def in_mail(row: LineRow, sender: LineRow) -> bool:
    """Whether the row belongs to the text below a mail's sender."""
    (x, y, _, height), (row_x, row_y, _, _) = sender.line.box, row.line.box
    return row.frame == sender.frame and row_y > y and row_x >= x - LEFT_OF_SENDER * height


def beside(left: LineRow, right: LineRow) -> bool:
    """On one line, and the right one to the right, not too far."""
    (x, y, w, h), (other_x, other_y, _, _) = left.line.box, right.line.box
    near = left.frame == right.frame and abs(other_y - y) <= h / 2
    return near and x + w <= other_x <= x + w + FARTHEST_VALUE * h


def below(upper: LineRow, lower: LineRow) -> bool:
    """Right below, beginning at the same place."""
    (x, y, _, h), (other_x, other_y, _, _) = upper.line.box, lower.line.box
    return upper.frame == lower.frame and abs(other_x - x) <= max(12, h) and 0 < other_y - y <= 2.5 * h


def numbered(rows: Sequence[LineRow]) -> frozenset[int]:
    """Positions of lines that begin with the number of the line, as an editor shows it, at one left edge."""
    numbers: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for at, row in enumerate(rows):
        if found := _NUMBER.match(row.line.text):
            numbers[(row.line.box[0] + row.line.box[3]) // EDGE].append((int(found[0]), at))
    edges = (sorted(edge) for edge in numbers.values())
    return frozenset(
        at
        for edge in edges
        if sum(second - first == 1 for (first, _), (second, _) in pairwise(edge)) >= NUMBERED
        for _, at in edge
    )


def without_number(text: str) -> str:
    """The line behind its number; the dash of a list stays."""
    return _NUMBER.sub("", text, count=1).lstrip("| ")


def _is_field(label: LineRow, value: LineRow) -> bool:
    return is_label(label.line.text) and not is_label(value.line.text)


def _column(row: LineRow) -> tuple[int, int]:
    return row.frame, row.line.box[0] // 16


def _is_above(row: LineRow, sender: LineRow) -> bool:
    (x, y, _, h), (row_x, row_y, _, _) = sender.line.box, row.line.box
    near = row.frame == sender.frame and h / 2 < y - row_y <= SUBJECT_ABOVE * h
    return near and abs(row_x - x) <= LEFT_OF_SENDER * h and len(terms(row.line.text)) >= 2
