"""Which of the values that a thing has had a question asks for: the one now, earlier ones, how many, when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from memory.recall.language.calendar import NUMBERS
from memory.recall.language.words import content, fold, stem

Which = Literal["now", "back", "first", "then", "changes", "values", "changed"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`which` value, or fact about the values; `back` counts from the one that holds now, which is 0.
    `plain`: the question says nothing of a change, it only asks for what is.
    """

    which: Which
    back: int = 0
    plain: bool = False


_ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            ("second", "zweit", "vor"),
            ("third", "dritt"),
            ("fourth", "viert"),
            ("fifth", "fünft"),
            ("sixth", "sechst"),
            ("seventh", "siebt"),
            ("eighth", "acht"),
            ("ninth", "neunt"),
            ("tenth", "zehnt"),
        ),
        start=1,
    )
    for word in words
}
_CHANGE = (
    r"(?:chang(?:e|es|ed|ing)|updat(?:e|es|ed)|moved|raised|lowered|postponed|replaced"
    r"|(?:ge)?änder(?:t|te|ung|ungen|n)|wechsel\w*|gewechselt|verschoben|angehoben|gesenkt|ersetzt)"
)
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))})"

# In order; the first that is found decides.
_TABLE: tuple[tuple[str, Which, int], ...] = (
    (rf"\b(?:how (?:often|many times)|wie oft)\b.*\b{_CHANGE}\b", "changes", 0),
    (rf"\bhow many (?:\w+ )?{_CHANGE}\b|\bwie ?viele {_CHANGE}\b", "changes", 0),
    (r"\bhow many (?:different|distinct)\b|\bwie ?viele (?:verschiedene|unterschiedliche)\b", "values", 0),
    (rf"\b(?:when|what day|which day|wann)\b.*\b{_CHANGE}\b", "changed", 0),
    (
        rf"\b{_N} (?:{_CHANGE}|values|versions|werte) (?:ago|before|earlier|back|zuvor|davor|früher)\b",
        "back",
        0,
    ),
    (rf"\bvor {_N} {_CHANGE}\b", "back", 0),
    (
        r"\b(?P<ord>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:[ -]to)?[ -]last\b"
        r"|\b(?P<ord2>vor|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt)letzte[rnsm]?\b",
        "back",
        0,
    ),
    (r"\bbefore last\b", "back", 1),
    (
        rf"\bprevious(?:ly)?\b|\bbefore (?:that|this|(?:it|they) (?:was|were|got)? ?{_CHANGE})\b"
        rf"|\bbefore the (?:last |latest )?{_CHANGE}\b|\bused to be\b"
        rf"|\bvorher\w*|\bvorige\w*|\bdavor\b|\bzuvor\b|\bvor der (?:letzten )?{_CHANGE}\b|\bformer(?:ly)?\b",
        "back",
        1,
    ),
    (
        r"\b(?:original(?:ly)?|initial(?:ly)?|at first|at the (?:start|beginning)|to begin with|first)\b"
        r"|\b(?:ursprünglich\w*|anfangs|zu anfang|am anfang|zuerst|erste[rnsm]?)\b",
        "first",
        0,
    ),
    (
        r"\b(?:now|current(?:ly)?|latest|newest|most recent|at present|aktuell\w*|jetzt|derzeit|momentan"
        r"|zurzeit|neueste\w*|inzwischen)\b",
        "now",
        0,
    ),
)
_RULES = tuple((re.compile(pattern), which, back) for pattern, which, back in _TABLE)
_IS = re.compile(
    r"^(?:what|who|which|how (?:much|high|big|large|long|old)|when|where|was|wer|wie|wann|wo|welche\w*)\b.*?"
    r"\b(?:is|are|does|do|'s|ist|sind|lautet|heißt|kostet|has)\b"
)

_ASKING = frozenset(
    stem(fold(word))
    for word in (
        *(
            "change",
            "changes",
            "changed",
            "update",
            "updated",
            "value",
            "values",
            "version",
            "current",
            "latest",
        ),
        *(
            "newest",
            "recent",
            "previous",
            "previously",
            "former",
            "formerly",
            "original",
            "originally",
            "first",
        ),
        *("initial", "initially", "last", "ago", "often", "times", "many", "different", "distinct", "start"),
        *("beginning", "day", "present", "back", "earlier", "used", "date"),
        *(
            "ändern",
            "änderung",
            "änderungen",
            "geändert",
            "wert",
            "werte",
            "aktuell",
            "aktuelle",
            "aktuellen",
        ),
        *(
            "jetzt",
            "derzeit",
            "momentan",
            "vorher",
            "vorherige",
            "vorheriger",
            "vorherigen",
            "vorige",
            "davor",
        ),
        *(
            "zuvor",
            "ursprünglich",
            "ursprüngliche",
            "ursprünglichen",
            "anfangs",
            "anfang",
            "zuerst",
            "letzte",
        ),
        *(
            "letzten",
            "letztes",
            "oft",
            "viele",
            "verschiedene",
            "lautet",
            "lautete",
            "hieß",
            "zuletzt",
            "neueste",
        ),
        *(
            "inzwischen",
            "zurzeit",
            "erste",
            "ersten",
            "erster",
            "erstes",
            "aktueller",
            "aktuelles",
            "gewechselt",
        ),
    )
)


def wanted_of(text: str, dated: bool) -> Wanted | None:
    """What a question wants to know of values that change, None where nothing. `dated`: it names a time."""
    low = text.lower().replace("’", "'")
    for pattern, which, back in _RULES:
        match = pattern.search(low)
        if match is not None:
            return Wanted("then" if dated and which == "now" else which, back or _back(match))
    if dated:
        return Wanted("then", plain=True)
    return Wanted("now", plain=True) if _IS.search(low) else None


def _back(match: re.Match[str]) -> int:
    found = match.groupdict()
    if number := found.get("n"):
        return int(number) if number.isdigit() else NUMBERS[number]
    return _ORDINALS.get(found.get("ord") or found.get("ord2") or "", 0)


def topic_of(text: str) -> tuple[str, ...]:
    """The words of a question that name what it is about: those that ask for a value are none."""
    rest = text.lower()
    for pattern, which, _ in _RULES:
        rest = pattern.sub(" ", rest) if which == "back" else rest
    return tuple(word for word in content(rest) if stem(word) not in _ASKING)
