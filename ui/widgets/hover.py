"""The card that floats over the time strip: a thumbnail with title and time, or the reason of a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from memory.records import Gap, Moment
from ui import words
from ui.pictures import Pictures
from ui.theme import app_colours, colours_of, scaled
from ui.widgets.tile import paint_tile

WIDE = 264
PICTURE = QSize(WIDE - 16, 155)


class HoverCard(QWidget):
    """Painted at once with what is here; the thumbnail follows when it comes. Never takes a click."""

    def __init__(self, pictures: Pictures, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._pictures = pictures
        self._now = now
        self._shown: Moment | Gap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.tr("Preview"))
        pictures.thumbnail_ready.connect(lambda moment: self.update())
        self.hide()

    def show_at(self, shown: Moment | Gap | None, foot: QPoint) -> None:
        """Shows a moment or a gap with the card's foot at a point of its parent; None hides it."""
        self._shown = shown
        if shown is None:
            self.hide()
            return
        high = PICTURE.height() + 62 if isinstance(shown, Moment) and shown.picture else 56
        self.resize(WIDE, high)
        right = self._over.width() - WIDE - 8
        self.move(min(max(8, foot.x() - WIDE // 2), right), max(8, foot.y() - high - 8))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if isinstance(self._shown, Moment):
            self._paint_moment(painter, self._shown)
        elif isinstance(self._shown, Gap):
            gap = self._shown
            length = words.duration(gap.end - gap.start)
            self._paint_words(
                painter, 8, words.gap(gap.reason), f"{words.span(gap.start, gap.end)}  ·  {length}"
            )
        painter.end()

    def _paint_moment(self, painter: QPainter, moment: Moment) -> None:
        top = 8
        if moment.picture:
            frame = QRectF(8, 8, PICTURE.width(), PICTURE.height())
            thumbnail = self._pictures.thumbnail(moment.id)
            if thumbnail is None:
                painter.fillRect(frame, app_colours(moment.app, colours_of(self)).soft)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(frame, thumbnail, QRectF(thumbnail.rect()))
            top += PICTURE.height() + 6
        paint_tile(painter, QRectF(10, top + 3, 16, 16), moment.app, colours_of(self))
        small = words.joined((words.when(moment.start, self._now()), words.ago(moment.start, self._now())))
        self._paint_words(painter, top, moment.title or moment.app, small, indent=24)

    def _paint_words(self, painter: QPainter, top: int, head: str, small: str, indent: int = 0) -> None:
        colours = colours_of(self)
        for n, (text, font, colour) in enumerate(
            (
                (head, scaled(self.font(), 1.0, strong=True), colours.text),
                (small, scaled(self.font(), 0.92), colours.dim),
            )
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            left = 10 + (indent if n == 0 else 0)
            said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, WIDE - left - 10)
            painter.drawText(
                QRectF(left, top + n * 20, WIDE - left - 8, 22), int(Qt.AlignmentFlag.AlignVCenter), said
            )
