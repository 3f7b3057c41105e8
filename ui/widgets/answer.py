"""The answer card: a short text with numbered citations, or what was searched when nothing was found."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from memory.records import Answer, Citation
from ui import words
from ui.theme import colours_of, repaints
from ui.widgets.buttons import button, clear, label
from ui.words import tr

CITED = re.compile(r"\[(\d)\]")


class AnswerCard(QFrame):
    """Stands above the results while there is an answer or one is being looked for."""

    peeked = Signal(object)
    """A `Citation` that the pointer or the focus is on."""
    followed = Signal(object)
    """A `Citation` to open."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._answer: Answer | None = None
        self._cites: dict[QObject, Citation] = {}
        self.setProperty("card", "answer")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(tr("Answer"))
        self.setMaximumWidth(760)
        self._head = label(size=0.92, strong=True, tone="accent")
        self._side = label(size=0.92, tone="dim")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._text.setAccessibleName(tr("Answer text"))
        font = self._text.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self._text.setFont(font)
        self._text.linkActivated.connect(self._follow_link)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._head)
        top.addStretch()
        top.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 14)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self._text)
        whole.addLayout(self._list)

    def wait(self, question: str) -> None:
        """Shows that an answer is being looked for; the results below stay."""
        self._answer = None
        self._say(tr("Looking"), "", tr("Looking for an answer to “{question}” …").format(question=question))
        self._cite(())

    def show_answer(self, answer: Answer) -> None:
        """Shows an answer."""
        self._answer = answer
        if answer.found:
            n = len(answer.citations)
            sources = words.count(n, tr("1 source"), tr("{n} sources"))
            self._say(tr("Answer"), words.joined((words.grade(answer.grade), sources)), answer.text)
        else:
            side = tr("nearest below") if answer.nearest else ""
            self._say(tr("Not found"), side, answer.text)
        self._cite(answer.citations)

    def _say(self, head: str, side: str, text: str) -> None:
        self._head.setText(head)
        self._side.setText(side)
        self._text.setText(self._rich(text))

    def _rich(self, text: str) -> str:
        """The text with each [1] as a link; where the text names none, all citations follow it."""
        safe = html.escape(text)
        if self._answer and self._answer.found and not CITED.search(safe):
            safe += "".join(f" [{cite.n}]" for cite in self._answer.citations)
        accent = colours_of(self).accent
        link = rf'<a href="\1" style="color: {accent}; text-decoration: none;">[\1]</a>'
        return CITED.sub(link, safe) if self._answer and self._answer.found else safe

    def _cite(self, citations: tuple[Citation, ...]) -> None:
        clear(self._list)
        self._cites = {}
        for citation in citations:
            made = self._citation(citation)
            self._cites[made] = citation
            self._list.addWidget(made)

    def _citation(self, citation: Citation) -> QPushButton:
        moment = citation.moment
        where = words.joined((moment.app, words.when(moment.start, self._now())))
        made = button("", "cite")
        made.setAccessibleName(f"[{citation.n}] {citation.quote}, {where}")
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda: self.followed.emit(citation))
        made.installEventFilter(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(8)
        number = label(f"[{citation.n}]", strong=True, tone="accent")
        quote = _Quote(f"“{citation.quote}”")
        place = label(where, size=0.92, tone="dim")
        for part in (number, quote, place):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, 1 if part is quote else 0)
        made.setFixedHeight(made.fontMetrics().height() + 18)
        return made

    def _follow_link(self, number: str) -> None:
        for citation in self._cites.values():
            if str(citation.n) == number:
                self.followed.emit(citation)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn) and watched in self._cites:
            self.peeked.emit(self._cites[watched])
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event) and self._answer is not None:
            self._text.setText(self._rich(self._answer.text))


class _Quote(QLabel):
    """A quotation on one line."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QEvent) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
