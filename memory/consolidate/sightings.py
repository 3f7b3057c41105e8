"""Every place where a value was read, and of what: the raw material of facts.

The window that is worked in tells the subject: its document, page or mail. Lines of other windows, seen
behind or beside it, support a value but never found one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.consolidate.values import Mention, begins_with_value, is_label, mentions, normal, under_label
from memory.consolidate.words import gives_orders, open_mail, short_path, terms, title_parts
from memory.records import EpisodeDraft, LineRow, Moment, MomentText

HUB_FROM = 3  # episodes from which a window's title (an inbox, a terminal) is no subject
AFTER_ORDERS = 2  # lines below one that gives orders that are not believed either: wrapped text
LONGEST_SUBJECT = 90
LEFT_OF_SENDER = 4  # line heights by which a mail's text may begin left of its sender
PROSE = 6  # words from which a line can be one of a wrapped paragraph
WORDS_ABOVE = 8  # of such a line that are carried into the next


@dataclass(frozen=True, slots=True)
class Sighting:
    """A value read in a moment: `episode` is the position of the moment's episode."""

    mention: Mention
    subject: str
    moment: int
    row: LineRow
    start: datetime
    end: datetime
    episode: int
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
        self._episodes = episode_of_each(episodes)
        titles = {(_window(text.moment), self._episodes.get(text.moment.id, -1)) for text in moments}
        self._spread = Counter(window for window, _ in titles)
        self._lines: dict[str, _Line] = {}

    def of(self, text: MomentText) -> Iterator[Sighting]:
        subjects = _Subjects(text, self._spread[_window(text.moment)] >= HUB_FROM)
        moment = text.moment
        for row, mention in self._mentions(text.lines):
            yield Sighting(
                mention=mention,
                subject=subjects.of(row),
                moment=moment.id,
                row=row,
                start=moment.start,
                end=moment.end,
                episode=self._episodes.get(moment.id, -1),
                context=_window(moment) if row.front else None,
            )

    def _mentions(self, rows: Sequence[LineRow]) -> Iterator[tuple[LineRow, Mention]]:
        distrust = 0
        for at, row in enumerate(rows):
            line = self._in(row.line.text)
            distrust = AFTER_ORDERS + 1 if line.gives_orders else distrust - 1
            if distrust > 0:
                continue
            above = rows[at - 1] if at else None
            found = line.mentions
            if above is not None and _is_label_of(above, row, rows[at - 2 : at - 1]):
                found = tuple(under_label(above.line.text, row.line.text))
            elif above is not None and line.open_before and _below(above, row):
                found = tuple(mentions(row.line.text, _running_on(above.line.text)))
            yield from ((row, mention) for mention in found)

    def _in(self, line: str) -> _Line:
        if line not in self._lines:
            self._lines[line] = _Line(gives_orders(line), begins_with_value(line), tuple(mentions(line)))
        return self._lines[line]


def _running_on(line: str) -> str:
    """The end of a line of prose whose sentence goes on below, else nothing."""
    words = line.split()
    return " ".join(words[-WORDS_ABOVE:]) if len(words) >= PROSE and line[-1] not in ".:;!?" else ""


class _Subjects:
    """What the lines of a moment speak of: its document, or in an inbox the mail that is open."""

    def __init__(self, text: MomentText, hub: bool) -> None:
        parts = [part for part in title_parts(text.moment) if not gives_orders(part)]
        self._title = short_path(parts[0])[:LONGEST_SUBJECT] if parts else text.moment.app
        self._place = parts[-1] if parts else text.moment.app
        self._mail, self._sender = open_mail(text.lines) if hub else ("", None)

    def of(self, row: LineRow) -> str:
        if not row.front or self._sender is None:
            return self._title if row.front else ""
        (x, y, _, height), (row_x, row_y, _, _) = self._sender.line.box, row.line.box
        inside = row.frame == self._sender.frame and row_y > y and row_x >= x - LEFT_OF_SENDER * height
        return self._mail[:LONGEST_SUBJECT] if inside else self._place


def episode_of_each(episodes: Sequence[EpisodeDraft]) -> dict[int, int]:
    """The episode of each moment, as its position."""
    return {moment: at for at, episode in enumerate(episodes) for moment in episode.moments}


def _is_label_of(label: LineRow, value: LineRow, before: Sequence[LineRow]) -> bool:
    """A label has its value beside or below it; behind something on its own line it heads a column."""
    if not is_label(label.line.text) or is_label(value.line.text):
        return False
    heads = any(abs(row.line.box[1] - label.line.box[1]) <= label.line.box[3] / 2 for row in before)
    return _beside(label, value) or (_below(label, value) and not heads)


def _beside(left: LineRow, right: LineRow) -> bool:
    (x, y, w, h), (other_x, other_y, _, _) = left.line.box, right.line.box
    return left.frame == right.frame and abs(other_y - y) <= h / 2 and other_x >= x + w


def _below(upper: LineRow, lower: LineRow) -> bool:
    (x, y, _, h), (other_x, other_y, _, _) = upper.line.box, lower.line.box
    return upper.frame == lower.frame and abs(other_x - x) <= max(12, h) and 0 < other_y - y <= 2.5 * h


def _window(moment: Moment) -> tuple[str, str]:
    return moment.app, " - ".join(title_parts(moment))
