"""Which stretches of time belong to one activity that was left and resumed, by the words that are their own.

Measured on two days of the desktop recording (adjusted Rand against its activities): the true scenes unlinked
.56, our stretches unlinked .55, linked by these words .58; any LINK from .10 to .40 gives .56 to .59.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import log, sqrt

from memory.consolidate.moments import plain_title
from memory.consolidate.spans import Stretch
from memory.consolidate.words import Furniture, terms

LINK = 0.30  # mean cosine to the stretches of an activity from which a stretch belongs to it
RESUMED_WITHIN = timedelta(days=14)
TITLE_WEIGHT = 2.0  # of a word in a title, against 1 for one in the text
TERMS = 120  # strongest words kept of a stretch

Words = dict[str, float]


class Vocabulary:
    """Words of each stretch, weighted by how few stretches they occur in."""

    def __init__(self, stretches: Sequence[Stretch], furniture: Furniture) -> None:
        counted = [_counted(stretch, furniture) for stretch in stretches]
        spread: Counter[str] = Counter()
        for titles, text in counted:
            spread.update(titles.keys() | text.keys())
        self._rarity = {word: log((len(stretches) + 0.5) / count) for word, count in spread.items()}
        self.weighted = [
            self._weigh(len(stretch), *both) for stretch, both in zip(stretches, counted, strict=True)
        ]

    def rarity(self, word: str) -> float:
        """0 for a word of every stretch (or of none), growing with rarity."""
        return max(0.0, self._rarity.get(word, 0.0))

    def _weigh(self, size: int, titles: Counter[str], text: Counter[str]) -> Words:
        weights = {
            word: self.rarity(word) ** 2
            * (TITLE_WEIGHT * sqrt(titles[word] / size) + sqrt(text[word] / size))
            for word in titles.keys() | text.keys()
        }
        strongest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
        norm = sqrt(sum(weight * weight for _, weight in strongest))
        return {word: weight / norm for word, weight in strongest if weight} if norm else {}


def activities(stretches: Sequence[Stretch], vocabulary: Vocabulary) -> tuple[tuple[int, ...], ...]:
    """Stretches (in order of time) grouped to activities, as positions; activities by their first stretch."""
    groups: list[list[int]] = []
    sums: defaultdict[str, dict[int, float]] = defaultdict(dict)
    last: list[datetime] = []
    for position, (stretch, words) in enumerate(zip(stretches, vocabulary.weighted, strict=True)):
        likeness: defaultdict[int, float] = defaultdict(float)
        for word, weight in words.items():
            for group, total in sums[word].items():
                likeness[group] += weight * total / len(groups[group])
        begins = stretch[0].moment.start
        open_ones = (
            (like, -group) for group, like in likeness.items() if begins - last[group] <= RESUMED_WITHIN
        )
        like, best = max(open_ones, default=(0.0, 0))
        if like < LINK:
            best = -len(groups)
            groups.append([])
            last.append(begins)
        groups[-best].append(position)
        last[-best] = max(last[-best], stretch[-1].moment.end)
        for word, weight in words.items():
            sums[word][-best] = sums[word].get(-best, 0.0) + weight
    return tuple(map(tuple, groups))


def _counted(stretch: Stretch, furniture: Furniture) -> tuple[Counter[str], Counter[str]]:
    """In how many moments of the stretch each word stands in the title, and in the text."""
    titles: Counter[str] = Counter()
    text: Counter[str] = Counter()
    for one in stretch:
        titles.update(set(terms(plain_title(one.moment.title))))
        text.update({term for row in furniture.own(one) for term in terms(row.line.text)})
    return titles, text
