"""What is said apart from content: errors as sentences with details, and empty pages that teach."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui.tasks import Trouble
from ui.theme import colours_of, pixmap, repaints
from ui.widgets.buttons import IconButton, button, label
from ui.words import tr


class Notice(QFrame):
    """One error at a time, at the foot of the page, until it is closed or the next one comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "notice")
        self.setAccessibleName(tr("Error"))
        self._mark = QLabel()
        self._sentence = label(wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(tr("Details of the error"))
        self._details.setMaximumHeight(140)
        fold = button(tr("Details"), "link")
        fold.setCheckable(True)
        fold.toggled.connect(self._details.setVisible)
        self._fold = fold
        copy = button(tr("Copy"), "link")
        copy.clicked.connect(self._copy)
        close = IconButton("close", tr("Close this message"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._sentence, 1)
        for one in (fold, copy, close):
            row.addWidget(one)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 8, 8, 8)
        whole.addLayout(row)
        whole.addWidget(self._details)
        self._colour()
        self.hide()

    def show_trouble(self, trouble: Trouble) -> None:
        """Says what is wrong and what to do."""
        self._sentence.setText(trouble.sentence)
        self._details.setPlainText(trouble.details)
        self._fold.setChecked(False)
        self._details.hide()
        self.show()

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._sentence.text()}\n{self._details.toPlainText()}")

    def _colour(self) -> None:
        self._mark.setPixmap(pixmap("trouble", colours_of(self).danger, 20))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event):
            self._colour()


class Empty(QWidget):
    """A page without content says what will appear here, and the one thing to do."""

    def __init__(self, name: str, head: str, text: str) -> None:
        super().__init__()
        self._name = name
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._head = label(head, size=1.35, strong=True)
        self._text = label(text, tone="dim", wrap=True)
        self._text.setFixedWidth(460)
        for one in (self._head, self._text):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._offers = QHBoxLayout()
        self._offers.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addStretch(2)
        whole.addWidget(self._mark)
        whole.addWidget(self._head)
        # An alignment would take the wrapped text its height: stretches leave it that.
        said, offered = QHBoxLayout(), QHBoxLayout()
        for row in (said, offered):
            row.addStretch()
        said.addWidget(self._text)
        offered.addLayout(self._offers)
        for row in (said, offered):
            row.addStretch()
        whole.addLayout(said)
        whole.addSpacing(6)
        whole.addLayout(offered)
        whole.addStretch(3)
        self._colour()

    def say(self, head: str, text: str) -> None:
        """Says something else."""
        self._head.setText(head)
        self._text.setText(text)

    def offer(self, text: str, do: Callable[[], None]) -> None:
        """Adds a button below the words."""
        made = button(text)
        made.clicked.connect(do)
        self._offers.addWidget(made)

    def _colour(self) -> None:
        self._mark.setPixmap(pixmap(self._name, colours_of(self).dim, 44))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event):
            self._colour()
