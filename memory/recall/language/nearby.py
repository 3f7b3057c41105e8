"""Near spellings: where a word with a wrong letter stands in a sorted list, and how far it is off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from memory.ledger.spelling import PAIRS

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

SIGNS: Final = "0123456789acdefghjkmnpqrtuvwxy"
"""What may stand in a code in its one form (`memory.ledger.spelling.canonical`)."""

DIGITS: Final = dict(
    zip("olizeasbgtq", ("0", "1", "1", "2", "3", "4", "5", "68", "69", "7", "9"), strict=True)
)
"""Digits as which a letter is read."""

ALIKE: Final = (*PAIRS, ("cl", "d"))
"""Two letters that are read as one and the other way round; the last one is too frequent to be folded."""

HEAD: Final = 3
"""Letters that are looked up with each edit; what begins alike is few enough to be looked through."""

ONE: Final = 5
TWO: Final = 9
"""Letters from which a word may be off by one letter, and by two."""


def starts(word: str, letters: str = LETTERS) -> Iterator[str]:
    """With what a word begins that is near to this one: its first letters as they are, and with one edit.

    One edit farther on begins as it is; two edits are found unless both lie in the first letters.
    """
    head = HEAD if len(word) < TWO else HEAD + 1
    first, following = word[:head], word[head : head + 1]
    yield first
    for n, own in enumerate(first):
        before, after = first[:n], first[n + 1 :]
        yield before + after + following
        yield before + (first + following)[n + 1 : n + 2] + own + after[1:]
        for letter in (*letters, *DIGITS.get(own, "")):
            yield before + letter + after
        for letter in letters:
            yield before + letter + own + after
    yield from read_as(first + following)


def read_as(word: str) -> Iterator[str]:
    """The word with two letters read as one, or one as two."""
    for two, one in ALIKE:
        if one in word:
            yield word.replace(one, two)
        if two in word:
            yield word.replace(two, one)


def allowed(length: int) -> int:
    """By how many letters a word of this length may be off."""
    return 2 if length >= TWO else 1 if length >= ONE else 0


def distance(one: str, other: str, most: int) -> int:
    """Edits between two words (a letter more, less or other, or two exchanged); `most` + 1 for more.

    Optimal string alignment: Damerau's edits, no letter touched twice.
    """
    # An edit changes at most two of the letters that are in one of them alone.
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    front = 0
    while front < min(len(one), len(other)) and one[front] == other[front]:
        front += 1
    one, other = one[front:], other[front:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        return min(most + 1, len(one) + len(other))
    if most == 1 and max(len(one), len(other)) > 2:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row = row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
    return min(most + 1, row[-1])
