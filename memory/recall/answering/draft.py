"""An answer in the making: sentences with numbered claims, and how times and quotes are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memory.recall.answering.evidence import Support
from memory.recall.language.words import stems
from memory.recall.retrieval.terms import Terms
from memory.records import Citation, Moment

LONGEST = 300
MOST = 3

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence with its evidence: `text` holds "{n}" where the mark of the citation goes."""

    text: str
    moment: Moment
    quote: str

    def marked(self, n: int) -> str:
        """The sentence with the mark of its citation; what the quote says of marks is the screen's own."""
        before, said, after = self.text.partition(f"“{self.quote}”")
        return f"{before.replace('{n}', f'[{n}]')}{said}{after.replace('{n}', f'[{n}]')}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is nothing to tell: whether it was captured at all, and one to three sentences, at most 300
    characters. Of words of screens it holds at most those of the nearest result.
    """

    why: Literal["not captured", "not found"]
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims, best first, and how sure the answer is (0..1). `inferred`: it was counted, summed or put in
    order and stands nowhere as it is. `apart`: each claim holds by itself, all but the first may fall away.
    Without claims `nothing` says why there is nothing to tell.
    """

    claims: tuple[Claim, ...]
    confidence: float
    inferred: bool = False
    nothing: Missing | None = None
    apart: bool = False

    def written(self) -> tuple[str, tuple[Citation, ...]]:
        """The text and its citations: as many claims as fit, the first one always."""
        text, citations = "", list[Citation]()
        for claim in self.claims[:MOST]:
            n = len(citations) + 1
            more = f"{text} {claim.marked(n)}".strip()
            if citations and len(more) > LONGEST:
                break
            text = more
            citations.append(Citation(n, claim.moment, claim.quote))
        return text, tuple(citations)


def day(at: datetime) -> str:
    """Like "Mon 9 Feb 2026"."""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"


def time(at: datetime) -> str:
    """Like "Mon 9 Feb 2026, 08:11"."""
    return f"{day(at)}, {at:%H:%M}"


def length(seconds: float) -> str:
    """Like "4 h 43 min", "12 min", "40 s"."""
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def quote(support: Support, terms: Terms, room: int) -> str:
    """The lines of a block that say most about the question, at most `room` characters, joined by "…"."""
    rows = support.block.rows
    if sum(len(row.line.text) + 3 for row in rows) <= room:
        return " … ".join(row.line.text for row in rows)
    values = [value.text for value in support.values]
    if not values and not support.block.cell:
        return _read_on(support, terms, room)
    scored = []
    for place, row in enumerate(support.block.rows):
        text = row.line.text
        worth = terms.coverage(set(stems(text))) + 0.6 * any(value in text for value in values)
        worth += support.block.cell and place == len(support.block.rows) - 1
        scored.append((worth, place, text))
    taken: list[tuple[int, str]] = []
    left = room
    for worth, place, text in sorted(scored, key=lambda s: (-s[0], s[1])):
        if taken and (worth <= 0 or left < 20):
            break
        piece = _around(text, values, terms, left)
        taken.append((place, piece))
        left -= len(piece) + 3
    return " … ".join(piece for _, piece in sorted(taken))


def _read_on(support: Support, terms: Terms, room: int) -> str:
    """From the line that fits best onwards: where no kind of value is wanted, the answer follows the cue."""
    lines = [row.line.text for row in support.block.rows]
    best = max(range(len(lines)), key=lambda k: (terms.coverage(set(stems(lines[k]))), -k))
    pieces, left = list[str](), room
    for text in lines[best:]:
        if pieces and left < 15:
            break
        piece = text if len(text) <= left else text[: left + 1].rsplit(" ", 1)[0][:left]
        pieces.append(piece)
        left -= len(piece) + 3
    if best and left >= 40:
        pieces.insert(0, _around(lines[best - 1], [], terms, left))
    return " … ".join(pieces)


def _around(text: str, values: list[str], terms: Terms, room: int) -> str:
    """A part of a line, whole words, that holds its value or the words of the question."""
    if len(text) <= room:
        return text
    words = list(re.finditer(r"\S+", text))
    worth = [
        (any(word[0].strip(".,;:()") in value.split() for value in values))
        + sum(terms.weights.get(s, 0.0) for s in stems(word[0])) / 5
        for word in words
    ]
    best, span = -1.0, (0, 0)
    end = 0
    for start in range(len(words)):
        end = max(end, start)
        while end + 1 < len(words) and words[end + 1].end() - words[start].start() <= room:
            end += 1
        total = sum(worth[start : end + 1])
        if total > best + 1e-9:
            best, span = total, (start, end)
    return text[words[span[0]].start() : words[span[1]].end()][:room].strip()
