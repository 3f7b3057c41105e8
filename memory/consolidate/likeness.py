"""Which spans belong to one activity that was left and resumed, by the words that are their own.

Decided in order of time and by what was there before, never by what came later: settled day by day, twice or
in one go, the same spans are linked. Measured on two days of the desktop recording (adjusted Rand against its
activities): the true scenes unlinked .56, our spans unlinked .55, linked by these words .58 to .59; any LINK
from .15 to .40 gives .56 to .59; the nearest span of an activity instead of their mean .52 to .57.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from math import log, sqrt

from memory.records import Words

LINK = 0.30  # mean cosine to the spans of an activity from which a span belongs to it
RESUMED_WITHIN = timedelta(days=14)
TITLE_WEIGHT = 2.0  # of a word in a title, against 1 for one in the text
TERMS = 120  # strongest words taken of a span

Weighted = dict[str, float]


class Vocabulary:
    """How rare each word is among spans, and so how much it says of one."""

    def __init__(self, spans: Sequence[Words]) -> None:
        spread: Counter[str] = Counter()
        for words in spans:
            spread.update(words.titles.keys() | words.text.keys())
        self._rarity = {word: log((len(spans) + 0.5) / count) for word, count in spread.items()}

    def rarity(self, word: str) -> float:
        """0 for a word of every span (or of none), growing with rarity."""
        return max(0.0, self._rarity.get(word, 0.0))

    def weigh(self, words: Words) -> Weighted:
        """The strongest words of a span as a vector of length 1."""
        size = max(1, words.moments)
        weights = {
            word: self.rarity(word) ** 2
            * (TITLE_WEIGHT * sqrt(words.titles.get(word, 0) / size) + sqrt(words.text.get(word, 0) / size))
            for word in words.titles.keys() | words.text.keys()
        }
        strongest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
        norm = sqrt(sum(weight * weight for _, weight in strongest))
        return {word: weight / norm for word, weight in strongest if weight} if norm else {}


def linked(
    before: Iterable[tuple[int, Words]], spans: Sequence[Words], vocabulary: Vocabulary
) -> tuple[int, ...]:
    """The activity of each of these spans, in order of time: one of those that `before` names (not negative),
    or a new one, counted -1, -2 and so on. `before` are the spans of RESUMED_WITHIN with their activities.
    """
    sums: defaultdict[str, dict[int, float]] = defaultdict(dict)
    sizes: Counter[int] = Counter()
    order: dict[int, int] = {}

    def join(activity: int, weighted: Weighted) -> None:
        sizes[activity] += 1
        order.setdefault(activity, len(order))
        for word, weight in weighted.items():
            sums[word][activity] = sums[word].get(activity, 0.0) + weight

    for activity, words in before:
        join(activity, vocabulary.weigh(words))
    found: list[int] = []
    for words in spans:
        weighted = vocabulary.weigh(words)
        likeness: defaultdict[int, float] = defaultdict(float)
        for word, weight in weighted.items():
            for activity, total in sums[word].items():
                likeness[activity] += weight * total / sizes[activity]
        # Of equals the one that began first.
        like, _, best = max(
            ((like, -order[activity], activity) for activity, like in likeness.items()), default=(0.0, 0, 0)
        )
        if like < LINK:
            best = min(0, 0, *found) - 1
        found.append(best)
        join(best, weighted)
    return tuple(found)
