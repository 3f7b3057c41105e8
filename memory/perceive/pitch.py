"""Text of one pitch, as in terminals and code: which strips have it, and its words made whole again; pure.

Engines that read take the room around a dot of such text for a blank, or overlook an underscore:
`test_fold_is_kept` comes back as three words. But with one pitch the pixels alone tell where words end, since
a blank is as wide as a letter and nothing else is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from memory.perceive.joined import joined
from memory.ports import Grey, Word

PITCHES = np.arange(5.0, 16.0, 0.1)
"""Pixels a letter that are tried; larger text is read well enough."""
REGULAR = 0.7
"""How regular gaps between letters are where the text is of one pitch, 0..1: the length of the mean vector of
their phases. Measured: 96 % of a terminal's strips are above, 7 % of those of web pages, code among them.
"""
CERTAIN = 12.0
"""Least count of gaps times its square (Rayleigh): a few gaps fall into one of many grids by chance."""
MOST = 60
"""Gaps that are looked at: a small error of the pitch adds up over many."""
BLANK = 0.8
"""A gap of this share of the pitch is a blank; the widest beside a dot has .6."""
UNDERSCORE = 0.6
"""An underscore has nothing above the line that letters stand on, along this share of the pitch."""

Ints = NDArray[np.int64]


def pitch(inked: Ints) -> float | None:
    """Pixels a letter, where the columns that hold ink fall into a grid."""
    before = np.flatnonzero(np.diff(inked) > 1)
    narrow = before[np.diff(inked)[before] <= PITCHES[-1]][:MOST]
    if len(narrow) < CERTAIN:
        return None
    middles = (inked[narrow] + inked[narrow + 1]) / 2
    regular = np.abs(np.exp(2j * np.pi * middles[:, None] / PITCHES).mean(axis=0))
    # What falls into a grid falls into one of half its width too, but a letter does not go into that.
    regular[_letter(inked) >= PITCHES] = 0.0
    best = int(regular.argmax())
    sure = regular[best] > REGULAR and len(narrow) * regular[best] ** 2 > CERTAIN
    return float(PITCHES[best]) if sure else None


def _letter(inked: Ints) -> float:
    """How wide a run of columns with ink is, in the middle: a letter mostly."""
    edges = np.flatnonzero(np.diff(inked) > 1)
    return float(np.median(np.diff(np.r_[-1, edges, len(inked) - 1])))


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two blanks: how many letters, and how many of them are underscores."""

    letters: int
    underscores: int


def pieces(grey: Grey, inked: Ints, letter: float) -> tuple[Piece, ...]:
    """Of a strip of one line, dark on white; `letter` is its pitch."""
    dark = grey < 160
    low = dark.argmax(axis=0) >= _base(dark[:, inked])
    found = []
    for part in np.split(inked, np.flatnonzero(np.diff(inked) - 1 >= BLANK * letter) + 1):
        runs = np.split(part[low[part]], np.flatnonzero(np.diff(part[low[part]]) > 1) + 1)
        lines = sum(round(len(run) / letter) for run in runs if len(run) >= UNDERSCORE * letter)
        found.append(Piece(max(1, round((part[-1] - part[0] + 2) / letter)), lines))
    return tuple(found)


def _base(dark: NDArray[np.bool_]) -> int:
    """The row that most columns which stand over the middle end in: what letters stand on."""
    first, last = dark.argmax(axis=0), len(dark) - 1 - dark[::-1].argmax(axis=0)
    rows = np.flatnonzero(dark.any(axis=1))
    letters = last[(first <= rows.mean()) & (last >= rows.mean())]
    return int(np.bincount(letters).argmax()) if len(letters) else int(rows[-1])


def whole(read: Sequence[Word], there: Sequence[Piece]) -> tuple[Word, ...]:
    """The words of one line, from the left, with those joined that stand in one piece.

    Which do is told by the numbers of letters, as an alignment of least cost: the engine's boxes are too
    rough. Where no more was read than there are pieces, nothing is joined.
    """
    if len(read) <= len(there):
        return tuple(read)
    sizes = _shared_out([len(word.text) for word in read], [piece.letters for piece in there])
    words: list[Word] = []
    at = 0
    for size, piece in zip(sizes, there, strict=True):
        if size:
            part = read[at : at + size]
            missed = piece.underscores > sum(word.text.count("_") for word in part)
            words.append(joined(part, "_" if missed else ""))
        at += size
    return tuple(words)


def _shared_out(lengths: Sequence[int], letters: Sequence[int]) -> list[int]:
    """How many of the words, in order, go to each piece, so that the letters differ least."""
    ends = np.r_[0, np.cumsum(lengths)]
    best, taken = np.abs(ends - letters[0]).astype(np.float64), []
    for want in letters[1:]:
        # cost[i, k]: the words before k in the pieces before, those from k to i in this one.
        cost = best[None, :] + np.abs(ends[:, None] - ends[None, :] - want)
        cost[np.triu_indices(len(ends), 1)] = np.inf
        taken.append(cost.argmin(axis=1))
        best = cost.min(axis=1)
    sizes, at = [], len(lengths)
    for begins in reversed(taken):
        sizes.append(at - int(begins[at]))
        at = int(begins[at])
    return [at, *reversed(sizes)]
