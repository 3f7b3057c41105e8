"""The words of a query weighed by how rare they are in this memory, and how well a text covers them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from memory.ledger import moments, search, vocabulary
from memory.ledger.connection import Db
from memory.recall.language.inflection import forms
from memory.recall.language.interface import QUIET, is_quiet, quieted
from memory.recall.language.spelling import other_spellings, rarity
from memory.recall.language.words import Stems, content, identifiers, is_han, stem, stems, tokens
from memory.records import Understood

# Words that say what kind of answer is wanted: no screen need show them.
FORM = {
    "application": {
        "app",
        "apps",
        "application",
        "program",
        "programme",
        "software",
        "tool",
        "website",
        "site",
    },
    "when": {"time", "day", "date", "hour", "week", "month", "year", "weekday", "tag", "datum", "uhrzeit"},
    "how much": {"cost", "costs", "kosten", "kostet", "kostete", "gekostet"},
    "how many": {"times", "number", "days", "often", "oft", "tagen"},
    "how long": {"time", "minutes", "hours", "seconds"},
}


@dataclass(frozen=True, slots=True)
class Terms:
    """`weights`: rarity by stem. `unknown`: stems that no moment holds. `names`: stems written with a capital
    or a digit. `pairs`: neighbouring words of the query, as stems. `match`: for the full-text index;
    `beside`: the same for other spellings, each with what it weighs beside an exact one. `spelled`: weights
    of spellings, `literal` of codes where they stand as they were written.
    """

    weights: dict[str, float]
    unknown: frozenset[str]
    names: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    match: str
    beside: tuple[tuple[str, float], ...] = ()
    spelled: Mapping[str, float] = field(default_factory=dict)
    literal: Mapping[str, float] = field(default_factory=dict)
    stems: Stems = field(default_factory=Stems, compare=False)

    def coverage(self, found: Collection[str]) -> float:
        """Share of the query's weight that is among the stems found, 0..1."""
        whole = sum(self.weights.values())
        return sum(w for t, w in self.weights.items() if t in found) / whole if whole else 0.0

    def names_covered(self, found: Collection[str]) -> float:
        """The same over names and numbers alone; 1 where the query has none."""
        whole = sum(self.weights[t] for t in self.names)
        return sum(self.weights[t] for t in self.names if t in found) / whole if whole else 1.0

    def known(self) -> float:
        """Share of the query's weight that this memory holds anywhere."""
        return self.coverage(self.weights.keys() - self.unknown)

    def pairs_in(self, lines: Iterable[Sequence[str]]) -> float:
        """Share of the query's neighbouring words that stand beside each other in a line, by weight."""
        whole = sum(self._pair_weight(p) for p in self.pairs)
        if not whole:
            return 0.0
        seen = {pair for line in lines for pair in pairwise(line) if pair in self.pairs}
        return sum(self._pair_weight(p) for p in seen) / whole

    def _pair_weight(self, pair: tuple[str, str]) -> float:
        return self.weights[pair[0]] + self.weights[pair[1]]


def weigh(db: Db, understood: Understood, asked: str) -> Terms:
    """The terms of a query; `asked` is it as it was written, which shows capitals."""
    words = tuple(word for word in content(understood.text) if word not in FORM.get(understood.kind, ()))
    total, named = max(1, moments.count(db)), _names(asked)
    held = _held(db, words)
    other = other_spellings(db, understood.text, held, total, named)
    frequency: dict[str, int] = {}
    for word, count in held.items():
        frequency[stem(word)] = max(count, other.held.get(word, 0), frequency.get(stem(word), 0))
    weights = quieted({s: rarity(n, total) for s, n in _without_seams(frequency).items()})
    quiet = {form: QUIET for word in words for form in forms(word) if is_quiet(word)}
    loud = tuple(word for word in words if not is_quiet(word))
    inside = [stem(token) for token in tokens(understood.text)]
    return Terms(
        weights=weights,
        unknown=frozenset(s for s in weights if frequency[s] == 0),
        names=named & weights.keys(),
        pairs=frozenset((a, b) for a, b in pairwise(inside) if a in weights and b in weights),
        match=_match(loud or words, understood),
        beside=_beside({**(quiet if loud else {}), **other.words}),
        spelled=other.spelled,
        literal=other.literal,
        stems=Stems(other.same, other.codes),
    )


def _held(db: Db, words: Sequence[str]) -> dict[str, int]:
    """In how many moments each word stands, in one of its forms."""
    written = [word for word in words if not is_han(word)]
    known = search.vocabulary(db, [form for word in written for form in forms(word)])
    joined = vocabulary.counts(db, words, "spelt")
    return {word: max([joined.get(word, 0), *(known.get(form, 0) for form in forms(word))]) for word in words}


def _without_seams(frequency: dict[str, int]) -> dict[str, int]:
    """Of what is written without spaces and known in part, the pairs that stand nowhere are no words."""
    han = {pair for pair in frequency if is_han(pair)}
    known = any(frequency[pair] for pair in han)
    return {s: n for s, n in frequency.items() if n or s not in han or not known}


def _names(asked: str) -> frozenset[str]:
    """Stems of words with a capital that do not begin a sentence, and of what holds a digit."""
    found: set[str] = set()
    for match in re.finditer(r"(?<![.?!:]\s)(?<=\s)[\"“(]?([A-ZÄÖÜ][\w'’-]*)|\b(\w*\d[\w-]*)", asked):
        found.update(stems(match[0]))
    return frozenset(found)


def _match(words: tuple[str, ...], understood: Understood) -> str:
    """An FTS5 expression: any of the words; identifiers and quoted phrases as they stand besides."""
    said = [form for word in words for form in forms(word)]
    said += [" ".join(tokens(piece)) for piece in (*identifiers(understood.text), *understood.phrases)]
    return _any(piece for piece in said if not is_han(piece))


def _beside(weights: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """An FTS5 expression for the terms of each weight, the heaviest first."""
    return tuple(
        (_any(term for term in weights if weights[term] == weight), weight)
        for weight in sorted(set(weights.values()), reverse=True)
    )


def _any(pieces: Iterable[str]) -> str:
    return " OR ".join(search.quoted(piece) for piece in dict.fromkeys(pieces) if piece)
