"""What consolidation made, to be looked at: episodes with key pictures, facts with evidence, routines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from memory.records import Episode, Fact, Routine
from ui import words
from ui.pictures import Pictures
from ui.theme import app_colours, colours_of
from ui.widgets.buttons import Flow, button, label
from ui.widgets.tile import Tile
from ui.words import tr

KEYS = 4


class Thumbnail(QAbstractButton):
    """The small picture of a moment, to be clicked."""

    def __init__(self, moment: int, app: str, name: str, pictures: Pictures) -> None:
        super().__init__()
        self._moment = moment
        self._app = app
        self._pictures = pictures
        self.setFixedSize(QSize(136, 85))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)
        pictures.thumbnail_ready.connect(self._came)

    def _came(self, moment: int) -> None:
        if moment == self._moment:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        colours = colours_of(self)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        path = QPainterPath()
        path.addRoundedRect(frame, 5, 5)
        painter.setClipPath(path)
        pixmap = self._pictures.thumbnail(self._moment)
        if pixmap is None:
            painter.fillRect(frame, app_colours(self._app, colours).soft)
        else:
            shown = pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            painter.drawPixmap(QRectF(frame.topLeft(), shown), pixmap, QRectF(pixmap.rect()))
        painter.setClipping(False)
        marked = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(colours.accent), 2) if marked else QPen(QColor(colours.border), 1))
        painter.drawPath(path)
        painter.end()


class EpisodeCard(QFrame):
    """One episode of a day."""

    opened = Signal(int)

    def __init__(self, episode: Episode, on: date, pictures: Pictures) -> None:
        super().__init__()
        self._app = episode.apps[0] if episode.apps else ""
        self.setProperty("card", "true")
        self.setAccessibleName(episode.title)
        here = [one for one in episode.spans if one[0].date() <= on <= one[1].date()]
        spans = ",  ".join(words.span(*one) for one in here[:4])
        other = len(episode.spans) - len(here)
        if other:
            spans += "  ·  " + words.count(
                other, tr("and once on another day"), tr("and {n} times on other days")
            )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 12, 16, 16)
        whole.setSpacing(5)
        whole.addLayout(self._head(episode, spans))
        whole.addLayout(self._title(episode))
        if episode.gist:
            gist = label(episode.gist, wrap=True)
            gist.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            whole.addWidget(gist)
        if episode.title_polished:
            whole.addWidget(self._polished(episode))
        whole.addSpacing(4)
        whole.addLayout(self._pictures(episode, pictures))

    def _head(self, episode: Episode, spans: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(spans, size=0.92, tone="dim", wrap=True), 1)
        if episode.moments:
            resume = button(tr("Where I left off"), "link")
            resume.setAccessibleName(tr("Where I left off: {title}").format(title=episode.title))
            resume.clicked.connect(lambda: self.opened.emit(episode.moments[-1]))
            row.addWidget(resume)
        return row

    def _title(self, episode: Episode) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label(episode.title, size=1.12, strong=True, wrap=True), 1)
        for app in episode.apps[:5]:
            row.addWidget(Tile(20, app))
        return row

    def _polished(self, episode: Episode) -> QWidget:
        """Beside the title and gist that rest on evidence, and told apart from them."""
        said = tr("The local model's words: {title}. {gist}").format(
            title=episode.title_polished.rstrip("."), gist=episode.gist_polished
        )
        words_of_it = label(said, size=0.92, tone="dim", wrap=True)
        words_of_it.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return words_of_it

    def _pictures(self, episode: Episode, pictures: Pictures) -> Flow:
        row = Flow(8)
        for n, moment in enumerate(episode.key_moments[:KEYS], 1):
            name = tr("Picture {n} of {title}").format(n=n, title=episode.title)
            picture = Thumbnail(moment, self._app, name, pictures)
            picture.clicked.connect(lambda checked=False, moment=moment: self.opened.emit(moment))
            row.addWidget(picture)
        return row

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(app_colours(self._app, colours_of(self)).strong)
        painter.drawRoundedRect(QRectF(6, 14, 4, self.height() - 28), 2, 2)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()


class FactCard(QWidget):
    """One fact, what it replaced, and the moments that show it."""

    opened = Signal(int, str)

    def __init__(self, fact: Fact, before: tuple[Fact, ...], now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setAccessibleName(fact.statement)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 10)
        whole.setSpacing(2)
        statement = label(fact.statement, wrap=True)
        statement.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole.addWidget(statement)
        if fact.doubt:
            doubt = tr("in doubt: only {place} says so").format(place=fact.doubt)
            whole.addWidget(label(doubt, size=0.92, tone="dim", wrap=True))
        for old in before:
            said = tr("before: {value} (until {day})")
            until = words.day_short(old.last_seen.date())
            whole.addWidget(label(said.format(value=old.value, day=until), size=0.92, tone="dim", wrap=True))
        seen = tr("seen {ago}").format(ago=words.ago(fact.last_seen, now()))
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(label(seen, size=0.92, tone="dim"))
        for n, evidence in enumerate(fact.evidence[:5], 1):
            link = button(f"[{n}]", "link")
            link.setAccessibleName(tr("Evidence {n}: {quote}").format(n=n, quote=evidence.quote))
            link.setToolTip(evidence.quote)
            link.clicked.connect(lambda checked=False, one=evidence: self.opened.emit(one.moment, one.quote))
            row.addWidget(link)
        row.addStretch()
        whole.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


class RoutineCard(QWidget):
    """One routine: its steps, when it is seen, and a way to the last time."""

    opened = Signal(int)

    def __init__(self, routine: Routine) -> None:
        super().__init__()
        self.setAccessibleName(routine.title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 6)
        whole.setSpacing(2)
        steps = label(routine.title, wrap=True)
        steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole.addWidget(steps)
        whole.addWidget(label(words.habit(routine), size=0.92, tone="dim", wrap=True))
        if len(routine.evidence) >= len(routine.steps):
            link = button(tr("Last time"), "link")
            link.setAccessibleName(tr("Last time: {title}").format(title=routine.title))
            link.clicked.connect(lambda: self.opened.emit(routine.evidence[-len(routine.steps)]))
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch()
            whole.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
