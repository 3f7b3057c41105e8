"""Whose word counts: which value may take the place of another, and which stands beside it in doubt.

What a place tells counts once however often it says so; a second place, or another day, is a context of its
own (after the consensus of related memories of A-MemGuard, 2025). A new value supersedes where it was told in
the place of the old one, by mail of that place's house, or in two places. Any other is kept, told as one
place's word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from memory.consolidate.values import normal
from memory.records import Fact, Sighting
from memory.trust import home, speaks_for

PLACES = 2  # from which a value needs nobody's leave
TELLS_ALL = 5  # things of which one screen says the same value in sentences: then it says it of anything
DOUBTED = 0.3  # the most that is believed of what is told against more

_WORD = re.compile(r"[^\W_]+(?:-\d[\w-]*)?")
_KEY = re.compile(r"[a-z][a-z0-9]*-\d[\w-]*")
_SMALL_WORDS = """
    the a an of in on at by to for is are was be with from and or now our your its new still already currently
    today der die das den dem des ein eine jetzt nun neu am im von mit für und oder ist sind
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def may_follow(older: Sequence[Sighting], newer: Sequence[Sighting]) -> bool:
    """Whether the newer value replaces the older one of the same topic."""
    told = {one.place for one in newer}
    before = {one.place for one in older}
    return len(told) >= PLACES or any(speaks_for(new, old) for new, old in product(told, before))


def told_of_anything(seen: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Values that one screen gives for whatever it names; `seen` are its (relation, value) in sentences."""
    relations: defaultdict[str, set[str]] = defaultdict(set)
    for relation, value in seen:
        relations[value].add(relation)
    return frozenset(value for value, said in relations.items() if len(said) >= TELLS_ALL)


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact as it is compared with what others say of the same thing: what of it, and the words that name
    the thing; those of them that are written as names, and those that are keys (TW-412).
    """

    fact: Fact
    core: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    keys: frozenset[str]

    def is_about_the_same(self, other: _Said) -> bool:
        """Whether all that one says of it the other says as well; not where each has a key that the other has
        not. That one's name is a word of the other is known.
        """
        all_of_one = self.core <= other.core or other.core <= self.core
        return all_of_one and not (self.keys and other.keys and self.keys.isdisjoint(other.keys))


Shelf = tuple[str, str, str]


class _Shelves:
    """Facts by their type, a word of what they say, and a word or a name of what they say it of."""

    def __init__(self, told: Iterable[_Said]) -> None:
        self._by_word: defaultdict[Shelf, list[_Said]] = defaultdict(list)
        self._by_name: defaultdict[Shelf, list[_Said]] = defaultdict(list)
        for one in told:
            for core, word in product(one.core, one.words):
                self._by_word[one.fact.type, core, word].append(one)
            for core, name in product(one.core, one.names):
                self._by_name[one.fact.type, core, name].append(one)

    def beside(self, one: _Said) -> list[Fact]:
        """The facts about the same, itself among them."""
        near = [self._by_word[one.fact.type, *said] for said in product(one.core, one.names)]
        near += [self._by_name[one.fact.type, *said] for said in product(one.core, one.words)]
        found = {other.fact.id: other.fact for some in near for other in some if one.is_about_the_same(other)}
        return list((found | {one.fact.id: one.fact}).values())


def judged(facts: Iterable[Fact], among: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same facts, replaced where the same value was replaced elsewhere `among` all facts, and in doubt
    where one place tells what more contexts tell otherwise.

    Facts of one thing may have been made from a form here and a sentence there: they are compared by what
    they say of it, and by a name in common. What the user said of a fact is never in doubt, nor replaced.
    """
    every = {fact.id: fact for fact in among}
    told = [_said(fact) for fact in every.values() if fact.kind == "value" and fact.places]
    ends = _ends(told, every)
    standing = [one for one in told if not one.fact.superseded_by and one.fact.id not in ends]
    shelves = _Shelves(standing)
    doubts = {one.fact.id: _doubt(one.fact, shelves.beside(one)) for one in standing}
    return tuple(_ended(_in_doubt(fact, doubts.get(fact.id, "")), ends.get(fact.id)) for fact in facts)


def _ends(told: Sequence[_Said], every: Mapping[int, Fact]) -> dict[int, Fact]:
    """By fact what took the place of the same value, told elsewhere of the same thing; not of what is itself
    the newer one of two.
    """
    replaced = _Shelves(one for one in told if one.fact.superseded_by in every)
    newer = {one.fact.superseded_by for one in told}
    found = {}
    for own in told:
        if own.fact.superseded_by or own.fact.state != "inferred" or own.fact.id in newer:
            continue
        same = (fact for fact in replaced.beside(own) if normal(fact.value) == normal(own.fact.value))
        after = [every[fact.superseded_by] for fact in same if fact.superseded_by]
        after = [one for one in after if _may_end(own.fact, one)]
        if after:
            found[own.fact.id] = min(after, key=lambda one: (one.first_seen, one.id))
    return found


def _may_end(own: Fact, after: Fact) -> bool:
    """Whether what came later was told where this was, or in two places."""
    homes = {home(place) for place in own.places}
    believed = len(set(after.places)) >= PLACES or any(home(place) in homes for place in after.places)
    return believed and own.first_seen < after.first_seen


def _ended(fact: Fact, after: Fact | None) -> Fact:
    return replace(fact, superseded_by=after.id, valid_to=after.first_seen) if after else fact


def _in_doubt(fact: Fact, doubt: str) -> Fact:
    return replace(fact, doubt=doubt, confidence=min(fact.confidence, DOUBTED)) if doubt else fact


def _doubt(own: Fact, same: Iterable[Fact]) -> str:
    """The place that told the value, if it is the only one and another value has more to stand on."""
    values: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in same:
        values[normal(fact.value)].append(fact)
    mine = _Told.of(values.pop(normal(own.value)))
    if own.state != "inferred" or len(set(mine.places)) >= PLACES:
        return ""
    outweighed = any(mine.is_outweighed(_Told.of(rival)) for rival in values.values())
    return mine.places[0] if outweighed else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """Where and since when a value was told: a place for each day there."""

    places: tuple[str, ...]
    since: datetime

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> _Told:
        places = tuple(place for fact in facts for place in fact.places)
        return cls(places, min(fact.first_seen for fact in facts))

    def is_outweighed(self, rival: _Told) -> bool:
        """By others who tell it in more contexts, or in as many and had told it more than once before."""
        if any(speaks_for(mine, other) for mine, other in product(set(self.places), set(rival.places))):
            return False
        own, other = ((len(set(told.places)), len(told.places)) for told in (self, rival))
        return other > own or (other == own and other[1] > 1 and rival.since < self.since)


def _said(fact: Fact) -> _Said:
    relation, subject = _WORD.findall(fact.relation), _WORD.findall(fact.subject)
    core = frozenset(word.casefold() for word in relation) - _SMALL
    # Behind a label every word says what is told; in a clause some name the thing.
    labelled = f": {fact.relation}: " in fact.statement
    named = frozenset() if labelled else frozenset(map(str.casefold, filter(_is_name, relation[1:])))
    core = core - named or core
    words = frozenset(word.casefold() for word in subject if len(word) > 2) | named
    names = frozenset(word.casefold() for word in subject if _is_name(word)) | named
    names -= core | _SMALL
    # What is said may name the thing too ("Osmark budget: 3"): a word is a name where another is called so.
    words = (words | core) - _SMALL
    return _Said(fact, core, words, names, frozenset(filter(_KEY.fullmatch, names)))


def _is_name(word: str) -> bool:
    return word[0].isupper() or any(map(str.isdigit, word))
