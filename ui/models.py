"""What the pages show, apart from how: the loaded stretch of time, ranked results, lines of a moment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from memory.api import Memory
from memory.records import Box, Changes, Episode, Gap, Line, Moment, Result, Rule, Timeline
from ui import words
from ui.span import DAY, View, local
from ui.tasks import Ask, Tasks, Trouble

Index = QModelIndex | QPersistentModelIndex
FAR = 21 * DAY
"""Longer views show days alone: their moments are not loaded."""


KINDS: tuple[Literal["frames", "moments", "knowledge", "rules", "recording"], ...] = (
    "frames",
    "moments",
    "knowledge",
    "rules",
    "recording",
)
EVERYTHING = Changes(0, KINDS)


class Gather(QObject):
    """Changes of a short while as one: while recording they come by the second."""

    passed = Signal(object)

    def __init__(self, gather_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._what: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(gather_ms)
        self._timer.timeout.connect(self._pass_on)

    def note(self, changes: Changes) -> None:
        """Takes a change; the first of them starts the while."""
        self._what.update(changes.what)
        if not self._timer.isActive():
            self._timer.start()

    def _pass_on(self) -> None:
        what, self._what = self._what, set()
        self.passed.emit(Changes(0, tuple(kind for kind in KINDS if kind in what)))


@dataclass(frozen=True, slots=True)
class Sight:
    """A moment to be looked at and what to mark in it: words by their stems, boxes of what is quoted."""

    moment: int
    marked: frozenset[str] = frozenset()
    quoted: tuple[Box, ...] = ()


class Stretch(QObject):
    """The part of the timeline around what is looked at; it loads itself as the view moves."""

    loaded = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.moments: tuple[Moment, ...] = ()
        self.gaps: tuple[Gap, ...] = ()
        self.episodes: tuple[Episode, ...] = ()
        self.days: dict[str, int] = {}
        self.known = False
        self._starts: list[float] = []
        self._asked: tuple[float, float] | None = None
        self.busy = False

    def need(self, view: View) -> None:
        """Loads what a view shows, and as much again to each side, unless it is here or on its way."""
        if view.length > FAR:
            return
        if self._asked and self._asked[0] <= view.start and view.end <= self._asked[1]:
            return
        self._load(view.start - view.length, view.end + view.length)

    def reload(self) -> None:
        """Loads what is here anew, because the memory changed."""
        self.load_days(lambda: None)
        if self._asked:
            self._load(*self._asked)

    def drop(self) -> None:
        """Takes nothing for loaded any more: what is looked at next is asked for."""
        self._asked = None

    def load_days(self, then: Callable[[], None]) -> None:
        """Loads which days hold how much."""

        def took(days: dict[str, int]) -> None:
            self.days, self.known = days, True
            self.loaded.emit()
            then()

        self._tasks.do(Ask(lambda memory: memory.days(), took, slot="days"))

    def _load(self, start: float, end: float) -> None:
        self._asked, self.busy = (start, end), True
        since, until = local(start), local(end)

        def fetch(memory: Memory) -> tuple[Timeline, tuple[Episode, ...]]:
            return memory.timeline(since, until), memory.episodes(since, until)

        self._tasks.do(Ask(fetch, self._took, slot="stretch", failed=self._missed))

    def _missed(self, trouble: Trouble) -> None:
        """What could not be loaded is asked for again when it is looked at again."""
        self._asked, self.busy = None, False
        self._tasks.troubled.emit(trouble)

    def _took(self, found: tuple[Timeline, tuple[Episode, ...]]) -> None:
        line, episodes = found
        self.busy = False
        self.moments = tuple(sorted(line.moments, key=lambda moment: (moment.start, moment.id)))
        self.gaps = line.gaps
        self.episodes = tuple(episode for episode in episodes if episode.level == "episode")
        self._starts = [moment.start.timestamp() for moment in self.moments]
        self.loaded.emit()

    def slice(self, start: float, end: float) -> tuple[Moment, ...]:
        """Moments that begin inside a span, and the one before that may reach into it."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return self.moments[first : bisect_right(self._starts, end)]

    def place(self, moment: int) -> int | None:
        """Where a moment stands among those that are here."""
        return next((n for n, one in enumerate(self.moments) if one.id == moment), None)

    def nearest(self, at: float) -> Moment | None:
        """The moment shown at a time, or the one that is nearest to it."""
        n = bisect_right(self._starts, at)
        around = self.moments[max(0, n - 1) : n + 1]
        return min(around, key=lambda moment: _distance(moment, at), default=None)

    def beside(self, moment: int, by: int) -> Moment | None:
        """The moment before or after, among those that are here."""
        place = self.place(moment)
        if place is None or not 0 <= place + by < len(self.moments):
            return None
        return self.moments[place + by]

    def of_day(self, on: date) -> tuple[Moment, ...]:
        """The moments that began on a day, among those that are here."""
        return tuple(moment for moment in self.moments if moment.start.date() == on)

    def day_beside(self, on: date, by: int) -> date | None:
        """The next day before or after that holds something."""
        days = sorted(date.fromisoformat(name) for name in self.days)
        other = [day for day in days if (day > on if by > 0 else day < on)]
        return (other[0] if by > 0 else other[-1]) if other else None

    def episode_beside(self, at: datetime, by: int) -> datetime | None:
        """When the next episode begins, or the last one before."""
        starts = sorted(start for episode in self.episodes for start, _ in episode.spans)
        other = [start for start in starts if (start > at if by > 0 else start < at)]
        return (other[0] if by > 0 else other[-1]) if other else None

    def episode_of(self, moment: int) -> Episode | None:
        """The episode that a moment belongs to."""
        return next((episode for episode in self.episodes if moment in episode.moments), None)


def _distance(moment: Moment, at: float) -> float:
    return max(moment.start.timestamp() - at, at - moment.end.timestamp(), 0.0)


class Results(QAbstractListModel):
    """Ranked moments; the record stands under UserRole, a sentence for screen readers under its role."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.rows: tuple[Result, ...] = ()
        self.marked: frozenset[str] = frozenset()

    def show(self, rows: tuple[Result, ...], marked: frozenset[str]) -> None:
        """Shows other results; `marked` are the stems to mark in them."""
        self.beginResetModel()
        self.rows, self.marked = rows, marked
        self.endResetModel()

    def now(self) -> datetime:
        return self._now()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.moment.title or row.moment.app
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            moment = row.moment
            return f"{moment.app}, {moment.title}, {words.when(moment.start, self._now())}. {row.snippet}"
        return None


class Lines(QAbstractListModel):
    """What was read in a moment, line by line, narrowed to those that hold a piece of text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Line, ...] = ()
        self.rows: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...], holding: str = "") -> None:
        """Shows the lines that hold `holding`, case-folded; all where it is empty."""
        self.beginResetModel()
        self._all = lines
        self.rows = tuple(line for line in lines if holding.casefold() in line.text.casefold())
        self.endResetModel()

    def narrow(self, holding: str) -> None:
        """Narrows the same lines differently."""
        self.show(self._all, holding)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()].text
        if index.isValid() and role == Qt.ItemDataRole.UserRole:
            return self.rows[index.row()]
        return None


def settle_rules(memory: Memory, wanted: Sequence[Rule]) -> None:
    """Makes the memory's exclusions those that are wanted; what stays as it was is not touched."""
    there = {_same(rule): rule for rule in memory.rules()}
    kept = {_same(rule) for rule in wanted}
    for rule in wanted:
        if _same(rule) not in there:
            memory.add_rule(rule)
    for key, rule in there.items():
        if key not in kept and rule.id is not None:
            memory.remove_rule(rule.id)


def _same(rule: Rule) -> tuple[str, str, str]:
    return (rule.field, rule.pattern.casefold(), rule.mode)


def day_bounds(at: datetime) -> tuple[datetime, datetime]:
    """The local day that holds a time: its first instant and the next day's."""
    start = datetime(at.year, at.month, at.day).astimezone()
    after = at.date() + timedelta(days=1)
    return start, datetime(after.year, after.month, after.day).astimezone()
