"""Which evidence may be answered from: nothing doubtful, no value of one place against others of more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from memory.recall.answering.evidence import Asked, Support
from memory.recall.language.values import Value, find_values
from memory.recall.language.words import fold
from memory.recall.understanding.wanted import fits
from memory.records import LineRow, Moment
from memory.trust import doubtful, place, speaks_for

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
    doubts = cache(lambda id: doubtful(texts[id]))
    lines = _Lines(asked)
    told = _told(lines, whole, texts, doubts)
    return [
        support
        for support in supports
        if doubts(support.moment.id).isdisjoint(row.id for row in support.block.rows)
        and not any(_contradicted(claim, told) for claim in lines.claims_of_all(support.block.rows))
    ]


def told_from(rows: Sequence[LineRow]) -> tuple[LineRow, ...]:
    """The lines of one screen, in reading order, without those that are doubtful."""
    doubts = doubtful(rows)
    return tuple(row for row in rows if row.id not in doubts)


class _Lines:
    """What lines claim of what is asked; equal lines are understood once."""

    def __init__(self, asked: Asked) -> None:
        self._asked, self._question = asked, fold(asked.text)
        self._names = asked.terms.names - asked.terms.unknown
        self._known: dict[str, tuple[_Claim, ...]] = {}

    def name_it(self, moment: Moment, rows: Sequence[LineRow]) -> bool:
        """Whether a screen has all the names in the question that any screen has."""
        inside = self._asked.terms.stems.inside
        return self._names <= inside(moment.title).union(*(inside(row.line.text) for row in rows))

    def claims(self, row: LineRow) -> tuple[_Claim, ...]:
        text = row.line.text
        if text not in self._known:
            self._known[text] = tuple(self._claims(text, self._said(text)))
        return self._known[text]

    def claims_of_all(self, rows: Sequence[LineRow]) -> Iterator[_Claim]:
        """What lines claim together: a value in one of them may be told by the words of another."""
        said = frozenset[str]().union(*(self._said(row.line.text) for row in rows))
        for row in rows:
            own = self._said(row.line.text)
            yield from self.claims(row) if own else self._claims(row.line.text, said)

    def _said(self, text: str) -> frozenset[str]:
        terms = self._asked.terms
        return frozenset(terms.stems.inside(text) & terms.weights.keys()) - terms.names

    def _claims(self, text: str, said: frozenset[str]) -> Iterator[_Claim]:
        for value in find_values(text) if said else ():
            plain = fold(value.text)
            if _wanted(value, self._asked) and plain not in self._question:
                yield _Claim(value.kind, plain, said)


def _told(
    lines: _Lines,
    whole: Mapping[int, Moment],
    texts: Mapping[int, Sequence[LineRow]],
    doubts: Callable[[int], Collection[int]],
) -> dict[_Claim, set[Context]]:
    """Where each value was told of what the question names."""
    told: defaultdict[_Claim, set[Context]] = defaultdict(set)
    for id in whole.keys() & texts.keys():
        moment, rows = whole[id], texts[id]
        claims = [(row.id, claim) for row in rows for claim in lines.claims(row)]
        # Reading a whole screen for doubts is dear, and most screens claim nothing of what is asked.
        if not claims or not lines.name_it(moment, rows):
            continue
        context = (place(moment, rows), moment.start.date())
        for row, claim in claims:
            if row not in doubts(id):
                told[claim].add(context)
    return told


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
    (teller,) = places
    return any(
        _weight(rival) > _weight(own) and not any(speaks_for(teller, place) for place, _ in rival)
        for rival in same.values()
    )


def _weight(contexts: set[Context]) -> tuple[int, int]:
    return len({place for place, _ in contexts}), len(contexts)
