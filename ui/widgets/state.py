"""The recording state as shape and word, and the menu that pauses and resumes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from memory.records import Status
from ui import words
from ui.models import day_bounds
from ui.theme import colours_of, icon, repaints
from ui.words import tr


class StateBadge(QToolButton):
    """Says whether it is recording; click or Ctrl+P opens what can be done about it."""

    paused = Signal(object)
    """Until when: a `datetime`, or None until resumed."""
    resumed = Signal()
    excluding = Signal()
    """The exclusions are wanted."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._state = words.State("held", tr("…"), tr("Asking the memory."))
        self.setObjectName("state")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIconSize(QSize(16, 16))
        self.setMenu(self._make_menu())
        self._show()

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._said = menu.addAction("")
        self._said.setEnabled(False)
        self._settled = menu.addAction("")
        self._settled.setEnabled(False)
        self._settled.setVisible(False)
        menu.addSeparator()
        self._pauses = [
            self._pause(menu, tr("Pause for 15 minutes"), lambda: self._now() + timedelta(minutes=15)),
            self._pause(menu, tr("Pause for an hour"), lambda: self._now() + timedelta(hours=1)),
            self._pause(menu, tr("Pause until tomorrow"), lambda: day_bounds(self._now())[1]),
            self._pause(menu, tr("Pause until I resume"), lambda: None),
        ]
        self._resume = menu.addAction(tr("Resume recording"))
        self._resume.triggered.connect(self.resumed)
        menu.addSeparator()
        menu.addAction(tr("What must never be looked at …")).triggered.connect(self.excluding)
        return menu

    def _pause(self, menu: QMenu, text: str, until: Callable[[], datetime | None]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: self.paused.emit(until()))
        return action

    def show_status(self, status: Status) -> None:
        """Shows the state of recording."""
        self._state = words.state(status)
        paused = self._state.shape == "paused"
        for action in self._pauses:
            action.setVisible(not paused and not words.needs_consent(status))
        self._resume.setVisible(paused)
        settled = words.settled(status.settling, self._now())
        self._settled.setText(settled)
        self._settled.setVisible(bool(settled))
        self._show()

    def show_lost(self) -> None:
        """Shows that the memory does not answer."""
        self._state = words.State("trouble", tr("No answer"), tr("The memory does not answer; trying again."))
        for action in (*self._pauses, self._resume):
            action.setVisible(False)
        self._show()

    @property
    def state(self) -> words.State:
        return self._state

    def _show(self) -> None:
        state = self._state
        colours = colours_of(self)
        tint = {"recording": colours.accent, "paused": colours.warn, "trouble": colours.danger}
        self.setText(state.short)
        self.setIcon(icon(state.shape, tint.get(state.shape, colours.dim)))
        self.setToolTip(state.sentence)
        self.setAccessibleName(tr("Recording state: {state}").format(state=state.short))
        self.setAccessibleDescription(state.sentence)
        self._said.setText(state.sentence)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event):
            self._show()
