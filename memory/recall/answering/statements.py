"""What the lines of a screen state of a thing that some words name: its value, and the lines that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memory.recall.language.blocks import Screen
from memory.recall.language.values import Value, find_values
from memory.recall.language.words import Stems, fold, stem
from memory.recall.understanding.wanted import fits
from memory.records import Box, LineRow, Moment
from memory.trust import doubtful

TOP = 4
"""First lines of a page that may name what all of it is about."""

LONGEST = 60
"""Characters of a value that has no kind of its own, behind a label."""

NAMING = 3
"""Words of a topic that name it beyond doubt where they stand in one line with a value."""

PROSE = 5
"""Words from which a line may be a part of a sentence."""

WORDS = "words"

_CELLS = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_LABEL = re.compile(r"^(?P<label>[^:=]{2,50}?)\s*(?::|=)\s+(?P<value>\S.*)$")
_SAYS = re.compile(
    r"\b(?:is|are|was|to|at|lautet|ist|beträgt|sind|auf)\b(?: (?:now|currently|set to|jetzt|nun|neu))?\s+"
    r"(?P<value>[^.;,()]{1,40})"
)
_PAST = re.compile(
    r"\b(?:from|was|were|formerly|previously|instead of|not|statt|von|vorher|bisher|war|nicht)\s*$",
    re.IGNORECASE,
)
_INTO = re.compile(r"(?:\b(?:to|now|auf|jetzt|nun)|→|->)\s*$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:]\s*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of a kind, the lines that say so as a quote, and the line as it is known again. `clear`: a
    label or the head of a column says what it is, or the whole topic, three words and more, is in the line.
    """

    value: str
    kind: str
    quote: str
    line: str
    clear: bool = False


class Teller:
    """Reads screens for what they state of one topic; equal lines are understood once."""

    def __init__(self, topic: Sequence[str], kinds: tuple[str, ...]) -> None:
        self._topic = frozenset(stem(word) for word in topic)
        self._kinds = kinds
        self._stems = Stems()

    def of(self, moment: Moment, rows: Sequence[LineRow]) -> list[Statement]:
        """In reading order, those of the lines that say most of the topic themselves."""
        doubted = doubtful(rows)
        rows = [row for row in rows if row.id not in doubted]
        title = self._in(moment.title)
        # The first lines of a picture are those of the program: tabs, menus, an address.
        top = [row.line.text for row in rows[:TOP] if not row.line.box[3]]
        page = title | self._in(" ".join(text for text in top if not self._has_value(text)))
        found = [(own, one) for own, one in self._all(rows, title, page)]
        most = max((own for own, _ in found), default=0)
        return list(dict.fromkeys(one for own, one in found if own == most))

    def _all(
        self, rows: Sequence[LineRow], title: frozenset[str], page: frozenset[str]
    ) -> Iterator[tuple[int, Statement]]:
        """Statements with how many words of the topic their own lines hold."""
        placed = any(row.line.box[3] for row in rows)
        for at, row in enumerate(rows):
            own = self._in(row.line.text)
            if not own:
                continue
            if own | page >= self._topic:
                yield from self._stated(own, [row.line.text])
            cells = self._of_row(rows, at, own | title)
            if cells is not None:
                yield len(self._topic), cells
            below = rows[at + 1].line.text if at + 1 < len(rows) else ""
            if below and self._runs_on(row.line.text):
                whole = own | self._in(below)
                if whole | page >= self._topic:
                    yield from self._stated(whole, [row.line.text, below])
        if placed:
            yield from self._of_cells(rows, page)

    def _in(self, text: str) -> frozenset[str]:
        return self._topic.intersection(self._stems.of(text))

    def _has_value(self, text: str) -> bool:
        return any(self._may_be(value) for value in find_values(text))

    def _runs_on(self, text: str) -> bool:
        """Whether a line may be the beginning of a sentence that ends below it."""
        prose = len(text.split()) >= PROSE and len(_CELLS.split(text)) == 1
        return prose and not _ENDS.search(text) and not self._has_value(text)

    def _may_be(self, value: Value) -> bool:
        named = set(self._stems.of(value.text))
        return not named <= self._topic and (not self._kinds or fits(value, self._kinds))

    # -------------------------------------------------------------- lines

    def _stated(self, own: frozenset[str], lines: list[str]) -> Iterator[tuple[int, Statement]]:
        text = " ".join(lines)
        labelled = self._labelled(text)
        value = labelled or self._said(text)
        if value is not None:
            line = "".join(self._stems.of(text))
            clear = labelled is not None or (own == self._topic and len(own) >= NAMING)
            yield len(own), Statement(value.text.rstrip(" .,;"), value.kind, " … ".join(lines), line, clear)

    def _labelled(self, text: str) -> Value | None:
        """What stands behind a label that has words of the topic, where it has none itself."""
        match = _LABEL.match(text)
        if match is None or not self._in(match["label"]) or self._in(match["value"]):
            return None
        return self._valued(match["value"])

    def _valued(self, text: str) -> Value | None:
        """A short text as a value: its first one of a kind, or all of it."""
        values = [value for value in find_values(text) if self._may_be(value)]
        if values:
            return self._best(text, values)
        said = text.strip(" .;,")
        return Value(WORDS, said, 0, len(said)) if 0 < len(said) <= LONGEST and not self._kinds else None

    def _said(self, text: str) -> Value | None:
        """The value that a sentence gives after the words of the topic."""
        ends = [m.end() for m in re.finditer(r"[\w-]+", text) if self._in(m[0])]
        values = [value for value in find_values(text) if self._may_be(value)]
        after = [value for value in values if ends and value.start >= ends[0]]
        if after or values:
            return self._best(text, after or values)
        said = _SAYS.search(text, ends[0] if ends else 0)
        if said is None or self._kinds or self._in(said["value"]):
            return None
        return Value(WORDS, said["value"].strip(), said.start("value"), said.end("value"))

    def _best(self, text: str, values: Sequence[Value]) -> Value:
        """What it is now: behind "to" or "now", not behind "from" or "was"; of a wanted kind, else first."""
        into = [value for value in values if _INTO.search(text[: value.start])]
        stands = [value for value in values if not _PAST.search(text[: value.start])]
        some = into or stands or values
        return min(some, key=lambda value: (self._rank(value), value.start))

    def _rank(self, value: Value) -> int:
        return self._kinds.index(value.kind) if value.kind in self._kinds else len(self._kinds)

    # -------------------------------------------------------------- tables

    def _of_row(self, rows: Sequence[LineRow], at: int, known: frozenset[str]) -> Statement | None:
        """A cell of a row that is written in one line, under the head with the words that are missing."""
        text = rows[at].line.text
        cells = _CELLS.split(text)
        missing = self._topic - known
        if len(cells) < 2 or not missing:
            return None
        for head in reversed(rows[:at]):
            heads = _CELLS.split(head.line.text)
            column = next((n for n, name in enumerate(heads) if self._in(name) >= missing), None)
            if len(heads) == len(cells) and column is not None and not self._in(cells[column]):
                value = self._valued(cells[column])
                line = "".join(self._stems.of(text))
                return Statement(value.text.rstrip(" .,;"), value.kind, text, line, True) if value else None
        return None

    def _of_cells(self, rows: Sequence[LineRow], page: frozenset[str]) -> Iterator[tuple[int, Statement]]:
        """Cells with a place of their own, by what stands at the left and at the head of the column."""
        named = [row.line.box for row in rows if self._in(row.line.text)]
        for block in Screen(rows).cells(lambda row: any(_in_line(row.line.box, box) for box in named)):
            *labels, cell = (row.line.text for row in block.rows)
            own = self._in(" ".join(labels))
            if not own or self._in(cell) or not own | page >= self._topic:
                continue
            if any(_LABEL.match(text) or _ENDS.search(text) for text in (*labels, cell)):
                continue  # what says something itself heads no column
            value = self._valued(cell)
            if value is not None:
                line = fold(" ".join((*labels, cell)))
                yield (
                    len(own),
                    Statement(value.text.rstrip(" .,;"), value.kind, " … ".join((*labels, cell)), line, True),
                )


def _in_line(cell: Box, label: Box) -> bool:
    """Whether one may be the label of the other by its place: beside it at the left, or above."""
    x, y, w, h = cell
    x2, y2, w2, h2 = label
    beside = x2 < x and y2 < y + h and y < y2 + h2
    return beside or (y2 < y and x2 < x + w + h and x < x2 + w2 + h)
