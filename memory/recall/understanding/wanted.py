"""What a question wants to know: which kind of value, and the thing that it asks for by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from memory.recall.language.values import Value
from memory.recall.language.words import content, stem

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

# What a thing is measured by: the words that ask for it, and the units that can answer.
_MEASURES: tuple[tuple[str, str], ...] = (
    (r"\bweigh|\bheavy\b|\bgewicht|\bschwer\b|\bwiegt", "mg g kg t"),
    (r"\b(?:tall|wide|width|high|height|deep|depth|breite?|hoch|höhe|tief)\b", "mm cm m km"),
    (r"\b(?:far|distance|weit|entfern\w*)\b", "m km"),
    (r"\b(?:fast|speed|schnell)\b", "km/h m/s Mbit/s mbit/s"),
    (r"\b(?:warm|cold|hot|temperature|temperatur|kalt)\b", "°C °F"),
    (r"\b(?:memory|disk|storage|speicher)\b", "byte bytes bytes B kB KB MB GB TB MiB GiB"),
    (r"\b(?:voltage|spannung)\b", "V mV"),
    (r"\b(?:percent|percentage|prozent)\b", "% percent Prozent"),
)

_COMPARED = re.compile(
    r"\b(?:how much|(?:um )?wie ?viel) (?:cheaper|dearer|more|less|billiger|teurer|mehr|weniger)\b"
)

_KINDS: dict[str, tuple[str, ...]] = {
    "when": ("date", "clock", "weekday", "year"),
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


_COUNTED = re.compile(r"\b(?:how many|wie ?viele) (?:of (?:the|my|our) )?([\w-]+)")


@dataclass(frozen=True, slots=True)
class Wish:
    """Kinds of value that would answer, the best first (none: any words may), and the stems of what is asked
    for by name: "weight" in "what is the weight of", "rows" in "how many rows". `units`: those in which a
    measure would answer (none: any)."""

    kinds: tuple[str, ...] = ()
    thing: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    @property
    def plain(self) -> bool:
        """Whether a value of the kind is known where it stands: where none does, nothing answers."""
        return bool(self.units) or self.kinds[:1] in (("money",), ("phone",), ("colour",), ("address",))

    @property
    def counted(self) -> bool:
        """Whether a number of things is wanted: then the thing stands beside it."""
        return self.kinds[:1] == ("number",) and bool(self.thing)


def wanted(question: str, kind: str) -> Wish:
    """What a question wants to know."""
    low = question.lower().replace("’", "'")
    match = _THING.search(low) if kind not in ("who", "doing", "next", "which first", "whether") else None
    named = match[1] if match else ""
    ends_it = match is None or match.end() >= len(low.rstrip(" ?.!"))
    if kind == "how many" and ends_it and (counted := _COUNTED.search(low)):
        # No word tells where the thing ends: "how many planks arrived late".
        named = counted[1]
    thing = frozenset(stem(word) for word in content(named)) if named else frozenset()
    kinds = _kinds(low, kind, named)
    if kinds[:1] == ("measure",):
        units = next((units for pattern, units in _MEASURES if re.search(pattern, low)), "")
        return Wish(kinds, thing, frozenset(units.split()))
    return Wish(kinds, thing)


def _kinds(low: str, kind: str, named: str) -> tuple[str, ...]:
    if kind in ("what", "which", "where") or (kind == "when" and named):
        found = next((kinds for pattern, kinds in _NOUNS if re.search(pattern, named or low)), None)
        if found is not None:
            return found
    if kind == "how much":
        if _COMPARED.search(low):
            return ("money", "measure", "number")
        if _MEASURED.search(low):
            return ("measure", "number")
        return ("money", "number")
    return _KINDS.get(kind, ())


def fits(value: Value, kinds: tuple[str, ...]) -> bool:
    """Whether a value is of one of the wanted kinds; a year is a number too."""
    if value.kind == "year" and "number" in kinds:
        return True
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


def measured(value: Value, units: frozenset[str]) -> bool:
    """Whether a measure is in one of the units that can answer; true where any can."""
    return not units or bool(units & {re.sub(r"^[-+±\d.,'’ ]+", "", value.text)})


def is_year(value: Value) -> bool:
    """Whether a number may be a year rather than a count."""
    return value.kind == "year"
