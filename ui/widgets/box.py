"""The one box: typing searches, Enter asks, Down goes to the results, Escape empties it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.theme import colours_of, icon, repaints
from ui.words import tr


class SearchBox(QLineEdit):
    """Stands in the header of every page."""

    typed = Signal(str)
    entered = Signal(str)
    left_downwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("box")
        self.setPlaceholderText(tr("Search what you have seen, or ask a question   (Ctrl+K)"))
        self.setAccessibleName(tr("Search or ask"))
        self.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self._glass.setText(tr("Search"))
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self.typed)
        self.returnPressed.connect(lambda: self.entered.emit(self.text()))
        self._colour()

    def focus_all(self) -> None:
        """Puts the cursor here, everything chosen, so that the next key begins anew."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _colour(self) -> None:
        self._glass.setIcon(icon("ask", colours_of(self).dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event):
            self._colour()
