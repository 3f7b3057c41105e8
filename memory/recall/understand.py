"""What a query or question means: a span, applications, quoted phrases, the kind of question, words left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from memory.recall.apps import find_apps
from memory.recall.times import find_times
from memory.records import Understood

_QUOTED = re.compile(r'"([^"]{2,})"|“([^”]{2,})”|„([^“”]{2,})[“”]|«([^»]{2,})»|»([^«]{2,})«')

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
        r"|\bwas (?:habe|hab) ich\b.*\b(?:gemacht|getan)\b|\bworan\b.*\bgearbeitet\b",
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


def understand(text: str, at: datetime, apps: Sequence[str]) -> Understood:
    """Takes a query apart; `at` is now, `apps` are the applications that the memory knows.

    What is named only weighs in the ranking, it never empties a result.
    """
    kind = kind_of(text)
    phrases = tuple(next(p for p in found if p).strip() for found in _QUOTED.findall(text))
    times = find_times(_QUOTED.sub(lambda m: " " * len(m[0]), text), at)
    rest = times.rest if not phrases else _requote(times.rest, phrases)
    named, rest = find_apps(rest, apps)
    return Understood(
        text=rest.strip() or text.strip(),
        since=times.span.since if times.span else None,
        until=times.span.until if times.span else None,
        apps=named,
        phrases=phrases,
        kind=kind,
    )


def _requote(rest: str, phrases: tuple[str, ...]) -> str:
    return re.sub(r"\s+", " ", " ".join((rest, *phrases))).strip()


def kind_of(text: str) -> str:
    """The kind of question: when, who, where, why, which, how much ..., "what" where nothing else fits."""
    low = _QUOTED.sub(" ", text).lower().replace("’", "'").strip()
    for kind, pattern in _FORMS:
        if re.search(pattern, low):
            return kind
    found = [(m.start(), kind) for kind, pattern in _WORDS if (m := re.search(pattern, low))]
    return min(found, key=lambda hit: hit[0], default=(0, "what"))[1]
