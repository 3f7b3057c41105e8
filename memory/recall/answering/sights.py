"""The moments that really show a thing, in order of time: by its title, its words in a line, its screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from memory.ledger import moments, search
from memory.ledger.connection import Db
from memory.recall.answering.known import Known
from memory.recall.answering.visits import of_screen, title_of, titled
from memory.recall.language.words import content, fold, stem, stems, tokens
from memory.recall.retrieval.snippet import clip
from memory.records import LineRow, Moment

MOST = 400
"""Sights that are looked at: the first of them, or the last where those are meant."""

READ_AS = 0.86
"""Share of a phrase's letters that a line must show in runs of three to be the phrase, misread."""

RUN = 3
BEST = 60
"""Moments that are looked through for what is nearly a phrase."""

LONGEST = 90
"""Characters of a quote."""

_QUOTED = re.compile(r'"([^"]{2,})"|“([^“”]{2,})”|„([^„“”]{2,})[“”]|«([^«»]{2,})»|»([^«»]{2,})«')
_PARTS = re.compile(r"\s+[-–—|·•]\s+")


@dataclass(frozen=True, slots=True)
class Sight:
    """A moment with the words in it that show the thing; `frame` orders sights in one moment. `exact`: they
    are what was asked for, word for word.
    """

    moment: Moment
    quote: str
    frame: int = 0
    exact: bool = True

    @property
    def at(self) -> tuple[datetime, int]:
        return self.moment.start, self.frame


def sights(known: Known, thing: str, last: bool = False) -> list[Sight]:
    """Where a thing was seen. What stands in quotes is a title or words of a line; all else is the screen
    that fits best, as often as it shows as many of the words.
    """
    since, until = known.understood.since, known.understood.until
    quoted = quoted_in(thing)
    if quoted:
        return _Span(known.db, since, until, last).of_phrase(quoted)
    return _described(known, thing, last)


def quoted_in(text: str) -> str:
    """What stands in quotes, or nothing."""
    match = _QUOTED.search(text)
    return next(piece for piece in match.groups() if piece).strip() if match else ""


def masked(text: str) -> str:
    """The text with what stands in quotes made unreadable, at the same places."""
    return _QUOTED.sub(lambda match: "\x01" * len(match[0]), text)


def title(moment: Moment) -> str:
    """A screen as a quote: its title, or its application where it has none."""
    return clip(moment.title, 80).removesuffix("…") or moment.app


@dataclass(frozen=True, slots=True)
class _Span:
    """Where it is looked, and from which end."""

    db: Db
    since: datetime | None
    until: datetime | None
    last: bool

    def of_phrase(self, phrase: str) -> list[Sight]:
        if not tokens(phrase):
            return []
        said = search.quoted(phrase)
        called = self._matching(titled(phrase))
        by_name = [Sight(moment, title(moment)) for moment in called if _is(moment, phrase)]
        return by_name or list(self._in_lines(self._matching(said), _plain(phrase))) or self._nearly(phrase)

    def _matching(self, match: str) -> list[Moment]:
        ids = search.in_time(self.db, match, MOST, self.since, self.until, self.last)
        found = moments.many(self.db, ids)
        return [found[id] for id in ids if id in found]

    def _in_lines(self, found: Sequence[Moment], phrase: str) -> Iterator[Sight]:
        texts = moments.texts(self.db, [moment.id for moment in found])
        for moment in found:
            row = next((row for row in texts[moment.id] if phrase in _plain(row.line.text)), None)
            if row is not None:
                yield Sight(moment, _piece(row.line.text, phrase), row.frame)
            elif phrase in _plain(moment.title):
                yield Sight(moment, title(moment))

    def _nearly(self, phrase: str) -> list[Sight]:
        """What shows most of the phrase, misread or in pieces side by side; else in most of its words."""
        words = set(tokens(phrase))
        match = " OR ".join(search.quoted(word) for word in sorted(words))
        ids = [id for id, _ in search.words(self.db, match, BEST, self.since, self.until, None)]
        found, texts = moments.many(self.db, ids), moments.texts(self.db, ids)
        near: list[Sight] = []
        loose: list[Sight] = []
        for id, moment in found.items():
            row, likeness = _nearest(texts[id], phrase, words)
            if row is not None:
                sight = Sight(moment, _piece(row.line.text, phrase), row.frame, exact=False)
                near += [sight] if likeness >= READ_AS else []
                shown = words & {word for row in texts[id] for word in tokens(row.line.text)}
                loose += [sight] if len(shown) >= READ_AS * len(words) else []
        return sorted(near or loose, key=lambda sight: sight.at)


def _is(moment: Moment, phrase: str) -> bool:
    """Whether a phrase is a title, or parts of one that stand together."""
    wanted = _parts(phrase)
    whole = _parts(title_of(moment))
    runs = (whole[n : n + len(wanted)] for n in range(len(whole) - len(wanted) + 1))
    return bool(wanted) and (any(run == wanted for run in runs) or _parts(moment.title) == wanted)


def _parts(text: str) -> list[str]:
    return [_plain(part) for part in _PARTS.split(re.sub(r"^[*•●]\s*|\(\d+\)\s*", "", text).strip())]


def _plain(text: str) -> str:
    """Words alone: case, accents, marks and spaces do not count."""
    return " ".join(tokens(text))


def _nearest(rows: Sequence[LineRow], phrase: str, words: set[str]) -> tuple[LineRow | None, float]:
    """The line that shows most of the phrase, with what stands at the same height, and how much of it."""
    wanted = "".join(filter(str.isalnum, fold(phrase)))
    best, most = None, -1.0
    for band in _bands(rows):
        if 2 * len(words & {word for row in band for word in tokens(row.line.text)}) < len(words):
            continue
        line = "".join(filter(str.isalnum, fold(" ".join(row.line.text for row in band))))
        blocks = SequenceMatcher(None, wanted, line, autojunk=False).get_matching_blocks()
        share = sum(block.size for block in blocks if block.size >= RUN) / max(1, len(wanted))
        if share > most:
            best, most = max(band, key=lambda row: len(words & set(tokens(row.line.text)))), share
    return best, most


def _bands(rows: Sequence[LineRow]) -> Iterator[list[LineRow]]:
    """Lines of one look at the same height, from left to right; each alone where it has no place."""
    band: list[LineRow] = []
    for row in sorted(rows, key=lambda row: (row.frame, _middle(row), row.n)):
        tall = row.line.box[3]
        if band and (row.frame != band[0].frame or not tall or _middle(row) - _middle(band[0]) > tall / 2):
            yield sorted(band, key=lambda row: row.line.box[0])
            band = []
        band.append(row)
    if band:
        yield sorted(band, key=lambda row: row.line.box[0])


def _middle(row: LineRow) -> float:
    return row.line.box[1] + row.line.box[3] / 2


def _piece(line: str, phrase: str) -> str:
    """The part of a long line that begins with the phrase's first word; all of a short one."""
    if len(line) <= LONGEST:
        return line
    first = tokens(phrase)[0]
    at = next((m.start() for m in re.finditer(r"\S+", line) if first in tokens(m[0])), 0)
    return clip(line[at:], LONGEST).removesuffix("…")


# ------------------------------------------------------------------ what is only described


def _described(known: Known, thing: str, last: bool) -> list[Sight]:
    found = known.find(thing)
    if not found:
        return []
    best, words = found[0], {stem(word) for word in content(thing)}
    same = of_screen(known.db, best, known.understood.since, known.understood.until)
    same = (same[-MOST:] if last else same[:MOST]) or [best]
    texts = moments.texts(known.db, [moment.id for moment in (*same, best)])

    def shown(moment: Moment) -> int:
        lines = (stems(row.line.text) for row in texts[moment.id])
        return len(words & set(stems(moment.title)).union(*lines))

    enough = shown(best)
    showing = [moment for moment in same if shown(moment) >= enough] or [best]
    return [Sight(moment, title(moment), exact=False) for moment in showing]
