"""What can be the answer: dates, clock times, amounts, measures, numbers, years, codes, persons, colours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from memory.recall.language.calendar import MONTHS, NUMBERS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Value:
    """A piece of a text that has a kind; `start` and `end` are its place in the text."""

    kind: str
    text: str
    start: int
    end: int


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_MONTH = rf"(?:{_any(MONTHS)})\b\.?"
_NUMBER = r"\d{1,3}(?:[,'’.  ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_UNITS = (
    r"(?:%|percent|prozent|°[CF]|mm|cm|km/h|km|m/s|m[²³]|m|kg|mg|g|kB|KB|MB|GB|TB|MiB|GiB|bytes?|Bytes|bits?"
    r"|ms|s|min|h|hours?|minutes?|seconds?|days?|weeks?|months?|years?|Stunden?|Minuten?|Sekunden?|Tagen?|Tage|Wochen?"
    r"|V|mV|A|mA|W|kW|kWh|Hz|kHz|MHz|GHz|dBm?|bar|hPa|l|ml|px|pt|mbit/s|Mbit/s)"
)
# "a" and the like are more often articles than answers.
_SPELT = ["one", *(word for word, n in NUMBERS.items() if n >= 2 and word not in ("couple", "paar", "acht"))]
_TIME = (
    r"(?:ms|s|sec|secs|min|mins|h|hrs?|hours?|minutes?|seconds?|days?|weeks?|months?|years?"
    r"|Stunden?|Minuten?|Sekunden?|Tagen?|Tage|Wochen?)"
)
_LASTED = rf"(?:{_NUMBER}|(?:{_any(_SPELT)})\b)\s?{_TIME}\b"
_COLOURS = (
    "red green blue yellow orange white black grey gray brown purple pink violet turquoise beige golden "
    "silver rot grün blau gelb weiß schwarz grau braun lila rosa violett türkis"
)

# In order: what an earlier kind has taken is not given to a later one.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b|\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)),
    (
        "date",
        re.compile(
            rf"\b20\d\d-\d\d-\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s*(?:of\s+)?{_MONTH}(?:,?\s+20\d\d)?"
            rf"|\b(?:{_any(MONTHS)})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+20\d\d)?|\b\d{{1,2}}\.\d{{1,2}}\.(?:20)?\d\d\b"
            rf"|\b\d{{1,2}}/\d{{1,2}}/(?:20)?\d\d\b",
            re.IGNORECASE,
        ),
    ),
    (
        "clock",
        re.compile(
            r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s*(?:am|pm|uhr))?\b|\b\d{1,2}(?:\.[0-5]\d)?\s*(?:am|pm|uhr)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "money",
        re.compile(
            rf"(?:CHF|EUR|USD|GBP|Fr\.|SEK|NOK|DKK|[$€£])\s?(?:{_NUMBER})(?:\s?(?:million|billion|m|bn|Mio\.?))?"
            rf"|(?:{_NUMBER})(?:\s?(?:million|billion|Mio\.?))?\s?(?:CHF|EUR|USD|GBP|francs?|Franken|euros?|dollars?|pounds?|[€$£])(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("duration", re.compile(rf"(?<![\w.,]){_LASTED}(?:,? (?:and |und )?{_LASTED})*", re.IGNORECASE)),
    ("measure", re.compile(rf"[-+±]?(?:{_NUMBER})\s?{_UNITS}(?![\w/])")),
    (
        "code",
        re.compile(
            r"(?<![\w.,])(?:[#!]\d+|(?=[\w./-]*[A-Za-z])(?=[\w./-]*\d)[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)+"
            r"|(?=\w*\d)(?=\w*[A-Za-z])\w{3,}|\d+(?:\.\d+){2,}|\d+-\d+(?:-\d+)*|0\d{3,}|v\d+(?:\.\d+)+)(?!\w)"
        ),
    ),
    ("year", re.compile(r"(?<![\w.,/-])(?:1[89]|20)\d\d(?![\w,./-]*\d)(?!\s?[€$£%])")),
    ("number", re.compile(rf"(?<![\w.,-])(?:{_NUMBER})(?:\s(?:million|billion|Mio\.?))?(?![\w])")),
    ("weekday", re.compile(rf"\b(?:{_any(WEEKDAYS)}|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", re.IGNORECASE)),
    ("count", re.compile(rf"\b(?:{_any(_SPELT)}|twenty|thirty|hundred)\b", re.IGNORECASE)),
    ("colour", re.compile(rf"\b(?:{'|'.join(_COLOURS.split())})\b", re.IGNORECASE)),
    (
        "person",
        re.compile(
            r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau)\.?\s+)?"
            r"[A-ZÄÖÜ][a-zäöüßéèñç]+(?:[ -][A-ZÄÖÜ][a-zäöüßéèñç]+){1,2}\b"
            r"|\b(?:Mr|Mrs|Ms|Dr|Herr|Frau)\.?\s+[A-ZÄÖÜ]\w+"
        ),
    ),
)


def find_values(text: str) -> list[Value]:
    """All values of a text in order of place."""
    found: list[Value] = []
    left = text
    for kind, pattern in _KINDS:
        for match in pattern.finditer(left):
            found.append(Value(kind, text[match.start() : match.end()].strip(), match.start(), match.end()))
        left = pattern.sub(lambda m: "\x00" * len(m[0]), left)
    return sorted(found, key=lambda v: v.start)
