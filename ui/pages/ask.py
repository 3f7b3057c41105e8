"""Ask: results while one types, an answer with citations on Enter, and beside them what was found, marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from memory.records import (
    Answer,
    Changes,
    Citation,
    Found,
    Query,
    Question,
    Result,
    Understood,
)
from ui import words
from ui.marks import terms
from ui.models import Results, Sight
from ui.pictures import Pictures
from ui.tasks import Ask, Tasks, Trouble
from ui.widgets.answer import AnswerCard
from ui.widgets.buttons import Flow, button, chip, clear, label
from ui.widgets.notice import Empty
from ui.widgets.results import ResultList
from ui.widgets.stage import Stage
from ui.words import tr

DEBOUNCE_MS = 200
LIMIT = 30


class AskPage(QWidget):
    """Results and answers on the left, what the cursor is on large on the right."""

    opened = Signal(object)
    suggested = Signal(str)
    """A question that was picked on the empty page."""
    left_upwards = Signal()

    def __init__(self, tasks: Tasks, pictures: Pictures, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._tasks, self._pictures, self._now = tasks, pictures, now
        self._text = ""
        self._shown_for = ""
        self._asked = ""
        self._answer: Answer | None = None
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._debounce.timeout.connect(self._search)
        self.results = Results(now, self)
        self._build()

    # -------------------------------------------------------------- parts

    def _build(self) -> None:
        self._stack = QStackedLayout(self)
        self.empty = self._empty()
        self._stack.addWidget(self.empty)
        self.answer = AnswerCard(self._now)
        self.answer.peeked.connect(self._peek)
        self.answer.followed.connect(lambda citation: self.opened.emit(_cited(citation)))
        self.answer.hide()
        self._chips = Flow(6)
        self._counted = label(size=0.92, tone="dim")
        self.list = ResultList(self.results, self._pictures)
        self.list.shown.connect(self._show_result)
        self.list.opened.connect(
            lambda result: self.opened.emit(Sight(result.moment.id, self.results.marked))
        )
        self.list.left_upwards.connect(self.left_upwards)
        self.nothing = Empty("ask", "", "")
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.answer)
        left.addLayout(self._chips)
        left.addWidget(self._counted)
        left.addWidget(self.list, 1)
        left.addWidget(self.nothing, 1)
        full = QWidget()
        row = QHBoxLayout(full)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(24)
        row.addLayout(left, 11)
        self.stage = Stage(self._tasks, self._pictures, self._now)
        self.stage.clicked.connect(self._open_shown)
        opener = button(tr("Open"))
        opener.clicked.connect(self._open_shown)
        self.stage.trailing.addWidget(opener)
        row.addWidget(self.stage, 13)
        self._stack.addWidget(full)
        for part in (self.list, self.nothing, self.stage):
            part.hide()

    def _empty(self) -> Empty:
        made = Empty(
            "ask",
            tr("Find what you have seen"),
            tr(
                "Type a few words to search all that was on your screen. Ask a question and press Enter "
                "for an answer with its sources. Times and applications in words are understood."
            ),
        )
        for example in (
            tr("invoice last week"),
            tr("what did I read yesterday?"),
            tr("error in the terminal"),
        ):
            made.offer(example, lambda text=example: self.suggested.emit(text))  # type: ignore[misc]
        return made

    # -------------------------------------------------------------- searching and asking

    def type(self, text: str) -> None:
        """What stands in the box: searched a moment after the last key."""
        self._text = text.strip()
        if not self._text:
            self._debounce.stop()
            self._stack.setCurrentIndex(0)
        else:
            self._debounce.start()

    def ask(self, text: str) -> None:
        """Searches at once and looks for an answer."""
        self._text = text.strip()
        if not self._text:
            return
        self._debounce.stop()
        if self._shown_for != self._text:
            self._search()
        self._asked = asked = self._text
        self._answer = None
        self._stack.setCurrentIndex(1)
        self.answer.wait(asked)
        self.answer.show()
        question = Question(asked, self._now())
        self._tasks.do(Ask(lambda memory: memory.ask(question), self._show_answer, "answer", self._no_answer))

    def refresh(self, changes: Changes) -> None:
        """Searches again when moments were folded, forgotten or added."""
        if self._shown_for and {"moments", "frames"} & set(changes.what):
            self._search()

    def _search(self) -> None:
        query = Query(self._text, self._now(), limit=LIMIT)
        self._tasks.do(Ask(lambda memory: memory.search(query), self._show_found, "search"))

    def _show_found(self, found: Found) -> None:
        if not self._text:
            return
        again = found.query.text == self._shown_for
        if again and found.results == self.results.rows:
            return
        self._shown_for = found.query.text
        if self._asked != found.query.text:
            self.answer.hide()
        marked = terms(found.understood.text or found.query.text, found.understood.phrases)
        kept = self.list.currentIndex().row() if again else 0
        self.results.show(found.results, marked)
        answered = self._answer if self._asked == found.query.text else None
        if answered is None:  # an answer that came first has understood more than the search: its chips stay
            self._show_understood(found.understood, found.query.text)
        n = len(found.results)
        self._counted.setText(words.count(n, tr("1 result"), tr("{n} results")))
        self._counted.setVisible(bool(n))
        self.list.setVisible(bool(n))
        self.stage.setVisible(bool(n))
        self.nothing.setVisible(not n and answered is None)
        if not n:
            self.nothing.say(
                tr("Nothing found for “{text}”").format(text=found.query.text),
                tr(
                    "Titles, applications and the words on all pictures were searched, and their meaning. "
                    "Fewer or other words may help; what was excluded or forgotten is not here."
                ),
            )
        self._stack.setCurrentIndex(1)
        if n:
            self.list.choose(min(max(kept, 0), n - 1))
        if answered is not None and answered.citations:
            self._peek(answered.citations[0])

    def _show_understood(self, understood: Understood, asked: str) -> None:
        clear(self._chips)
        for text in words.understood(understood, self._now(), asked):
            self._chips.addWidget(chip(text))

    def _show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self.answer.show_answer(answer)
        self.nothing.hide()
        self._show_understood(answer.understood, answer.question.text)
        if not answer.found and answer.nearest and not self.results.rows:
            self.results.show(answer.nearest, terms(answer.understood.text or answer.question.text))
            self.list.show()
            self.stage.show()
            self.nothing.hide()
            self.list.choose(0)
        if answer.citations:
            self._peek(answer.citations[0])

    def _no_answer(self, trouble: Trouble) -> None:
        self.answer.hide()
        self._tasks.troubled.emit(trouble)

    # -------------------------------------------------------------- what the cursor is on

    def _show_result(self, result: Result) -> None:
        self.stage.show_moment(result.moment, Sight(result.moment.id, self.results.marked))

    def _peek(self, citation: Citation) -> None:
        self.stage.show_moment(citation.moment, _cited(citation))

    def _open_shown(self) -> None:
        if self.stage.sight is not None:
            self.opened.emit(self.stage.sight)

    def focus_results(self) -> None:
        """Puts the cursor into the results."""
        if self.results.rows:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)


def _cited(citation: Citation) -> Sight:
    return Sight(citation.moment.id, frozenset(), citation.boxes)
