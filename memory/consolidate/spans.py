"""Cuts time into stretches of one activity: by gaps, and by lasting change of what is looked at.

Measured on two days of the desktop recording (36 scenes; boundary F1 at 60 s): a cut at each gap of 5 minutes
.79; a gap of 15 minutes for an unchanged window, of 2.5 minutes for another .96. With the gaps between scenes
taken out, lasting change alone finds .70.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from math import sqrt

from memory.consolidate.moments import plain_title
from memory.consolidate.words import Furniture, terms
from memory.records import MomentText

AWAY = timedelta(minutes=15)  # the same window before and after: still the same, unless it was left this long
ELSEWHERE = timedelta(seconds=150)  # another window after this long is another activity
SIDE = timedelta(minutes=3)  # what must be seen on either side before a change without a gap counts
WINDOW = timedelta(minutes=4)  # how far either side is looked at
UNLIKE = 0.3  # cosine of the words of both sides below which they are two activities
UNKNOWN = ("", "")  # the window of an imported picture: two of them are not the same one
SAMPLE = 12  # moments of a side whose words are compared: bounds the cost of long stretches

Stretch = tuple[MomentText, ...]


def stretches(moments: Sequence[MomentText], furniture: Furniture) -> tuple[Stretch, ...]:
    """Moments in order of time, cut where the activity changes; an interruption below SIDE cuts nothing."""
    ordered = sorted(moments, key=lambda text: (text.moment.start, text.moment.id))
    return tuple(part for stretch in _by_gaps(ordered) for part in _by_change(stretch, furniture))


def _by_gaps(ordered: Sequence[MomentText]) -> list[list[MomentText]]:
    parts: list[list[MomentText]] = []
    for text in ordered:
        if parts and not _apart(parts[-1], text):
            parts[-1].append(text)
        else:
            parts.append([text])
    return parts


def _apart(part: Sequence[MomentText], text: MomentText) -> bool:
    last = part[-1].moment
    gap = text.moment.start - last.end
    same = _window(part[-1]) == _window(text) != UNKNOWN
    return gap > (AWAY if same else ELSEWHERE)


def _window(text: MomentText) -> tuple[str, str]:
    return text.moment.app.casefold(), plain_title(text.moment.title)


def _by_change(stretch: Sequence[MomentText], furniture: Furniture) -> list[Stretch]:
    """Cuts a stretch without gaps where lasting work on some windows gives way to lasting work on others."""
    parts: list[Stretch] = []
    begin = 0
    if stretch[-1].moment.end - stretch[0].moment.start < 2 * SIDE:
        return [tuple(stretch)]
    words = [_words(text, furniture) for text in stretch]
    for at in range(1, len(stretch)):
        if _window(stretch[at]) != _window(stretch[at - 1]) and _turns(stretch, words, begin, at):
            parts.append(tuple(stretch[begin:at]))
            begin = at
    return [*parts, tuple(stretch[begin:])]


def _words(text: MomentText, furniture: Furniture) -> frozenset[str]:
    found = set(terms(plain_title(text.moment.title)))
    for row in furniture.own(text):
        found.update(terms(row.line.text))
    return frozenset(found)


def _turns(stretch: Sequence[MomentText], words: Sequence[frozenset[str]], begin: int, at: int) -> bool:
    """Whether SIDE of one work ends at `at` and SIDE of another begins there, with no window in common."""
    here = stretch[at].moment.start
    before, after = at, at
    while before > begin and stretch[before - 1].moment.end >= here - WINDOW:
        before -= 1
    while after < len(stretch) and stretch[after].moment.start <= here + WINDOW:
        after += 1
    if here - stretch[before].moment.start < SIDE or stretch[after - 1].moment.end - here < SIDE:
        return False
    if {_window(text) for text in stretch[before:at]} & {_window(text) for text in stretch[at:after]}:
        return False
    return _cosine(_sample(words[before:at]), _sample(words[at:after])) < UNLIKE


def _sample(words: Sequence[frozenset[str]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for some in words[:: -(-len(words) // SAMPLE)]:
        counted.update(some)
    return counted


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    dot = sum(count * other[word] for word, count in one.items())
    norms = sqrt(
        sum(count * count for count in one.values()) * sum(count * count for count in other.values())
    )
    return dot / norms if norms else 0.0
