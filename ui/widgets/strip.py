"""The strip of time: thumbnails, episodes, density and gaps on one axis, moved by wheel, hand and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from memory.records import Gap, Moment
from ui.models import Stretch
from ui.pictures import Pictures
from ui.span import View, day_view, local
from ui.theme import colours_of
from ui.widgets import strip_paint as paint
from ui.words import tr

WHEEL_PAN = 0.12
WHEEL_ZOOM = 1.25
CLICK = 4


class TimeStrip(QWidget):
    """One axis of time. It paints what is loaded and asks for the rest; nothing here waits."""

    picked = Signal(int)
    hovered = Signal(object, QPointF)
    """A `Moment`, a `Gap` or None under the pointer, and where on the strip."""
    moved = Signal()

    def __init__(self, stretch: Stretch, pictures: Pictures, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._stretch = stretch
        self._pictures = pictures
        self._now = now
        self._view = day_view(now().date(), 1.0)
        self._chosen: Moment | None = None
        self._grip: tuple[float, View] | None = None
        self._dragged = False
        self.setFixedHeight(paint.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Time strip"))
        stretch.loaded.connect(self.update)
        pictures.thumbnail_ready.connect(self._thumbnail_came)

    def sizeHint(self) -> QSize:
        return QSize(800, paint.HEIGHT)

    # -------------------------------------------------------------- what is shown

    @property
    def view(self) -> View:
        return self._view

    def look_at(self, view: View) -> None:
        """Shows another stretch of time."""
        self._view = replace(view, width=float(self.width()))
        self._stretch.need(self._view)
        self.moved.emit()
        self.update()

    def choose(self, moment: Moment | None) -> None:
        """Marks the moment that is shown above, and keeps it in sight."""
        self._chosen = moment
        if moment is not None:
            view = self._view.showing(moment.start.timestamp())
            if view is not self._view:
                self.look_at(view)
        self.update()

    def zoom(self, factor: float) -> None:
        """Zooms about the chosen moment when it is in sight, else about the middle."""
        view = self._view
        about = view.start + view.length / 2
        if self._chosen and view.start <= self._chosen.start.timestamp() <= view.end:
            about = self._chosen.start.timestamp()
        self.look_at(view.zoomed(factor, about))

    def _thumbnail_came(self, moment: int) -> None:
        self.update(paint.lanes(self.width()).film.toRect())

    # -------------------------------------------------------------- hands

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            about = self._view.at(event.position().x())
            self.look_at(self._view.zoomed(WHEEL_ZOOM ** (-turn.y() / 120), about))
        else:
            notches = (turn.y() or turn.x()) / 120
            self.look_at(self._view.panned(notches * WHEEL_PAN * self.width()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip, self._dragged = (event.position().x(), self._view), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            step = event.position().x() - self._grip[0]
            self._dragged = self._dragged or abs(step) > CLICK
            if self._dragged:
                self.hovered.emit(None, event.position())
                self.look_at(self._grip[1].panned(step))
            return
        self.hovered.emit(self._under(event.position()), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._grip is not None and not self._dragged
        self._grip = None
        if was_click:
            self._click(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None, QPointF())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_at(self._view)

    def _click(self, point: QPointF) -> None:
        if paint.is_far(self._view):
            self.look_at(day_view(local(self._view.at(point.x())).date(), self.width()))
            return
        found = self._under(point)
        if not isinstance(found, Moment):
            found = self._stretch.nearest(self._view.at(point.x()))
        if found is not None:
            self.picked.emit(found.id)

    def _under(self, point: QPointF) -> Moment | Gap | None:
        """What stands under a point: a thumbnail's own moment, a gap, or the moment of that time."""
        if paint.is_far(self._view):
            return None
        room = paint.lanes(self.width())
        at = self._view.at(point.x())
        if room.film.top() <= point.y() <= room.film.bottom():
            return next(
                (moment for left, moment in self._film() if left <= point.x() <= left + paint.THUMB_W), None
            )
        if point.y() < room.episodes.top():
            return None
        gap = next((g for g in self._stretch.gaps if g.start.timestamp() <= at <= g.end.timestamp()), None)
        if gap is not None:
            return gap
        near = self._stretch.nearest(at)
        reach = 6 * self._view.pixel
        if near and near.start.timestamp() - reach <= at <= near.end.timestamp() + reach:
            return near
        return None

    def _film(self) -> tuple[tuple[float, Moment], ...]:
        margin = self._view.pixel * paint.SLOT * 2
        moments = self._stretch.slice(self._view.start - margin, self._view.end)
        return paint.slots(self._view, moments, self._chosen.id if self._chosen else None)

    # -------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self)
        brush = paint.Brush(painter, self._view, colours, self.font())
        room = paint.lanes(self.width())
        paint.paint_ground(brush, room, self._now().timestamp())
        paint.paint_ruler(brush, room)
        if paint.is_far(self._view):
            paint.paint_far(brush, room, self._stretch.days)
        else:
            margin = self._view.pixel * paint.SLOT * 2
            moments = self._stretch.slice(self._view.start - margin, self._view.end)
            paint.paint_density(brush, room, moments)
            paint.paint_gaps(brush, room, self._stretch)
            paint.paint_episodes(brush, room, self._stretch)
            paint.paint_film(brush, room, moments, self._pictures, self._chosen.id if self._chosen else None)
        if self._chosen is not None:
            paint.paint_head(brush, room, self._chosen.start.timestamp(), focus=self.hasFocus())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            for y in (room.all.top() - 4, room.all.bottom() + 4):
                painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.end()
