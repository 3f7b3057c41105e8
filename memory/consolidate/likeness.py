"""Which spans belong to one activity that was left and resumed, by the words that are their own.

Decided in order of time and by what was there before, never by what came later: settled day by day, twice or
in one go, the same spans are linked. Measured on two days of the desktop recording (adjusted Rand against its
activities): spans unlinked .55, linked by words .59, with what one is called and the other names .61 (KEY
from .20 to .30, LINK from .25 to .35: .60 to .61); more weight for keys, or for what was left lately, adds
nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from math import log, sqrt

from memory.records import Words

LINK = 0.30  # mean cosine to the spans of an activity, with KEY, from which a span belongs to it
KEY = 0.25  # what it adds that a rare key (a file, a ticket) in the title of one stands in the other as well
RARE_KEY = 4  # spans in which a key may stand to be one: a list of all tickets links nothing
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
        self._rarity = {word: max(0.0, log((len(spans) + 0.5) / count)) for word, count in spread.items()}
        self._keys = {word for word, count in spread.items() if count <= RARE_KEY and not word.isalpha()}

    def rarity(self, word: str) -> float:
        """0 for a word of every span (or of none), growing with rarity."""
        return self._rarity.get(word, 0.0)

    def keys(self, words: Mapping[str, int]) -> set[str]:
        """The rare ones that are no plain words: tw-412, dedupe.py."""
        return self._keys & words.keys()

    def weigh(self, words: Words) -> Weighted:
        """The strongest words of a span as a vector of length 1."""
        size = max(1, words.moments)
        weights: defaultdict[str, float] = defaultdict(float)
        for counted, most in ((words.titles, TITLE_WEIGHT), (words.text, 1.0)):
            for word, count in counted.items():
                if rare := self._rarity.get(word):
                    weights[word] += rare * rare * most * sqrt(count / size)
        strongest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
        norm = sqrt(sum(weight * weight for _, weight in strongest))
        return {word: weight / norm for word, weight in strongest if weight} if norm else {}


def linked(
    before: Iterable[tuple[int, Words]], spans: Sequence[Words], vocabulary: Vocabulary
) -> tuple[int, ...]:
    """The activity of each of these spans, in order of time: one of those that `before` names (not negative),
    or a new one, counted -1, -2 and so on. `before` are the spans of RESUMED_WITHIN with their activities.
    """
    activities = _Activities(vocabulary)
    for activity, words in before:
        activities.join(activity, words)
    found: list[int] = []
    for words in spans:
        like, best = activities.nearest(words)
        if like < LINK:
            best = min(0, 0, *found) - 1
        found.append(best)
        activities.join(best, words)
    return tuple(found)


class _Activities:
    """Activities as the sums of their spans' words, and the keys in their titles and in all their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._sums: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._sizes: Counter[int] = Counter()
        self._titled: defaultdict[int, set[str]] = defaultdict(set)
        self._named: defaultdict[int, set[str]] = defaultdict(set)

    def join(self, activity: int, words: Words) -> None:
        self._sizes[activity] += 1
        for word, weight in self._vocabulary.weigh(words).items():
            self._sums[word][activity] = self._sums[word].get(activity, 0.0) + weight
        titled = self._vocabulary.keys(words.titles)
        self._titled[activity] |= titled
        self._named[activity] |= titled | self._vocabulary.keys(words.text)

    def nearest(self, words: Words) -> tuple[float, int]:
        """How like the likest activity is, and which it is; of equals the one that began first."""
        dots: defaultdict[int, float] = defaultdict(float)
        for word, weight in self._vocabulary.weigh(words).items():
            for activity, total in self._sums[word].items():
                dots[activity] += weight * total
        titled = self._vocabulary.keys(words.titles)
        named = titled | self._vocabulary.keys(words.text)
        best, nearest = 0.0, 0
        for activity, size in self._sizes.items():
            called = bool(self._titled[activity] & named or titled & self._named[activity])
            like = dots[activity] / size + KEY * called
            if like > best:
                best, nearest = like, activity
        return best, nearest
