"""The timeline: the chosen moment large above, the strip of time below, all of it within reach of a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from memory.records import Changes, Gap, Moment
from ui.models import FAR, Sight, Stretch
from ui.pictures import Pictures
from ui.span import HOUR, View, day_view, local, midnight
from ui.tasks import Tasks
from ui.widgets.buttons import IconButton, button
from ui.widgets.hover import HoverCard
from ui.widgets.notice import Empty
from ui.widgets.stage import Stage
from ui.widgets.strip import TimeStrip
from ui.widgets.strip_bar import ZOOM, StripBar
from ui.words import tr

PLAY_MS = 700
AHEAD = 3


class TimelinePage(QWidget):
    """Home: time is walked through moment by moment, episode by episode, day by day."""

    opened = Signal(object)
    """A `Sight` to open."""

    def __init__(self, tasks: Tasks, pictures: Pictures, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._tasks, self._pictures, self._now = tasks, pictures, now
        self._chosen: Moment | None = None
        self._goal: Callable[[], Moment | None] | None = None
        self.stretch = Stretch(tasks, self)
        self._play = QTimer(self)
        self._play.setInterval(PLAY_MS)
        self._play.timeout.connect(self._play_on)
        self._build()
        self.stretch.loaded.connect(self._loaded)

    # -------------------------------------------------------------- parts

    def _build(self) -> None:
        self.stage = Stage(self._tasks, self._pictures, self._now)
        self.stage.clicked.connect(self._open)
        self._head()
        self.strip = TimeStrip(self.stretch, self._pictures, self._now)
        self.strip.picked.connect(self._pick)
        self.strip.hovered.connect(self._hover)
        self.strip.moved.connect(self._moved)
        self.bar = StripBar(self._now)
        self.days = self.bar.days
        self.days.went.connect(self.go_to_day)
        self.bar.stretched.connect(self._show_length)
        self.bar.zoomed.connect(self.strip.zoom)
        self._full = full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QVBoxLayout()
        upper.setContentsMargins(24, 14, 24, 10)
        upper.setSpacing(12)
        upper.addWidget(self.stage, 1)
        upper.addWidget(self.bar)
        column.addLayout(upper, 1)
        column.addWidget(self.strip)
        self.empty = Empty(
            "timeline",
            tr("Your timeline begins here"),
            tr(
                "As soon as something was on the screen while recording, its picture stands here, "
                "and the strip below lets you go back through your days."
            ),
        )
        self._hover_card = HoverCard(self._pictures, self._now, full)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)

    def _head(self) -> None:
        before = IconButton("left", tr("Moment before"), "Left")
        after = IconButton("right", tr("Moment after"), "Right")
        self._player = IconButton("play", tr("Play"), "Space")
        opener = button(tr("Open"))
        opener.setToolTip(tr("The moment with its words  (Enter)"))
        before.clicked.connect(lambda: self.step(-1))
        after.clicked.connect(lambda: self.step(1))
        self._player.clicked.connect(self.toggle_play)
        opener.clicked.connect(self._open)
        for one in (before, self._player, after, opener):
            self.stage.trailing.addWidget(one)

    # -------------------------------------------------------------- loading

    def start(self) -> None:
        """Loads and shows the end of the memory."""
        self.stretch.drop()
        self.stretch.load_days(self._begin)

    def _begin(self) -> None:
        if not self.stretch.days:
            return
        last = max(self.stretch.days)
        on = date.fromisoformat(last)
        end = min(self._now().timestamp(), midnight(on + timedelta(days=1)))
        self.strip.look_at(View(end - 9.2 * HOUR, 10.2 * HOUR, 1.0))
        self._goal = lambda: self._end_with(self.stretch.nearest(end))
        self._loaded()

    def _end_with(self, last: Moment | None) -> Moment | None:
        """The view ends soon after the last moment: what came before it is what is looked for."""
        view = self.strip.view
        if last is not None:
            self.strip.look_at(View(last.end.timestamp() - view.length * 0.9, view.length, view.width))
        return last

    def refresh(self, changes: Changes) -> None:
        """Loads anew what may have changed."""
        if not {"frames", "moments", "knowledge"} & set(changes.what):
            return
        if self.stretch.days:
            self.stretch.reload()
        else:
            self.start()

    def _loaded(self) -> None:
        self.days.hold(self.stretch.days)
        self._stack.setCurrentIndex(1 if self.stretch.known and not self.stretch.days else 0)
        if self._goal is not None and not self.stretch.busy:
            find, self._goal = self._goal, None
            found = find()
            if found is not None:
                self.choose(found)
        elif self._chosen is not None and not self.stretch.busy:
            self._follow_change(self._chosen)

    def _follow_change(self, chosen: Moment) -> None:
        """The chosen moment may have been folded or forgotten: then its neighbour takes its place."""
        start, end = self.strip.view.start, self.strip.view.end
        if start <= chosen.start.timestamp() <= end and self.stretch.place(chosen.id) is None:
            near = self.stretch.nearest(chosen.start.timestamp())
            if near is not None:
                self.choose(near)

    # -------------------------------------------------------------- choosing

    @property
    def chosen(self) -> Moment | None:
        return self._chosen

    def choose(self, moment: Moment) -> None:
        """Shows a moment above and marks it on the strip."""
        self._chosen = moment
        episode = self.stretch.episode_of(moment.id)
        self.stage.show_moment(moment, Sight(moment.id), episode.title if episode else "")
        self.strip.choose(moment)
        self._ahead(moment)

    def _ahead(self, moment: Moment) -> None:
        place = self.stretch.place(moment.id)
        if place is not None:
            near = self.stretch.moments[max(0, place - 1) : place + AHEAD + 1]
            self._pictures.ahead(one.id for one in reversed(near) if one.picture and one.id != moment.id)

    def _pick(self, moment: int) -> None:
        place = self.stretch.place(moment)
        if place is not None:
            self.choose(self.stretch.moments[place])

    def _open(self) -> None:
        if self._chosen is not None:
            self.opened.emit(Sight(self._chosen.id))

    # -------------------------------------------------------------- moving

    def go_to(self, at: float) -> None:
        """Goes to a time and chooses what was there."""
        view = self.strip.view
        if view.length > FAR:
            view = day_view(local(at).date(), view.width)
        self._goal = lambda: self.stretch.nearest(at)
        self.strip.look_at(view.showing(at))
        self._loaded()

    def go_to_day(self, on: date) -> None:
        """Shows a whole day and chooses its first moment, of today the last."""
        self.strip.look_at(day_view(on, self.strip.view.width))
        self.days.show_day(on)
        last = on == self._now().date()
        self._goal = lambda: self._edge(on, last=last)
        self._loaded()

    def step(self, by: int) -> None:
        """Goes to the moment before or after; past what is loaded, to the next day that holds something."""
        if self._chosen is None:
            return
        other = self.stretch.beside(self._chosen.id, by)
        if other is not None:
            self.choose(other)
            return
        day = self.stretch.day_beside(self._chosen.start.date(), by)
        if day is not None:
            self.go_to(midnight(day) if by > 0 else midnight(day + timedelta(days=1)) - 1)

    def step_episode(self, by: int) -> None:
        """Goes to where the next or the previous episode begins."""
        start = self.stretch.episode_beside(self._chosen.start, by) if self._chosen else None
        if start is not None:
            self.go_to(start.timestamp())

    def _edge(self, on: date, *, last: bool) -> Moment | None:
        here = self.stretch.of_day(on)
        return here[-1 if last else 0] if here else None

    def _go_to_edge(self, *, last: bool) -> None:
        found = self._edge(self._chosen.start.date(), last=last) if self._chosen else None
        if found is not None:
            self.choose(found)

    def _show_length(self, seconds: float) -> None:
        view = self.strip.view
        about = self._chosen.start.timestamp() if self._chosen else view.start + view.length / 2
        # Little is to be seen of what is still to come: a view that reaches there ends soon after now.
        start = min(about - seconds / 2, self._now().timestamp() - seconds * 0.9)
        self.strip.look_at(View(start, seconds, view.width))

    def toggle_play(self) -> None:
        """Walks through the moments by itself, or stops."""
        if self._play.isActive():
            self._play.stop()
            self._player.show_as("play", tr("Play"))
        else:
            self._play.start()
            self._player.show_as("stop", tr("Stop"))

    def _play_on(self) -> None:
        before = self._chosen
        self.step(1)
        if self._chosen is before and self._goal is None:
            self.toggle_play()

    def _moved(self) -> None:
        self.bar.name(self.strip.view)

    def _hover(self, found: Moment | Gap | None, point: QPointF) -> None:
        foot = self.strip.mapTo(self._full, QPoint(round(point.x()), 24))
        self._hover_card.show_at(found, foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = -1 if key == Qt.Key.Key_Left else 1
            self.step_episode(by) if shift else self.step(by)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_edge(last=key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to_day(self.days.day + timedelta(days=-1 if key == Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.strip.zoom(ZOOM if key == Qt.Key.Key_Minus else 1 / ZOOM)
        elif key == Qt.Key.Key_Space:
            self.toggle_play()
        elif key == Qt.Key.Key_N:
            self.go_to_day(self._now().date())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)
