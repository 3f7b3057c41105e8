"""Which kind of value a question wants: a date, an amount, a code, a person ..."""

from __future__ import annotations

import re

from memory.recall.calendar import UNIT_WORDS
from memory.recall.values import Value

# In order; the first pattern that is found in the question decides. It is looked for in lower case.
_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(?:colou?r|farbe)\b", ("colour",)),
    (r"\b(?:e-?mail|mail) ?(?:address|adresse)\b|\b(?:url|web address|link)\b", ("address",)),
    (r"\bphone\b|\btelefon|\bphone number\b", ("phone",)),
    (r"\b(?:version|release)\b", ("code", "number")),
    (
        r"\b(?:number|code|id|serial|licence plate|ticket|key|reference|nummer|kennzeichen|key)\b",
        ("code", "number"),
    ),
    (r"\b(?:what|which) (?:time|hour)\b|\buhrzeit\b", ("clock",)),
    (r"\b(?:date|birthday|deadline|datum|geburtstag)\b", ("date", "weekday")),
    (
        r"\b(?:price|cost|costs|pay|paid|owe|fee|budget|salary|cheaper|expensive|per month|sum|amount"
        r"|preis|kosten|kostet|schulden|betrag)\b",
        ("money",),
    ),
    (
        r"\b(?:level|threshold|share|range|weight|weigh|size|width|height|length|temperature|rate|speed|value"
        r"|wide|tall|high|deep|heavy|far|anteil|wert|gewicht|breit|hoch)\b",
        ("measure", "number", "money"),
    ),
    (r"\b(?:seat|platform|room|coach|floor|gate|line|page)\b", ("number", "code", "person")),
)

_KINDS: dict[str, tuple[str, ...]] = {
    "when": ("date", "clock", "weekday"),
    "who": ("person",),
    "how many": ("number", "count", "measure"),
    "how much": ("money", "measure", "number"),
    "how long": ("duration",),
}

_DURATION = re.compile(
    rf"\d[\d.,]*\s*(?:s|min|h|ms|{'|'.join(UNIT_WORDS)})\b|\b\d+:\d\d(?::\d\d)?\b", re.IGNORECASE
)


def wanted(question: str, kind: str) -> tuple[str, ...]:
    """Kinds of value that would answer, the best first; empty where any words may."""
    low = question.lower()
    for pattern, kinds in _NOUNS:
        if _may_name(kind, kinds) and re.search(pattern, low):
            return kinds
    return _KINDS.get(kind, ())


def _may_name(kind: str, kinds: tuple[str, ...]) -> bool:
    """Whether a noun of the question decides: "how many" wants a number whatever it names."""
    return kind in ("what", "which", "how much", "where") or (
        kind == "when" and kinds[0] in ("clock", "date")
    )


def fits(value: Value, kinds: tuple[str, ...]) -> bool:
    """Whether a value is of one of the wanted kinds."""
    if value.kind in kinds:
        return True
    if "duration" in kinds:
        return bool(_DURATION.search(value.text)) and value.kind in ("measure", "clock")
    return "phone" in kinds and value.kind in ("code", "number") and sum(c.isdigit() for c in value.text) >= 6
