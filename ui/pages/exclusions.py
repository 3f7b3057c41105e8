"""Exclusions: what must never be looked at, to be changed at any time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from memory.records import Rule
from ui.models import settle_rules
from ui.tasks import Act, Ask, Tasks
from ui.widgets.buttons import button
from ui.widgets.first_steps import RulesStep
from ui.words import tr

CARD, HIGH = 700, 500


class ExclusionsPage(QWidget):
    """The same list as in the first run; nothing changes before it is saved."""

    back = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.rules = RulesStep()
        self.save = button(tr("Save"), "primary")
        self.save.clicked.connect(self._save)
        leave = button(tr("Cancel"))
        leave.clicked.connect(self.back)
        foot = QHBoxLayout()
        foot.addWidget(leave)
        foot.addStretch()
        foot.addWidget(self.save)
        card = QFrame()
        card.setProperty("card", "step")
        card.setFixedWidth(CARD)
        card.setMinimumHeight(HIGH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(40, 32, 40, 28)
        inside.setSpacing(14)
        inside.addWidget(self.rules, 1)
        inside.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.addStretch()
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch()

    def open(self) -> None:
        """Lists the exclusions as they are."""
        self.save.setEnabled(False)
        self._tasks.do(Ask(lambda memory: memory.rules(), self._show, slot="rules"))

    def _show(self, rules: tuple[Rule, ...]) -> None:
        self.rules.show_rules(rules)
        self.save.setEnabled(True)

    def _save(self) -> None:
        wanted = self.rules.rules()
        self._tasks.do(Act(lambda memory: settle_rules(memory, wanted), lambda done: self.back.emit()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)
