"""Which evidence may be answered from: nothing doubtful, no value of one place against others of more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from memory.recall.evidence import Asked, Support
from memory.recall.values import Value, find_values
from memory.recall.wanted import fits
from memory.recall.words import fold
from memory.records import LineRow, Moment
from memory.trust import doubtful, home, place

TELLING = ("address", "date", "clock", "money", "measure", "code", "number", "person", "duration")
"""Kinds of value that are compared where the question wants no particular one."""

Context = tuple[str, date]
"""A place, and the local day."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A value in a line, with the words of the question that the line says of it."""

    kind: str
    value: str
    said: frozenset[str]


def believed(
    asked: Asked,
    supports: Sequence[Support],
    whole: Mapping[int, Moment],
    texts: Mapping[int, Sequence[LineRow]],
) -> list[Support]:
    """The supports without those that the memory itself gives reason to doubt, in the same order."""
    shown = {support.moment.id for support in supports}
    doubted = {id: doubtful(texts[id]) for id in shown}
    kept = [s for s in supports if doubted[s.moment.id].isdisjoint(row.id for row in s.block.rows)]
    told = _told(asked, whole, texts)
    return [s for s in kept if not any(_contradicted(claim, told) for claim in _of_block(asked, s))]


def _told(
    asked: Asked, whole: Mapping[int, Moment], texts: Mapping[int, Sequence[LineRow]]
) -> dict[_Claim, set[Context]]:
    """Where each value was told of what the question names."""
    told: defaultdict[_Claim, set[Context]] = defaultdict(set)
    stems, names = asked.terms.stems, asked.terms.names - asked.terms.unknown
    for id in whole.keys() & texts.keys():
        moment, rows = whole[id], texts[id]
        doubted = doubtful(rows)
        inside = set(stems.of(moment.title)).union(*(stems.of(row.line.text) for row in rows))
        if not names <= inside:
            continue
        context = (place(moment, rows), moment.start.date())
        for row in rows:
            for claim in _of_line(asked, row.line.text) if row.id not in doubted else ():
                told[claim].add(context)
    return told


def _of_block(asked: Asked, support: Support) -> set[_Claim]:
    return {claim for row in support.block.rows for claim in _of_line(asked, row.line.text)}


def _of_line(asked: Asked, text: str) -> list[_Claim]:
    terms = asked.terms
    said = frozenset(terms.stems.of(text)) & terms.weights.keys() - terms.names
    if not said:
        return []
    question = fold(asked.text)
    values = (
        value for value in find_values(text) if _wanted(value, asked) and fold(value.text) not in question
    )
    return [_Claim(value.kind, fold(value.text), said) for value in values]


def _wanted(value: Value, asked: Asked) -> bool:
    return fits(value, asked.wish.kinds) if asked.wish.kinds else value.kind in TELLING


def _contradicted(claim: _Claim, told: Mapping[_Claim, set[Context]]) -> bool:
    """Whether one place alone says so, and more contexts elsewhere say another value of the same."""
    same: defaultdict[str, set[Context]] = defaultdict(set)
    for other, contexts in told.items():
        if other.kind == claim.kind and other.said >= claim.said:
            same[other.value] |= contexts
    own = same.pop(claim.value, set())
    places = {place for place, _ in own}
    if len(places) != 1:
        return False
    homes = set(map(home, places))
    return any(
        _weight(rival) > _weight(own) and homes.isdisjoint(home(place) for place, _ in rival)
        for rival in same.values()
    )


def _weight(contexts: set[Context]) -> tuple[int, int]:
    return len({place for place, _ in contexts}), len(contexts)
