"""The last word on an answer: every citation is held against the ledger's own lines, read anew.

Shares no code with what composes answers: a mistake there must not be repeated here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from memory.ledger import moments
from memory.ledger.connection import Db
from memory.records import Box, Citation

LONGEST = 300
MOST = 3

_QUOTE = re.compile(r"“([^”]*)”")
_MARK = re.compile(r"\[(\d+)\]")
_CUT = re.compile(r"\s*…\s*|\s+\|\s+")


def checked(db: Db, text: str, citations: Sequence[Citation]) -> tuple[Citation, ...] | None:
    """The citations with the boxes of their lines, or None where any of them does not hold.

    Holds: text and citations within the limits; marks [1].. name each citation and nothing else; each piece
    of a quote stands in one line of its moment, or in its title; whatever the text puts in “ ” is quoted.
    """
    if not citations or len(citations) > MOST or len(text) > LONGEST:
        return None
    marks = {int(n) for n in _MARK.findall(text)}
    if marks != set(range(1, len(citations) + 1)) or [c.n for c in citations] != sorted(marks):
        return None
    boxes = [_boxes(db, citation) for citation in citations]
    quotes = [_plain(citation.quote) for citation in citations]
    for said in _QUOTE.findall(text):
        pieces = [piece for piece in map(_plain, _CUT.split(said)) if piece]
        if not pieces or not all(any(piece in quote for quote in quotes) for piece in pieces):
            return None
    held = [
        Citation(c.n, c.moment, c.quote, found)
        for c, found in zip(citations, boxes, strict=True)
        if found is not None
    ]
    return tuple(held) if len(held) == len(citations) else None


def _boxes(db: Db, citation: Citation) -> tuple[Box, ...] | None:
    """Where the quote stands; empty for words of the title; None where a piece of it stands nowhere."""
    rows = moments.texts(db, [citation.moment.id]).get(citation.moment.id)
    now = moments.many(db, [citation.moment.id]).get(citation.moment.id)
    if rows is None or now is None:
        return None
    lines = [(_plain(row.line.text), row.line.box) for row in rows]
    named = [_plain(now.title), _plain(now.app), _plain(now.url or "")]
    found: list[Box] = []
    pieces = [piece for piece in map(_plain, _CUT.split(citation.quote)) if piece]
    for piece in pieces:
        box = next((box for line, box in lines if piece in line), None)
        if box is not None:
            found.append(box)
        elif not any(piece in name for name in named):
            return None
    return tuple(dict.fromkeys(found)) if pieces else None


def _plain(text: str) -> str:
    """White space and form of letters do not count; everything else does."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
