"""A moment on stage: application, title and time above, its picture below, first small, then sharp."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memory.records import Moment, MomentWhole
from ui import words
from ui.marks import boxes
from ui.models import Sight
from ui.pictures import Pictures
from ui.tasks import Ask, Tasks
from ui.widgets.buttons import Elided
from ui.widgets.picture import PictureView
from ui.widgets.tile import Tile
from ui.words import tr

NOTE_LINES = 14


class Stage(QWidget):
    """Shows one moment. `whole` stages load its words always, others only when there is something to mark."""

    clicked = Signal()
    loaded = Signal(object)
    """The `MomentWhole` that is shown, when it is here."""

    def __init__(
        self, tasks: Tasks, pictures: Pictures, now: Callable[[], datetime], *, whole: bool = False
    ) -> None:
        super().__init__()
        self._tasks, self._pictures, self._now, self._always = tasks, pictures, now, whole
        self._moment: Moment | None = None
        self._sight: Sight | None = None
        self._whole: MomentWhole | None = None
        self._tile = Tile(36)
        self._title = Elided(size=1.2, strong=True)
        self._small = Elided(tone="dim")
        self.picture = PictureView(zooms=whole)
        self.picture.clicked.connect(self.clicked)
        self.leading = QHBoxLayout()
        self.trailing = QHBoxLayout()
        named = QVBoxLayout()
        named.setSpacing(1)
        named.addWidget(self._title)
        named.addWidget(self._small)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(self.leading)
        head.addWidget(self._tile)
        head.addLayout(named, 1)
        head.addLayout(self.trailing)
        self.trailing.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        pictures.picture_ready.connect(self._picture_came)
        pictures.thumbnail_ready.connect(self._picture_came)

    def show_moment(self, moment: Moment, sight: Sight, extra: str = "") -> None:
        """Puts a moment on stage; the picture before it stays until its own is here."""
        self._moment, self._sight, self._whole = moment, sight, None
        now = self._now()
        when = words.joined((words.day(moment.start.date()), words.span(moment.start, moment.end)))
        self._tile.show_app(moment.app)
        self._title.setText(moment.title or moment.app)
        told = (moment.app, when, words.ago(moment.start, now), words.faded(moment.faded), extra)
        self._small.setText(words.joined(told))
        self.picture.describe(f"{moment.app}, {moment.title}, {when}")
        self.picture.show_boxes(())
        if moment.picture:
            self._show_picture()
        if self._always or sight.marked or sight.quoted or not moment.picture:
            self._tasks.do(Ask(lambda memory: memory.moment(moment.id), self._took, slot=f"stage {id(self)}"))

    @property
    def moment(self) -> Moment | None:
        return self._moment

    @property
    def sight(self) -> Sight | None:
        return self._sight

    def mark(self, sight: Sight) -> None:
        """Marks something else on the same picture."""
        self._sight = sight
        self._show_marks()

    def _took(self, whole: MomentWhole) -> None:
        if self._moment is None:
            return
        self._moment, self._whole = whole.moment, whole
        self.picture.describe("\n".join(line.text for line in whole.lines))
        if whole.moment.picture:
            self._show_picture()
        else:
            self.picture.show_note("\n".join(line.text for line in whole.lines[:NOTE_LINES]))
        self.loaded.emit(whole)

    def _show_picture(self) -> None:
        """The sharp picture; until it is here the thumbnail, and until then what was there before."""
        assert self._moment is not None
        moment = self._moment.id
        frame = (self._whole.width, self._whole.height) if self._whole else None
        faded = self._moment.faded == "thumbnail"
        sharp = None if faded else self._pictures.picture(moment)
        if sharp is not None:
            self.picture.show_picture(sharp, frame)
        elif not faded and self._pictures.missing(moment):
            self.picture.show_note(tr("The picture of this moment is not there."))
            return
        elif (small := self._pictures.thumbnail(moment)) is not None:
            self.picture.show_picture(small, frame or (1920, round(1920 * small.height() / small.width())))
        else:
            return
        self._show_marks()

    def _show_marks(self) -> None:
        if self._whole is None or self._sight is None or not self._whole.moment.picture:
            return
        advance = QFontMetricsF(self.font()).horizontalAdvance
        self.picture.show_boxes(boxes(self._whole.lines, self._sight.marked, advance), self._sight.quoted)

    def _picture_came(self, moment: int) -> None:
        if self._moment is not None and self._moment.picture and moment == self._moment.id:
            self._show_picture()
