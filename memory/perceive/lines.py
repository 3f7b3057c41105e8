"""Lines out of the words of strips, in reading order, and the window each stands in; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from memory.perceive.joined import around, joined, sure
from memory.perceive.layout import blocks, rows
from memory.ports import Word
from memory.records import Box, Line, Window

UNSURE = 0.2
"""Words below this confidence are mostly specks (measured: one point of precision for a tenth of recall)."""
LONE = 0.6
"""A line of a single letter or digit needs this much: icons read as letters."""

BLANKLESS = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65]{2}")
"""Two Chinese or Japanese signs; engines give words of one or a few of them."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line and the boxes of its words, in pixels of the picture; its text is the words, blanks between."""

    line: Line
    words: tuple[Box, ...]


def written(strips: Sequence[Sequence[Word]], unsure: float = UNSURE) -> tuple[Written, ...]:
    """The lines of a picture in reading order, without words of a confidence below `unsure`; each strip is
    its words, with their boxes in the picture.
    """
    found = [line for words in strips for line in _of_strip(words, unsure)]
    order = [i for block in blocks([one.line.box for one in found]) for i in block]
    return tuple(found[i] for i in order)


def in_windows(lines: Sequence[Line], windows: Sequence[Window] | None) -> tuple[Line, ...]:
    """The lines with the index of the topmost window that their middle is in."""
    if not windows:
        return tuple(lines)
    highest_first = sorted(range(len(windows)), key=lambda n: -windows[n].stack)
    return tuple(replace(line, window=_window_of(line.box, windows, highest_first)) for line in lines)


def _window_of(box: Box, windows: Sequence[Window], highest_first: Sequence[int]) -> int | None:
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    for n in highest_first:
        window = windows[n]
        if window.x <= x < window.x + window.w and window.y <= y < window.y + window.h:
            return n
    return None


def _of_strip(words: Sequence[Word], unsure: float) -> Iterator[Written]:
    kept = [word for word in words if word.confidence >= unsure]
    for row in rows([word.box for word in kept], range(len(kept))):
        line = _without_blanks([kept[i] for i in row])
        while line and not _means(line[0].text):
            line = line[1:]
        while line and not _means(line[-1].text):
            line = line[:-1]
        text, confidence = " ".join(word.text for word in line), sure(line)
        signs = sum(mark.isalnum() for mark in text)
        if signs > 1 or (signs == 1 and confidence >= LONE):
            places = tuple(word.box for word in line)
            yield Written(Line(text, around(places), round(confidence, 3)), places)


def _without_blanks(words: Sequence[Word]) -> list[Word]:
    """Neighbours in a script that has no blanks as one word."""
    done: list[Word] = []
    for word in words:
        if done and BLANKLESS.fullmatch(done[-1].text[-1] + word.text[0]):
            done[-1] = joined((done[-1], word))
        else:
            done.append(word)
    return done


def _means(word: str) -> bool:
    """Whether a word at a line's end is more than the edge of a frame read as a sign."""
    return word not in {"|", "||", "_", "__", "¦", "—", "~", "`", "'", "‘", "’", "\\"}
