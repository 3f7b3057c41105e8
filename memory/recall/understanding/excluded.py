"""What a text asks to leave out: "but not the draft", "nicht im Browser", "without charts", "außer Mails"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREPOSITION = r"(?:in|on|from|with|by|about|at|im|auf|von|vom|mit|aus|über|bei)"
_ARTICLE = r"(?:the|a|an|any|my|our|der|die|das|den|dem|ein\w{0,2}|mein\w{0,2})"
# A thing that is left out ends before one of these.
_ENDS = (
    r"(?:in|on|from|with|by|about|at|im|auf|von|vom|mit|aus|über|bei|for|of|to|and|or|but|that|which|who|when|where"
    r"|while|i|we|he|she|they|it|you|my|the|is|are|was|were|did|has|had|für|und|oder|aber|der|die|das|den|dem|als"
    r"|not|nicht|wo|ich|wir|er|sie|es|ist|war|hat|hatte|habe|hab)\b"
)
_THING = (
    rf"(?P<thing>(?:{_PREPOSITION}\s+)?(?:{_ARTICLE}\s+)?(?!{_ENDS})[\w.@'’-]+(?:\s+(?!{_ENDS})[\w.@'’-]+)?)"
)
_JOINED = r"(?:\b(?:but|and|aber|und|sondern)\s+)?"

_SURE = re.compile(
    rf",?\s*(?:\b(?:but|aber)\s+(?:not|nicht)\s+|\b(?:except(?:\s+for)?|apart\s+from|other\s+than|excluding"
    rf"|außer|ausser|abgesehen\s+von)\s+|{_JOINED}\b(?:without|ohne)\s+(?!zu\b|\w+ing\b)){_THING}",
    re.IGNORECASE,
)
# "not" says this only where it denies no verb before it.
_PERHAPS = re.compile(
    rf",?\s*{_JOINED}\b(?:not|nicht|kein\w{{0,2}})\s+(?={_PREPOSITION}\b|{_ARTICLE}\b){_THING}", re.IGNORECASE
)
_VERB = re.compile(
    # "did I not", but "did I look at not": what is done stands between.
    r"\b(?:do|does|did|has|have|had)(?:\s+\w+)?\s*$"
    r"|\b(?:is|are|was|were|be|been|can|could|will|would|should|must|may|might|why|whether"
    r"|ist|sind|war|waren|sei|tut|hat|hatte|habe|haben|kann|konnte|wird|wurde|soll|sollte|muss|darf|warum|wieso|ob)"
    r"\b[^,;]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is left out, each as it was said with its preposition ("in the mail"), and the text without it."""

    things: tuple[str, ...]
    rest: str


def find_excluded(text: str) -> Excluded:
    """Nothing where nothing else would be left to look for."""
    cuts = [(m.start(), m.end(), m["thing"]) for m in _SURE.finditer(text)]
    for match in _PERHAPS.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end, _ in cuts)
        if not inside and not _VERB.search(text[max(0, match.start() - 80) : match.start()]):
            cuts.append((match.start(), match.end(), match["thing"]))
    if not cuts:
        return Excluded((), text)
    kept, place = [], 0
    for start, end, _ in sorted(cuts):
        kept.append(text[place:start])
        place = end
    rest = re.sub(r"\s+", " ", " ".join((*kept, text[place:]))).strip()
    rest = re.sub(r"\s+([?.!,;:])", r"\1", rest)
    if not any(map(str.isalnum, rest)):
        return Excluded((), text)
    return Excluded(tuple(thing for _, _, thing in sorted(cuts)), rest)


def bare(thing: str) -> str:
    """A thing without its preposition and article."""
    return re.sub(rf"^(?:{_PREPOSITION}\s+)?(?:{_ARTICLE}\s+)?", "", thing, flags=re.IGNORECASE)
