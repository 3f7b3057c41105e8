"""Every place where a value was read, and of what: the raw material of facts, a local day at a time.

    drafts = of_day(moments of the day, [(start, end, key) of each span of the day])

The window that is worked in tells the subject: its document, page or mail. Lines of other windows, seen
behind or beside it, tell nothing: what they speak of is not known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.consolidate.changes import PAST, changes, may_tell
from memory.consolidate.fields import in_mail, labels, numbered, open_mail, prominent, runs_on, without_number
from memory.consolidate.recurring import recurring
from memory.consolidate.tables import Cell, cells
from memory.consolidate.trust import told_of_anything
from memory.consolidate.values import Mention, begins_with_value, mentions, normal, under_head, under_label
from memory.consolidate.words import Furniture, core, short_path, thing, title_parts
from memory.records import LineRow, Moment, MomentText, Sighting, Topic
from memory.trust import doubtful, gives_orders, place

LABELLED = 0.5  # confidence of what a label says, read once
SAID = 0.35  # of what a clause says, read once
LONGEST_SUBJECT = 90
SURE = 0.75  # confidence from which what was read is taken at its word
OWN_NAME_WORDS = 2  # words of a relation that names its thing by itself ("attention level")

# Parts of a program whose name says nothing of what is in them: the program is the subject.
MAILBOXES = frozenset(("inbox", "sent", "drafts", "archive", "posteingang", "gesendet", "entwürfe", "archiv"))

AT_EITHER_END = 3  # sightings of a value that are kept: its earliest and its latest,
CONTEXTS = 6  # and the first one in each of its first windows and days

Span = tuple[datetime, datetime, int]


def of_day(moments: Sequence[MomentText], spans: Sequence[Span]) -> tuple[Sighting, ...]:
    """What the moments of one day (settled, of all monitors) say, in order of time; at most some twelve
    sightings of each value. `spans` are start, end and episode of the day's stretches of activity.
    """
    ordered = sorted(moments, key=lambda text: (text.moment.start, text.moment.id))
    reader = _Reader(Furniture(ordered), sorted(start for start, _, _ in spans))
    return keep(sighting for text in ordered for sighting in reader.of(text))


def keep(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Of each value what its facts rest on: one sighting a moment, its ends and its first contexts.

    It makes no difference whether it is given all at once, or what it left of some and the others: the first
    and last of all, and the first of each of the first contexts, are among those of any part they are in.
    """
    groups: defaultdict[tuple[Topic, str], dict[int, Sighting]] = defaultdict(dict)
    for one in sorted(sightings, key=_in_time):
        groups[one.topic, one.value].setdefault(one.moment, one)
    return tuple(one for group in groups.values() for one in _kept(list(group.values())))


def _kept(group: Sequence[Sighting]) -> list[Sighting]:
    firsts = {(one.place, one.context, one.start.date()): one for one in reversed(group)}
    contexts = sorted(firsts.values(), key=_in_time)[:CONTEXTS]
    wanted = {one.moment for one in (*group[:AT_EITHER_END], *group[-AT_EITHER_END:], *contexts)}
    return [one for one in group if one.moment in wanted]


def _in_time(one: Sighting) -> tuple[datetime, int]:
    return one.start, one.moment


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    open_before: bool
    may_run_on: bool  # from the line above, or it may tell a change
    mentions: tuple[Mention, ...]


class _Reader:
    """Reads the moments of a day line by line; equal lines are understood once."""

    def __init__(self, furniture: Furniture, starts: Sequence[datetime]) -> None:
        self._furniture = furniture
        self._starts = starts
        self._lines: dict[str, _Line] = {}

    def of(self, text: MomentText) -> Iterator[Sighting]:
        at = bisect_right(self._starts, text.moment.start)
        stretch = self._starts[at - 1] if at else text.moment.start
        yield from self._values(text, stretch)
        yield from recurring(text, stretch)

    def _values(self, text: MomentText, stretch: datetime) -> Iterator[Sighting]:
        subjects = _Subjects(text)
        own = frozenset(row.id for row in self._furniture.own(text))
        moment, stands_in = text.moment, place(text.moment, text.lines)
        found = list(self._mentions([row for row in text.lines if row.front], own))
        said = [(mention.relation, normal(mention.value)) for _, mention, cell in found if not cell]
        anything = told_of_anything(said)
        for row, mention, cell in found:
            if normal(mention.value) in anything and not cell:
                continue
            subject = subjects.of(row)
            about = thing(subject)
            if cell:
                # A key is the same thing everywhere; a name may be another's on another page.
                about = thing(cell.row) if cell.by_key else about and f"{about} / {thing(cell.row)}"
                subject = cell.row if cell.by_key else f"{subject}, {cell.row}"[:LONGEST_SUBJECT]
            if not about:
                continue  # on a page without a name it cannot be told of what a value is
            words = core(mention.relation)
            relation = " ".join(sorted({*words})) or mention.relation.casefold()
            names_itself = len(words) >= OWN_NAME_WORDS and not mention.labelled
            yield Sighting(
                kind="value",
                thing="" if names_itself else about,
                relation=relation,
                value=normal(mention.value, moment.start.date()),
                moment=moment.id,
                line=row.id,
                quote=row.line.text,
                start=moment.start,
                end=moment.end,
                stretch=stretch,
                context=_window(moment),
                subject=subject,
                label=mention.relation,
                shown=mention.value,
                said=mention.said,
                type=mention.type,
                weight=PAST if mention.past else LABELLED if mention.labelled else SAID,
                place=stands_in,
            )

    def _mentions(
        self, rows: Sequence[LineRow], own: Container[int]
    ) -> Iterator[tuple[LineRow, Mention, Cell | None]]:
        """Mentions, each with its place in a table where it stands in one; of lines that are not the window's
        `own` those in a field or a table alone: a state is the same word on many pages.
        """
        table, in_doubt = cells(rows), doubtful(rows)
        label_of, behind_number, large = labels(rows, table), numbered(rows), prominent(rows)
        for at, row in enumerate(rows):
            if row.id in in_doubt or row.line.confidence < SURE:
                continue
            cell = table.get(at)
            if cell:
                found = tuple(under_head(cell.head, row.line.text))
            elif at in label_of:
                found = tuple(under_label(label_of[at], row.line.text))
            elif at in large:
                found = tuple(under_label("amount", row.line.text))
            elif row.id not in own:
                continue
            else:
                line = self._in(without_number(row.line.text) if at in behind_number else row.line.text)
                found = line.mentions
                if line.may_run_on:
                    yield from ((*told, None) for told in _told(line, rows[max(0, at - 1)], row))
                    continue
            yield from ((row, mention, cell) for mention in found)

    def _in(self, line: str) -> _Line:
        if line not in self._lines:
            begins = begins_with_value(line)
            self._lines[line] = _Line(line, begins, begins or may_tell(line), tuple(mentions(line)))
        return self._lines[line]


def _told(line: _Line, above: LineRow, row: LineRow) -> Iterator[tuple[LineRow, Mention]]:
    """What a line says together with the one above it, each with the one in which the value stands."""
    runs_from = runs_on(above, row)
    found = line.mentions
    if line.open_before and runs_from:
        found = tuple(mentions(row.line.text, runs_from))
    changed = tuple(changes(line.text, runs_from))
    past = {mention.value for mention, _ in changed if mention.past}
    yield from ((row, mention) for mention in found if mention.value not in past)
    yield from ((above if stands_above else row, mention) for mention, stands_above in changed)


class _Subjects:
    """What the lines of a moment speak of: its document, or the mail that is open."""

    def __init__(self, text: MomentText) -> None:
        parts = [part for part in title_parts(text.moment) if not gives_orders(part)]
        self._place = parts[-1] if parts else text.moment.app
        in_box = not parts or parts[0].casefold() in MAILBOXES
        self._title = self._place if in_box else short_path(parts[0])[:LONGEST_SUBJECT]
        self._mail, self._sender = open_mail(text.lines)

    def of(self, row: LineRow) -> str:
        if self._sender is None:
            return self._title
        return self._mail[:LONGEST_SUBJECT] if in_mail(row, self._sender) else self._place


def _window(moment: Moment) -> str:
    return " - ".join((moment.app, *title_parts(moment)))
