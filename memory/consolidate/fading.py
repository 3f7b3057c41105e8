"""How strong a moment still is, and which form each is to have: Ebbinghaus' curve, rules and a size."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from memory.consolidate.piles import Piles
from memory.records import Form, Layer, Limits, Trace

FORMS: Final[tuple[Form, ...]] = ("picture", "thumbnail", "text", "gist")

# The curve is R = exp(-t / S) (Ebbinghaus 1885), S in days; it grows with recalls (MemoryBank, 2023).
# Tuned on half of the seeds of tests/bench/consolidate_fading.py.
STABLE = 100.0  # S of a moment with nothing special about it
OF_FACTS, OF_KEY, OF_NEWS, OF_LENGTH, OF_RARITY = 0.5, 0.5, 0.2, 0.2, 1.0  # what each adds, as a share of it
OF_RETURNS = 0.1  # the same for each doubling of how often its screen came back
RECALLED, CITED = 1.5, 3.0  # growth of S by a recall that came when all but nothing was left

VISIT_DAYS = 3.0  # a screen seen again within these days is the same visit
LONG_DAYS = 5.0  # visits further apart than this recur at long intervals
LATE = 1.3  # of the usual interval: so long the next visit is waited for

THUMBNAIL = 10.0  # how much less a thumbnail is to go than the picture, as a factor of strength
OWN = 0.5  # how much of its own strength a picture goes by; the rest is the mean of those in its pile


# Numbers, and months in English and German: "Invoice May 2026" is what "Invoice June 2026" comes back as.
_DATED = re.compile(
    r"\d+|\b(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|apr(?:il)?|ma[yi]|june?|juni|july?|juli|aug(?:ust)?"
    r"|sep(?:t|tember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b"
)


_WORD = re.compile(r"[^\W\d_]{4,24}")
TELLING = 12  # words


class Rhythm(NamedTuple):
    """How a screen comes back: visits, the usual days between them (0: it did not), the last one's begin."""

    visits: int
    apart: float
    last: float


class Step(NamedTuple):
    """A moment comes down to a form; about how many bytes that frees."""

    moment: int
    form: Form
    bytes: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What a moment takes up: its pictures, its thumbnail and its text, in bytes."""

    layers: tuple[Layer, ...] = ()
    thumbnail: int = 0
    text: int = 0


def rhythm(days: Iterable[float]) -> Rhythm:
    """The rhythm of a screen that was seen at these times."""
    visits: list[float] = []
    before = -math.inf
    for day in sorted(days):
        if day - before > VISIT_DAYS:
            visits.append(day)
        before = day
    apart = sorted(later - earlier for earlier, later in pairwise(visits))
    return Rhythm(len(visits), apart[len(apart) // 2] if apart else 0.0, visits[-1] if visits else 0.0)


class Rhythms:
    """How each screen comes back: the same title, or one that differs in numbers and months alone."""

    def __init__(self, traces: Iterable[Trace]) -> None:
        seen: dict[tuple[str, str], list[float]] = defaultdict(list)
        for trace in traces:
            for title in dict.fromkeys((trace.title, _undated(trace.title))):
                seen[trace.app, title].append(trace.at)
        self._rhythms = {key: rhythm(days) for key, days in seen.items()}

    def of(self, trace: Trace) -> Rhythm:
        return self._rhythms[trace.app, trace.title]

    def waits_for(self, trace: Trace, now: float) -> bool:
        """Whether it shows the last visit of what recurs at long intervals, and its next time is not past."""
        keys = (trace.app, trace.title), (trace.app, _undated(trace.title))
        return any(_is_last(trace, self._rhythms[key], now) for key in keys)


def _is_last(trace: Trace, back: Rhythm, now: float) -> bool:
    return back.apart >= LONG_DAYS and trace.at >= back.last and now <= back.last + LATE * back.apart


@lru_cache(4096)
def _undated(title: str) -> str:
    return _DATED.sub("#", title.casefold())


def strength(trace: Trace, back: Rhythm, now: float) -> float:
    """What is left of a moment by Ebbinghaus' curve, 0..1."""
    stable = STABLE * (
        1
        + OF_FACTS * math.log2(1 + trace.facts)
        + OF_KEY * trace.key
        + OF_NEWS * math.log2(1 + trace.passages)
        + OF_LENGTH * math.log2(1 + trace.minutes)
        + OF_RARITY * trace.rarity
        + OF_RETURNS * math.log2(max(back.visits, 1))
    )
    last = trace.at
    for at, cited in sorted(trace.recalls):
        if last <= at <= now:
            # The more was forgotten the more a recall strengthens: spacing.
            stable *= 1 + (CITED if cited else RECALLED) * (1 - math.exp((last - at) / stable))
            last = at
    return math.exp(-max(now - last, 0.0) / stable)


def telling(text: str) -> tuple[str, ...]:
    """The words of a text by whose rarity it is judged: its longest ones."""
    words = {word for word in _WORD.findall(text.casefold()) if word.isascii()}
    return tuple(sorted(words, key=lambda word: (-len(word), word))[:TELLING])


def rarity(counts: Sequence[int], common: int) -> float:
    """0..1 from the numbers of moments in which words stand; 0 for those that stand in `common` or more."""
    if not counts:
        return 0.0
    return sum(1 - math.log(min(max(count, 1), common)) / math.log(common) for count in counts) / len(counts)


def plan(
    traces: Sequence[Trace],
    holdings: Mapping[int, Holding],
    now: float,
    limits: Limits,
    to_free: int,
    moves: bool,
) -> tuple[Step, ...]:
    """What comes down to which form: by the limits' days, then the weakest first until enough bytes are free.

    Text goes only when no picture and thumbnail is left that may; what is waited for at long intervals goes
    after all else, what is spared never. `moves` is as in Piles. One step a moment, to the form it ends in.
    """
    piles = Piles((layer for trace in traces for layer in holdings[trace.moment].layers), moves)
    ends: dict[int, Step] = {}
    freed = 0
    for by_rule, moment, form in _in_order(traces, _strengths(traces, holdings, piles, now), now, limits):
        if freed >= to_free and not by_rule:
            break
        gain = _gain(form, holdings[moment], piles)
        before = ends.get(moment)
        ends[moment] = Step(moment, form, gain + (before.bytes if before else 0))
        freed += gain
    return tuple(ends[moment] for moment in sorted(ends))


class _Strength(NamedTuple):
    """Of a moment, of its picture among those in its pile, and whether it is waited for."""

    own: float
    picture: float
    waits: bool


def _strengths(
    traces: Sequence[Trace], holdings: Mapping[int, Holding], piles: Piles, now: float
) -> dict[int, _Strength]:
    """One picture out of a pile frees little, for others rest on it: its pile counts as well."""
    rhythms = Rhythms(traces)
    own = {trace.moment: strength(trace, rhythms.of(trace), now) for trace in traces}
    grounds = {
        moment: piles.ground(holdings[moment].layers[0].frame) for moment in own if holdings[moment].layers
    }
    of_pile: dict[int, list[float]] = defaultdict(list)
    for moment, ground in grounds.items():
        of_pile[ground].append(own[moment])
    means = {ground: sum(found) / len(found) for ground, found in of_pile.items()}
    return {
        trace.moment: _Strength(
            left := own[trace.moment],
            OWN * left + (1 - OWN) * means.get(grounds.get(trace.moment, 0), left),
            rhythms.waits_for(trace, now),
        )
        for trace in traces
    }


def _in_order(
    traces: Sequence[Trace], strengths: Mapping[int, _Strength], now: float, limits: Limits
) -> list[tuple[bool, int, Form]]:
    """Every step that could be taken, in the order in which they are: by rule, then what is least missed."""
    steps: list[tuple[int, float, int, int]] = []
    for trace in traces:
        if trace.spared:
            continue
        left = strengths[trace.moment]
        forced = 0 if left.waits else FORMS.index(_by_days(now - trace.at, limits))
        missed = {"thumbnail": left.picture, "text": THUMBNAIL * left.picture, "gist": left.own}
        for level in range(FORMS.index(trace.form) + 1, len(FORMS)):
            rank = 0 if level <= forced else 1 + (FORMS[level] == "gist") + 2 * left.waits
            steps.append((rank, missed[FORMS[level]] if rank else 0.0, trace.moment, level))
    return [(not rank, moment, FORMS[level]) for rank, _, moment, level in sorted(steps)]


def _by_days(age: float, limits: Limits) -> Form:
    """The form that the limits leave a moment after so many days."""
    if limits.text_days and age > limits.text_days:
        return "gist"
    if limits.picture_days and age > limits.picture_days:
        return "text"
    return "picture"


def _gain(form: Form, holding: Holding, piles: Piles) -> int:
    match form:
        case "thumbnail":
            return piles.drop(layer.frame for layer in holding.layers)
        case "text":
            return holding.thumbnail
    return holding.text
