"""The window as a whole: keys reach every place, every control has a name, threads end with it."""

from __future__ import annotations

import threading
from contextlib import nullcontext

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCalendarWidget,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from memory.api import Memory
from memory.errors import Locked
from tests.support.fakes import NOW, FakeMemory, FakeSetup
from ui import theme
from ui.models import Sight
from ui.tasks import Tasks
from ui.window import Window

CONTROLS = (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit)


def belongs_to_qt(control: QWidget) -> bool:
    """Parts that a widget of Qt's own makes and names itself, such as the button that clears a line."""
    return isinstance(control, QScrollBar) or isinstance(control.parent(), QLineEdit | QCalendarWidget)


def test_ctrl_k_leads_to_the_box_from_everywhere(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    for page in (window.timeline, window.memory):
        window.go(page)
        page.setFocus()
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert window.box.hasFocus()


def test_numbers_lead_to_the_places(qtbot: QtBot, window: Window) -> None:
    for key, page in (
        (Qt.Key.Key_3, window.memory),
        (Qt.Key.Key_2, window.ask),
        (Qt.Key.Key_1, window.timeline),
    ):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.pages.currentWidget() is page
        assert window.rail._places[page].isChecked()


def test_every_control_of_every_page_has_a_name(qtbot: QtBot, window: Window) -> None:
    assert window.timeline.chosen is not None
    window._entered("permit number")
    qtbot.waitUntil(lambda: window.ask._answer is not None)
    window.open(Sight(window.timeline.chosen.id))
    qtbot.waitUntil(lambda: window.moment.shown is not None and bool(window.memory._facts))
    nameless = [
        f"{type(control).__name__} in {type(control.parent()).__name__}"
        for kind in CONTROLS
        for control in window.findChildren(kind)
        if not control.accessibleName() and not belongs_to_qt(control)
    ]
    assert nameless == []


def test_focus_walks_through_the_whole_page_and_back(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    window.timeline.strip.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(60):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert window.box in seen
    assert window.state in seen
    assert window.timeline.strip in seen
    # Of the places one is a stop; the arrow keys go on from there.
    assert any(place in seen for place in window.rail._places.values())


def test_pausing_and_resuming_are_shown(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    qtbot.waitUntil(lambda: window.state.text() == "Recording")
    window.state.paused.emit(None)
    qtbot.waitUntil(lambda: window.state.text() == "Paused")
    window.state.resumed.emit()
    qtbot.waitUntil(lambda: window.state.text() == "Recording")
    assert fake.called == ["pause", "resume"]


def test_the_foot_says_what_is_held(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    held = fake.status().moments
    qtbot.waitUntil(lambda: window.footer._held.text().startswith(f"{held} moments"))


def test_a_page_out_of_sight_is_brought_up_to_date_when_it_is_shown(
    qtbot: QtBot, window: Window, fake: FakeMemory
) -> None:
    window.go(window.memory)
    count = len(window.timeline.stretch.moments)
    fake.forget_quietly(window.timeline.stretch.moments[0].id)
    fake.grow("moments")
    qtbot.waitUntil(lambda: window.timeline in window._stale)
    window.go(window.timeline)
    qtbot.waitUntil(lambda: len(window.timeline.stretch.moments) == count - 1)


def test_a_memory_out_of_reach_is_told_and_comes_back(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    qtbot.waitUntil(lambda: window.state.text() == "Recording")
    fake.refuse = fake.locked = Locked()
    qtbot.waitUntil(lambda: window.state.text() == "No answer")
    fake.refuse = fake.locked = None
    qtbot.waitUntil(lambda: window.state.text() == "Recording")


def test_details_of_an_error_fold_out_and_are_copied(qtbot: QtBot, window: Window, fake: FakeMemory) -> None:
    window.open(Sight(99_999))
    qtbot.waitUntil(window.notice.isVisible)
    assert not window.notice._details.isVisible()
    window.notice._fold.click()
    assert "NotFound" in window.notice._details.toPlainText()
    window.notice._copy()
    assert window.notice.sentence in QApplication.clipboard().text()


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_scheme_reaches_what_is_painted_by_hand(
    qapp: QApplication, window: Window, colours: theme.Colours
) -> None:
    theme.apply(qapp, colours)
    image = window.grab().toImage()
    strip = window.timeline.strip
    corner = strip.mapTo(window, strip.rect().topLeft())
    assert image.pixelColor(40, 700) == QColor(colours.window)
    assert image.pixelColor(corner.x() + 4, corner.y() + 36) == QColor(colours.surface)
    theme.apply(qapp, theme.LIGHT)


def test_closing_ends_every_thread(qtbot: QtBot, fake: FakeMemory) -> None:
    window = Window(Tasks(lambda: nullcontext[Memory](fake), poll_s=0.05), FakeSetup("ready"), lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: window.timeline.chosen is not None)
    window.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ui-")]


def test_no_key_leads_past_the_first_steps(qtbot: QtBot, fake: FakeMemory) -> None:
    window = Window(Tasks(lambda: nullcontext[Memory](fake), poll_s=0.05), FakeSetup("new"), lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.first_run)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_K, Qt.Key.Key_G):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.currentWidget() is window.first_run
    window.first_run.finished.emit()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.timeline)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.currentWidget() is window.memory
    window.close()
