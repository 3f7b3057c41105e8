"""What on a screen may be believed: text that gives orders, stuffed lines, and the place a text stands in.

What was read is data and never an instruction. Consolidation makes no fact of what is doubtful and recall
does not answer from it; it is found by searching like everything else. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from memory.records import LineRow, Moment

AFTER_ORDERS = 3  # lines below one that gives orders that are not believed either: what it hands over
STUFFED_WORDS = 6  # words of a line from which repetition tells something
SHORTEST = 4 * STUFFED_WORDS - 1  # letters of a line that can hold so many words of three
REPEATED = 3  # times that words stand in a line which is stuffed with them
ECHOES = 3  # lines of one screen that say the same in the same words
TOP = 4  # lines from the top among which a browser shows its address

BROWSERS = (
    *("chrom", "firefox", "edge", "safari", "opera"),
    *("brave", "vivaldi", "browser", "epiphany", "konqueror"),
)
"""Parts of the names of programs, case-folded, that show an address which is not the page's own word."""

_MAIL = "mail from "
_MAILERS = ("mail", "thunderbird", "outlook", "evolution", "geary", "betterbird")

# One of these is in all that _ORDERS finds; finding none of them is quick.
_HINT = re.compile(
    r"instruct|prompt|rule|context|memor|fact|assist|model|agent|llm|\bai\b|\bki\b|gpt|bot|anweis|regel"
    r"|vorgabe|truth|true|verified|permanent|from now|system|im_start|inst]|asked|always|copilot|admin"
    r"|stored|record|user|human|developer|operator|immer|antworte|wissen|gedächtnis|knowledge|nutzer|anwender"
)
_MACHINE = (
    r"(?:ai|llm|gpt|language model|copilot|chat ?bot|assistant|ki|sprachmodell|assistent)"
    r"(?:s|e|en|\W(?:tool|system|model|agent|reader|assistant|modell|werkzeug)(?:s|e|en)?)?"
)
_DUTY = (
    r"(?:must|should|shall|please|kindly|has to|have to|needs? to|state|say|answer|reply|treat|replace"
    r"|remember|store|discard|gib|gebt|antworte|sage?|merke?|muss|müssen|soll|sollen|bitte)"
)
_ORDERS = re.compile(
    "|".join(
        (
            r"\b(?:ignore|disregard|forget|override|discard)\b.{0,40}\b(?:previous|prior|above|earlier|all|any"
            r"|every|other)\b.{0,30}\b(?:instructions?|prompts?|rules|context|memory|memories|facts|records?)\b",
            r"\b(?:ignoriere|vergiss|missachte|verwirf)\b.{0,60}\b(?:anweisung|anweisungen|regeln|vorgaben)\b",
            r"\b(?:you are|if you're|du bist) (?:now |jetzt )?(?:an?|the|eine?) (?:\w+ )?"
            r"(?:assistant|ai|language model|agent|bot|ki|assistent)\b",
            r"\b(?:note|message|instruction|attention|reminder|hinweis|nachricht)s? (?:to|for|an|für) "
            rf"(?:the |any |all |den |alle )?(?:\w+ )?(?:{_MACHINE}|agent|memory)\b",
            rf"\b(?:dear|hey|hi|hello|für|an|for|liebe[rs]?) {_MACHINE}\s?[,:]",
            rf"\b{_MACHINE}\b.{{0,40}}\b{_DUTY}\b",
            r"\b(?:remember|memorize|store|save|note|record|treat)\b.{0,40}\b(?:as (?:a |the )?"
            r"(?:fact|truth|true|verified)|permanently|from now on|in(?:to)? (?:your |the )?memory)\b",
            r"\b(?:your|deine?) (?:stored |saved |gespeicherte[sn]? )?(?:memory|knowledge|wissen|gedächtnis)"
            r"\b.{0,30}\b(?:is|are|ist|sind) (?:outdated|wrong|false|old|veraltet|falsch)\b",
            r"\b(?:replace|correct|update|change|delete)\b.{0,30}\b(?:you (?:have )?"
            r"(?:stored|saved|remembered)|your memory)\b",
            r"\b(?:do not|don't|never) (?:mention|tell|show|reveal)\b.{0,40}\b(?:user|human|instruction)s?\b",
            r"\b(?:begin|start|end) (?:of )?(?:admin|system|developer|operator) (?:message|prompt)\b",
            r"\bsystem prompt\b|<\|?(?:system|im_start|assistant)\|?>|\[/?inst\]",
            r"\bwhen(?:ever)? (?:you are |you're )?asked\b.{0,60}\b(?:say|answer|reply|respond|tell)\b",
            r"\b(?:always|immer) (?:say|answer|reply|respond|remember)\b",
            r"\bantworte (?:immer|stets|nur)\b",
            r"\b(?:must|should|shall|have to|need to|please) (?:tell|inform|warn|advise) (?:the|your) "
            r"(?:user|human)\b",
            r"\b(?:sag|sage|teile?|melde) (?:dem|der|deinem|deiner) (?:benutzer|nutzer|anwender)(?:in)?\b",
        )
    ),
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:what|when|where|who|which|how|why)(?: \w+)?"
    r" (?:did|does|do|was|were|is|are|has|have|had|will|can)\b|\bwho \w+ (?:to|for) me\b"
    r"|\b(?:was|wann|wo|wer|wie|warum|welche[mnrs]?) (?:\w+ )?"
    r"(?:habe?|hat|ist|sind|war|waren|wird|wurde|kann|steht)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SIGNS = ".,;:!?#|()\"'“”"
_ADDRESS = re.compile(r"(?:https?://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?P<path>[/?#]\S*)?", re.IGNORECASE)
_SENDER = re.compile(r"<[^<>@\s]+@(?P<host>[\w.-]+)>")
_BETWEEN_PARTS = re.compile(r"\s+(?:-|—|\||·|•)\s+")
_MARKS = re.compile(r"^[*•\s]+|\(\d+\)")
_SECOND_LEVEL = 3  # letters: example.co.uk belongs to nobody but its owner, co.uk to all


def gives_orders(text: str) -> bool:
    """Text that talks to an assistant: data like any other, but neither a fact nor a name of anything."""
    folded = text.casefold()
    return _HINT.search(folded) is not None and _ORDERS.search(text) is not None


def is_stuffed(text: str) -> bool:
    """A line that says the same few words over and over, or strings one question to the next, as what wants
    to be found for them does.
    """
    tokens = text.split() if len(text) >= SHORTEST else ()
    if len(tokens) < STUFFED_WORDS:
        return False
    if sum(1 for _ in _ASKS.finditer(text)) >= REPEATED:
        return True
    words = [word for word in (token.strip(_SIGNS).casefold() for token in tokens) if _WORD.fullmatch(word)]
    again = [many for many in Counter(words).values() if many >= REPEATED]
    return len(words) >= STUFFED_WORDS and len(again) > 1 and 2 * sum(again) >= len(words)


def doubtful(rows: Sequence[LineRow]) -> frozenset[int]:
    """Ids of the lines of one screen, in reading order, that nothing is learnt from: orders and what follows
    them, stuffed lines, and lines that echo each other.
    """
    said = {row.id: _said(row.line.text) for row in rows if len(row.line.text) >= SHORTEST}
    echoes = Counter(said.values())
    found, orders = set(), 0
    for row in rows:
        orders = AFTER_ORDERS + 1 if gives_orders(row.line.text) else orders - 1
        words = said.get(row.id, ())
        echoed = len(words) >= STUFFED_WORDS and echoes[words] >= ECHOES
        if orders > 0 or echoed or is_stuffed(row.line.text):
            found.add(row.id)
    return frozenset(found)


def place(moment: Moment, rows: Sequence[LineRow]) -> str:
    """Where a text stands, for telling one source from another: the site that a browser shows, the domain a
    mail came from, a file, or the window's own last name.

    Who makes a page chooses its title, not its address: a copy of a page is another place. What looks like an
    address or a sender in a viewer, an editor or a terminal is a part of what it shows, and tells nothing.
    """
    shown = [row for row in rows if row.front]
    browses = _is_one_of(BROWSERS, moment.app)
    for row in shown if browses or _is_one_of(_MAILERS, moment.app) else ():
        if sender := _SENDER.search(row.line.text):
            return f"{_MAIL}{sender['host'].casefold().strip('.')}"
    host = urlsplit(moment.url).hostname if moment.url else None
    if browses and not moment.url:
        host = _address([row.line.text for row in sorted(shown, key=lambda row: row.line.box[1])[:TOP]])
    if host:
        return host
    parts = [part.strip() for part in _BETWEEN_PARTS.split(_MARKS.sub("", moment.title))]
    parts = [part for part in parts if part and part.casefold() != moment.app.casefold()]
    return f"{moment.app}: {parts[-1]}" if parts else moment.app


def home(place: str) -> str:
    """Whose place it is: what follows one domain is one owner's, everything else stands for itself."""
    host = place.removeprefix(_MAIL)
    if ": " in host or "." not in host or " " in host:
        return place
    parts = host.split(".")
    short = len(parts) > 2 and len(parts[-2]) <= _SECOND_LEVEL and len(parts[-1]) == 2
    return ".".join(parts[-3:] if short else parts[-2:])


def _is_one_of(parts: Sequence[str], app: str) -> bool:
    """Nobody knows of a program without a name what it is: it may be any."""
    return not app or any(part in app.casefold() for part in parts)


def speaks_for(teller: str, place: str) -> bool:
    """Whether what one place tells may change what another told: itself, and mail of its house.

    Another site of the house may not: a stranger's file or a guest's words are below the same domain.
    """
    return teller == place or (teller.startswith(_MAIL) and home(teller) == home(place))


def _address(top: Sequence[str]) -> str | None:
    for text in top:
        found = _ADDRESS.fullmatch(text.strip())
        # A file's name looks like a host; what has a path or two dots is one.
        if found and (found["path"] or found["host"].count(".") > 1):
            return found["host"].casefold()
    return None


def _said(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))
