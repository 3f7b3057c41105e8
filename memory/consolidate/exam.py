"""Questions made of moments that are to become one: what each of them must still answer afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from zlib import crc32

from memory.consolidate.moments import LONGEST
from memory.records import LineRow, MomentText, Probe

ASKED = 3
"""Lines of a moment that are asked for by some of their words."""
WORDS = 5
"""Neighbouring words of a line that ask for it."""
SHOWN = 12
"""Lines of a moment that are looked for on the picture that stays."""

_WORD = re.compile(r"\w+")


def too_long(texts: Sequence[MomentText]) -> bool:
    """Whether one moment of these would hold frames further apart than a moment may."""
    moments = [text.moment for text in texts]
    return max(one.end for one in moments) - min(one.start for one in moments) > LONGEST


def questions(texts: Sequence[MomentText]) -> tuple[Probe, ...]:
    """The same for the same moments. Asked first is for lines that only one of them holds, then for those
    with a number, then for long ones; which of equal ones, and for which words, goes by their ids.
    """
    spread = Counter(line for text in texts for line in {row.line.text for row in text.lines})
    return tuple(probe for text in texts for probe in _of_moment(text, spread))


def _of_moment(text: MomentText, spread: Counter[str]) -> list[Probe]:
    moment = text.moment
    rows = list({row.line.text: row for row in text.lines if _WORD.search(row.line.text)}.values())
    telling = sorted(rows, key=lambda row: (spread[row.line.text], *_plainness(row), _seed(moment.id, row)))
    drawn = sorted(rows, key=lambda row: _seed(moment.id, row))
    made = [Probe(moment.id, "words", (_phrase(moment.id, row),)) for row in telling[:ASKED]]
    if drawn:
        made.append(Probe(moment.id, "shown", tuple(row.line.text for row in drawn[:SHOWN])))
    if moment.title:
        made.append(Probe(moment.id, "title", (moment.title,)))
    return [*made, Probe(moment.id, "app", (moment.app,))]


def _plainness(row: LineRow) -> tuple[bool, int]:
    line = row.line.text
    return not any(map(str.isdigit, line)), -len(line)


def _phrase(moment: int, row: LineRow) -> str:
    words = _WORD.findall(row.line.text)
    first = _seed(moment, row) % max(1, len(words) - WORDS + 1)
    return " ".join(words[first : first + WORDS])


def _seed(moment: int, row: LineRow) -> int:
    return crc32(f"{moment} {row.id}".encode())
