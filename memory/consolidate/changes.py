"""Changes that a line tells in so many words: which value holds now, and which one held before.

"moved from 27 February to 6 March", "3.7.4 -> 3.8.0", "36 months instead of 24", "07:04 (not 07:32)", "was
4 March, now 11 March". Each tells two values of the same thing, of one kind, in either order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from memory.consolidate.values import Mention, clause, clause_relation, type_of, values_in
from memory.records import Sighting

PAST = 0.3
"""Weight of what is told to hold no more, less than of anything told to hold: it is known by that."""

_SMALL = r"(?:(?:the|on|at|in|of|to|only|dem|den|der|am|um|auf|von)\s+){0,2}"
_TURNED = (
    r"(?:mov|chang|postpon|shift|delay|push|rais|lower|reduc|increas|extend|shorten|cut|switch|updat|upgrad"
    r"|brought|bring|went|goes|reschedul|adjust|correct)\w*"
)
_AFTER_OLD = re.compile(rf"\s*(?:->|→)\s*|\s+auf\s+{_SMALL}", re.IGNORECASE)
_AFTER_NEW = re.compile(
    r"(?:\s+(?:now|jetzt|nun))?(?:,?\s*\(?(?:instead of|rather than|no longer|not any more|anstatt"
    r"|anstelle von|statt|nicht mehr)|\s*[,(]\s*(?:not|was|were|formerly|previously|before|up from|down from"
    r"|nicht|war|bisher|früher|zuvor))"
    rf"\b:?\s+{_SMALL}",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\b{_TURNED}\b(?:\W+\w+){{0,4}}\W+from\s+{_SMALL}$", re.IGNORECASE)
_TO = re.compile(rf"\s+to\s+{_SMALL}", re.IGNORECASE)
_WAS = re.compile(rf"\b(?:was|were|war|waren)\s+{_SMALL}$", re.IGNORECASE)
_NOW = re.compile(
    r"[,;]?\s+(?:(?:and|but|it|is|are|und|aber|ist|sind|es)\s+){0,3}(?:now|jetzt|nun)\s+"
    rf"(?:(?:is|are|ist|sind)\s+)?{_SMALL}",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"->|→|\b(?:instead|rather|longer|more|not|was|were|from|formerly|previously|before|now|anstatt|anstelle"
    r"|statt|nicht|war|waren|bisher|früher|zuvor|auf|jetzt|nun)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[\d.,'’]*")


def is_past(one: Sighting) -> bool:
    """Whether it was told that the value holds no more."""
    return one.kind == "value" and one.weight == PAST


def may_tell(text: str) -> bool:
    """Whether it is worth asking what changes a text tells."""
    return _HINT.search(text) is not None and any(map(str.isdigit, text))


def changes(line: str, above: str = "") -> Iterator[tuple[Mention, bool]]:
    """Both values of each change that a line tells, and whether they stand in the line above it.

    `above` is the end of that line where its sentence runs on into this one.
    """
    text = f"{above} {line}".lstrip()
    if not may_tell(text):
        return
    begins = len(text) - len(line)
    for first, second in pairwise(values_in(text)):
        between = text[first.end() : second.start()]
        newer_first = _AFTER_NEW.fullmatch(between) is not None
        told = newer_first or _older_first(text[: first.start()], between)
        kind = second if first.lastgroup == "number" else first
        if not told or second.start() < begins or not _alike(first, second):
            continue
        if not (relation := clause_relation(text[: first.start()], kind)):
            continue
        for one, other, holds in ((first, second, newer_first), (second, first, not newer_first)):
            value = _whole(one, other)
            said = clause(text, first.start(), second.end()) if holds else f"{relation}: {value}"
            yield Mention(relation, value, type_of(kind), False, said, past=not holds), one.start() < begins


def _older_first(before: str, between: str) -> bool:
    """Whether the words before and between two values tell that the second took the place of the first."""
    moved = _TO.fullmatch(between) and _FROM.search(before)
    turned = _NOW.fullmatch(between) and _WAS.search(before)
    return bool(_AFTER_OLD.fullmatch(between) or moved or turned)


def _alike(first: re.Match[str], second: re.Match[str]) -> bool:
    """Of one type, or one a number alone that leaves out the unit of the other."""
    types = {first.lastgroup, second.lastgroup}
    return len(types) == 1 or (types < {"number", "quantity", "amount"} and "number" in types)


def _whole(value: re.Match[str], other: re.Match[str]) -> str:
    """A value with the unit that it leaves out ("36 months instead of 24")."""
    if value.lastgroup == other.lastgroup or value.lastgroup != "number":
        return value.group()
    return _DIGITS.sub(value.group(), other.group(), count=1)
