"""The words of a moment as a list: narrowed by typing, boxed on the picture by choosing, copied by line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from memory.records import Line
from ui import words
from ui.models import Lines
from ui.widgets.buttons import button, label
from ui.words import tr


class LinesPanel(QWidget):
    """Finds and copies lines of one moment."""

    narrowed = Signal(str)
    chosen = Signal(object)
    """The boxes of the chosen lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = Lines(self)
        self._count = label(strong=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find in this moment"))
        self.search.setAccessibleName(tr("Find in this moment"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.list = QListView()
        self.list.setObjectName("lines")
        self.list.setAccessibleName(tr("Lines of text"))
        self.list.setModel(self.lines)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.list, self.copy)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy = button(tr("Copy all"))
        self._copy.clicked.connect(self.copy)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Lists the lines of a moment, those alone that hold what is looked for."""
        self.lines.show(lines, self.search.text())
        self._count.setText(words.count(len(lines), tr("1 line of text"), tr("{n} lines of text")))

    def _narrow(self, text: str) -> None:
        self.lines.narrow(text)
        self.narrowed.emit(text)

    def _selected(self) -> None:
        boxes = tuple(line.box for line in self._chosen())
        self._copy.setText(tr("Copy chosen") if boxes else tr("Copy all"))
        self.chosen.emit(boxes)

    def _chosen(self) -> list[Line]:
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [self.lines.rows[row] for row in rows if row < len(self.lines.rows)]

    def copy(self) -> None:
        """Copies the chosen lines, or all that are listed."""
        taken = self._chosen() or list(self.lines.rows)
        QGuiApplication.clipboard().setText("\n".join(line.text for line in taken))
