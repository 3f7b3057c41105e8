"""The picture of a moment: fitted or zoomed, panned by dragging, with boxes around what matched."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from memory.records import Box
from ui.theme import Colours, blend, colours_of
from ui.words import tr

MOST = 8.0
STEP = 1.25
CLICK = 4


class PictureView(QWidget):
    """Shows one picture. Boxes are in pixels of the frame, whatever size the picture at hand has."""

    clicked = Signal()
    zoomed = Signal(float)

    def __init__(self, *, zooms: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zooms = zooms
        self._pixmap: QPixmap | None = None
        self._frame = QSizeF(16, 10)
        self._boxes: tuple[Box, ...] = ()
        self._strong: tuple[Box, ...] = ()
        self._note = ""
        self._zoom = 0.0
        self._centre = QPointF()
        self._pressed: QPointF | None = None
        self._dragged = False
        self._fitted: tuple[int, QSize, QPixmap] | None = None
        self.setMinimumSize(160, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if zooms else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Picture of the moment"))

    # -------------------------------------------------------------- what is shown

    def show_picture(self, pixmap: QPixmap | None, frame: tuple[int, int] | None = None) -> None:
        """Shows a picture of a frame of this size (width, height); None keeps what is there."""
        if pixmap is not None:
            self._pixmap = pixmap
            self._note = ""
            size = QSizeF(pixmap.size()) if frame is None or not all(frame) else QSizeF(*frame)
            if size != self._frame:
                self._frame = size
                self._centre = QPointF(size.width() / 2, size.height() / 2)
                self._changed()
        self.update()

    def show_note(self, note: str) -> None:
        """Shows a sentence in place of a picture."""
        self._pixmap, self._note, self._boxes, self._strong = None, note, (), ()
        self.update()

    def show_boxes(self, boxes: tuple[Box, ...], strong: tuple[Box, ...] = ()) -> None:
        """Draws boxes around what matched; `strong` ones are what is quoted."""
        self._boxes, self._strong = boxes, strong
        self.update()

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (*self._strong, *self._boxes)

    def describe(self, text: str) -> None:
        """The words on the picture, for those who have it read to them."""
        self.setAccessibleDescription(text)

    # -------------------------------------------------------------- zoom

    def fit(self) -> None:
        """Shows the whole picture."""
        self._zoom = 0.0
        self._centre = QPointF(self._frame.width() / 2, self._frame.height() / 2)
        self._changed()

    def actual(self) -> None:
        """One pixel of the frame on one of the screen."""
        self._zoom = 1.0 / self.devicePixelRatioF()
        self._changed()

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Zooms; the point `about` of the widget stays where it is."""
        about = about or QPointF(self.rect().center())
        kept = self._to_frame(about)
        scale = min(MOST, self._scale() * factor)
        self._zoom = 0.0 if scale <= self._fit_scale() else scale
        if self._zoom:
            middle = QPointF(self.width() / 2, self.height() / 2)
            self._centre = kept - (about - middle) / scale
        else:
            self._centre = QPointF(self._frame.width() / 2, self._frame.height() / 2)
        self._changed()

    def _changed(self) -> None:
        self._keep_inside()
        self.zoomed.emit(self._scale() * self.devicePixelRatioF())
        self.update()

    def _fit_scale(self) -> float:
        room = min(self.width() / self._frame.width(), self.height() / self._frame.height())
        return min(room, 2.0)

    def _scale(self) -> float:
        return self._zoom or self._fit_scale()

    def _keep_inside(self) -> None:
        scale = self._scale()
        half_w = min(self.width() / scale, self._frame.width()) / 2
        half_h = min(self.height() / scale, self._frame.height()) / 2
        self._centre = QPointF(
            min(max(self._centre.x(), half_w), self._frame.width() - half_w),
            min(max(self._centre.y(), half_h), self._frame.height() - half_h),
        )

    def _target(self) -> QRectF:
        scale = self._scale()
        size = self._frame * scale
        left = self.width() / 2 - self._centre.x() * scale
        top = self.height() / 2 - self._centre.y() * scale
        return QRectF(QPointF(round(left), round(top)), size)

    def _to_frame(self, point: QPointF) -> QPointF:
        return (point - self._target().topLeft()) / self._scale()

    # -------------------------------------------------------------- hands

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._zooms or self._pixmap is None:
            event.ignore()
            return
        self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not self._zoom:
            return
        step = event.position() - self._pressed
        if self._dragged or step.manhattanLength() > CLICK:
            self._dragged = True
            self._pressed = event.position()
            self._centre -= step / self._scale()
            self._keep_inside()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged:
            self.clicked.emit()
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zooms:
            self.fit() if self._zoom else self.actual()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP}
        if event.key() in keys:
            self.zoom_by(keys[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        elif event.key() == Qt.Key.Key_1:
            self.actual()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    # -------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = colours_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.stage))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._pixmap is not None:
            self._paint_picture(painter, colours)
        elif self._note:
            painter.setPen(QColor(colours.dim))
            room = self.rect().adjusted(32, 16, -32, -16)
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room, flags, self._note)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        painter.end()

    def _paint_picture(self, painter: QPainter, colours: Colours) -> None:
        assert self._pixmap is not None
        target = self._target()
        painter.save()
        round_edge = QPainterPath()
        round_edge.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(round_edge)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._zoom:
            painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
        else:
            painter.drawPixmap(target.topLeft(), self._fit_pixmap(target.size().toSize()))
        edge = blend(QColor(colours.text), QColor(colours.stage), 0.18)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(target.adjusted(0.5, 0.5, -0.5, -0.5))
        scale = self._scale()
        for strong, boxes in ((False, self._boxes), (True, self._strong)):
            for x, y, wide, high in boxes:
                around = QRectF(x * scale, y * scale, wide * scale, high * scale).translated(target.topLeft())
                self._paint_box(painter, around.adjusted(-2, -2, 2, 2), colours, strong=strong)
        painter.restore()

    def _paint_box(self, painter: QPainter, around: QRectF, colours: Colours, *, strong: bool) -> None:
        fill = QColor("#ffb938")
        fill.setAlpha(52)
        painter.setBrush(fill)
        # A dark line under the bright one keeps the box visible on any screen.
        painter.setPen(QPen(QColor(0, 0, 0, 110), 4 if strong else 3))
        painter.drawRoundedRect(around, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#ffb938"), 2 if strong else 1.5))
        painter.drawRoundedRect(around, 3, 3)

    def _fit_pixmap(self, size: QSize) -> QPixmap:
        """The picture at the size it is shown in, made once: a smooth one is dear to make at every paint."""
        assert self._pixmap is not None
        ratio = self.devicePixelRatioF()
        sharp = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        if self._fitted is None or self._fitted[:2] != (self._pixmap.cacheKey(), sharp):
            made = self._pixmap.scaled(
                sharp, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            made.setDevicePixelRatio(ratio)
            self._fitted = (self._pixmap.cacheKey(), sharp, made)
        return self._fitted[2]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
