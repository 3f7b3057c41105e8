"""Spellings of a text beside its words: codes and amounts in one form however read, Chinese in pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

HAN: Final = "぀-ヿ㐀-䶿一-鿿豈-﫿가-힯\U00020000-\U0002fa1f"
"""Letters of scripts that write no spaces, and Hangul, which joins particles to its words."""

SHORTEST: Final = 4
"""Characters of a code in its one form; shorter ones stand everywhere."""

LONGEST: Final = 64

LOOKALIKES: Final = str.maketrans("oil|!sbz", "01111582")
"""What readers of text take for each other, as the digit of the group (small letters: case is no sign)."""

PAIRS: Final = (("rn", "m"), ("vv", "w"))
"""Two letters that are read as one."""

_RUN = re.compile(f"[{HAN}]+")
_JOINED = re.compile(f"[{HAN}][0-9a-z]|[0-9a-z][{HAN}]")
_PLAIN = re.compile(r"[0-9a-z]+")
_DIGIT = re.compile(r"\d")
_SEGMENT = re.compile(r"\w(?:[\w.,'’|@-]|(?<=\d)/(?=\d))*\w")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?(?!\d)")
_SIGNS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Small letters, without accents, in compatibility form: a wide digit is a digit."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def canonical(code: str) -> str:
    """A code in the form that all its readings share: without separators, lookalikes as one.

    "HS-2026-0117", "HS 2O26-0l17" and "hs20260117" are the same; so are "4,318.60" and "4.318,60".
    """
    folded = plain(code)
    for two, one in PAIRS:
        folded = folded.replace(two, one)
    return _SIGNS.sub("", folded.translate(LOOKALIKES))


def pairs(run: str) -> list[str]:
    """Each two neighbouring letters of a run without spaces, in order; a letter alone is itself."""
    return [one + other for one, other in pairwise(run)] or [run]


def runs(text: str) -> list[str]:
    """The stretches of a text that are written without spaces."""
    return [] if text.isascii() else _RUN.findall(text)


def codes(text: str) -> Iterator[str]:
    """What has a digit and beside it a letter or a separator, as it stands; parts of addresses each."""
    for spaced in _SPACED.finditer(text):
        yield spaced[0]
    for chunk in filter(_DIGIT.search, text.split()):
        for segment in _SEGMENT.finditer(chunk):
            if not segment[0].isdigit() and _DIGIT.search(segment[0]):
                yield segment[0]


def spelled(text: str) -> str:
    """All spellings of a text, each once, with spaces between: what the ledger indexes beside its words."""
    folded = plain(text)
    found = {form: None for code in codes(folded) if SHORTEST <= len(form := canonical(code)) <= LONGEST}
    for run in runs(folded):
        found |= dict.fromkeys(pairs(run))
        found |= dict.fromkeys(run)
    if not folded.isascii() and _JOINED.search(folded):
        found |= dict.fromkeys(
            word[0] for chunk in folded.split() if _RUN.search(chunk) for word in _PLAIN.finditer(chunk)
        )
    return " ".join(found)
