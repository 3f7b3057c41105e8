"""The list of results: a picture, the matching words marked, application, title, time, and why it matched."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPainterPath, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from memory.records import Result
from ui import words
from ui.marks import spots
from ui.models import Results
from ui.pictures import Pictures
from ui.theme import Colours, app_colours, colours_of, scaled
from ui.widgets.tile import paint_tile
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROW = 104
THUMB_W, THUMB_H = 128, 80


class _Rows(QStyledItemDelegate):
    """Paints one result."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(320, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        result: Result = index.data(Qt.ItemDataRole.UserRole)
        model = index.model()
        assert isinstance(model, Results)
        colours = colours_of(self._list)
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, colours, state)
        self._thumbnail(painter, QRectF(rect.left() + 12, rect.top() + 12, THUMB_W, THUMB_H), result, colours)
        left = rect.left() + 12 + THUMB_W + 14
        room = QRectF(left, rect.top() + 11, rect.right() - left - 12, ROW - 22)
        self._words(painter, room, result, model, colours)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, colours: Colours, state: QStyle.StateFlag) -> None:
        inside = rect.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.accent_soft))
            if self._list.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(inside, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.sunken))
            painter.drawRoundedRect(inside, 8, 8)
        else:
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(
                QPointF(rect.left() + 12, rect.bottom()), QPointF(rect.right() - 12, rect.bottom())
            )

    def _thumbnail(self, painter: QPainter, frame: QRectF, result: Result, colours: Colours) -> None:
        pixmap = self._pictures.thumbnail(result.moment.id)
        path = QPainterPath()
        path.addRoundedRect(frame, 5, 5)
        painter.save()
        painter.setClipPath(path)
        if pixmap is None:
            painter.fillRect(frame, app_colours(result.moment.app, colours).soft)
            square = QRectF(frame.center().x() - 14, frame.center().y() - 14, 28, 28)
            paint_tile(painter, square, result.moment.app, colours)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            shown = pixmap.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            painter.drawPixmap(QRectF(frame.topLeft(), QSize(shown)), pixmap, QRectF(pixmap.rect()))
        painter.restore()
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _words(
        self, painter: QPainter, room: QRectF, result: Result, model: Results, colours: Colours
    ) -> None:
        base = self._list.font()
        moment = result.moment
        title, small = scaled(base, 1.05, strong=True), scaled(base, 0.92)
        paint_tile(painter, QRectF(room.left(), room.top() + 1, 18, 18), moment.app, colours)
        painter.setFont(title)
        painter.setPen(QColor(colours.text))
        line = QRectF(room.left() + 26, room.top(), room.width() - 26, 20)
        said = painter.fontMetrics().elidedText(
            moment.title or moment.app, Qt.TextElideMode.ElideRight, int(line.width())
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), said)
        snippet = QRectF(room.left(), room.top() + 25, room.width(), 38)
        paint_marked(painter, snippet, result.snippet, base, (model.marked, colours))
        self._small_print(painter, room, result, model, (small, colours))

    def _small_print(
        self, painter: QPainter, room: QRectF, result: Result, model: Results, look: tuple[QFont, Colours]
    ) -> None:
        font, colours = look
        now = model.now()
        start = result.moment.start
        parts = [words.when(start, now), words.ago(start, now)]
        if result.also:
            parts.append(tr("+{n} similar").format(n=words.number(len(result.also))))
        painter.setFont(font)
        painter.setPen(QColor(colours.dim))
        line = QRectF(room.left(), room.bottom() - 16, room.width(), 18)
        why = words.why(result.why)
        reason = painter.fontMetrics().horizontalAdvance(why)
        if reason > room.width() * 0.4:
            why, reason = "", -16
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), why)
        left = line.adjusted(0, 0, -reason - 16, 0)
        said = painter.fontMetrics().elidedText(
            words.joined(parts), Qt.TextElideMode.ElideRight, int(left.width())
        )
        painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter), said)


def paint_marked(
    painter: QPainter, room: QRectF, text: str, font: QFont, look: tuple[frozenset[str], Colours]
) -> None:
    """Two lines of text with the wanted words marked; what is too long ends in an ellipsis."""
    wanted, colours = look
    text = " ".join(text.split())
    painter.setFont(font)
    first = QTextLayout(text, font)
    first.beginLayout()
    line = first.createLine()
    line.setLineWidth(room.width())
    cut = line.textLength()
    first.endLayout()
    rest = painter.fontMetrics().elidedText(text[cut:], Qt.TextElideMode.ElideRight, int(room.width()))
    for n, part in enumerate((text[:cut], rest)):
        layout = QTextLayout(part, font)
        layout.setFormats([_mark(start, length, colours) for start, length in spots(part, wanted)])
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        painter.setPen(QColor(colours.text))
        layout.draw(painter, QPointF(room.left(), room.top() + n * painter.fontMetrics().lineSpacing()))


def _mark(start: int, length: int, colours: Colours) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setBackground(QColor(colours.mark))
    form.setForeground(QColor(colours.on_mark))
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, form
    return made


class ResultList(QListView):
    """Results to walk through by key: arrows show each one, Enter opens it."""

    shown = Signal(object)
    opened = Signal(object)
    left_upwards = Signal()

    def __init__(self, model: Results, pictures: Pictures) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Rows(pictures, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Results"))
        pictures.thumbnail_ready.connect(self._thumbnail_came)
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(Qt.ItemDataRole.UserRole)))

    def choose(self, row: int) -> None:
        """Puts the cursor on a row."""
        self.setCurrentIndex(self.model().index(row, 0))

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.shown.emit(index.data(Qt.ItemDataRole.UserRole))

    def _thumbnail_came(self, moment: int) -> None:
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index.data(Qt.ItemDataRole.UserRole))
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()
