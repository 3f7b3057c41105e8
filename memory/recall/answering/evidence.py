"""Blocks of lines that may answer a question, with what speaks for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from memory.recall.language.blocks import Block, Screen
from memory.recall.language.values import Value, find_values
from memory.recall.language.words import fold
from memory.recall.retrieval.terms import Terms
from memory.recall.understanding.wanted import Wish, fits, in_unit, is_year, measured
from memory.records import LineRow, Moment

KEPT = 40
"""How many blocks are kept. Their order is no better for comparing them with the question by meaning, which
costs about 3 ms each (tests/bench/RESULTS.md): the moments they are of were found by meaning."""

POOL = 160
"""How many blocks are looked through for such as say the same."""


@dataclass(frozen=True, slots=True)
class Support:
    """A block and its case, each part 0..1. `seen` are all moments with the same words, in order of time.

    `cover`: share of the question's words in the block, by rarity. `names`: the same of names and numbers.
    `around`: share of its words that stand in the block or elsewhere in the moment. `typed`: whether it has
    a value of the kind that is wanted. `focus`: whether it has the thing that was asked for by name. `news`:
    whether it says more than the question. `place`: how well the moment as a whole fits. `timely`: whether
    it was then, where the question names a time. `pairs`: share of its neighbouring words that stand side by
    side. `called`: share of its names and numbers in the moment as a whole.
    """

    moment: Moment
    block: Block
    cover: float
    names: float
    around: float
    typed: float
    focus: float
    news: float
    place: float
    timely: float
    pairs: float
    called: float
    values: tuple[Value, ...] = ()
    seen: tuple[Moment, ...] = field(default=())

    @property
    def score(self) -> float:
        return float(sum(weight * getattr(self, name) for name, weight in WEIGHTS.items()))


# Tuned on half the questions (tests/bench/RESULTS.md).
WEIGHTS = {
    "cover": 1.3,
    "names": 0.15,
    "around": 0.3,
    "typed": 0.7,
    "focus": 0.35,
    "news": 0.5,
    "place": 1.0,
    "timely": 0.35,
    "pairs": 0.3,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the evidence is judged by it: its words, and what kind of value it wants."""

    text: str
    terms: Terms
    wish: Wish


@dataclass(frozen=True, slots=True)
class Place:
    """How well a moment as a whole fits, and how near it is to the time that was named (1 where none was)."""

    score: float
    timely: float


def gather(
    asked: Asked,
    places: Mapping[int, Place],
    whole: Mapping[int, Moment],
    texts: Mapping[int, Sequence[LineRow]],
) -> list[Support]:
    """Supports, best first. `places` says of each moment how well it fits, `texts` gives its lines."""
    reader = _Reader(asked)
    pool: list[Support] = []
    order = sorted(places.keys() & whole.keys() & texts.keys(), key=lambda id: (-places[id].score, -id))
    # What stood in the window in front is read first: behind another one the same line may be cut off.
    for front in (True, False):
        for id in order:
            pool += reader.supports(whole[id], texts[id], front, places[id])
    pool.sort(key=lambda s: (-s.score, -s.moment.id))
    close = reader.different(pool[:POOL])[:KEPT]
    return [reader.dated(support) for support in close]


class _Reader:
    """Reads moments from the best to the worst; a line that a better one showed already begins no block."""

    def __init__(self, asked: Asked) -> None:
        self._asked, self._terms, self._question = asked, asked.terms, fold(asked.text)
        self._moments: dict[str, dict[int, Moment]] = {}
        self._values: dict[str, tuple[Value, ...]] = {}
        self._plains: dict[str, str] = {}

    def supports(self, moment: Moment, rows: Sequence[LineRow], front: bool, place: Place) -> list[Support]:
        """Blocks of lines in the window in front, or of those in the others."""
        fresh: set[int] = set()
        for row in rows:
            if row.front != front:
                continue
            known = self._moments.setdefault(self._plain(row.line.text), {})
            if not known:
                fresh.add(row.id)
            known[moment.id] = moment
        if not fresh:
            return []
        words = {row.id: self._terms.stems.inside(row.line.text) for row in rows}
        if all(inside.isdisjoint(self._terms.weights) for inside in words.values()):
            return []
        title = frozenset(self._terms.stems.of(f"{moment.title} {moment.app}"))
        shown = title.union(*words.values())
        found = []
        for block in Screen(rows).blocks(lambda row: row.id in fresh):
            inside = frozenset().union(*(words[row.id] for row in block.rows))
            if self._terms.coverage(inside) > 0:
                found.append(self._support(moment, block, (inside, title, shown), place))
        return found

    def _support(
        self,
        moment: Moment,
        block: Block,
        words: tuple[frozenset[str], frozenset[str], frozenset[str]],
        place: Place,
    ) -> Support:
        """`words` are those of the block, of the title and of the whole: what only repeats the title says
        nothing.
        """
        inside, title, shown = words
        values, typed = self._typed(block)
        wish, terms = self._asked.wish, self._terms
        return Support(
            moment=moment,
            block=block,
            cover=terms.coverage(inside),
            names=terms.names_covered(inside),
            around=terms.coverage(shown),
            typed=typed,
            focus=len(wish.thing & inside) / len(wish.thing) if wish.thing else 0.5,
            news=min(1.0, len(inside - terms.weights.keys() - title) / 6),
            place=place.score,
            timely=place.timely,
            pairs=terms.pairs_in([[stem for row in block.rows for stem in terms.stems.of(row.line.text)]]),
            called=terms.names_covered(shown),
            values=values,
        )

    def _typed(self, block: Block) -> tuple[tuple[Value, ...], float]:
        """Values of a wanted kind that the question does not name; 0.5 where any words may answer."""
        wish = self._asked.wish
        if not wish.kinds:
            return (), 0.5
        values = tuple(value for row in block.rows for value in self._of_line(row.line.text))
        if not values:
            return (), 0.0
        if wish.counted:
            beside = tuple(
                v for row in block.rows for v in self._of_line(row.line.text) if self._beside(v, row)
            )
            others = tuple(v for v in values if not is_year(v))
            return (beside, 1.0) if beside else (others, 0.4 if others else 0.0)
        if wish.units:
            values = tuple(v for v in values if measured(v, wish.units))
            return values, 1.0 if values else 0.0
        if any(fits(v, wish.kinds[:1]) for v in values):
            return values, 1.0
        return values, 0.9 if wish.kinds[0] == "date" else 0.5

    def _beside(self, value: Value, row: LineRow) -> bool:
        """Whether what is counted stands within a few words of the number."""
        text, thing = row.line.text, self._asked.wish.thing
        after = self._terms.stems.of(text[value.end :])
        if is_year(value):
            return bool(thing & {*after[:1]})
        before = self._terms.stems.of(text[: value.start])
        return bool(thing & {*after[:4], *before[-3:]}) or in_unit(value, thing)

    def _of_line(self, text: str) -> tuple[Value, ...]:
        found = self._values.get(text)
        if found is None:
            found = self._values[text] = tuple(
                v
                for v in find_values(text)
                if fits(v, self._asked.wish.kinds) and fold(v.text) not in self._question
            )
        return found

    def different(self, pool: Sequence[Support]) -> list[Support]:
        """Those that do not say nearly the same as a better one: windows overlap, and reading varies."""
        kept: list[tuple[Support, frozenset[str]]] = []
        for support in pool:
            own = frozenset().union(*(self._terms.stems.inside(row.line.text) for row in support.block.rows))
            if not any(len(own & other) >= 0.7 * len(own | other) for _, other in kept):
                kept.append((support, own))
        return [support for support, _ in kept]

    def dated(self, support: Support) -> Support:
        """With all moments that show the lines of its core."""
        lines = [self._plain(row.line.text) for row in support.block.rows[support.block.core :]]
        longest = max(lines, key=len)
        seen = {support.moment.id: support.moment, **self._moments.get(longest, {})}
        return replace(support, seen=tuple(sorted(seen.values(), key=lambda m: (m.start, m.id))))

    def _plain(self, text: str) -> str:
        """A line without what reading twice makes different: case and signs."""
        found = self._plains.get(text)
        if found is None:
            found = self._plains[text] = "".join(filter(str.isalnum, fold(text)))
        return found
