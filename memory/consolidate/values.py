"""Finds in a line what can be a fact's value: dates, amounts, quantities, keys, what follows a label.

Works on one line at a time and knows nothing of where it stands: `memory.consolidate.facts` adds the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from memory.consolidate.words import core

Type = Literal["date", "amount", "quantity", "time", "key", "number", "word"]

LONGEST_RELATION = 5  # words before a value that tell what it is the value of
LONGEST_WORD_VALUE = 4  # words of a value that is neither number nor date
LONGEST_LABEL = 4  # words
LABEL_REACH = 12  # letters behind a label within which its value begins
WORDS_SAID = 9  # of a clause before its value, for the statement
WORDS_AFTER = 6  # and behind it

COUNTED = (
    "table",
    "figure",
    "page",
    "section",
    "chapter",
    "step",
    "week",
    "tabelle",
    "abbildung",
    "seite",
    "woche",
)
# Labels that say when or who, not what: of a mail, of a page that is made anew all the time.
# Labels that say when or who, not what: of a mail, or of a page that is made anew all the time.
HEADERS = frozenset(
    ("to me", "tome", "to", "from", "cc", "sent", "received", "updated", "an", "von", "gesendet")
)
BY_NAME = ("number", "key")  # types that are values only where a noun makes them the name of something

# Names of fields that stand above or before their value, also without a colon.
LABELS = frozenset(
    """status|state|priority|assignee|reporter|owner|author|component|version|fix version|sprint|estimate
    |story points|due|due date|total|subtotal|price|departure|arrival|seat|coach|platform|room|location|date
    |amount|amount due|balance|invoice number|order number|serial number|customer|phone|email|e-mail|address
    |delivery date|duration|took|tests|result|branch|commit|summary|updated|signal|battery
    |project|supplier|ports|names|milestone|opened|closed|started|zuständig|priorität|fällig|betrag|gesamt|summe|preis|abfahrt
    |ankunft|raum|ort|datum|kunde|telefon|anschrift|dauer""".replace("\n    ", "").split("|")
)
# Those of them whose value is a word, also right behind them without a colon.
OF_WORDS = frozenset(
    """status|state|priority|assignee|reporter|owner|component|milestone|result|room|platform|zuständig|priorität
    |raum""".replace("\n    ", "").split("|")
)
# Words right before a number or key that make it the name of something.
NAMED_BY_NUMBER = frozenset(
    """number|key|serial|seat|coach|offer|order|invoice|room|platform|gate|incident|issue|ticket|build|migration
    |release|version|firmware|article|enquiry|case|contract|request|nummer|rechnung|auftrag|platz|wagen|raum|gleis
    |angebot|vertrag|artikel|vorgang""".replace("\n    ", "").split("|")
)

# Words of a relation that alone do not tell what a value is the value of.
SAYING_NOTHING = frozenset(
    """about|after|again|all|also|already|and|another|any|are|around|back|because|been|before|being
    |below|between|both|but|can|could|each|early|even|every|fewer|first|for|from|fully|had|has|have
    |her|here|his|how|instead|into|its|just|last|later|least|less|like|made|many|may|might|more|most
    |much|must|next|nine|not|now|off|once|one|only|other|our|out|over|past|per|said|same|shall|she
    |should|since|some|still|such|ten|than|that|the|their|them|then|there|these|they|this|those
    |three|through|till|time|times|too|two|under|until|very|was|were|what|when|where|which|while|who
    |whose|why|will|with|within|without|would|year|you|your|alle|auch|auf|aus|bei|bis|durch|für|hat
    |ist|kann|mehr|mit|nach|nicht|noch|nur|oder|seit|sich|sind|über|und|unter|vom|von|vor|war|was
    |wenn|wer|wie|wird|zum|zur""".replace("\n    ", "").split("|")
)

_MONTH = (
    r"(?:Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?"
    r"|Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)\b"
)
_DAY = (
    r"(?:Mon(?:day|tag)?|Tues?(?:day)?|Dienstag|Wed(?:nesday)?|Mittwoch|Thu(?:rsday)?|Donnerstag|Fri(?:day)?|Freitag"
    r"|Sat(?:urday)?|Samstag|Sun(?:day)?|Sonntag)"
)
_NUMBER = r"[-+−]?\d(?:[\d.,'’]*\d)?"
_UNIT = (
    r"(?:°C|%|dBm|bytes?|[kKMGT]i?B|km|cm|mm|µm|kg|mg|ms|min|kWh|kW|Hz|[mgshVAWl]|days?|weeks?|months?|years?|hours?"
    r"|minutes?|seconds?|Tage?n?|Wochen?|Monate?n?|Jahre?n?|Stunden?|Minuten?|Sekunden?)(?![\w/])"
)
_CLOCK = r"(?:(?:,|\sat|\sum)?\s+\d{1,2}:\d\d\b)?"
_VALUES = re.compile(
    rf"(?P<date>(?:\b{_DAY},?\s+)?\b\d{{1,2}}\.?\s+{_MONTH}(?:\s+(?:19|20)\d\d\b)?{_CLOCK}"
    rf"|\b{_MONTH}\s+\d{{1,2}},\s+(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d\b)"
    rf"|(?P<amount>(?:\b(?:CHF|EUR|USD|GBP|Fr\.)\s?|[€$£]\s?){_NUMBER}"
    rf"|(?<![\w.-]){_NUMBER}\s(?:(?:million|billion|Mio\.?|Mrd\.?)\s)?(?:CHF|EUR|USD|GBP|€|francs?|euros?|dollars?"
    r"|pounds|Franken)(?!\w))"
    r"|(?P<key>\b[A-Z][A-Z0-9]{1,5}-\d+(?:-\d+)*\b|(?<!\w)[#!]\d{2,}\b|\b\d{2}-\d{4}\b|\b\d{4}_[a-z]\w+"
    r"|\b\d+\.\d+\.\d+(?:-[a-z]\w*)?\b)"
    rf"|(?P<quantity>(?<![\w.-])(?:\d+\s?(?:h|min)\s\d+\s?(?:min|s)\b|{_NUMBER}\s?{_UNIT}"
    r"|\d(?:[\d,'’]*\d)?\s(?!this|does|was|has|is|as|plus|minus|times)[a-zäöüß]{3,}(?:s|en)\b))"
    r"|(?P<time>(?<![\d:])\d{1,2}:\d\d(?![\d:]))"
    r"|(?P<number>(?<![\w.,:/#-])\d{1,10}\b(?![.,:/-]?\w))"
)
_DATED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?\s+(?P<name>{_MONTH}\.?)(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?P<name2>{_MONTH})\s+(?P<day2>\d{{1,2}}),\s+(?P<year2>\d{{4}})"
    r"|(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d)"
    r"|(?P<day4>\d{1,2})\.(?P<month4>\d{1,2})\.(?P<year4>\d{4}))"
    r"(?:(?:,|\sat|\sum)?\s+(?P<clock>\d{1,2}:\d\d))?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN = str.maketrans({"i": "y", "k": "c", "z": "c"})
_LABELLED = re.compile(
    r"^\W{0,4}(?P<label>[^\W\d_][^:=?!.,;“”\"<>{}()\[\]/\\]{1,34}?)\s?:\s+(?P<value>\S.*)$"
)
_CLAUSE_ENDS = re.compile(r"[.;!?]\s+|[·•|«»]\s*|\s[–—-]\s|,\s+(?=(?:and|but|which|und|aber)\b)|[()“”\"]")
_LAST_SMALL = re.compile(
    r"(?:^|\s+)(?:the|a|an|of|in|on|at|by|to|for|is|are|was|were|be|with|from|until|till|only|about|as|than|and|or"
    r"|der|die|das|den|dem|ein|eine|am|im|bis|ist|sind|war|von|mit|für|um|und|nur)$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:(?:#\s+)?\[[^\[\]]{0,5}\]|[-*•▪–])\s+")
_BEHIND = re.compile(
    r"\s*(?:(?:ago|later|earlier|left|remaining)\b|\.\.\.|…)"
)  # counted from now, or cut off
_ASKS = re.compile(r"[^.;!?]*\?")
_MAY_HOLD = re.compile(r"[\d:]")
_DIGIT = re.compile(r"\d")
_FIRST_OF_LABELS = frozenset(label.split()[0] for label in LABELS)
_FIRST_SMALL = re.compile(
    r"^(?:(?:the|a|an|and|or|of|to|is|was|if|when|der|die|das|und|ein|eine|wenn|falls)\s+)+", re.IGNORECASE
)
_TO_LAST_VALUE = re.compile(r"^.*\d\S*\s")
_BREAKS = re.compile(r"[/|«»\[\]→<>=…]")
_WORDS = re.compile(r"[^\W_]+(?:['’./-][^\W_]+)*")
_CODE = re.compile(r"^[^\[]*\]|[{}=<\\$]|(?<!-)>|\w\(|::|//|^\s*(?:[-+@>*|]{1,3}\s|\d+[:-]\s)|\w_\w*\.\w")


@dataclass(frozen=True, slots=True)
class Mention:
    """A value in a line: the words before it that say of what, whether as a label, and the clause of both."""

    relation: str
    value: str
    type: Type
    labelled: bool
    said: str
    past: bool = False  # told to hold no more


def mentions(line: str, above: str = "") -> Iterator[Mention]:
    """What the line says of values: behind its label, or behind the words of each clause.

    `above` is the line right above when its sentence runs on into this one.
    """
    line = _BULLET.sub("", line)
    words = line.split()
    if not _MAY_HOLD.search(line) and (not words or words[0].casefold() not in _FIRST_OF_LABELS):
        return
    if _is_code(line):
        return
    labelled = _LABELLED.match(line)
    if labelled and len(_WORDS.findall(labelled["label"])) <= LONGEST_LABEL:
        yield from under_label(labelled["label"], labelled["value"])
        return
    for many in (2, 1):
        if len(words) > many and " ".join(words[:many]).casefold() in LABELS:
            rest = " ".join(words[many:])
            found = _VALUES.match(rest)
            label = " ".join(words[:many]).casefold()
            if found or (label in OF_WORDS and rest[:1].isupper() and len(words) - many <= 2):
                yield from under_label(" ".join(words[:many]), rest)
                if found:
                    yield from _in_clauses(rest[found.end() :], "")
                return
    yield from _in_clauses(line, above)


def begins_with_value(line: str) -> bool:
    """Whether what tells of the line's first value may stand at the end of the line above."""
    found = _VALUES.search(line) if _DIGIT.search(line) else None
    return found is not None and len(line[: found.start()].split()) < LONGEST_RELATION


def is_label(line: str) -> bool:
    return line.rstrip(": ").casefold() in LABELS


def under_label(label: str, rest: str) -> Iterator[Mention]:
    """What stands behind, right below or beside a label: a value within a few words, or a word or two."""
    label, rest = label.strip(" :"), rest.strip()
    if label.casefold() in HEADERS:
        return
    found = _VALUES.search(rest)
    bare = found is not None and found.lastgroup == "number"
    named = is_label(label) or label.split()[-1].casefold() in NAMED_BY_NUMBER or rest[0] in "#!"
    if found and found.lastgroup == "date" and not is_label(label) and _is_stamp(label, found.group()):
        return
    if found and found.start() <= (0 if bare else LABEL_REACH) and (named or found.lastgroup not in BY_NAME):
        value = _trimmed(found.group())
        yield Mention(label, value, type_of(found), True, f"{label}: {_shortened(rest)}")
    elif is_label(label) and 0 < len(words := _WORDS.findall(rest)) <= LONGEST_WORD_VALUE:
        if all(map(is_label, words)):
            return  # the heads of a table's columns
        yield Mention(label, _trimmed(rest), "word", True, f"{label}: {_trimmed(rest)}")


def values_in(text: str) -> list[re.Match[str]]:
    """All that can be values, the type of each its `lastgroup`; none in what looks like source code."""
    return [] if _is_code(text) else list(_VALUES.finditer(text))


def clause_relation(before: str, found: re.Match[str]) -> str:
    """What a value beside another one is the value of: the words since the last value before it, or the label
    of both; nothing where these do not tell.
    """
    relation = _relation(_CLAUSE_ENDS.split(_TO_LAST_VALUE.sub("", before))[-1].rsplit(": ", 1)[-1])
    words = core(relation)
    if words and _tells(words[-1], words[-1], found):
        return relation
    labelled = _LABELLED.match(f"{before}.")
    return labelled["label"] if labelled and len(_WORDS.findall(labelled["label"])) <= LONGEST_LABEL else ""


def clause(text: str, start: int, end: int) -> str:
    """Some words of the clause around text[start:end]."""
    before, after = _CLAUSE_ENDS.split(text[:start])[-1], _CLAUSE_ENDS.split(text[end:])[0]
    said = f"{' '.join(before.split()[-WORDS_SAID:])} {text[start:end]}{_shortened(after, WORDS_AFTER)}"
    return _trimmed(said.lstrip(" ,"))


def is_value(text: str) -> bool:
    """Whether it is a value and nothing else, such as "2.40 m" or "07:04"."""
    found = _VALUES.match(text.strip())
    return found is not None and found.end() == len(text.strip())


def is_amount(text: str) -> bool:
    found = _VALUES.match(text.strip())
    return found is not None and found.lastgroup == "amount" and found.end() == len(text.strip())


def under_head(head: str, cell: str) -> Iterator[Mention]:
    """What the cell of a table says below the head of its column."""
    text = _trimmed(cell)
    if head.casefold() in HEADERS or not 0 < len(_WORDS.findall(text)) <= LONGEST_WORD_VALUE:
        return
    found = _VALUES.match(text)
    type = type_of(found) if found and found.end() == len(text) else "word"
    yield Mention(head, text, type, True, f"{head}: {text}")


def normal(value: str, near: date | None = None) -> str:
    """A value as it is compared: case-folded, one space, no digit groupings or closing marks, a space before
    units; dates as 2026-03-06 or 2026-03-06 22:40, the year the one that brings it nearest to `near`.
    """
    plain = re.sub(r"(?<=\d)['’,\u2009\u00a0](?=\d{3}\b)", "", value.casefold().replace("−", "-"))
    plain = re.sub(rf"^{_DAY},?\s+", "", " ".join(plain.split()).strip(" .,;:"), flags=re.IGNORECASE)
    if dated := _DATED.fullmatch(plain):
        return _one_date(dated, near)
    return re.sub(r"(?<=\d)(?=(?:h|min|m|mm|cm|km|s|ms|g|kg|v|°c|%)(?:\s|$))", " ", plain)


def _one_date(dated: re.Match[str], near: date | None) -> str:
    day = int(dated["day"] or dated["day2"] or dated["day3"] or dated["day4"])
    month = int(dated["month3"] or dated["month4"] or 0) or _month(dated["name"] or dated["name2"])
    year = next((found for n in ("", "2", "3", "4") if (found := dated[f"year{n}"])), "")
    if not year and near:
        months = (near.year - 1, near.year, near.year + 1)
        year = str(min(months, key=lambda one: abs((one - near.year) * 12 + month - near.month)))
    clock = f" {dated['clock'].zfill(5)}" if dated["clock"] else ""
    return f"{year}-{month:02}-{day:02}{clock}"


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].replace("ä", "a").translate(_GERMAN)) + 1


def _in_clauses(line: str, above: str) -> Iterator[Mention]:
    for found in _VALUES.finditer(line) if _DIGIT.search(line) else ():
        clauses = _CLAUSE_ENDS.split(line[: found.start()])
        before = clauses[-1].rsplit(": ", 1)[-1].strip() or clauses[-1]
        relation = _relation(before)
        if not relation and len(clauses) == 1 and len(before.split()) < LONGEST_RELATION:
            before = _CLAUSE_ENDS.split(f"{above} {before}")[-1].strip()
            relation = _relation(before)
        if not relation or not _tells(relation, before, found):
            continue
        if _ASKS.match(line, found.end()) or _BEHIND.match(line, found.end()):
            continue
        after = _CLAUSE_ENDS.split(line[found.end() :])[0]
        said = f"{' '.join(before.split()[-WORDS_SAID:])} {found.group()}{_shortened(after, WORDS_AFTER)}"
        yield Mention(relation, _trimmed(found.group()), type_of(found), False, _trimmed(said.lstrip(" ,")))


def _tells(relation: str, before: str, found: re.Match[str]) -> bool:
    """A date, amount or quantity may stand anywhere; a number or key only where a noun makes it a name.

    A time without a label among its words is when somebody wrote.
    """
    if found.lastgroup in BY_NAME:
        noun, right_before = relation.split()[-1].casefold(), before.split()[-1].casefold().strip(":")
        return noun in NAMED_BY_NUMBER and right_before in (noun, "is", "no.", "ist")
    if found.lastgroup == "quantity":
        return relation.split()[-1].casefold() not in COUNTED
    if found.lastgroup == "date":
        return not _is_stamp(relation, found.group())
    return found.lastgroup != "time" or not LABELS.isdisjoint(relation.casefold().split())


def _is_stamp(relation: str, date: str) -> bool:
    """Names alone before a date are a row of a table, or who wrote when."""
    words = relation.split()
    names = all(word[:1].isupper() for word in words)
    return (names and (len(words) > 1 or ":" in date)) or relation.casefold() in HEADERS


def _relation(before: str) -> str:
    relation = " ".join(before.strip(" ,:-").rsplit(", ", 1)[-1].split()[-LONGEST_RELATION:])
    while (shorter := _LAST_SMALL.sub("", relation)) != relation:
        relation = shorter.strip(" ,:")
    relation = _FIRST_SMALL.sub("", relation)
    if any(map(str.isdigit, relation)) or not relation[:1].isalpha() or _BREAKS.search(relation):
        return ""
    words = [word for word in _WORDS.findall(relation) if len(word) > 2]
    return relation if any(word.casefold() not in SAYING_NOTHING for word in words) else ""


def _trimmed(text: str) -> str:
    return text.strip().rstrip(" .,;:")


def _shortened(text: str, words: int = 8) -> str:
    found = text.split()
    lead = " " if text[:1].isspace() else ""
    return lead + " ".join(found[:words]) + ("…" if len(found) > words else "")


def type_of(found: re.Match[str]) -> Type:
    types: dict[str, Type] = {name: name for name in get_args(Type)}
    return types[found.lastgroup or "word"]


def _is_code(line: str) -> bool:
    return _CODE.search(line) is not None
