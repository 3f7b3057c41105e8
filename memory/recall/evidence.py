"""Blocks of lines that may answer a question, with what speaks for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from memory.recall.blocks import Block, Screen
from memory.recall.meaning import Meaning
from memory.recall.terms import Terms
from memory.recall.values import Value, find_values
from memory.recall.wanted import fits
from memory.recall.words import fold, stems
from memory.records import LineRow, Moment

CLOSE_LOOK = 48
"""How many blocks are compared with the question by meaning: one costs about 3 ms."""


@dataclass(frozen=True, slots=True)
class Support:
    """A block and its case, each part 0..1. `seen` are all moments with the same words, in order of time.

    `cover`: share of the question's words in the block, by rarity. `names`: the same of names and numbers.
    `around`: share of its words that stand in the block or elsewhere in the moment. `typed`: whether it has
    a value of the kind that is wanted. `place`: how well the moment as a whole fits.
    """

    moment: Moment
    block: Block
    cover: float
    names: float
    around: float
    typed: float
    place: float
    meaning: float = 0.0
    values: tuple[Value, ...] = ()
    seen: tuple[Moment, ...] = field(default=())

    @property
    def score(self) -> float:
        parts = (self.cover, self.names, self.around, self.typed, self.place, self.meaning)
        return sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True))


# Of cover, names, around, typed, place, meaning; tuned on half the questions (tests/bench/RESULTS.md).
WEIGHTS = (1.0, 0.3, 0.4, 0.3, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the evidence is judged by it: its words, and the kinds of value wanted."""

    text: str
    terms: Terms
    kinds: tuple[str, ...]


def gather(
    asked: Asked,
    meaning: Meaning,
    places: Mapping[int, float],
    whole: Mapping[int, Moment],
    texts: Mapping[int, Sequence[LineRow]],
) -> list[Support]:
    """Supports, best first. `places` gives each moment's score, `texts` its lines."""
    grouped: dict[str, list[Support]] = {}
    for id, rows in texts.items():
        if id in whole:
            for support in _of_moment(asked, whole[id], rows, places.get(id, 0.0)):
                grouped.setdefault(_signature(support.block), []).append(support)
    merged = [_merge(same) for same in grouped.values()]
    merged.sort(key=lambda s: (-s.score, -s.moment.id))
    close = merged[:CLOSE_LOOK]
    near = meaning.nearness(asked.text, [support.block.text for support in close]) if close else ()
    if near:
        close = [replace(s, meaning=max(0.0, cosine)) for s, cosine in zip(close, near, strict=True)]
        close.sort(key=lambda s: (-s.score, -s.moment.id))
    return close


def _of_moment(asked: Asked, moment: Moment, rows: Sequence[LineRow], place: float) -> list[Support]:
    found = []
    words = {row.id: frozenset(stems(row.line.text)) for row in rows}
    everywhere = frozenset(stems(f"{moment.title} {moment.app}")).union(*words.values())
    around = asked.terms.coverage(everywhere)
    for block in Screen(rows).blocks():
        inside = frozenset().union(*(words[row.id] for row in block.rows))
        cover = asked.terms.coverage(inside)
        if cover <= 0:
            continue
        values, typed = _typed(block, asked)
        found.append(
            Support(
                moment, block, cover, asked.terms.names_covered(inside), around, typed, place, values=values
            )
        )
    return found


def _typed(block: Block, asked: Asked) -> tuple[tuple[Value, ...], float]:
    """Values of a wanted kind that the question does not name; 1 for the best kind, 0.5 where any will do."""
    if not asked.kinds:
        return (), 0.5
    question = fold(asked.text)
    values = tuple(
        v for v in find_values(block.text) if fits(v, asked.kinds) and fold(v.text) not in question
    )
    if not values:
        return (), 0.0
    best = any(fits(v, asked.kinds[:1]) for v in values)
    return values, 1.0 if best else 0.7


def _signature(block: Block) -> str:
    """The block without what reading twice makes different."""
    return "".join(c for c in fold(block.text) if c.isalnum())


def _merge(same: list[Support]) -> Support:
    """One for all moments that show the same words: the one in the best place, the latest of equals."""
    best = max(same, key=lambda s: (s.score, s.moment.id))
    seen = {s.moment.id: s.moment for s in same}
    return replace(best, seen=tuple(sorted(seen.values(), key=lambda m: (m.start, m.id))))
