"""One moment whole: its picture with what matched boxed, its lines to copy, its neighbours, forgetting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from memory.api import Memory
from memory.records import Box, Changes, Episode, Forgotten, Moment, MomentWhole, Timeline, What
from ui import words
from ui.marks import terms
from ui.models import Sight
from ui.pictures import Pictures
from ui.tasks import Act, Ask, Tasks
from ui.widgets.buttons import Elided, IconButton, button, label
from ui.widgets.lines import LinesPanel
from ui.widgets.stage import Stage
from ui.words import tr

AROUND = timedelta(hours=18)
SIDE = 328


class MomentPage(QWidget):
    """Opened from anywhere; Escape goes back to where one came from."""

    back = Signal()
    on_timeline = Signal(object)
    """The `Moment` to show on the timeline."""
    forgotten = Signal(object)
    """The ids that are gone."""

    def __init__(self, tasks: Tasks, pictures: Pictures, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._tasks, self._pictures, self._now = tasks, pictures, now
        self._whole: MomentWhole | None = None
        self._near: tuple[Moment, ...] = ()
        self._sight = Sight(-1)
        self._asking: QMessageBox | None = None
        self.stage = Stage(tasks, pictures, now, whole=True)
        self.stage.loaded.connect(self._took)
        self._build()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.words.search.setFocus)

    # -------------------------------------------------------------- parts

    def _build(self) -> None:
        back = IconButton("back", tr("Back"), "Esc")
        back.clicked.connect(self.back)
        self.stage.leading.addWidget(back)
        self._before = IconButton("left", tr("Moment before"), "Alt+Left")
        self._after = IconButton("right", tr("Moment after"), "Alt+Right")
        self._before.clicked.connect(lambda: self.step(-1))
        self._after.clicked.connect(lambda: self.step(1))
        show = button(tr("On the timeline"))
        show.clicked.connect(self._show_on_timeline)
        self.forget_button = button(tr("Forget …"), "danger")
        self.forget_button.setMenu(self._forget_menu())
        for one in (self._before, self._after):
            self.stage.trailing.addWidget(one)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 16)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.stage, 1)
        foot = self._zoom_bar()
        foot.insertWidget(0, show)
        foot.insertSpacing(1, 6)
        foot.insertWidget(2, self.forget_button)
        left.addLayout(foot)
        row.addLayout(left, 1)
        row.addWidget(self._side())

    def _zoom_bar(self) -> QHBoxLayout:
        picture = self.stage.picture
        self._scale = label("", size=0.92, tone="dim")
        fit = button(tr("Fit"), "link")
        actual = button(tr("1:1"), "link")
        smaller = IconButton("minus", tr("Zoom out"), "-")
        larger = IconButton("plus", tr("Zoom in"), "+")
        fit.clicked.connect(picture.fit)
        actual.clicked.connect(picture.actual)
        smaller.clicked.connect(lambda: picture.zoom_by(0.8))
        larger.clicked.connect(lambda: picture.zoom_by(1.25))
        picture.zoomed.connect(lambda scale: self._scale.setText(f"{round(scale * 100)} %"))
        actual.setAccessibleName(tr("Actual size"))
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addStretch()
        for one in (self._scale, fit, actual, smaller, larger):
            row.addWidget(one)
        return row

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE)
        self._episode_head = label(tr("Part of"), size=0.92, tone="dim")
        self._episode = label(strong=True, wrap=True)
        self._address = Elided(size=0.92, tone="dim")
        self.words = LinesPanel()
        self.words.narrowed.connect(self._narrow)
        self.words.chosen.connect(self._box_chosen)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._episode_head)
        column.addWidget(self._episode)
        column.addWidget(self._address)
        column.addSpacing(6)
        column.addWidget(self.words, 1)
        return side

    def _forget_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("This moment")).triggered.connect(self.forget_this)
        menu.addAction(tr("The ten minutes around it")).triggered.connect(self._forget_around)
        menu.addAction(tr("Everything of this application")).triggered.connect(self._forget_app)
        return menu

    # -------------------------------------------------------------- showing

    def open(self, sight: Sight) -> None:
        """Opens a moment by its id; folded ids lead to the moment they became part of."""

        def took(whole: MomentWhole) -> None:
            self.words.search.clear()
            self.stage.picture.fit()
            self._show(whole.moment, sight.marked, sight.quoted)

        self._tasks.do(Ask(lambda memory: memory.moment(sight.moment), took, slot="moment"))

    def _show(self, moment: Moment, marked: frozenset[str], quoted: tuple[Box, ...]) -> None:
        self._sight = Sight(moment.id, marked, quoted)
        self.stage.show_moment(moment, self._sight)

    def refresh(self, changes: Changes) -> None:
        """Looks again at what came before and after."""
        if self._whole is not None and "moments" in changes.what:
            self._look_around(self._whole.moment)

    @property
    def shown(self) -> MomentWhole | None:
        return self._whole

    def _took(self, whole: MomentWhole) -> None:
        self._whole = whole
        self.words.show_lines(whole.lines)
        self._address.setText(whole.moment.url or "")
        self._address.setVisible(bool(whole.moment.url))
        self._look_around(whole.moment)

    def _look_around(self, moment: Moment) -> None:
        since, until = moment.start - AROUND, moment.end + AROUND

        def fetch(memory: Memory) -> tuple[Timeline, tuple[Episode, ...]]:
            return memory.timeline(since, until), memory.episodes(moment.start, moment.end)

        self._tasks.do(Ask(fetch, self._took_around, slot="around"))

    def _took_around(self, found: tuple[Timeline, tuple[Episode, ...]]) -> None:
        line, episodes = found
        self._near = tuple(sorted(line.moments, key=lambda moment: (moment.start, moment.id)))
        place = self._place()
        self._before.setEnabled(place is not None and place > 0)
        self._after.setEnabled(place is not None and place < len(self._near) - 1)
        here = self._whole.moment.id if self._whole else -1
        part = next((one for one in episodes if one.level == "episode" and here in one.moments), None)
        self._episode_head.setVisible(part is not None)
        self._episode.setVisible(part is not None)
        self._episode.setText(part.title if part else "")

    def _place(self) -> int | None:
        here = self._whole.moment.id if self._whole else -1
        return next((n for n, one in enumerate(self._near) if one.id == here), None)

    def step(self, by: int) -> None:
        """Goes to the moment before or after; what is marked stays marked."""
        place = self._place()
        if place is not None and 0 <= place + by < len(self._near):
            self._show(self._near[place + by], self._sight.marked, ())

    def _show_on_timeline(self) -> None:
        if self._whole is not None:
            self.on_timeline.emit(self._whole.moment)

    # -------------------------------------------------------------- words

    def _narrow(self, text: str) -> None:
        sight = self.stage.sight
        if sight is not None:
            self.stage.mark(Sight(sight.moment, terms(text) if text else self._sight.marked, sight.quoted))

    def _box_chosen(self, chosen: tuple[Box, ...]) -> None:
        sight = self.stage.sight
        if sight is not None:
            self.stage.mark(Sight(sight.moment, sight.marked, chosen or self._sight.quoted))

    # -------------------------------------------------------------- forgetting

    def forget_this(self) -> None:
        """Asks whether this moment is to be forgotten."""
        if self._whole is not None:
            self._would_forget(What(moments=(self._whole.moment.id,)))

    def _forget_around(self) -> None:
        if self._whole is not None:
            moment = self._whole.moment
            five = timedelta(minutes=5)
            self._would_forget(What(since=moment.start - five, until=moment.end + five))

    def _forget_app(self) -> None:
        if self._whole is not None:
            self._would_forget(What(app=self._whole.moment.app))

    def _would_forget(self, what: What) -> None:
        self._tasks.do(
            Ask(
                lambda memory: memory.forget(what, True),
                lambda found: self._confirm(what, found),
                slot="forget",
            )
        )

    def _confirm(self, what: What, found: Forgotten) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(tr("Forget"))
        n = len(found.moments)
        box.setText(words.count(n, tr("Forget this moment?"), tr("Forget {n} moments?")))
        box.setInformativeText(
            tr("Picture, words and all that rests on them alone are erased from this machine. It is final.")
        )
        yes = box.addButton(tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self._forget(what))
        box.finished.connect(box.deleteLater)
        self._asking = box
        box.open()

    def _forget(self, what: What) -> None:
        self._tasks.do(Act(lambda memory: memory.forget(what, False), self._forgot))

    def _forgot(self, gone: Forgotten) -> None:
        self.forgotten.emit(tuple(moment.id for moment in gone.moments))
        self.back.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_BracketLeft: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_BracketRight: 1,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.forget_this()
        else:
            super().keyPressEvent(event)
