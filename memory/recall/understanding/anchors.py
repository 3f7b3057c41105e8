"""Times that a text tells by what was done then: "while I was reading X", "right after the meeting"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from memory.recall.language.calendar import HALVES, NUMBERS, UNIT_WORDS, UNITS
from memory.recall.language.words import content, is_stop

Relation = Literal["during", "before", "after"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the time is that of, and how it lies to that. `near`: "right after"; `away`: "an hour before"."""

    phrase: str
    relation: Relation
    near: bool = False
    away: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Anchored:
    """An anchor, and the text without the words that name it."""

    anchor: Anchor
    rest: str


_EVENT = (
    r"(?:(?:meeting|call|stand-?up|chat|talk|presentation|interview|review|retro(?:spective)?|workshop|webinar"
    r"|lecture|lesson|class|course|session|conference|demo|appointment|sync|kick-?off|planning|training|exam|video"
    r"|film|movie|conversation|discussion|briefing)s?\b"
    r"|[\w-]*(?:besprechung|sitzung|anruf|telefonat|gespräch|vortrag|präsentation|rückblick|vorlesung|unterricht"
    r"|kurs|konferenz|termin|treffen|schulung|prüfung|diskussion)(?:e?s)?\b)"
)
# Names, or a few words with which the clause ends.
_WITH = (
    r"(?:\s+(?:with|about|on|by|of|for|mit|von|über|zu|bei)\s+(?:(?:the|our|my|dem|der|den)\s+)?"
    r"(?:(?-i:[A-ZÄÖÜ\d])[\w.'’&-]*(?:\s+(?:(?:and|und)\s+)?(?-i:[A-ZÄÖÜ\d])[\w.'’&-]*){0,3}"
    r"|(?:[\w.'’&-]+\s+){0,3}[\w.'’&-]+(?=\s*(?:$|[,;?!]))))?"
)
_THE = r"(?:(?:the|my|our|that|a|der|dem|des|den|meine[mrs]?|unsere[mrs]?)\s+)?"
_MANY = "|".join(re.escape(word) for word in sorted((*HALVES, *NUMBERS), key=len, reverse=True) if word)
_CLOCK_UNITS = "|".join(
    word for word, unit in UNIT_WORDS.items() if unit in ("minute", "hour") and len(word) > 2
)

_OF_EVENT = re.compile(
    rf"(?:\b(?:(?P<n>\d{{1,3}}|{_MANY})\s+(?P<unit>{_CLOCK_UNITS})|(?P<near>right|just|shortly|directly|immediately"
    r"|straight|soon|direkt|gleich|kurz|unmittelbar))\s+)?"
    r"\b(?P<relation>during|in|after|before|while in|während|im|beim|in|nach|vor)\s+(?!or\b|oder\b)"
    rf"(?P<what>{_THE}(?:[\w.'’&-]+\s+){{0,3}}?{_EVENT}(?:\s+{_EVENT})*{_WITH})",
    re.IGNORECASE,
)
_VERB = r"(?:\w+(?:ing|ed)|read|wrote|met|saw|spoke|bought|sent|had|went|made|got|built|ran|drew|chose|found)"
_OF_DEED = re.compile(
    r"\b(?P<near>right|just|shortly)?\s*\b(?P<relation>when|while|whilst|as|after|before)\s+"
    rf"(?:(?:i|we)\s+(?:was\s+|were\s+|had\s+|had\s+been\s+)?(?:last\s+)?(?:{_VERB}\s+|(?=in\b|at\b|on\b|with\b))"
    r"|(?<=while )(?=\w+ing\b)\w+ing\s+)"
    r"(?P<what>[^,;?.!]+?)\s*(?=$|[,;?!]|\.(?:\s|$))",
    re.IGNORECASE,
)
_OF_DEED_GERMAN = re.compile(
    r"\b(?P<near>kurz|direkt|gleich)?\s*\b(?P<relation>als|während|nachdem|bevor)\s+(?:ich|wir)\s+"
    r"(?P<what>[^,;?.!]+?)\s+(?:(?:ge\w+|\w+(?:iert|t|en))\s+(?:habe?|haben|hatten?|war)"
    r"|war|waren|las|lasen|schrieb|sah|hatte|machte|\w+te)\s*(?=$|[,;?!]|\.(?:\s|$))",
    re.IGNORECASE,
)
_RELATIONS: dict[str, Relation] = {
    "after": "after",
    "nach": "after",
    "nachdem": "after",
    "before": "before",
    "vor": "before",
    "bevor": "before",
}
_OWN = re.compile(r"\b(?:i|we|my|our|me|us|ich|wir|mein\w*|unser\w*|mir|mich|uns)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:in|at|on|with|about|for|to|from|im|am|an|auf|bei|mit|über|von|zu|aus)\s+)?"
    r"(?:(?:the|a|an|my|our|that|der|die|das|dem|den|des|ein\w*|mein\w*|unser\w*)\s+)?",
    re.IGNORECASE,
)


def find_anchor(text: str) -> Anchored | None:
    """What a time is told by, of a text about its writer; times by the clock are to be left out of the text.

    Words that only point are no anchor.
    """
    if not _OWN.search(text):
        return None
    for pattern in (_OF_EVENT, _OF_DEED, _OF_DEED_GERMAN):
        for match in pattern.finditer(text):
            phrase = _LEAD.sub("", match["what"].strip())
            rest = re.sub(r"\s+", " ", f"{text[: match.start()]} {text[match.end() :]}").strip(" ,;")
            rest = re.sub(r"\s+([?.!,;:])", r"\1", rest)
            if not all(map(is_stop, content(phrase))):
                return Anchored(_anchor(phrase, match), rest)
    return None


def _anchor(phrase: str, match: re.Match[str]) -> Anchor:
    groups = match.groupdict()
    relation = _RELATIONS.get(match["relation"].lower(), "during")
    anchor = Anchor(phrase, relation, near=bool(groups.get("near")))
    if relation == "during" or not groups.get("unit"):
        return anchor
    said = match["n"].lower()
    many = HALVES.get(said) or (int(said) if said.isdecimal() else NUMBERS[said])
    return replace(anchor, away=timedelta(seconds=many * UNITS[UNIT_WORDS[match["unit"].lower()]][0]))
