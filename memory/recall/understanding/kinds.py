"""The kind of a question, which of several it means, and the words that say so: tables of patterns."""

from __future__ import annotations

import re
from typing import Literal

_PROGRAM = r"(?:apps?|applications?|programm?e?|software|tool|web ?sites?|site|web ?page|anwendung|webseite)"

# These say more than the question word in them.
_FORMS: tuple[tuple[str, str], ...] = (
    (
        "which first",
        r"\b(?:which|what|who) (?:\w+ ){0,3}(?:came|was|were|happened|did i \w+(?: at)?) "
        r"(?:first|earlier|later|last|most recently)\b"
        r"|\b(?:which|what) did i (?:first|last) \w+.* or "
        r"|\bbefore or after\b|\bvor oder nach\b|\bfirst: .+ or "
        r"|\bwas (?:war|kam|(?:habe|hab) ich) (?:zuerst|zuletzt|früher|später)\b",
    ),
    (
        "doing",
        r"\bwhat (?:was|were|am|had) (?:i|we) (?:doing|working on|busy with|looking at)\b"
        r"|^what (?:did|have) (?:i|we) (?:do|done|work(?:ed)?(?: on)?)\W*$"
        r"|\bwas (?:habe|hab) ich\b.*\b(?:gemacht|getan)\b|\bworan\b.*\bgearbeitet\b"
        r"|\bwomit\b.*\bbeschäftigt\b",
    ),
    (
        "application",
        r"\bwhere (?:did|do|have) (?:i|we) (?:write|read|see|watch|note|keep|put|look|find|draw|edit|type)"
        r"|\bwo (?:habe|hab) ich\b.*\b(?:geschrieben|gelesen|gesehen|notiert|gefunden)\b",
    ),
    (
        "next",
        r"\bwhat (?:did|had) i (?:do|look at|work on|open|read|see) "
        r"(?:right |just |directly |immediately |shortly )?(?:after|before)\b"
        r"|\bwas (?:habe|hab) ich (?:direkt |gleich |kurz )?(?:vor|nach|danach|davor)\b",
    ),
)

# The one that begins first in the sentence; where several begin at the same place, the first of the table.
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "how long",
        r"\bhow long\b|\bwie lange?\b|\bhow many (?:minutes|hours|seconds)\b|\bhow much time\b"
        r"|\bwie ?viele (?:minuten|stunden|sekunden)\b|\bwie ?viel zeit\b",
    ),
    ("how many", r"\bhow many\b|\bhow often\b|\bwie ?viele\b|\bwie oft\b"),
    (
        "how much",
        r"\bhow (?:much|expensive|tall|wide|high|deep|heavy|big|large|far|fast|old|warm|cold|hot)\b"
        r"|\bwie ?viel\b|\bwie (?:teuer|hoch|breit|tief|schwer|gro(?:ß|ss)|weit|alt|schnell|warm|kalt)\b"
        r"|\bwhat (?:does|did|do|will|would)\b.+\b(?:cost|pay|weigh)\b|\bwas kostete?n?\b"
        r"|\b(?:what|which)(?: is|'s| was)? (?:the )?(?:price|cost|sum|amount|total)\b",
    ),
    (
        "when",
        r"\bwhen\b|\bwann\b|\b(?:what|which) (?:time|day|date|week|month|year|weekday)\b"
        r"|\bum wie ?viel uhr\b|\b(?:an )?welche[mnrs]? (?:tag|datum|monat|woche)\b",
    ),
    (
        "application",
        rf"\b(?:which|what|welche[mnrs]?) (?:\w+ )?{_PROGRAM}\b|\bwhat did i use to\b|\bwomit\b",
    ),
    ("who", r"\bwho(?:m|se|'s)?\b|\bwe[rmn]\b|\bwessen\b|\bwhich (?:person|colleague)\b"),
    ("where", r"\bwhere\b|\bwo\b|\bwohin\b|\b(?:which|what) (?:room|place|city|town|folder|file)\b"),
    ("why", r"\bwhy\b|\bwarum\b|\bwieso\b|\bweshalb\b|\bfor what reason\b"),
    (
        "whether",
        r"^(?:is|are|was|were|has|have|had|did|do|does|can|could|will|would"
        r"|ist|sind|war|waren|hat|hatte|habe|haben|wurde|wird)\b"
        r"(?! (?:war|kam|ich|habe|hat|hatte|haben|ist|sind|wird|wurde)\b)",
    ),
    ("which", r"\bwhich\b|\bwelche[mnrs]?\b"),
    ("what", r"\bwhat\b|\bwas\b"),
)

# "Was" asks what in German: a verb follows it, in small letters, and nobody who could be meant in English.
_WAS_IST = re.compile(
    r"[Ww][Aa][Ss] (?!(?:the|an?|i|it|he|she|we|they|you|my|our|your|his|her|its|their|this|that|these|those"
    r"|there|one|all|each|both|no|not|any\w*|some\w*|every\w*|today|yesterday)\b)[a-zäöü]"
)

_NOT = r"(?! (?:names?|floor|aid|class|page|row|line|column|letter|half|quarter|word|author|step|minute)\b)"
_WHOSE = r"(?:the|my|our|your|his|her|its|their|whose)"
_DER = r"(?:der|die|das|den|dem|mein\w*|unser\w*|sein\w*|ihr\w*)"

# Which of several is meant.
_ORDERS: tuple[tuple[Literal["first", "last"], str], ...] = (
    (
        "first",
        r"\bfirst time\b|\bzum (?:aller)?ersten ?mal\b|\berstmals\b|\b(?:did|have) (?:i|we) first\b"
        r"|\b(?:at first|initially|originally|earliest|oldest|anfangs|ursprünglich|zuerst|als erstes)\b"
        rf"|\b(?:früheste|älteste)\w*|\b{_WHOSE} (?:very )?first\b{_NOT}|\b{_DER} (?:aller)?erste[nrsm]?\b",
    ),
    (
        "last",
        r"\blast time\b|\bzum letzten ?mal\b|\bzuletzt\b|\b(?:did|have) (?:i|we) last\b"
        rf"|\b(?:most recent(?:ly)?|latest|newest|als letztes)\b|\b(?:neueste|neuste|jüngste|aktuellste)\w*"
        rf"|\b{_WHOSE} (?:very )?last\b{_NOT}|\b{_DER} (?:aller)?letzte[nrsm]?\b",
    ),
)
_ONLY_ORDER = re.compile(
    r"\b(?:for )?(?:the )?(?:very )?(?:first|last) time(?: that| when)?\b"
    r"|\bzum (?:aller)?(?:ersten|letzten) ?mal\b|\b(?:zuletzt|erstmals|most recently)\b",
    re.IGNORECASE,
)


def kind_of(text: str) -> str:
    """The kind of question: when, who, where, why, which, how much ..., "what" where nothing else fits.

    What is quoted in the text is to be left out of it.
    """
    low = text.lower().replace("’", "'").strip()
    for kind, pattern in _FORMS:
        if re.search(pattern, low):
            return kind
    found = [(m.start(), kind) for kind, pattern in _WORDS if (m := re.search(pattern, low))]
    if _WAS_IST.match(text.strip()):
        found = [hit for hit in found if hit[1] != "whether"]
    return min(found, key=lambda hit: hit[0], default=(0, "what"))[1]


def order_of(text: str) -> Literal["first", "last", ""]:
    """Whether the first or the last of several is meant; "" where it is asked which of two. Without times."""
    low = text.lower()
    if re.search(r"\b(?:or|oder)\b", low):
        return ""
    found = [(m.start(), order) for order, pattern in _ORDERS if (m := re.search(pattern, low))]
    return min(found)[1] if found else ""


def without_order(text: str) -> str:
    """The text without the words that say nothing but an order."""
    rest = re.sub(r"\s+", " ", _ONLY_ORDER.sub(" ", text)).strip()
    return re.sub(r"\s([?.!,;:])", r"\1", rest) if rest != text else text
