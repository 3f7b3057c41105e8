"""What a question wants to know: which kind of value, and the thing that it asks for by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from memory.recall.values import Value
from memory.recall.words import content, stem

# In order; the first that is found decides. It is looked for in what the question asks for by name, or, where
# that is nothing, in the whole question.
_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(?:colou?r|farbe)\b", ("colour",)),
    (r"\be?-?mail(?: ?address|adresse)\b|\b(?:url|web address|link)\b", ("address",)),
    (r"\bphone|\btelefon", ("phone",)),
    (r"\b(?:version|release|build|branch)\b", ("code", "number")),
    (r"\b(?:number|code|id|serial|plate|ticket|key|reference|nummer|kennzeichen)\b", ("code", "number")),
    (r"\b(?:time|hour|uhrzeit)\b", ("clock",)),
    (r"\b(?:date|birthday|deadline|datum|geburtstag)\b", ("date", "weekday")),
    (
        r"\b(?:price|cost|costs|pay|paid|owe|fee|budget|salary|cheaper|expensive|per month|sum|amount|fare"
        r"|preis|kosten|kostet|schulden|betrag)\b",
        ("money",),
    ),
    (
        r"\b(?:level|threshold|share|range|weight|size|width|height|length|temperature|rate|speed|value"
        r"|anteil|wert|gewicht|breite|höhe|temperatur)\b",
        ("measure", "number"),
    ),
    (r"\b(?:seat|platform|room|coach|floor)\b", ("number", "code", "person")),
)

_MEASURED = re.compile(
    r"\bhow (?:tall|wide|high|deep|heavy|big|large|far|fast|old|warm|cold|hot)\b|\bweigh"
    r"|\bhow much (?!do|did|is|was|are|were|will|would)\w+"
    r"|\bwie (?:hoch|breit|tief|schwer|gro(?:ß|ss)|weit|schnell|warm|kalt)\b"
)

_KINDS: dict[str, tuple[str, ...]] = {
    "when": ("date", "clock", "weekday"),
    "who": ("person",),
    "how many": ("number", "count", "measure"),
    "how long": ("duration",),
}

_THING = re.compile(
    r"\b(?:what|which|whose|how many|how much|wie ?viele?|welche[mnrs]?)(?:'s| is| was| are| were| ist| war)?"
    r"(?: the| our| my| your| his| her| its| their| der| die| das)?"
    r" (?!(?:did|does|do|is|was|were|are|has|have|had|will|would|can|could|should|came|went)\b)"
    r"((?:[\w-]+ ){0,2}?[\w-]+)"
    r"(?= (?:of|for|from|in|at|on|did|does|do|is|was|were|are|has|have|had|will|would|can|could|should|may"
    r"|to|by|that|said|came|went|i|we|von|des|der|für|hat|haben|ist|war|sind|wurde|wird)\b|[?.!,:]|$)"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Kinds of value that would answer, the best first (none: any words may), and the stems of what is asked
    for by name: "weight" in "what is the weight of", "rows" in "how many rows"."""

    kinds: tuple[str, ...] = ()
    thing: frozenset[str] = frozenset()

    @property
    def counted(self) -> bool:
        """Whether a number of things is wanted: then the thing stands beside it."""
        return self.kinds[:1] == ("number",) and bool(self.thing)


def wanted(question: str, kind: str) -> Wish:
    """What a question wants to know."""
    low = question.lower().replace("’", "'")
    match = _THING.search(low) if kind not in ("who", "doing", "next", "which first", "whether") else None
    named = match[1] if match else ""
    thing = frozenset(stem(word) for word in content(named)) if named else frozenset()
    return Wish(_kinds(low, kind, named), thing)


def _kinds(low: str, kind: str, named: str) -> tuple[str, ...]:
    if kind in ("what", "which", "where") or (kind == "when" and named):
        found = next((kinds for pattern, kinds in _NOUNS if re.search(pattern, named or low)), None)
        if found is not None:
            return found
    if kind == "how much":
        if _MEASURED.search(low):
            return ("measure", "number")
        return ("money", "number")
    return _KINDS.get(kind, ())


def fits(value: Value, kinds: tuple[str, ...]) -> bool:
    """Whether a value is of one of the wanted kinds."""
    if value.kind in kinds or (value.kind == "duration" and "measure" in kinds):
        return True
    return "phone" in kinds and value.kind in ("code", "number") and sum(c.isdigit() for c in value.text) >= 6


# Stems of units as they are spelt, and how they are written behind a number.
_WRITTEN = {
    "kilometr": "km",
    "kilomet": "km",
    "metr": "m",
    "meter": "m",
    "centimetr": "cm",
    "millimetr": "mm",
    "percent": "%",
    "prozent": "%",
    "kilogram": "kg",
    "gram": "g",
    "second": "s",
    "minut": "min",
    "hour": "h",
    "megabyt": "MB",
    "gigabyt": "GB",
}


def in_unit(value: Value, thing: frozenset[str]) -> bool:
    """Whether a measure is in the unit that is asked for by name."""
    return any(value.text.endswith(written) for word, written in _WRITTEN.items() if word in thing)


def is_year(value: Value) -> bool:
    """Whether a number may be a year rather than a count."""
    return value.kind == "number" and re.fullmatch(r"(?:19|20)\d\d", value.text) is not None
