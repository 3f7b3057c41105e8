"""Words of questions and screens: what carries meaning, its plain stem, and what is an identifier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from memory.ledger.spelling import HAN, canonical, codes, pairs, runs
from memory.recall.language.inflection import base

_STOP_WORDS = """
    a about above after again ago all also am an and any anyone anything are around as asked at be
    because been before being below between both but by came can could did do does doing done down
    during each else ever every few for from further get gets getting give gave go goes going gone got
    had has have having he her here hers him his how i if in into is it its just last let like look
    looked looking looks lot made make makes many may me mean means might mine more most much must my
    myself name named need no nor not now of off on once one only or other our ours out over own please
    put quite read really said same saw say says see seen she should show showed shown so some someone
    something still such take taken tell than that the their theirs them then there these they thing
    this those though through to told too took under until up upon us use used using very want wanted
    was way we went were what when where which while who whom whose why will with within without would
    yes yet you your yours called call s t d ll ve re m roughly actually exactly currently know long
    supposed according end
    ab aber alle als also am an auch auf aus bei beim bin bis bist da damals dann das dass dein dem den
    denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem
    einen einer eines er es etwas euch euer für fuer gab gegen gehabt gesagt gesehen gewesen gibt habe
    haben hat hatte hatten hier ich ihm ihn ihnen ihr ihre im in ins ist ja jetzt kann kein keine können
    könnte lang lange machen man mein meine meinem meinen meiner mich mir mit nach nicht noch nun nur ob
    oder ohne schon sehr sein seine sich sie sind so stand über ueber um und uns unser unsere unter viel
    viele vom von vor wann war waren warum was weil welche welchem welchen welcher welches wem wen wenn
    wer werden wie wieder wieviel will wir wird wo worden wurde wurden zu zum zur zuletzt
"""

LONGEST_IDENTIFIER = 500
"""Signs of what stands without a blank that are looked at: each of them looks ahead for a digit."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_IDENTIFIER = re.compile(
    r"(?<![\w])(?=[\w\-./:#!@,']*\d)[#!]?\w+(?:[-./:_@,']\w+)+|(?<!\w)[#!]\d+|\b(?=\w*\d)(?=\w*[a-zA-Z])\w{2,}\b"
)
_PIECE = re.compile(f"[{HAN}]+|[^{HAN}]+")
_PARTICLES = frozenset("的了是在我你他她它们这那有和与吗呢吧啊什么怎哪谁几就也都很还把被从到对给让个之而或")
_VOWEL = re.compile(r"[aeiouyäöü]")


def fold(text: str) -> str:
    """Lower case without accents, as the full-text index folds."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


_STOP = frozenset(fold(word) for word in _STOP_WORDS.split())


def tokens(text: str) -> list[str]:
    """Folded words, numbers included, in order; "'s" falls away; Chinese, without spaces, comes in pairs."""
    plain = fold(text).replace("’", "'")
    if plain.isascii() and "'" not in plain:
        return _TOKEN.findall(plain)
    found: list[str] = []
    for match in _TOKEN.finditer(plain):
        word = match[0].split("'")[0]
        if word.isascii() or not is_han(word):
            found.append(word)
        else:
            for piece in _PIECE.findall(word):
                found += pairs(piece) if is_han(piece) else [piece]
    return found


def is_han(word: str) -> bool:
    """Whether a word holds letters of a script that writes no spaces."""
    return bool(runs(word))


def stem(word: str) -> str:
    """A plain stem of a folded English or German word; what has a digit stays as it is."""
    if any(c.isdigit() for c in word):
        return word
    word = base(word)
    if len(word) <= 3:
        return word
    for suffix, instead in (("ies", "i"), ("sses", "ss"), ("ungen", "ung"), ("ments", "ment")):
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            return word[: -len(suffix)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("ing", "ed", "ly", "en", "er"):
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) >= 3 and _VOWEL.search(rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "ls" else rest
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def stems(text: str) -> list[str]:
    """Stems of all words of a text, in order."""
    return [stem(word) for word in tokens(text)]


class Stems:
    """Stems of lines, each worked out once. Lives as long as one question, and the words in it no longer.

    `same`: stems that stand for one of the query (other forms of it, or it misread). `codes`: the stems of
    the query's codes by their one form: a line that holds one read or written otherwise has them too.
    """

    def __init__(
        self, same: Mapping[str, str] | None = None, codes: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._of_word: dict[str, str] = {}
        self._of_text: dict[str, tuple[str, ...]] = {}
        self._inside: dict[str, frozenset[str]] = {}
        self._same, self._codes = same or {}, codes or {}

    def of(self, text: str) -> tuple[str, ...]:
        """Stems of all words of a text, in order."""
        found = self._of_text.get(text)
        if found is None:
            found = tuple(self._stem(word) for word in tokens(text))
            if self._codes:
                missing = (code for code in self._in_codes(text) if not set(code) <= set(found))
                found += tuple(stem for code in missing for stem in code)
            self._of_text[text] = found
        return found

    def inside(self, text: str) -> frozenset[str]:
        """Which stems a text has."""
        found = self._inside.get(text)
        if found is None:
            found = self._inside[text] = frozenset(self.of(text))
        return found

    def _in_codes(self, text: str) -> Iterator[tuple[str, ...]]:
        for code in codes(text):
            yield self._codes.get(canonical(code), ())

    def _stem(self, word: str) -> str:
        found = self._of_word.get(word)
        if found is None:
            plain = stem(word)
            found = self._of_word[word] = self._same.get(plain, plain)
        return found


def is_stop(word: str) -> bool:
    """Whether a folded word carries no meaning of its own."""
    return word in _STOP


def content(text: str) -> tuple[str, ...]:
    """The folded words that carry meaning, each once, in order; all words where none does."""
    words = list(dict.fromkeys(tokens(text)))
    kept = tuple(w for w in words if w not in _STOP and (len(w) > 1 or w.isdigit() or is_han(w)))
    told = tuple(w for w in kept if not _PARTICLES.intersection(w))
    return told or kept or tuple(words)


def identifiers(text: str) -> tuple[str, ...]:
    """What must be found as it stands: codes, numbers with a sign in them, paths, addresses."""
    found = (m[0] for chunk in text.split() for m in _IDENTIFIER.finditer(chunk[:LONGEST_IDENTIFIER]))
    return tuple(dict.fromkeys(one.strip(".,:'") for one in found))
