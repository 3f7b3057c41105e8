"""Which neighbouring moments showed essentially one screen, and what they are when folded into one.

A decision looks at the union of the open group and at the *first frame* of the next moment alone. Both stay
the same when the next moment itself has grown by folding, so that settling twice, in parts or in one go gives
the same folds. What came first therefore keeps its lines: those of later frames are dropped when repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from memory.consolidate.edits import Tops, really_lost, really_new
from memory.records import LineRow, Moment, MomentText

LONGEST = timedelta(minutes=5)  # contract: frames more than 5 minutes apart never share a moment

# Measured on two days of the desktop recording: typing changes at most .06 of the tiles in nine of ten looks,
# a playing video .15 and more, another page .07 and more with many lines replaced.
SMALL_CHANGE = 0.10  # share of changed tiles
PICTURE_CHANGE = 0.02  # the same where no text can vouch for the screen
FEW_LINES = 4  # lines that may appear or vanish whatever the screen holds
EDITED_SHARE = (
    0.4  # of the next screen's lines that may be new or edited: spares the comparison of other screens
)
NEW_SHARE = 0.12  # of the next screen's lines
LOST_SHARE = 0.35  # of the group's lines; bounds how far scrolling and rewriting may drift
LETTERS_THAT_SAY = 3  # in a line that says something
MOVED_PER_REPLACED = 3  # lines that must have moved for each replaced one: scrolling, not another document
MOVED_PIXELS = 6

_MARKS = re.compile(r"^[*•●]\s*|\s*\(\d+\)|\s*[*•●]$")


@dataclass(frozen=True, slots=True)
class Fold:
    """The moments `gone` become part of the moment `into`."""

    into: int
    gone: tuple[int, ...]


def folds(moments: Sequence[MomentText]) -> tuple[Fold, ...]:
    """Which moments fold; takes all moments, or of each monitor the last settled one and what is newer."""
    groups: list[_Group] = []
    open_groups: dict[int, _Group] = {}
    for text in sorted(moments, key=lambda text: text.moment.id):
        group = open_groups.get(text.moment.monitor)
        if group is not None and group.takes(text):
            group.add(text)
            continue
        open_groups[text.moment.monitor] = group = _Group(text)
        groups.append(group)
    return tuple(
        Fold(group.first.moment.id, tuple(text.moment.id for text in group.rest))
        for group in groups
        if group.rest
    )


def folded(moments: Sequence[MomentText], plan: Sequence[Fold]) -> tuple[MomentText, ...]:
    """The moments as they are after `plan`, in order of time."""
    by_id = {text.moment.id: text for text in moments}
    gone = {id for fold in plan for id in fold.gone}
    into = {fold.into: fold.gone for fold in plan}
    kept = (
        merged(text, [by_id[id] for id in into.get(text.moment.id, ())])
        for text in moments
        if text.moment.id not in gone
    )
    return tuple(sorted(kept, key=lambda text: (text.moment.start, text.moment.id)))


def merged(first: MomentText, rest: Sequence[MomentText]) -> MomentText:
    """One moment of several: their span, and the union of their lines, each text from where it came first."""
    if not rest:
        return first
    # By frames, as the ledger does: one of the rest may lie between two that were folded before.
    rows = sorted((row for text in (first, *rest) for row in text.lines), key=lambda row: (row.frame, row.n))
    first_in: dict[str, int] = {}
    lines = [row for row in rows if first_in.setdefault(row.line.text, row.frame) == row.frame]
    every = [first.moment, *(text.moment for text in rest)]
    moment = replace(
        first.moment,
        start=min(moment.start for moment in every),
        end=max(moment.end for moment in every),
        frames=sum(moment.frames for moment in every),
        picture=any(moment.picture for moment in every),
        origins=tuple(origin for moment in every for origin in moment.origins),
    )
    return replace(first, moment=moment, lines=tuple(lines))


def plain_title(title: str) -> str:
    """A title without marks of unsaved work and counters of unread things."""
    return _MARKS.sub("", title).strip()


class _Group:
    """The open moment of a monitor: the first of it, those folded so far, and the union of their lines."""

    def __init__(self, first: MomentText) -> None:
        self.first = first
        self.rest: list[MomentText] = []
        self._start, self._end = first.moment.start, first.moment.end
        self._key = _key(first.moment)
        self._union: Tops = {}
        self._add_lines(first.lines)

    def takes(self, text: MomentText) -> bool:
        moment = text.moment
        if self.first.single or text.single or _key(moment) != self._key:
            return False
        if moment.start < self._start or max(moment.end, self._end) - self._start > LONGEST:
            return False
        screen = _tops(_first_frame(text.lines))
        if not screen or not self._union:
            return not screen and not self._union and text.change <= PICTURE_CHANGE
        return self._looks_like(screen, text.change)

    def add(self, text: MomentText) -> None:
        self.rest.append(text)
        self._end = max(self._end, text.moment.end)
        self._add_lines(text.lines)

    def _add_lines(self, lines: Iterable[LineRow]) -> None:
        for text, top in _tops(lines).items():
            self._union.setdefault(text, top)

    def _looks_like(self, screen: Tops, change: float) -> bool:
        unseen = {line: top for line, top in screen.items() if line not in self._union}
        if len(unseen) > max(FEW_LINES, EDITED_SHARE * len(screen)):
            return False
        gone = {line: top for line, top in self._union.items() if line not in screen}
        new = really_new(unseen, gone, screen)
        if len(new) > max(FEW_LINES, NEW_SHARE * len(screen)):
            return False
        lost = really_lost(gone, screen)
        if len(lost) > max(FEW_LINES, LOST_SHARE * len(self._union)):
            return False
        replaced = min(sum(map(_says_something, new)), sum(map(_says_something, lost)))
        moved = sum(
            1
            for line, top in screen.items()
            if line in self._union and abs(top - self._union[line]) > MOVED_PIXELS
        )
        scrolled = moved >= MOVED_PER_REPLACED * max(1, replaced)
        return scrolled or (replaced == 0 and change <= SMALL_CHANGE)


def _key(moment: Moment) -> tuple[str, str, str]:
    url = (moment.url or "").split("#", 1)[0]
    return moment.app.casefold(), plain_title(moment.title), url


def _first_frame(lines: Sequence[LineRow]) -> list[LineRow]:
    if not lines:
        return []
    first = min(row.frame for row in lines)
    return [row for row in lines if row.frame == first]


def _tops(lines: Iterable[LineRow]) -> Tops:
    """Lines of the front window and where they stand; of a text that is there twice, the upper one."""
    tops: Tops = {}
    for row in lines:
        if row.front:
            tops.setdefault(row.line.text, row.line.box[1])
    return tops


def _says_something(line: str) -> bool:
    """A clock, a counter or a badly read icon does not: one of these for another makes no other screen."""
    return sum(map(str.isalpha, line)) >= LETTERS_THAT_SAY
