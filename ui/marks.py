"""Where the words of a query stand in a text: for marking snippets and boxing words on pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from memory.records import Box, Line

WORD = re.compile(r"\w+(?:['’]\w+)?")
ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "en", "e", "y")
LITTLE = frozenset(
    WORD.findall(
        "a an and are as at be by did do for from had has have how i in is it me my of on or that the this "
        "to was were what when where which who why with you "
        "der die das ein eine ist und oder von zu im in wie was wer wo wann"
    )
)


def terms(text: str, phrases: Iterable[str] = ()) -> frozenset[str]:
    """The stems worth marking: what is left of a query's words without the little ones."""
    words = [*WORD.findall(text), *(word for phrase in phrases for word in WORD.findall(phrase))]
    return frozenset(_stem(word) for word in words if _plain(word) not in LITTLE)


def spots(text: str, wanted: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """(start, length) of each word of a text whose stem is wanted."""
    if not wanted:
        return ()
    return tuple(
        (match.start(), match.end() - match.start())
        for match in WORD.finditer(text)
        if _stem(match.group()) in wanted
    )


def boxes(lines: Iterable[Line], wanted: frozenset[str], advance: Callable[[str], float]) -> tuple[Box, ...]:
    """Boxes of the wanted words inside their lines, neighbours in one; `advance` measures text."""
    found: list[Box] = []
    for line in lines:
        x, y, width, height = line.box
        whole = advance(line.text) or 1.0
        for start, length in _joined(line.text, spots(line.text, wanted)):
            left = x + width * advance(line.text[:start]) / whole
            wide = width * advance(line.text[start : start + length]) / whole
            found.append((round(left), y, max(1, round(wide)), height))
    return tuple(found)


def _joined(text: str, found: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Wanted words side by side are one spot."""
    made: list[tuple[int, int]] = []
    for start, length in found:
        if made and not text[sum(made[-1]) : start].strip():
            made[-1] = (made[-1][0], start + length - made[-1][0])
        else:
            made.append((start, length))
    return made


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(mark for mark in bare if not unicodedata.combining(mark))


def _stem(word: str) -> str:
    """A light stem: enough to mark "invoices" for "invoice"; what is found is decided elsewhere."""
    plain = _plain(word)
    for ending in ENDINGS:
        if len(plain) - len(ending) >= 3 and plain.endswith(ending):
            return plain[: -len(ending)]
    return plain
