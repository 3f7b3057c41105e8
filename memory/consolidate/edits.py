"""Which lines of a screen are new or lost, and which are the same line: typed on, edited, read differently.

The reader is not the same from look to look: it cuts a line elsewhere, misses a letter, takes a small one for
a capital. What stands in the same place and holds the same words is the same line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

Tops = dict[str, int]  # lines, and where each stands in pixels from the top

LIKENESS = (
    0.7  # share of a line that its beginning and end must keep, or of its words in place, to be the same
)
TYPED_FROM = 3  # letters that a line must have for its longer form to count as typed on
SMALL_NUMBER = 4  # digits of what a window counts in its lowest row
ROW = 8  # pixels by which a line may move and stand in the same row


def really_new(new: Tops, gone: Tops, screen: Tops) -> list[str]:
    """Lines of `new` that no line of `gone` became; `screen` holds all lines of the new screen."""
    begun = tuple(line for line in gone if len(line) >= TYPED_FROM)
    rows = _by_row(gone)
    bottom = max(screen.values(), default=0)
    return [
        line
        for line, top in new.items()
        if not (begun and line.startswith(begun))
        and not any(_same_in_place(line, other, top >= bottom - ROW) for other in _near(rows, top))
        and not any(_same_anywhere(line, other) for other in gone)
    ]


def really_lost(gone: Tops, screen: Tops) -> list[str]:
    """Lines of `gone` that became none of the new screen."""
    ordered = sorted(screen)
    rows = _by_row(screen)
    bottom = max(screen.values(), default=0)
    return [
        line
        for line, top in gone.items()
        if not _begins_one(line, ordered)
        and not any(_same_in_place(line, other, top >= bottom - ROW) for other in _near(rows, top))
        and not any(_same_anywhere(line, other) for other in screen)
    ]


def _by_row(lines: Tops) -> dict[int, list[str]]:
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for line, top in lines.items():
        rows[top // ROW].append(line)
    return dict(rows)


def _near(rows: dict[int, list[str]], top: int) -> Iterable[str]:
    at = top // ROW
    return (line for row in (at - 1, at, at + 1) for line in rows.get(row, ()))


def _begins_one(line: str, ordered: Sequence[str]) -> bool:
    at = bisect_left(ordered, line)
    return at < len(ordered) and ordered[at].startswith(line)


def _same_in_place(one: str, other: str, lowest: bool) -> bool:
    """One holds the words of the other; in the lowest row, where a window counts, numbers may differ."""
    if lowest and _counts(one, other):
        return True
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    if shorter in longer:
        return True
    words, others = shorter.split(), set(longer.split())
    if any(word not in others for word in words if any(map(str.isdigit, word))):
        return False
    return sum(word in others for word in words) >= LIKENESS * len(words)


def _same_anywhere(one: str, other: str) -> bool:
    """Beginning and end are the same; another number makes another line (invoices 17 and 18)."""
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    if shortest < LIKENESS * longest or (one[0] != other[0] and one[-1] != other[-1]):
        return False
    if _digits(one) != _digits(other):
        return False
    same = _in_common(one, other)
    return same + _in_common(one[same:][::-1], other[same:][::-1]) >= LIKENESS * longest


def _in_common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _digits(line: str) -> list[str]:
    return [letter for letter in line if letter.isdigit()]


def _counts(one: str, other: str) -> bool:
    """The same words with other small numbers: line 10, column 27."""
    words, others = one.casefold().split(), other.casefold().split()
    pairs = zip(words, others, strict=False)
    return len(words) == len(others) and all(
        a == b or (a.isdigit() and b.isdigit() and max(len(a), len(b)) <= SMALL_NUMBER) for a, b in pairs
    )
