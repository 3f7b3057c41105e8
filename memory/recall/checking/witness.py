"""Times, lengths and counts that an answer states, looked up in the ledger anew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.ledger import gaps, moments, search
from memory.ledger.connection import Db
from memory.recall.checking.standing import plain
from memory.recall.language.apps import find_apps
from memory.records import Moment

WITHIN = timedelta(minutes=10)
"""Looks no further apart are one visit."""
LASTS = timedelta(minutes=5)
"""A moment lasts until the next look, at most so long past its last (contract)."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

MOST = 100_000
"""Moments of one screen, application or phrase that are looked at."""

FEW = 60
"""Moments whose lines are read one by one."""

_COUNTS = re.compile(r"\(\d+\)")
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]{2,})[\"“”«»]")

Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Witness:
    """What is known of the cited moments: `texts` are the lines they are quoted for. `asked` is the time that
    the `question` was taken to be about, in which things are counted and summed.
    """

    db: Db
    cited: tuple[Moment, ...]
    texts: tuple[str, ...]
    question: str = ""
    asked: Span = (None, None)

    def was(self, at: datetime, length: timedelta) -> bool:
        """Whether what is cited began or ended within `length` from then, or what shows the same did."""
        until = at + length
        if any(_begins_or_ends(moment, at, until) for moment in self.cited):
            return True
        then = [m for m in moments.between(self.db, at, until) if _begins_or_ends(m, at, until)]
        screens = {screen(moment) for moment in self.cited}
        return any(screen(m) in screens for m in then) or self._shows_the_same([m.id for m in then])

    def counts(self, by_day: bool) -> Iterator[int]:
        """How many visits, or days with one, there were in all of the time that was asked about, and of those
        before and after noon alone; of each thing that may have been counted.
        """
        for group in self._groups():
            starts = [run[0].start for run in runs(group)]
            for half in (
                starts,
                [at for at in starts if at.hour < 12],
                [at for at in starts if at.hour >= 12],
            ):
                yield len({at.date() for at in half}) if by_day else len(half)

    def sums(self) -> Iterator[tuple[timedelta, int]]:
        """How long each thing that may have been summed was on the screen, and in how many visits."""
        for group in self._groups():
            yield self._on_screen(group), len(runs(group))

    def _groups(self) -> Iterator[list[Moment]]:
        """What a count may be of: the screen that is cited, its application or a phrase where the question
        names these.
        """
        of = self.cited[0]
        named = [word for part in _COUNTS.split(of.title) for word in re.findall(r"[^\W_]+", part)]
        same = self._having(named) or list(moments.between(self.db, *self.asked))
        yield [moment for moment in same if screen(moment) == screen(of)]
        called = bool(find_apps(self.question, (of.app,))[0])
        if letters(of.app) and (called or letters(of.app) in letters(self.question)):
            yield [moment for moment in self._matching(of.app) if moment.app == of.app]
        for phrase in _PHRASE.findall(self.question):
            found, said = self._matching(phrase), letters(phrase)
            yield [moment for moment in found if said in letters(moment.title)]
            texts = moments.texts(self.db, [moment.id for moment in found])
            yield [m for m in found if any(said in letters(row.line.text) for row in texts[m.id])]

    def _matching(self, phrase: str) -> list[Moment]:
        """Moments of the time that was asked about with these words in a row, in order of time."""
        return self._having([phrase] if any(map(str.isalnum, phrase)) else [])

    def _having(self, phrases: Sequence[str]) -> list[Moment]:
        """Moments of that time with each of these; none where there are none."""
        if not phrases:
            return []
        match = " AND ".join(map(search.quoted, phrases))
        ids = search.in_time(self.db, match, MOST, *self.asked)
        return sorted(moments.many(self.db, ids).values(), key=lambda moment: (moment.start, moment.id))

    def _on_screen(self, group: Sequence[Moment]) -> timedelta:
        """Each instant once, cut to the time that was asked about."""
        following = moments.following(self.db, [moment.id for moment in group])
        since, until = self.asked
        total, reached = timedelta(), None
        for moment in group:
            end = min(moment.end + LASTS, max(moment.end, following.get(moment.id, moment.end + LASTS)))
            stops = [gap.start for gap in gaps.between(self.db, moment.end, end) if gap.start > moment.end]
            start = max(filter(None, (moment.start, since, reached)))
            end = min(filter(None, (end, until, *stops)))
            if end > start:
                total, reached = total + (end - start), end
        return total

    def _shows_the_same(self, then: Sequence[int]) -> bool:
        """Whether a quoted line stands in one of these moments as well, signs and case aside."""
        if len(then) > FEW:
            return any(not set(then).isdisjoint(search.exact(self.db, text, MOST)) for text in self.texts)
        wanted = {letters(text) for text in self.texts} - {""}
        rows = (row for found in moments.texts(self.db, then).values() for row in found)
        return any(letters(row.line.text) in wanted for row in rows)


def screen(moment: Moment) -> tuple[str, str]:
    """Application and title, without counts in brackets and what an application adds to it."""
    title = letters(re.sub(r"\(\d+\)", "", moment.title))
    return moment.app, title.removesuffix(letters(moment.app)) or title


def letters(text: str) -> str:
    """A text without what reading twice makes different: case, accents and signs."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", plain(text)).casefold()))


def runs(found: Sequence[Moment]) -> list[list[Moment]]:
    """Moments in order of time as visits."""
    done: list[list[Moment]] = []
    for moment in found:
        if done and moment.start - done[-1][-1].end <= WITHIN:
            done[-1].append(moment)
        else:
            done.append([moment])
    return done


def _begins_or_ends(moment: Moment, at: datetime, until: datetime) -> bool:
    return at <= moment.start < until or at <= moment.end < until
