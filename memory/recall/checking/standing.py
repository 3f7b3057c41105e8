"""Where quoted words stand: in which lines of a moment, uncut, beside or below each other; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from memory.records import LineRow, Moment

SLACK = 2
"""Pixels that a box may reach over the edge of its picture: engines round."""

NEAR_LINES = 12
"""Lines of a text without boxes that may lie between two pieces of one quote."""

_CUT = re.compile(r"\s*…\s*|\s+\|\s+")
_CLAUSE = re.compile(r"[.,;:!?()\[\]–—|]")
_TURNS = re.compile(
    r"(?:not|never|none|nobody|nothing|neither|nor|cannot|without|no(?!\W*\d)|\w+n['’]t"
    r"|nicht|nie|niemals|niemand|nichts|weder|ohne|kein\w*)",
    re.IGNORECASE,
)
BEFORE = 6
"""Words of one clause before a piece among which none may be cut away that turns its meaning; behind it, only
what follows at once or a verb does ("offer | is not").
"""
_VERBS = re.compile(
    r"(?:is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|may)", re.I
)
_NEW_CLAUSE = re.compile(r"(?:which|that|who|whose|where|when|but|and|or|because|if|while)", re.I)

_INSIDE = ".,:'’-−/_@&+"
"""Signs that a number or an identifier goes on over."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment as the ledger holds it now, its lines, and width and height of each frame they stand in."""

    moment: Moment
    rows: tuple[LineRow, ...]
    sizes: Mapping[int, tuple[int, int]]

    @property
    def names(self) -> tuple[str, ...]:
        """What is known of it beside what was read."""
        return tuple(plain(name) for name in (self.moment.title, self.moment.app, self.moment.url or ""))


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a quote rests on: lines with the piece of each, and names (title, application, address)."""

    lines: tuple[tuple[LineRow, str], ...]
    names: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return (*(plain(row.line.text) for row, _ in self.lines), *self.names)


def plain(text: str) -> str:
    """White space and form of letters do not count; everything else does."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def pieces(quote: str) -> list[str]:
    """What stands between the marks of omission."""
    return [piece for part in _CUT.split(quote) if (piece := plain(part))]


def stands(piece: str, text: str) -> bool:
    """Whether a piece stands in a text with no word, number or identifier cut at its ends."""
    return next(_places(piece, text), None) is not None


def quoted(shown: Shown, quote: str) -> Quoted | None:
    """What a quote rests on; None where a piece of it stands nowhere, lost a "not", or they do not belong
    together: lines and cells of one screen do where a chain leads from each to each, beside it in a row, or
    above or below it in a column, and they are in reading order.
    """
    whole = plain(quote)
    named = next((name for name in shown.names if whole and stands(whole, name)), None)
    line = next((row for row in shown.rows if whole == plain(row.line.text)), None)
    if line is not None and _inside(line, shown.sizes):
        return Quoted(((line, whole),), ())
    return _in_pieces(shown, pieces(quote)) or (Quoted((), (named,)) if named else None)


def _in_pieces(shown: Shown, said: Sequence[str]) -> Quoted | None:
    if not said:
        return None
    lines: list[list[LineRow]] = []
    in_lines: list[str] = []
    names: list[str] = []
    for piece in said:
        found = [row for row in shown.rows if _holds(row, piece)]
        named = [name for name in shown.names if stands(piece, name)]
        if found:
            lines.append(found)
            in_lines.append(piece)
        elif named:
            names += named[:1]
        else:
            return None
    rows = _together(lines, in_lines)
    if rows is None or not all(_inside(row, shown.sizes) for row in rows):
        return None
    return Quoted(tuple(zip(rows, in_lines, strict=True)), tuple(names))


# ------------------------------------------------------------------ a piece in a line


def _holds(row: LineRow, piece: str) -> bool:
    text = plain(row.line.text)
    return any(not _turned(text[:at], piece, text[at + len(piece) :]) for at in _places(piece, text))


def _places(piece: str, text: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        if not _cuts(text, at) and not _cuts(text, at + len(piece)):
            yield at
        at = text.find(piece, at + 1)


def _cuts(text: str, at: int) -> bool:
    """Whether a cut at this place goes through a word, a number or an identifier."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        # Chinese and Japanese have no blanks: words end anywhere.
        return not (_blankless(before) or _blankless(after))
    left, right = text[:at], text[at:]
    if after in _INSIDE and before.isalnum():
        return _one(left[-1], right[1:2])
    if before in _INSIDE and after.isalnum():
        return _one(left[-2:-1] or " ", after) or (
            before in "-−" and after.isdigit() and left[-2:-1] in ("", " ")
        )
    return False


def _one(left: str, right: str) -> bool:
    """Whether what a sign stands between is one number or one identifier: then a digit is beside it."""
    return left.isalnum() and right.isalnum() and (left.isdigit() or right.isdigit())


def _blankless(mark: str) -> bool:
    return "\u3000" <= mark <= "\u9fff" or "\uf900" <= mark <= "\ufaff"


def _turned(before: str, piece: str, after: str) -> bool:
    """Whether what was cut away of the clause turns what is left of it."""
    head = [] if _CLAUSE.match(piece) else _CLAUSE.split(before)[-1].split()[-BEFORE:]
    tail = [] if _CLAUSE.match(piece[-1]) else _CLAUSE.split(after)[0].split()
    if _NEW_CLAUSE.fullmatch(piece.split()[-1]):
        tail = []
    near = tail[: 2 if tail and _VERBS.fullmatch(tail[0]) else 1]
    return any(map(_turns, head)) or any(_turns(word) and word not in ("without", "ohne") for word in near)


def _turns(word: str) -> bool:
    return _TURNS.fullmatch(word.strip("\"'“”")) is not None


def _inside(row: LineRow, sizes: Mapping[int, tuple[int, int]]) -> bool:
    """Whether the box of a line lies in its picture; text that was read elsewhere has none."""
    x, y, w, h = row.line.box
    wide, high = sizes.get(row.frame, (0, 0))
    if not wide or not high:
        return True
    return x >= -SLACK and y >= -SLACK and x + w <= wide + SLACK and y + h <= high + SLACK


# ------------------------------------------------------------------ pieces of one screen


def _together(found: Sequence[Sequence[LineRow]], said: Sequence[str]) -> list[LineRow] | None:
    """A line for each piece, such that they belong together; None where there is no such choice."""
    if not found:
        return []
    rarest = min(range(len(found)), key=lambda k: len(found[k]))
    for first in found[rarest]:
        chosen = _grown(found, said, {rarest: first})
        if chosen is not None and _in_order(chosen, said):
            return chosen
    return None


def _grown(
    found: Sequence[Sequence[LineRow]], said: Sequence[str], chosen: dict[int, LineRow]
) -> list[LineRow] | None:
    """From one line on, whatever is aligned with one that is chosen: lines that say no more first, then the
    nearest.
    """
    while len(chosen) < len(found):
        reach = [
            (plain(row.line.text) != said[k], _distance(row, other), k, row.id, row)
            for k, rows in enumerate(found)
            if k not in chosen
            for row in rows
            for other in chosen.values()
            if _aligned(row, other)
        ]
        if not reach:
            return None
        *_, k, _, row = min(reach, key=lambda one: one[:4])
        chosen[k] = row
    return [chosen[k] for k in range(len(found))]


def _aligned(one: LineRow, other: LineRow) -> bool:
    if one.id == other.id:
        return True
    if not _placed(one) or not _placed(other):
        return one.frame == other.frame and abs(one.n - other.n) <= NEAR_LINES
    return _in_row(one, other) or _in_column(one, other)


def _placed(row: LineRow) -> bool:
    return row.line.box[2] > 0 and row.line.box[3] > 0


def _in_row(one: LineRow, other: LineRow) -> bool:
    (_, y, _, h), (_, y2, _, h2) = one.line.box, other.line.box
    return abs((y + h / 2) - (y2 + h2 / 2)) <= 0.7 * max(h, h2)


def _in_column(one: LineRow, other: LineRow) -> bool:
    (x, _, w, h), (x2, _, w2, h2) = one.line.box, other.line.box
    return min(x + w, x2 + w2) > max(x, x2) or abs(x - x2) <= 2 * max(h, h2)


def _distance(one: LineRow, other: LineRow) -> float:
    (x, y, w, h), (x2, y2, w2, h2) = one.line.box, other.line.box
    across = max(0, x2 - x - w, x - x2 - w2)
    down = max(0, y2 - y - h, y - y2 - h2)
    return float(across + down)


def _in_order(rows: Sequence[LineRow], said: Sequence[str]) -> bool:
    """Whether pieces of one line, row or column follow each other as they are read."""
    for k in range(len(rows)):
        for other in range(k + 1, len(rows)):
            if not _follows(rows[k], said[k], rows[other], said[other]):
                return False
    return True


def _follows(one: LineRow, piece: str, other: LineRow, later: str) -> bool:
    if one.id == other.id:
        text = plain(one.line.text)
        first = next(_places(piece, text))
        return any(at >= first + len(piece) for at in _places(later, text))
    if not _placed(one) or not _placed(other):
        return one.frame != other.frame or one.n < other.n
    if _in_row(one, other):
        return one.line.box[0] <= other.line.box[0]
    return not _in_column(one, other) or one.line.box[1] <= other.line.box[1]
