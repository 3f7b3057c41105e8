"""Lines put together as they are read: paragraphs with their heading, and table cells with their labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from memory.records import LineRow

SPAN = 3
"""Lines of a longer paragraph that one block holds."""

_CELL = 40
"""Characters up to which a line may be a value in a table or behind a label."""

_TWO = re.compile(r"[^\W_].*?[^\W_]", re.DOTALL)
"""Two letters or digits."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one moment that belong together; the first `core` of them are a heading or labels."""

    rows: tuple[LineRow, ...]
    core: int = 0

    @property
    def cell(self) -> bool:
        """Whether it is one value behind its labels."""
        return 0 < self.core == len(self.rows) - 1 and len(self.rows[-1].line.text) <= _CELL

    @property
    def text(self) -> str:
        return " ".join(row.line.text for row in self.rows)


class Screen:
    """The lines of a moment with their places; those without a place (text read elsewhere) go by order."""

    def __init__(self, rows: Iterable[LineRow]) -> None:
        self.rows = sorted(
            (row for row in rows if _says_something(row.line.text)),
            key=lambda row: (row.line.box[1], row.line.box[0], row.id),
        )
        heights = [row.line.box[3] for row in self.rows if row.line.box[3] > 0]
        self._size = median(heights) if heights else 0
        if not self._size:
            self.rows.sort(key=lambda row: (row.frame, row.n))
        self._boxes = [row.line.box for row in self.rows]
        self._lefts: dict[int, int | None] = {}

    @cached_property
    def _below(self) -> dict[int, int | None]:
        return {i: self._next_below(i) for i in range(len(self.rows))}

    @cached_property
    def _above(self) -> dict[int, int]:
        return {j: i for i, j in self._below.items() if j is not None}

    def blocks(self, wanted: Callable[[LineRow], bool] = lambda row: True) -> list[Block]:
        """Every wanted line once as the middle of a block of its paragraph, and short ones as cells too."""
        found = []
        for i, row in enumerate(self.rows):
            if wanted(row):
                found.append(self._paragraph(i))
                cell = self._cell(i)
                if cell is not None:
                    found.append(cell)
        return found

    def cells(self, wanted: Callable[[LineRow], bool]) -> list[Block]:
        """The wanted lines that are one value behind its labels."""
        found = (self._cell(i) for i, row in enumerate(self.rows) if wanted(row))
        return [cell for cell in found if cell is not None and cell.cell]

    # -------------------------------------------------------------- paragraphs

    def _next_below(self, i: int) -> int | None:
        if not self._size:
            return i + 1 if i + 1 < len(self.rows) and self.rows[i + 1].frame == self.rows[i].frame else None
        size, boxes = self._size, self._boxes
        x, y, _, h = boxes[i]
        tall, reach = max(h, size), 1.5 * size
        end = y + h + 1.5 * tall
        for j in range(i + 1, len(boxes)):
            x2, y2, _, h2 = boxes[j]
            if y2 > end:
                return None
            below = -reach <= x2 - x <= reach and y2 - y > 0.6 * min(tall, max(h2, size))
            if below and max(h, h2) <= 2 * max(min(h, h2), size):
                return j
        return None

    def _paragraph(self, i: int) -> Block:
        chain = [i]
        while len(chain) < SPAN and (below := self._below[chain[-1]]) is not None:
            chain.append(below)
        first = self._above.get(i)
        if first is not None and len(chain) < SPAN:
            chain.insert(0, first)
        heading = self._heading(chain[0])
        rows = [self.rows[k] for k in ([] if heading is None else [heading]) + chain]
        return Block(tuple(rows), core=0 if heading is None else 1)

    def _heading(self, i: int) -> int | None:
        """The line over a paragraph: who speaks, what it is about."""
        if not self._size:
            return None
        top = i
        for _ in range(40):
            if (above := self._above.get(top)) is None:
                break
            top = above
        x, y, _, _ = self._boxes[top]
        best = top if top != i else None
        for k in range(top - 1, -1, -1):
            x2, y2, _, h2 = self._boxes[k]
            if y - y2 - h2 > 3.5 * self._size:
                break
            if y2 + h2 <= y and -3 * self._size <= x2 - x <= 6 * self._size:
                return k
        return best

    # -------------------------------------------------------------- tables and labels

    def _next_left(self, i: int) -> int | None:
        """The nearest line at the left at about the same height; each is looked for once."""
        if i not in self._lefts:
            self._lefts[i] = self._look_left(i)
        return self._lefts[i]

    def _look_left(self, i: int) -> int | None:
        size, boxes = self._size, self._boxes
        x, y, _, h = boxes[i]
        middle, near = y + h / 2, 0.6 * size
        nearest, best = None, 40 * size
        for places in (range(i - 1, -1, -1), range(i + 1, len(boxes))):
            for j in places:
                x2, y2, w2, h2 = boxes[j]
                if abs(y2 - y) > 3 * size:
                    break
                gap = x - x2 - w2
                if 0 <= gap < best and abs(y2 + h2 / 2 - middle) <= near:
                    nearest, best = j, gap
        return nearest

    def _cell(self, i: int) -> Block | None:
        """A short line with what stands at the left of it, and with the head of its column."""
        if not self._size or len(self.rows[i].line.text) > _CELL:
            return None
        labels = self._labels(i)
        if not labels:
            return None
        head = self._column_head(i)
        order = list(dict.fromkeys([*labels, *([] if head is None else [head]), i]))
        return Block(tuple(self.rows[k] for k in order), core=len(order) - 1)

    def _labels(self, i: int) -> list[int]:
        """What stands at the left in words, up to where prose begins; other values are passed over."""
        labels: list[int] = []
        left = self._next_left(i)
        while left is not None and len(labels) < 3 and len(self.rows[left].line.text) <= _CELL:
            if sum(c.isalpha() for c in self.rows[left].line.text) >= 3:
                labels.insert(0, left)
            left = self._next_left(left)
        return labels

    def _column_head(self, i: int) -> int | None:
        """The topmost short line of the column of cells above."""
        head, at = None, i
        x, _, w, _ = self._boxes[i]
        for k in range(i - 1, -1, -1):
            x2, y2, w2, h2 = self._boxes[k]
            if self._boxes[at][1] - y2 - h2 > 4 * self._size:
                break
            lined = abs(x2 - x) <= self._size or abs(x2 + w2 - x - w) <= self._size
            if lined and y2 + h2 <= self._boxes[at][1] and len(self.rows[k].line.text) <= _CELL:
                head = at = k
        return head


def _says_something(text: str) -> bool:
    return _TWO.search(text) is not None or text.strip().isdigit()
