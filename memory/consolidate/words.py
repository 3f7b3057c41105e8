"""Words and lines as consolidation weighs them: terms, furniture of windows, text that gives orders."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from memory.consolidate.moments import plain_title
from memory.records import LineRow, Moment, MomentText

LONGEST_TERM = 40  # letters; what is longer is noise or a key, and tells no topic
FURNITURE_FROM = 3  # titles of one place below which the same line stands
TITLE_FROM = 12  # letters from which a line within the window's title is that title

_TERM = re.compile(r"[^\W_]+(?:[-./:][^\W_]+)*")
_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,5}-\d+(?:-\d+)*\b")
_ANSWERS = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s?:\s*)+", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r"\s+(?:-|—|\||·|•)\s+")
# One of these is in all that _ORDERS finds; finding none of them is quick.
_HINTS = (
    *(
        "instruct",
        "prompt",
        "rule",
        "context",
        "memor",
        "fact",
        "assist",
        "model",
        "agent",
        "llm",
        "ai",
        "anweis",
    ),
    *("regel", "vorgabe", "truth", "permanent", "from now", "system", "im_start", "inst]", "asked", "always"),
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|other)\b"
    r".{0,30}\b(?:instruction|instructions|prompt|prompts|rules|context|memory|memories|facts)\b"
    r"|\b(?:ignoriere|vergiss|missachte)\b.{0,60}\b(?:anweisung|anweisungen|regeln|vorgaben)\b"
    r"|\byou are (?:now )?(?:an?|the) (?:\w+ )?(?:assistant|ai|language model|agent)\b"
    r"|\b(?:note|message|instruction|attention|reminder)s? (?:to|for) (?:the |any |all )?(?:\w+ )?"
    r"(?:assistant|assistants|ai|llm|language model|agent|memory)\b"
    r"|\b(?:assistant|ai|llm|language model|agent)s?\b.{0,20}\b(?:must|should|shall|please|has to|have to)\b"
    r"|\b(?:remember|memorize|store|save|note|record)\b.{0,30}\b(?:as (?:a |the )?(?:fact|truth)|permanently"
    r"|from now on|in(?:to)? (?:your |the )?memory)\b"
    r"|\bsystem prompt\b|<\|?(?:system|im_start|assistant)\|?>|\[/?inst\]"
    r"|\bwhen(?:ever)? (?:you are |you're )?asked\b.{0,60}\b(?:say|answer|reply|respond|tell)\b"
    r"|\balways (?:say|answer|reply|respond|remember)\b",
    re.IGNORECASE,
)


def terms(text: str) -> tuple[str, ...]:
    """Case-folded words and compound keys (tw-412, 04.02, dedupe.py), in order; of two letters or more."""
    return tuple(term for term in _TERM.findall(text.casefold()) if 2 <= len(term) <= LONGEST_TERM)


def gives_orders(text: str) -> bool:
    """Text that talks to an assistant: data like any other, but neither a fact nor a name of anything."""
    folded = text.casefold()
    return any(hint in folded for hint in _HINTS) and _ORDERS.search(text) is not None


def title_parts(moment: Moment) -> tuple[str, ...]:
    """A window's title in its parts, most particular first, without the name of the application."""
    app = moment.app.casefold()
    parts = [part.strip() for part in _BETWEEN_PARTS.split(plain_title(moment.title))]
    return tuple(part for part in parts if part and part.casefold() != app)


def thing(name: str) -> str:
    """A name as it is compared: by the key in it, where it has one (TW-412), else by its words.

    What mail programs put before a subject, and counts of unread things, do not count.
    """
    key = _KEY.search(name)
    return (
        key[0].casefold() if key else " ".join(_TERM.findall(_ANSWERS.sub("", plain_title(name)).casefold()))
    )


def short_path(name: str) -> str:
    """The last part of a path; anything else as it is."""
    looks_like_path = name.startswith(("/", "~/")) or name[1:3] == ":\\"
    return name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] if looks_like_path else name


class Furniture:
    """Lines that stand below many titles of one place (a site, or an application without sites).

    Side bars, menus and footers tell of the place, not of what is done in it; a window's own title, read from
    the screen, tells nothing that the title does not.
    """

    def __init__(self, moments: Iterable[MomentText]) -> None:
        below: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for text in moments:
            title, place = plain_title(text.moment.title), _place(text.moment)
            for row in text.lines:
                titles = below[place, row.line.text]
                if row.front and len(titles) < FURNITURE_FROM:
                    titles.add(title)
        self._lines = frozenset(key for key, titles in below.items() if len(titles) >= FURNITURE_FROM)

    def own(self, text: MomentText) -> Sequence[LineRow]:
        """Lines of the front window that belong to what it shows."""
        place, title = _place(text.moment), text.moment.title
        return [row for row in text.lines if row.front and not self._holds(place, title, row.line.text)]

    def _holds(self, place: str, title: str, line: str) -> bool:
        return (place, line) in self._lines or (len(line) >= TITLE_FROM and line in title)


def _place(moment: Moment) -> str:
    parts = title_parts(moment)
    return f"{moment.app} {parts[-1]}" if len(parts) > 1 else moment.app
