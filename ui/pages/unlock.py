"""The memory is locked: the passphrase that opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.setup import Setup
from ui.tasks import Prepare, Tasks, Trouble
from ui.theme import colours_of, pixmap
from ui.widgets.buttons import button, label
from ui.words import tr

CARD = 460


class UnlockPage(QWidget):
    """Asks for the passphrase until it opens."""

    finished = Signal()

    def __init__(self, tasks: Tasks, setup: Setup) -> None:
        super().__init__()
        self._tasks, self._setup = tasks, setup
        self.entry = QLineEdit()
        self.entry.setEchoMode(QLineEdit.EchoMode.Password)
        self.entry.setPlaceholderText(tr("Passphrase"))
        self.entry.setAccessibleName(tr("Passphrase"))
        self.entry.returnPressed.connect(self.unlock)
        self.error = label(tone="danger", wrap=True)
        self.error.hide()
        self._open = button(tr("Unlock"), "primary")
        self._open.clicked.connect(self.unlock)
        mark = QLabel()
        mark.setPixmap(pixmap("lock", colours_of(self).dim, 36))
        card = QFrame()
        card.setProperty("card", "step")
        card.setFixedWidth(CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(36, 30, 36, 28)
        inside.setSpacing(12)
        inside.addWidget(mark)
        inside.addWidget(label(tr("The memory is locked"), size=1.4, strong=True))
        inside.addWidget(
            label(
                tr("Nothing is recorded and nothing can be read until it is opened."), tone="dim", wrap=True
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.entry, 1)
        row.addWidget(self._open)
        inside.addLayout(row)
        inside.addWidget(self.error)
        whole = QVBoxLayout(self)
        whole.addStretch()
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch()

    def unlock(self) -> None:
        """Tries the passphrase."""
        passphrase = self.entry.text()
        if passphrase:
            self._open.setEnabled(False)
            self._tasks.do(Prepare(lambda: self._setup.unlock(passphrase), self._opened, self._failed))

    def _opened(self, done: None) -> None:
        self.entry.clear()
        self.error.hide()
        self._open.setEnabled(True)
        self.finished.emit()

    def _failed(self, trouble: Trouble) -> None:
        self.error.setText(trouble.sentence)
        self.error.show()
        self._open.setEnabled(True)
        self.entry.selectAll()
        self.entry.setFocus()
