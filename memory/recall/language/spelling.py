"""Other spellings of what is asked for, out of the memory's own vocabulary: inflected, misread, mistyped."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from memory.ledger import vocabulary
from memory.ledger.connection import Db
from memory.ledger.spelling import SHORTEST, canonical, codes, plain
from memory.recall.language.inflection import beginnings, key, same
from memory.recall.language.nearby import SIGNS, allowed, distance, read_as, starts
from memory.recall.language.words import identifiers, is_han, stem, tokens

RARE = 2
"""Moments with a word up to which near spellings count too; a word that is known is not diluted."""

LOOKS = 2
"""Words of a query for which near spellings are looked up, the rarest: each takes some milliseconds."""

SOME = 6
"""Spellings of one kind that a word gets at most, the nearest and most frequent first."""

MANY = 20
"""Codes near one that is not known: its series holds many."""

TWO_SIGNS = 7
"""Signs from which a code may have two wrong."""

OTHER = 4
"""How many times farther off a code is in which only digits are other digits."""

TYPED = 7
"""Letters from which an unknown small word is taken for a known one with a letter wrong; names never are."""

# What another spelling weighs beside the exact one, 1.
ALIKE, MISTYPED, MISREAD, NEAR_CODE = 0.6, 0.7, 0.35, 0.7

AS_LETTERS = (
    {"0": "o", "1": "l", "2": "z", "5": "s", "8": "b"},
    {"0": "o", "1": "i", "2": "z", "5": "s", "8": "b"},
)
"""What digits are read as: a word in which all of them were is no code any more in the index of those."""

WHOLE = 1
"""What a code as a whole weighs beside each of its words: more than another code that shares some."""

_AMOUNT = re.compile(r"\d{1,3}(?:[.,'’ ]\d{3})*(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?")
_NUMBER = re.compile(r"\b\d+\b")
# A group has an end, or each digit of a long one would be tried as the one that is looked for.
_GROUPS = re.compile(r"(?<!\S)[^\W_]{0,32}\d[^\W_]{0,32}(?: [^\W_]{0,32}\d[^\W_]{0,32})+(?!\S)")
_CENTS = re.compile(r"[.,]\d{2}")


@dataclass(frozen=True, slots=True)
class Spellings:
    """`words`: weight by term of the full-text index, `spelled` by spelling in the index of those, `literal`
    by code as it was written. `same` and `codes`: as `words.Stems` has them. `held`: moments with another
    form of a word, by word.
    """

    words: Mapping[str, float]
    spelled: Mapping[str, float]
    literal: Mapping[str, float]
    same: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]]
    held: Mapping[str, int]


def other_spellings(
    db: Db, text: str, counts: Mapping[str, int], total: int, names: Collection[str]
) -> Spellings:
    """Of the words of a text with the number of moments that hold each (of `total`). `names` are stems."""
    weights: dict[str, float] = {}
    alike: dict[str, str] = {}
    held: dict[str, int] = {}
    words = {word: n for word, n in counts.items() if word.isalpha() and not is_han(word)}
    looks = LOOKS
    for word, term in vocabulary.indexed(db, sorted(words, key=words.__getitem__)).items():
        forms = _inflected(db, word, term)
        count = words[word] + sum(forms.values())
        looks -= count <= RARE
        near = _near(db, word, term, count) if count <= RARE and looks >= 0 else {}
        weights |= dict.fromkeys(near, MISREAD if count else MISTYPED) | dict.fromkeys(forms, ALIKE)
        typed = not count and len(word) >= TYPED and stem(word) not in names
        same_word = forms or (near if typed else {})
        alike |= dict.fromkeys(map(stem, same_word), stem(word))
        held[word] = max(same_word.values(), default=0)
    written = _codes(text)
    spelled = _spelled(db, counts, written, total)
    return Spellings(
        words={term: weight for term, weight in weights.items() if term not in counts}
        | {reading: float(WHOLE + 1) for word in counts for reading in _lettered(word)}
        | {form: ALIKE for form in written if form.isdigit() and form not in counts},
        spelled=spelled,
        literal={code: spelled[form] for form, code in written.items() if form in spelled},
        same={other: own for other, own in alike.items() if other not in map(stem, counts)},
        codes={form: tuple(map(stem, tokens(code))) for form, code in written.items()},
        held=held,
    )


def _inflected(db: Db, word: str, term: str) -> dict[str, int]:
    """Other forms of a word in the vocabulary, where it is `term`: English stemming cuts some German ones."""
    roots = beginnings(word)
    begun = vocabulary.beginning(db, roots, (3, len(word) + 5), "vocabulary")
    found = {other: n for other, n in begun.items() if same(word, other)}
    root = key(word)
    if root in roots:
        found |= vocabulary.counts(db, vocabulary.indexed(db, [root]).values(), "vocabulary")
    return _best({other: n for other, n in found.items() if other != term}, {})


def _near(db: Db, word: str, term: str, count: int) -> dict[str, int]:
    """Words that differ by a letter or two, or by letters that are read for each other; of one that is known
    those that are no more frequent, for a misreading is not. In the vocabulary the word is `term`; one that
    is misread at its end is not stemmed there.
    """
    most, stemmed = allowed(len(word)), allowed(len(term))
    if not most:
        return {}
    begun = vocabulary.beginning(db, starts(term), (len(term) - stemmed, len(word) + most), "vocabulary")
    readings = {*read_as(word), *read_as(term)}
    forms = {canonical(reading) for reading in (word, term, *readings)}
    off: dict[str, float] = {}
    for other, n in begun.items():
        if other == term or other.isdigit() or (count and n > count):
            continue
        if other in readings or (not other.isalpha() and canonical(other) in forms):
            off[other] = 0
        elif (d := distance(word, other, most)) <= most or (d := distance(term, other, stemmed)) <= stemmed:
            off[other] = d
    least = max(off.values(), default=0) if count else min(off.values(), default=0)
    return _best({other: begun[other] for other, d in off.items() if d <= least}, off)


def _best(found: Mapping[str, int], off: Mapping[str, float], most: int = SOME) -> dict[str, int]:
    order = sorted(found, key=lambda term: (off.get(term, 0), -found[term], term))
    return {term: found[term] for term in order[:most]}


# ------------------------------------------------------------------ codes


def _lettered(word: str) -> set[str]:
    """A word of letters and digits with a letter for each digit, where every one of these looks like one."""
    if word.isalpha() or word.isdigit() or len(word) < SHORTEST:
        return set()
    read = ("".join(letters.get(sign, sign) for sign in word) for letters in AS_LETTERS)
    return {reading for reading in read if reading.isalpha()}


def _codes(text: str) -> dict[str, str]:
    """What is asked for with a digit in it, by its one form: codes, amounts and longer numbers."""
    said = (*codes(plain(text)), *identifiers(text), *_NUMBER.findall(text), *_GROUPS.findall(text))
    forms = {canonical(code): code for code in said if any(map(str.isdigit, code))}
    return {form: code for form, code in forms.items() if len(form) >= SHORTEST}


def _spelled(db: Db, counts: Mapping[str, int], written: Mapping[str, str], total: int) -> dict[str, float]:
    """Weights of spellings: rarity, for codes as they are, reformatted and with a sign wrong, and for what is
    written without spaces."""
    shares = {form: float(WHOLE + len(tokens(code))) for form, code in written.items()}
    for form, code in written.items():
        shares |= {other: ALIKE * shares[form] for other in _reformatted(code) if other not in shares}
    shares |= {word: 1.0 for word in counts if word not in shares}
    known = vocabulary.counts(db, shares, "spelt")
    for form in written:
        if known.get(form, 0) <= RARE:
            near, held = _near_codes(db, form)
            known |= held
            near = {other: off for other, off in near.items() if other not in shares}
            shares |= {other: NEAR_CODE * shares[form] / off for other, off in near.items()}
    return {form: share * rarity(known[form], total) for form, share in shares.items() if form in known}


def _reformatted(code: str) -> Iterable[str]:
    """The forms of an amount with and without its cents, where they are none."""
    if _AMOUNT.fullmatch(code):
        form = canonical(code)
        if not _CENTS.search(code[-3:]):
            yield f"{form}00"
        elif form.endswith("00") and len(form) - 2 >= SHORTEST:
            yield form[:-2]


def _near_codes(db: Db, form: str) -> tuple[dict[str, float], dict[str, int]]:
    """Codes with a sign wrong, of long ones with two: how far off they are, and how many moments hold them.

    One in which only digits are other digits is rather another code.
    """
    most = 2 if len(form) >= TWO_SIGNS else allowed(len(form))
    if not most:
        return {}, {}
    begun = vocabulary.beginning(db, starts(form, SIGNS), (len(form) - most, len(form) + most), "spelt")
    off = {other: float(distance(form, other, most)) for other in begun if other != form}
    off = {other: OTHER * d if _counted_on(form, other) else d for other, d in off.items() if d <= most}
    best = _best({other: begun[other] for other in off}, off, MANY)
    return {other: off[other] for other in best}, best


def _counted_on(form: str, other: str) -> bool:
    differ = [(a, b) for a, b in zip(form, other, strict=False) if a != b]
    return len(form) == len(other) and all(a.isdigit() and b.isdigit() for a, b in differ)


def rarity(held: int, total: int) -> float:
    """How telling it is to stand in `held` moments of `total`: BM25's inverse document frequency."""
    return math.log(1 + (total - min(held, total) + 0.5) / (held + 0.5))
