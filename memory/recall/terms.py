"""The words of a query weighed by how rare they are in this memory, and how well a text covers them."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from memory.ledger import moments, search
from memory.ledger.connection import Db
from memory.recall.words import Stems, content, forms, identifiers, stem, stems, tokens
from memory.records import Understood

# Words that say what kind of answer is wanted: no screen need show them.
_FORM = {
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
    "how many": {"times", "number", "days", "often", "oft", "tagen"},
    "how long": {"time", "minutes", "hours", "seconds"},
}


@dataclass(frozen=True, slots=True)
class Terms:
    """`weights`: rarity by stem. `unknown`: stems that no moment holds. `names`: stems written with a capital
    or a digit. `pairs`: neighbouring words of the query, as stems. `match`: for the full-text index."""

    weights: dict[str, float]
    unknown: frozenset[str]
    names: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    match: str
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
    words = tuple(word for word in content(understood.text) if word not in _FORM.get(understood.kind, ()))
    known = search.vocabulary(db, [form for word in words for form in forms(word)])
    total = max(1, moments.count(db))
    frequency: dict[str, int] = {}
    for word in words:
        held = max(known.get(form, 0) for form in forms(word))
        frequency[stem(word)] = max(held, frequency.get(stem(word), 0))
    weights = {s: math.log(1 + (total - min(n, total) + 0.5) / (n + 0.5)) for s, n in frequency.items()}
    inside = [stem(token) for token in tokens(understood.text)]
    return Terms(
        weights=weights,
        unknown=frozenset(s for s, n in frequency.items() if n == 0),
        names=_names(asked) & weights.keys(),
        pairs=frozenset((a, b) for a, b in pairwise(inside) if a in weights and b in weights),
        match=_match(words, understood),
    )


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
    return " OR ".join(search.quoted(piece) for piece in dict.fromkeys(said) if piece)
