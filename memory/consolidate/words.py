"""Words and lines as consolidation weighs them: terms, titles, furniture of windows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from memory.consolidate.moments import plain_title
from memory.records import LineRow, Moment, MomentText

LONGEST_TERM = 40  # letters; what is longer is noise or a key, and tells no topic
FURNITURE_FROM = 3  # titles of one place below which the same line stands
TITLE_FROM = 12  # letters from which a line within the window's title is that title

# Words that tell of a value that it is told, planned or changed, or nothing, but not what it is the value of.
LIGHT = frozenset(
    """the|a|an|of|in|on|at|by|to|for|from|with|and|or|if|when|is|are|was|were|be|been|has|have|had
    |will|we|can|please|our|your|my|his|her|its|their|this|that|these|new|old|now|current|currently
    |still|already|planned|plan|set|fixed|confirm|confirms|confirmed|scheduled|agreed|announced
    |decided|move|moves|moved|moving|change|changes|changed|postponed|shifted|delayed|lower|lowered
    |raise|raised|reduced|increased|extended|takes|took|place|goes|stays|remains|der|die|das|den|dem
    |des|ein|eine|und|oder|vom|von|am|im|zum|zur|für|mit|wenn|ist|sind|war|wurde|wird|neu|neue|neuer
    |neues|jetzt|nun|unser|unsere|geplant|bestätigt|verschoben|geändert""".replace("\n    ", "").split("|")
)

_TERM = re.compile(r"[^\W_]+(?:[-./:][^\W_]+)*")
_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,5}-\d+(?:-\d+)*\b")
_ANSWERS = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s?:\s*)+", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r"\s+(?:-|—|\||·|•)\s+")


def terms(text: str) -> tuple[str, ...]:
    """Case-folded words and compound keys (tw-412, 04.02, dedupe.py), in order; of two letters or more."""
    return tuple(term for term in _TERM.findall(text.casefold()) if 2 <= len(term) <= LONGEST_TERM)


def core(text: str) -> tuple[str, ...]:
    """Its terms without LIGHT ones; all of them where there are no others."""
    found = terms(text)
    return tuple(term for term in found if term not in LIGHT) or found


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
