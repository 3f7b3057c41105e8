"""What in a question points back to what was spoken of: "it", "he", "there", "the older one", "and Anna?"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from memory.recall.chats.pieces import carrying, name_in
from memory.recall.language.words import fold, stem

Kind = Literal["thing", "person", "place", "time"]

_LEAD = re.compile(
    r"^(?:(?:ok(?:ay)?|and|und|but|aber|so|also|or|oder|no|nein|well|sorry|actually|entschuldigung"
    r"|i mean|i meant|ich meine|ich meinte)\b[\s,]*)+",
    re.IGNORECASE,
)
# "Finally, what ..." and the like: a few words and a comma before a question.
_ASIDE = re.compile(
    r"^\w+(?:\s\w+){0,2},\s+(?=(?:what|when|where|who|which|how|was|wann|wo|wer|wie|welche)\b)", re.IGNORECASE
)
_ABOUT = re.compile(
    r"^(?:what|how) about\b|^was ist mit\b|^wie (?:ist|war|steht) es (?:mit|um|bei)\b|^wie sieht es mit\b",
    re.IGNORECASE,
)
# With one of these a question or a wish begins; what begins with none is a piece of one.
_ASKS = re.compile(
    r"^(?:what|when|where|who|whom|whose|which|why|how|did|do|does|is|are|was|were|has|have|had|can|could"
    r"|show|find|list|tell|give|open|search|look|wann|wo|wohin|wer|wem|wen|wessen|wie|wieso|warum|weshalb"
    r"|welche\w*|woran|womit|wovon|worüber|hat|habe|hatte|haben|ist|sind|war|waren|gab|gibt|kam|kannst|zeig\w*"
    r"|such\w*|finde|öffne|nenn\w*)\b",
    re.IGNORECASE,
)
_WH = re.compile(
    r"^(?:how (?:long|often|much|many(?: \w+)?|big|far|old|expensive)|what (?:time|day|date)"
    r"|(?:which|what) (?:app|application|program|site|person)|what|when|where|who(?:m)?|why|how|which"
    r"|wie (?:lange?|oft|viel|viele \w+|teuer|gro(?:ß|ss)|weit|alt)|um wie ?viel uhr|an welchem tag"
    r"|in welche\w* (?:programm|anwendung)|was|wann|wo|wer|wen|wem|warum|wieso|wie|welche\w*)\b",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:else|noch|sonst)\b", re.IGNORECASE)
_MORE = re.compile(
    r"^(?:show me |find |are there |is there |gibt es |zeig mir )?"
    r"(?:any(?:thing|body|one)?\s+(?:more|else|other)|some more|more|what else|other(?:s| ones)"
    r"|another(?: one)?|the (?:rest|others)|(?:sonst )?noch (?:mehr|etwas|was|eins|eine[nrs]?)"
    r"|sonst(?: noch)?(?: was| etwas| jemand)?|was (?:noch|sonst)(?: noch)?|weitere|andere|mehr|die anderen)"
    r"(?:\s+(?:of (?:it|them|those|that)|like (?:it|that|this)|davon))?$",
    re.IGNORECASE,
)
_NUMBERED = {
    "first": 1, "1st": 1, "erste": 1, "second": 2, "2nd": 2, "zweite": 2, "third": 3, "3rd": 3, "dritte": 3,
}  # fmt: skip
_OLDER = r"older|oldest|earlier|earliest|ältere|älteste|frühere|früheste|vorige"
_NEWER = r"newer|newest|later|latest|last|latter|neuere|neueste|neuste|spätere|späteste|letzte"
_WISH = re.compile(
    r"^(?:(?:please|bitte)\s+)?(?:show|open|give|find|take|zeig\w*|öffne|nimm|such\w*)\b(?:\s+(?:me|us|mir|uns))?\s*",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(?P<article>the|der|die|das|den|dem|an?|eine?[nrs]?)\s+(?P<which>{'|'.join(_NUMBERED)}|{_OLDER}|{_NEWER})(?:[nrms])?"
    r"(?:\s+ones?\b)?(?=\s*(?:$|[?.!,;]))",
    re.IGNORECASE,
)


# ------------------------------------------------------------------ how it begins


@dataclass(frozen=True, slots=True)
class Led:
    """A question without the words that tie it to the one before: `tied` where there were any."""

    rest: str
    tied: bool
    asks: bool
    """It is a whole question or wish, no piece of one."""


def led(text: str) -> Led:
    """Takes "and", "what about", "no, I meant" from the beginning."""
    rest = _LEAD.sub("", text.strip(), count=1)
    if not _ASKS.match(rest):
        rest = _ASIDE.sub("", rest, count=1)
    about = _ABOUT.match(rest)
    if about:
        rest = rest[about.end() :]
    rest = rest.strip().rstrip("?!. ")
    tied = len(rest) < len(text.strip().rstrip("?!. ")) or bool(
        re.fullmatch(r"the \w+ ones?", rest, re.IGNORECASE)
    )
    return Led(rest, tied, asks=bool(_ASKS.match(rest)))


def wants_more(rest: str) -> bool:
    """Whether the same is asked for once more, without what was told: "anything else?"."""
    return bool(_MORE.match(rest))


def asks_else(rest: str) -> bool:
    """Whether others than those told are asked for: "who else?"."""
    return bool(_ELSE.search(rest))


def reframed(rest: str, base: str, form: Collection[str]) -> str | None:
    """The question `base` with the question word of `rest`, where that has hardly more: "when was that?".

    `form` are words that belong to the question word of before, as "cost" does to "how much".
    """
    asked = _WH.match(rest)
    if asked is None or carrying(rest[asked.end() :]):
        return None
    word = asked[0]
    before = _WH.match(base)
    if before is not None:
        words = base[before.end() :].split(" ")
        return word + " ".join(one for one in words if fold(one.strip("?")) not in form)
    return f"{word} {base[:1].lower() + base[1:]}"


def about(base: str) -> str:
    """What a question is about, in its own words: without its question word and the verb after that."""
    asked = _WH.match(base)
    rest = base[asked.end() :].lstrip() if asked else base
    if asked and not re.match(r"which|welche|how many|wie viele", asked[0], re.IGNORECASE):
        rest = re.sub(r"^[a-zäöüß'’]+\s+", "", rest)
    return " ".join(carrying(rest)) or " ".join(carrying(base))


@dataclass(frozen=True, slots=True)
class One:
    """One of several: a number, "older" or "newer"; of those told, or one more; and the text without it."""

    which: int | Literal["older", "newer"]
    told: bool
    rest: str


def one_of(text: str) -> One | None:
    """ "The second one", "the older", "a newer one"; None where a text says nothing of the kind."""
    match = _ONE.search(text)
    if match is None:
        return None
    which = match["which"].lower()
    rest = _WISH.sub("", " ".join((text[: match.start()] + " " + text[match.end() :]).split()))
    told = not re.match(r"a|ein", match["article"], re.IGNORECASE)
    if which in _NUMBERED:
        return One(_NUMBERED[which], told, rest)
    return One("older" if re.fullmatch(_OLDER, which) else "newer", told, rest)


# ------------------------------------------------------------------ pointing words


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that stands for something of before, and where it stands."""

    kind: Kind
    start: int
    end: int


_BE = r"(?:is|are|was|were|be|been|'s)"
_PARTICIPLE = r"(?:ge\w+|(?:be|ver|er|ent|zer)\w+)(?:t|en)"
_FOLLOWS_THAT = (
    r"(?:was|is|did|does|do|will|would|has|had|happen\w*|again|exactly|from|in|at|on|with|for|to|come|came|cost"
    r"|take|took|end|ended|mean|look|work|say|said|by|before|after|and|then)\b"
)
_FOLLOWS_DAS = (
    r"(?:war|ist|hat|habe|hatte|wird|wurde|kam|steht|stand|ging|geht|passiert|genau|noch|nochmal|eigentlich|denn"
    r"|dann|gewesen|schon|gleich|her|aus|an)\b"
)
# Nouns for what is seen on screens, and for people: "that mail" is the one that was spoken of.
_GENERIC = """
    one email mail message page file document screen site website picture image video chat note result person
    man woman seite datei nachricht dokument bild video notiz ergebnis mann frau
"""
_POINTS: tuple[tuple[Kind, str], ...] = (
    ("time", r"\b(?:back then|at that time|at the time|damals|zu der zeit|then(?=\s*$))"),
    (
        "place",
        rf"(?<!is )(?<!are )(?<!were )\bthere\b(?!\s+(?:{_BE}|an?|any|no|some|more|in|at|on)\b)"
        r"|\bdort\b|\bda drin\b",
    ),
    ("person", r"\b(?:he|she|him|they|his|her|their|er|sie|ihm|ihn|ihr|ihnen|ihre[nmrs]?|seine[nmrs]?)\b"),
    (
        "thing",
        r"\b(?:which one|which of (?:them|those|these)|welche[nrs]? davon"
        r"|davon|darüber|dazu|darin|dafür|darauf|daran|dabei)\b",
    ),
    ("thing", r"\b(?:it|them)\b"),
    ("thing", r"\b(?:this|these|those)(?=\s*(?:$|[,;]))"),
    ("thing", r"\bthat(?=\s*(?:$|[,;]))"),
    (
        "thing",
        rf"\b(?:was|is|did|does|about|of|to|with|from|for|when|after|before|why)\s+(?P<it>that)\s+(?={_FOLLOWS_THAT})",
    ),
    ("thing", rf"\b(?:das|dies)(?=\s*(?:$|[,;])|\s+(?:{_FOLLOWS_DAS}|{_PARTICIPLE}\b))"),
    ("thing", r"\bes\b"),
)
_RULES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _POINTS)
# Here "it" and "es" stand for nothing.
_EMPTY = re.compile(
    r"\bit (?:take|took|takes)\b.*\bto\b|\b(?:time|day|date|late) (?:is|was) it\b"
    r"|\bit (?:is|was|seems|rain\w*|snow\w*)\b|\bis it (?:true|possible|raining|snowing)\b"
    r"|\b(?:dauert\w*|hat|hatte) es\b.*\bzu\b"
    r"|\b(?:gab|gibt|ging|geht|handelt\w*|regnet\w*|spät ist|spät war) es\b"
    r"|\bes (?:gab|gibt|ging|geht|sich|war|ist|regnet\w*)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r",|\b(?:and|before|after|when|while|if|because|which|that|und|bevor|nachdem|als|während|wenn|weil|dass)\b",
    re.IGNORECASE,
)
_POINTED = re.compile(
    r"\b(?P<by>that|this|these|those|the same|diese[nmrs]?|derselben?|dieselben?|dasselbe|jene[nmrs]?)"
    r"\s+(?P<noun>\w+)",
    re.IGNORECASE,
)


def pointers(text: str, spoken: Collection[str]) -> list[Pointer]:
    """The words that point back, in order; `spoken` are stems of what was said before.

    What finds something to point to in the question itself points to that.
    """
    found: list[Pointer] = []
    empty = _EMPTY.search(text)
    for kind, rule in _RULES:
        for match in rule.finditer(text):
            start, end = match.span("it") if "it" in rule.groupindex else match.span()
            if empty and empty.start() <= start < empty.end():
                continue
            if any(one.start < end and start < one.end for one in found) or _bound(kind, text[:start]):
                continue
            found.append(Pointer(kind, start, end))
    for match in _POINTED.finditer(text):
        noun = fold(match["noun"])
        free = not any(one.start < match.end() and match.start() < one.end for one in found)
        if (
            free
            and carrying(noun)
            and ((noun in _GENERIC.split() and len(carrying(text)) <= 2) or stem(noun) in spoken)
        ):
            found.append(Pointer("thing", *match.span("by")))
    return sorted(found, key=lambda one: one.start)


def _bound(kind: Kind, before: str) -> bool:
    """Whether the question itself names, before a pointing word, what that can point to."""
    if kind == "person":
        return name_in(before) is not None
    if kind != "thing":
        return False
    ends = [match.start() for match in _CLAUSE.finditer(before)]
    return bool(ends) and bool(carrying(before[: ends[-1]]))
