"""Whose word counts: which value may take the place of another, and which stands beside it in doubt.

What a place tells counts once however often it says so; a second place, or another day, is a context of its
own (after the consensus of related memories of A-MemGuard, 2025). A new value supersedes where it was told in
a place of the same owner as the old one, or in two places. Any other is kept, and told as seen once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from memory.consolidate.values import normal
from memory.records import Fact, Sighting
from memory.trust import home

PLACES = 2  # from which a value needs nobody's leave
DOUBTED = 0.3  # the most that is believed of what is told against more

_WORD = re.compile(r"[^\W_]+(?:-\d[\w-]*)?")
_KEY = re.compile(r"[a-z][a-z0-9]*-\d[\w-]*")
_SMALL = frozenset(
    (
        *(
            "the",
            "a",
            "an",
            "of",
            "in",
            "on",
            "at",
            "by",
            "to",
            "for",
            "is",
            "are",
            "was",
            "be",
            "with",
            "from",
        ),
        *("and", "or", "now", "our", "your", "its", "der", "die", "das", "den", "dem", "des", "ein", "eine"),
        *("am", "im", "von", "mit", "für", "und", "oder", "ist", "sind"),
    )
)


def may_follow(older: Sequence[Sighting], newer: Sequence[Sighting]) -> bool:
    """Whether the newer value replaces the older one of the same topic."""
    told = {one.place for one in newer}
    before = {home(one.place) for one in older}
    return len(told) >= PLACES or any(home(place) in before for place in told)


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact as it is compared with what others say of the same thing: what of it, and its names."""

    fact: Fact
    asked: tuple[str, frozenset[str]]
    names: frozenset[str]
    keys: frozenset[str]

    def is_about_the_same(self, other: _Said) -> bool:
        """A common name, and no key of one beside another key of the other (TW-411, TW-412)."""
        apart = self.keys and other.keys and not self.keys & other.keys
        return bool(self.names & other.names) and not apart


def judged(facts: Iterable[Fact], among: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same facts, in doubt where one place tells what more contexts tell otherwise `among` all facts.

    Facts of one thing may have been made from a form here and a sentence there: they are compared by what
    they say of it, and by a name in common. What the user said of a fact is never in doubt.
    """
    groups: defaultdict[tuple[str, frozenset[str]], list[_Said]] = defaultdict(list)
    for fact in among:
        if fact.kind == "value" and fact.superseded_by is None and fact.places:
            said = _said(fact)
            groups[said.asked].append(said)
    doubts = {one.fact.id: _doubt(one, group) for group in groups.values() for one in group}
    return tuple(_in_doubt(fact, doubts.get(fact.id, "")) for fact in facts)


def _in_doubt(fact: Fact, doubt: str) -> Fact:
    return replace(fact, doubt=doubt, confidence=min(fact.confidence, DOUBTED)) if doubt else fact


def _doubt(one: _Said, group: Sequence[_Said]) -> str:
    """Where the value was seen, if that is one place and another value has more to stand on elsewhere."""
    if one.fact.state != "inferred":
        return ""
    contexts: defaultdict[str, list[str]] = defaultdict(list)
    for other in group:
        if other is one or one.is_about_the_same(other):
            contexts[normal(other.fact.value)] += other.fact.places
    own = contexts.pop(normal(one.fact.value))
    if len(set(own)) >= PLACES:
        return ""
    homes = {home(place) for place in own}
    for rival in contexts.values():
        if _weight(rival) > _weight(own) and homes.isdisjoint(map(home, rival)):
            return f"seen {'once' if len(own) == 1 else 'only'}, in {own[0]}"
    return ""


def _weight(contexts: Sequence[str]) -> tuple[int, int]:
    return len(set(contexts)), len(contexts)


def _said(fact: Fact) -> _Said:
    relation = _WORD.findall(fact.relation)
    named = {word.casefold() for word in relation[1:] if word[0].isupper() or word[0].isdigit()}
    core = frozenset(word.casefold() for word in relation) - _SMALL
    subject = {word.casefold() for word in _WORD.findall(fact.subject) if len(word) > 2}
    if len(core - named) >= 1 and not _is_label(fact):
        core -= named
    else:
        named = set()
    names = frozenset((subject | named) - core - _SMALL)
    return _Said(fact, (fact.type, core), names, frozenset(filter(_KEY.fullmatch, names)))


def _is_label(fact: Fact) -> bool:
    """Whether it was read behind a label: then every word of the relation says what is told of the thing."""
    return f": {fact.relation}: " in fact.statement
