"""Whether a line that is cited for how things are now says something else in a later look at its screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from memory.ledger import moments, search
from memory.ledger.connection import Db
from memory.recall.checking.standing import Quoted, Shown, plain
from memory.recall.checking.witness import screen

NOW = re.compile(
    r"\b(?:now|current|currently|latest|newest|at present|aktuell\w*|jetzt|derzeit|zurzeit|neueste\w*)\b",
    re.IGNORECASE,
)

LATER = 20
"""Later moments with the words of a line that are looked at, the last ones."""

LEAST = 8
"""Letters by which a line is known again when its numbers have changed."""

_NUMBER = re.compile(r"\d+(?:[.,:'’/-]\d+)*")


def outdated(db: Db, shown: Sequence[Shown], quoted: Sequence[Quoted], text: str) -> bool:
    """Whether any cited line has other numbers on a later look at the same screen, which is not told of.

    `text` is the whole answer: it may cite an older line beside what holds now.
    """
    cited = {one.moment.id for one in shown}
    for one, found in zip(shown, quoted, strict=True):
        for row, _ in found.lines:
            later = _later(db, one, plain(row.line.text))
            if any(id not in cited and not _named(line, text) for id, line in later):
                return True
    return False


def _later(db: Db, shown: Shown, line: str) -> Iterator[tuple[int, str]]:
    """Moments of the same screen after this one in which the line stands with other numbers alone."""
    form = _NUMBER.sub("#", line)
    words = [search.quoted(word) for word in re.findall(r"[^\W\d_]{2,}", form)]
    if form == line or sum(map(len, words)) < LEAST:
        return
    found = search.in_time(db, " AND ".join(words), LATER, shown.moment.end, None, last=True)
    later = moments.many(db, found)
    texts = moments.texts(db, list(later))
    for id, moment in later.items():
        if moment.start <= shown.moment.start or screen(moment) != screen(shown.moment):
            continue
        lines = [plain(row.line.text) for row in texts[id]]
        if line not in lines:
            yield from ((id, other) for other in lines if _NUMBER.sub("#", other) == form)


def _named(line: str, text: str) -> bool:
    """Whether an answer holds the numbers of a line."""
    return all(number in text for number in _NUMBER.findall(line))
