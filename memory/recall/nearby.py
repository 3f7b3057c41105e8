"""Near spellings: where a word with a wrong letter stands in a sorted list, and how far it is off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from memory.ledger.spelling import PAIRS

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
"""What may stand in place of a letter of a word: a letter may be read as a digit."""

ALIKE: Final = (*PAIRS, ("cl", "d"))
"""Two letters that are read as one and the other way round; the last one is too frequent to be folded."""

SIGNS: Final = "0123456789acdefghjkmnpqrtuvwxy"
"""What may stand in a code in its one form (`memory.ledger.spelling.canonical`)."""

ONE: Final = 5
TWO: Final = 9
"""Letters from which a word may be off by one letter, and by two."""


def starts(word: str, letters: str = LETTERS) -> Iterator[str]:
    """With what a word begins that is near to this one: its first half as it is, and with one edit.

    One edit in the other half begins as it is; two edits are found unless both lie in the first half.
    """
    half = max(2, len(word) // 2)
    first, following = word[:half], word[half : half + 1]
    yield first
    for n in range(half):
        yield first[:n] + first[n + 1 :] + following
        yield first[:n] + (word[n + 1] + word[n] + first[n + 2 :] if n + 1 < len(word) else "")
        for letter in letters:
            yield first[:n] + letter + first[n + 1 :]
            yield first[:n] + letter + first[n:]
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
    front = 0
    while front < min(len(one), len(other)) and one[front] == other[front]:
        front += 1
    one, other = one[front:], other[front:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        return min(most + 1, len(one) + len(other))
    if abs(len(one) - len(other)) > most or (most == 1 and max(len(one), len(other)) > 2):
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
