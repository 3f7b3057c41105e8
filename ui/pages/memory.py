"""Memory: where a day's time went, episode by episode, and what is known and recurs on all days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from memory.api import Memory
from memory.records import Changes, Episode, Fact, Journal, Routine
from ui import words
from ui.marks import terms
from ui.models import Sight, day_bounds
from ui.pictures import Pictures
from ui.tasks import Ask, Tasks
from ui.widgets.buttons import clear, label
from ui.widgets.days import DayBar
from ui.widgets.knowledge import EpisodeCard, FactCard, RoutineCard
from ui.widgets.notice import Empty
from ui.words import tr

MOST_CARDS = 60
MOST_FACTS = 100
USED = ("application", "site", "topic", "preference")
MOST_ROUTINES = 4
NARROW = 1000
FACTS_WIDE, FACTS_NARROW = 340, 260


class MemoryPage(QWidget):
    """One day on the left: its time and its episodes; on the right facts, and below them routines."""

    opened = Signal(object)
    """A `Sight` to open."""

    def __init__(self, tasks: Tasks, pictures: Pictures, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._tasks, self._pictures, self._now = tasks, pictures, now
        self._day = now().date()
        self._episodes: tuple[Episode, ...] = ()
        self._facts: tuple[Fact, ...] = ()
        self._routines: tuple[Routine, ...] = ()
        self._count = 0
        self._build()

    def _build(self) -> None:
        self.days = DayBar(self._now)
        self.days.went.connect(self.show_day)
        self._sum = label(tone="dim")
        head = QHBoxLayout()
        head.addWidget(self.days)
        head.addSpacing(8)
        head.addWidget(self._sum, 1)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self._cards.setContentsMargins(0, 0, 12, 24)
        self.empty = Empty("memory", "", "")
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(head)
        self._time = label(tone="dim", wrap=True)
        left.addWidget(self._time)
        self._scroll = _scrolling(self._cards, tr("Episodes of the day"))
        left.addWidget(self._scroll, 1)
        left.addWidget(self.empty, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 12, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 12, 0)
        row.setSpacing(28)
        row.addLayout(left, 1)
        row.addWidget(self._facts_side())

    def _facts_side(self) -> QWidget:
        self._side = side = QWidget()
        self._no_facts = label(
            tr("What recurs over several episodes is noted here, each with the moments that show it."),
            tone="dim",
            wrap=True,
        )
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(tr("What is known"), size=1.12, strong=True))
        column.addWidget(self._no_facts)
        column.addWidget(_scrolling(self._rows, tr("Facts")), 1)
        column.addWidget(self._routines_part())
        return side

    def _routines_part(self) -> QWidget:
        """What recurs, apart from the facts: they may be many, and routines are few."""
        self._habits = part = QWidget()
        part.hide()
        whole = QVBoxLayout(part)
        whole.setContentsMargins(0, 8, 12, 12)
        whole.setSpacing(2)
        whole.addWidget(label(tr("What you do again and again"), size=1.12, strong=True))
        self._habit_rows = QVBoxLayout()
        whole.addLayout(self._habit_rows)
        return part

    # -------------------------------------------------------------- loading

    def start(self) -> None:
        """Loads the last day that holds something, and the facts."""

        def took(days: dict[str, int]) -> None:
            self._hold(days)
            today = self._now().date().isoformat()
            held = [name for name in days if name <= today] or list(days)
            self.show_day(date.fromisoformat(max(held)) if held else self._now().date())

        self._tasks.do(Ask(lambda memory: memory.days(), took, slot="memory days"))
        self._tasks.do(Ask(lambda memory: memory.facts(), self._show_facts, slot="facts"))
        self._load_routines()

    def refresh(self, changes: Changes) -> None:
        """Loads anew what may have changed."""
        if "moments" in changes.what:
            self._tasks.do(Ask(lambda memory: memory.days(), self._hold, slot="memory days"))
        if "knowledge" in changes.what:
            self._tasks.do(Ask(lambda memory: memory.facts(), self._show_facts, slot="facts"))
        if "knowledge" in changes.what or self._day == self._now().date():
            self._load()

    def _hold(self, days: dict[str, int]) -> None:
        """Routines are sought in months: not at every look, but where settling or forgetting took moments."""
        count = sum(days.values())
        if count < self._count:
            self._load_routines()
        self._count = count
        self.days.hold(days)

    def _load_routines(self) -> None:
        self._tasks.do(Ask(lambda memory: memory.routines(), self._show_routines, slot="routines"))

    def show_day(self, on: date) -> None:
        """Shows the episodes of a day."""
        self._day = on
        self.days.show_day(on)
        self._load()

    def _load(self) -> None:
        on = self._day
        since, until = day_bounds(datetime(on.year, on.month, on.day).astimezone())

        def fetch(memory: Memory) -> tuple[tuple[Episode, ...], Journal]:
            return memory.episodes(since, until), memory.journal((since, until))

        def took(found: tuple[tuple[Episode, ...], Journal]) -> None:
            self._show_episodes(on, found[0])
            self._time.setText(words.accounted(found[1].days[0].seconds))

        self._tasks.do(Ask(fetch, took, slot="episodes"))

    # -------------------------------------------------------------- showing

    def _show_episodes(self, on: date, found: tuple[Episode, ...]) -> None:
        here = [(one, _first_on(one, on)) for one in found if one.level == "episode"]
        listed = sorted(
            ((one, start) for one, start in here if start), key=lambda pair: (pair[1], pair[0].id)
        )
        shown = tuple(one for one, _ in listed)
        if shown == self._episodes and self._cards.count():
            return
        self._episodes = shown
        clear(self._cards)
        for episode in shown[:MOST_CARDS]:
            card = EpisodeCard(episode, on, self._pictures)
            card.opened.connect(lambda moment: self.opened.emit(Sight(moment)))
            self._cards.addWidget(card)
        self._cards.addStretch()
        self._scroll.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        if not shown:
            self.empty.say(
                tr("No episodes on this day"),
                tr(
                    "Episodes are made of the moments of a day when the machine is idle. "
                    "Choose another day, or come back when this one has settled."
                ),
            )
        counted = words.count(len(shown), tr("1 episode"), tr("{n} episodes"))
        self._sum.setText(counted if shown else "")

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        if facts == self._facts and self._rows.count():
            return
        self._facts = facts
        clear(self._rows)
        older: dict[int, list[Fact]] = {}
        for fact in facts:
            if fact.superseded_by is not None:
                older.setdefault(fact.superseded_by, []).append(fact)
        standing = sorted((one for one in facts if one.superseded_by is None), key=_worth)
        for n, fact in enumerate(standing[:MOST_FACTS]):
            if n:
                self._rows.addWidget(_rule())
            row = FactCard(fact, tuple(older.get(fact.id, ())), self._now)
            row.opened.connect(lambda moment, quote: self.opened.emit(Sight(moment, terms(quote))))
            self._rows.addWidget(row)
        self._rows.addStretch()
        self._no_facts.setVisible(not standing)

    def _show_routines(self, routines: tuple[Routine, ...]) -> None:
        if routines == self._routines:
            return
        self._routines = routines
        clear(self._habit_rows)
        for routine in routines[:MOST_ROUTINES]:
            row = RoutineCard(routine)
            row.opened.connect(lambda moment: self.opened.emit(Sight(moment)))
            self._habit_rows.addWidget(row)
        self._habits.setVisible(bool(routines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= NARROW
        self._side.setFixedWidth(FACTS_WIDE if wide else FACTS_NARROW)
        self._sum.setVisible(wide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            by = -1 if event.key() == Qt.Key.Key_PageUp else 1
            self.show_day(self._day + timedelta(days=by))
        else:
            super().keyPressEvent(event)


def _first_on(episode: Episode, on: date) -> datetime | None:
    """When an episode was first gone about on a day."""
    return min((start for start, end in episode.spans if start.date() <= on <= end.date()), default=None)


def _scrolling(inside: QVBoxLayout, name: str) -> QScrollArea:
    holder = QWidget()
    holder.setProperty("clear", True)
    holder.setLayout(inside)
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(holder)
    return area


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFixedHeight(1)
    line.setProperty("rule", True)
    return line


def _worth(fact: Fact) -> tuple[bool, float]:
    """What is true of something comes before what is merely used often."""
    return fact.kind in USED, -fact.confidence
