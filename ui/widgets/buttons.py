"""Buttons, labels and chips: the small parts that every page is made of, each with its accessible name."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.theme import colours_of, icon, repaints, scaled

Kind = Literal["plain", "primary", "danger", "link", "cite"]
Tone = Literal["plain", "dim", "danger", "accent"]


class IconButton(QToolButton):
    """A button that is a picture alone; its name is read aloud and shown, with its key, on hover."""

    def __init__(self, name: str, label: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(label)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if key else ""
        self.setToolTip(f"{label}  ({shown})" if shown else label)
        self.setIconSize(QSize(20, 20))
        self._colour()

    def show_as(self, name: str, label: str) -> None:
        """Turns it into another button: play becomes stop."""
        self._name = name
        self.setAccessibleName(label)
        self.setToolTip(label)
        self._colour()

    def _colour(self) -> None:
        self.setIcon(icon(self._name, colours_of(self).dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event):
            self._colour()


class RailButton(QToolButton):
    """A place of the window: a picture with its word below."""

    def __init__(self, name: str, label: str, key: str) -> None:
        super().__init__()
        self._name = name
        self.setText(label)
        self.setAccessibleName(label)
        self.setToolTip(f"{label}  ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(24, 24))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(scaled(self.font(), 0.9))
        self.toggled.connect(lambda on: self._colour())
        self._colour()

    def _colour(self) -> None:
        colours = colours_of(self)
        self.setIcon(icon(self._name, colours.accent if self.isChecked() else colours.dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event):
            self._colour()


def button(text: str, kind: Kind = "plain") -> QPushButton:
    """A button with a word on it."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    return made


def label(
    text: str = "", *, size: float = 1.0, strong: bool = False, tone: Tone = "plain", wrap: bool = False
) -> QLabel:
    """A piece of text; `size` in units of the system's font."""
    made = QLabel(text)
    made.setFont(scaled(made.font(), size, strong=strong))
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def chip(text: str) -> QLabel:
    """A word or two in a rounded frame."""
    made = label(text, size=0.95)
    made.setProperty("kind", "chip")
    return made


class Elided(QLabel):
    """One line of text that gives way with an ellipsis; the whole of it stands in the tool tip."""

    def __init__(self, *, size: float = 1.0, strong: bool = False, tone: Tone = "plain") -> None:
        super().__init__()
        self.setFont(scaled(self.font(), size, strong=strong))
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        whole = self.text() if shown != self.text() else ""
        if self.toolTip() != whole:
            self.setToolTip(whole)


class Flow(QLayout):
    """Lays things out like words: left to right, then on the next line."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, place: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + self.spacing(), 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self.spacing()
            high = max(high, hint.height())
        return y + high - rect.y()


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
