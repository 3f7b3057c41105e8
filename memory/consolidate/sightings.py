"""Every place where a value was read, and of what: the raw material of facts.

The window that is worked in tells the subject: its document, page or mail. Lines of other windows, seen
behind or beside it, support a value but never found one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.consolidate.fields import in_mail, labels, open_mail, runs_on
from memory.consolidate.values import Mention, begins_with_value, mentions, normal, under_label
from memory.consolidate.words import Furniture, gives_orders, short_path, terms, title_parts
from memory.records import EpisodeDraft, LineRow, Moment, MomentText

AFTER_ORDERS = 2  # lines below one that gives orders that are not believed either: wrapped text
LONGEST_SUBJECT = 90
SURE = 0.75  # confidence from which what was read is taken at its word


@dataclass(frozen=True, slots=True)
class Sighting:
    """A value read in a moment: `stretch` counts the spans of all episodes."""

    mention: Mention
    subject: str
    moment: int
    row: LineRow
    start: datetime
    end: datetime
    stretch: int
    context: tuple[str, str] | None

    @property
    def relation(self) -> str:
        return " ".join(terms(self.mention.relation)) or self.mention.relation.casefold()

    @property
    def value(self) -> str:
        return normal(self.mention.value)


@dataclass(frozen=True, slots=True)
class _Line:
    gives_orders: bool
    open_before: bool
    mentions: tuple[Mention, ...]


class Sightings:
    """Reads all moments line by line; equal lines are understood once."""

    def __init__(self, moments: Sequence[MomentText], episodes: Sequence[EpisodeDraft]) -> None:
        self._starts = sorted(start for episode in episodes for start, _ in episode.spans)
        self._furniture = Furniture(moments)
        self._lines: dict[str, _Line] = {}

    def of(self, text: MomentText) -> Iterator[Sighting]:
        subjects = _Subjects(text)
        own = {row.id for row in self._furniture.own(text)}
        moment = text.moment
        for row, mention in self._mentions(text.lines):
            if row.front and row.id not in own:
                continue
            yield Sighting(
                mention=mention,
                subject=subjects.of(row),
                moment=moment.id,
                row=row,
                start=moment.start,
                end=moment.end,
                stretch=bisect_right(self._starts, moment.start),
                context=_window(moment) if row.front else None,
            )

    def _mentions(self, rows: Sequence[LineRow]) -> Iterator[tuple[LineRow, Mention]]:
        distrust = 0
        label_of = labels(rows)
        for at, row in enumerate(rows):
            line = self._in(row.line.text)
            distrust = AFTER_ORDERS + 1 if line.gives_orders else distrust - 1
            if distrust > 0 or row.line.confidence < SURE:
                continue
            found = line.mentions
            if at in label_of:
                found = tuple(under_label(label_of[at], row.line.text))
            elif at and line.open_before and (above := runs_on(rows[at - 1], row)):
                found = tuple(mentions(row.line.text, above))
            yield from ((row, mention) for mention in found)

    def _in(self, line: str) -> _Line:
        if line not in self._lines:
            self._lines[line] = _Line(gives_orders(line), begins_with_value(line), tuple(mentions(line)))
        return self._lines[line]


class _Subjects:
    """What the lines of a moment speak of: its document, or the mail that is open."""

    def __init__(self, text: MomentText) -> None:
        parts = [part for part in title_parts(text.moment) if not gives_orders(part)]
        self._title = short_path(parts[0])[:LONGEST_SUBJECT] if parts else text.moment.app
        self._place = parts[-1] if parts else text.moment.app
        self._mail, self._sender = open_mail(text.lines)

    def of(self, row: LineRow) -> str:
        if not row.front:
            return ""
        if self._sender is None:
            return self._title
        return self._mail[:LONGEST_SUBJECT] if in_mail(row, self._sender) else self._place


def episode_of_each(episodes: Sequence[EpisodeDraft]) -> dict[int, int]:
    """The episode of each moment, as its position."""
    return {moment: at for at, episode in enumerate(episodes) for moment in episode.moments}


def _window(moment: Moment) -> tuple[str, str]:
    return moment.app, " - ".join(title_parts(moment))
