"""What a thing's value has been, in order of time, out of all lines that tell it and may be believed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from memory.ledger import moments, search
from memory.ledger.connection import Db
from memory.recall.answering.statements import Statement, Teller
from memory.recall.answering.visits import screen
from memory.recall.language.inflection import forms
from memory.recall.language.words import tokens
from memory.records import Moment
from memory.trust import place, speaks_for

MOST, FEW = 2_000, 120
"""Moments with all the words that are read, the newest of them: where a question asks for what was, and where
it only asks for what is.
"""

PLACES = 2
"""From which a new value needs no leave of the place that told the old one."""

_MISREAD = str.maketrans("oli", "011")


@dataclass(frozen=True, slots=True)
class Hold:
    """A value, as it was `told` in the moment in which it was first seen to hold."""

    moment: Moment
    told: Statement

    @property
    def value(self) -> str:
        return self.told.value

    @property
    def quote(self) -> str:
        return self.told.quote


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement in its moment, and where it stands: the page, and whose that is."""

    statement: Statement
    moment: Moment
    page: tuple[str, str]
    place: str

    @property
    def same(self) -> str:
        """The value as compared: without what reading twice makes different."""
        plain = "".join(tokens(self.statement.value))
        return plain.translate(_MISREAD) if any(map(str.isdigit, plain)) else plain


def history(db: Db, topic: Sequence[str], kinds: tuple[str, ...], most: int = MOST) -> list[Hold]:
    """The values of what these words name, one after the other as they began to hold, out of `most` moments.

    `kinds` are those that are wanted, the best first; none: the kind that is told most often.
    """
    told = list(_told(db, topic, kinds, most))
    return _holds(_in_kind(told, kinds))


def _told(db: Db, topic: Sequence[str], kinds: tuple[str, ...], most: int) -> Iterator[_Told]:
    said = [" OR ".join(search.quoted(form) for form in forms(word)) for word in topic]
    match = " AND ".join(f"({one})" for one in said)
    ids = search.in_time(db, match, most, None, None, last=True) if match else ()
    whole, texts = moments.many(db, ids), moments.texts(db, ids)
    teller = Teller(topic, kinds)
    for id in ids:
        found = teller.of(whole[id], texts[id])
        if found:
            where = place(whole[id], texts[id])
            yield from (_Told(one, whole[id], screen(whole[id]), where) for one in found)


def _in_kind(told: Sequence[_Told], kinds: tuple[str, ...]) -> list[_Told]:
    """What is told of one kind of value: the one that is wanted first, or that most moments tell."""
    often: dict[str, set[int]] = {}
    for one in told:
        often.setdefault(one.statement.kind, set()).add(one.moment.id)
    if not often:
        return []
    best = max(often, key=lambda kind: (len(often[kind]), kind in kinds, kind))
    return [one for one in told if one.statement.kind == best]


def _holds(told: Sequence[_Told]) -> list[Hold]:
    """Where a value began to hold: where it was told first, where a page that showed another shows it, or
    where a page of many lines has a new one. A letter that is opened again shows what always was.
    """
    logs = _logs(told)
    shown: dict[tuple[str, str], str] = {}
    begun: set[str] = set()
    lines: set[str] = set()
    tellers: set[str] = set()
    believed = _believed(told)
    holds: list[Hold] = []
    now = ""
    for one in told:
        same, page, line = one.same, one.page, one.statement.line
        new = same not in begun or (line not in lines if page in logs else shown.get(page, same) != same)
        shown[page] = same
        lines.add(line)
        if same == now:
            tellers.add(one.place)
        elif new and (not tellers or same in believed or _may_tell(one.place, tellers)):
            holds.append(Hold(one.moment, one.statement))
            begun.add(same)
            tellers.add(one.place)
            now = same
    return holds


def _logs(told: Iterable[_Told]) -> frozenset[tuple[str, str]]:
    """Pages that show several values at once: what is new there is a new line."""
    values: dict[tuple[int, tuple[str, str]], set[str]] = {}
    for one in told:
        values.setdefault((one.moment.id, one.page), set()).add(one.same)
    return frozenset(page for (_, page), several in values.items() if len(several) > 1)


def _believed(told: Iterable[_Told]) -> frozenset[str]:
    """Values that several places tell."""
    places: dict[str, set[str]] = {}
    for one in told:
        places.setdefault(one.same, set()).add(one.place)
    return frozenset(value for value, tellers in places.items() if len(tellers) >= PLACES)


def _may_tell(place: str, tellers: Collection[str]) -> bool:
    return any(speaks_for(place, teller) for teller in tellers)
