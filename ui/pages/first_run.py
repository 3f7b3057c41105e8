"""The first run: three short steps, and nothing is captured before the last click."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from memory.api import Memory
from memory.records import Rule
from ui.models import settle_rules
from ui.setup import Setup
from ui.tasks import Act, Ask, Prepare, Tasks, Trouble
from ui.widgets.buttons import button, label
from ui.widgets.first_steps import KeyStep, PromiseStep, RulesStep
from ui.words import tr

CARD, HIGH = 700, 500


class FirstRunPage(QWidget):
    """Three short steps. Nothing is captured before the last click, which makes the memory and says yes."""

    finished = Signal()

    def __init__(self, tasks: Tasks, setup: Setup) -> None:
        super().__init__()
        self._tasks, self._setup = tasks, setup
        self._has_memory = False
        self._seeded: tuple[Rule, ...] = ()
        self.keys = KeyStep()
        self.rules = RulesStep()
        self.steps = QStackedWidget()
        for step in (PromiseStep(), self.rules, self.keys):
            self.steps.addWidget(step)
        self._build()
        self.keys.changed.connect(self._show_step)
        self._go(0)

    def _build(self) -> None:
        self._count = label(size=0.92, tone="accent", strong=True)
        self._error = label(tone="danger", wrap=True)
        self._error.hide()
        self.back = button(tr("Back"))
        self.next = button(tr("Continue"), "primary")
        self.back.clicked.connect(lambda: self._go(self.steps.currentIndex() - 1))
        self.next.clicked.connect(self._forward)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.next)
        card = QFrame()
        card.setProperty("card", "step")
        card.setFixedWidth(CARD)
        card.setMinimumHeight(HIGH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(40, 32, 40, 28)
        inside.setSpacing(14)
        inside.addWidget(self._count)
        inside.addWidget(self.steps, 1)
        inside.addWidget(self._error)
        inside.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.addStretch()
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch()
        self.keys.first.returnPressed.connect(self.keys.second.setFocus)
        self.keys.second.returnPressed.connect(self._entered)

    def start(self, *, has_memory: bool) -> None:
        """Begins; where a memory is there already, it only asks for consent and exclusions."""
        self._has_memory = has_memory
        self.keys.show_kinds(() if has_memory else self._setup.kinds())
        self._go(0)
        if has_memory:
            self._tasks.do(Ask(lambda memory: memory.rules(), self._took_rules, slot="first rules"))
        else:
            self._tasks.do(Prepare(self._setup.seeded_rules, self._took_rules, self._failed))

    def _took_rules(self, rules: tuple[Rule, ...]) -> None:
        self._seeded = rules
        self.rules.show_rules(rules)

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(min(max(step, 0), self.steps.count() - 1))
        self._show_step()
        asks = self.steps.currentWidget() is self.keys and self.keys.first.isVisible()
        (self.keys.first if asks else self.next).setFocus()

    def _show_step(self) -> None:
        step, last = self.steps.currentIndex(), self.steps.count() - 1
        self._count.setText(tr("Step {n} of {all}").format(n=step + 1, all=last + 1))
        self.back.setVisible(step > 0)
        self.next.setText(tr("Start remembering") if step == last else tr("Continue"))
        self.next.setAccessibleName(self.next.text())
        self.next.setEnabled(step < last or self.keys.is_complete())
        self.next.setDefault(True)
        self._error.hide()

    def _entered(self) -> None:
        """Return in the last field is the last click."""
        if self.next.isEnabled():
            self._forward()

    def _forward(self) -> None:
        step = self.steps.currentIndex()
        if step < self.steps.count() - 1:
            self._go(step + 1)
            return
        self.next.setEnabled(False)
        if self._has_memory:
            self._agree()
        else:
            kind, passphrase = self.keys.answer()
            self._tasks.do(Prepare(lambda: self._setup.create(kind, passphrase), self._created, self._failed))

    def _created(self, done: None) -> None:
        self._has_memory = True
        self._agree()

    def _agree(self) -> None:
        """The last click: the rules as they were edited, then the yes."""
        wanted = self.rules.rules()

        def say(memory: Memory) -> None:
            settle_rules(memory, wanted)
            memory.consent()

        self._tasks.do(Act(say, lambda done: self.finished.emit(), self._failed))

    def _failed(self, trouble: Trouble) -> None:
        self._error.setText(trouble.sentence)
        self._error.show()
        self.next.setEnabled(True)
