"""A moment whole: words boxed and copied, neighbours, and forgetting that asks first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from memory.records import MomentWhole
from tests.support.fakes import FakeMemory
from ui.marks import terms
from ui.models import Sight
from ui.pages.moment import MomentPage
from ui.window import Window

DIALOG = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def page(qtbot: QtBot, window: Window) -> MomentPage:
    assert window.timeline.chosen is not None
    window.open(Sight(window.timeline.chosen.id, terms("permit ferry")))
    qtbot.waitUntil(lambda: bool(window.moment.stage.picture.boxes) and bool(window.moment._near))
    return window.moment


def shown(page: MomentPage) -> MomentWhole:
    assert page.shown is not None
    return page.shown


def test_matched_words_are_boxed_inside_their_lines(page: MomentPage) -> None:
    lines = [line.box for line in shown(page).lines if "permit" in line.text or "ferry" in line.text]
    boxes = page.stage.picture.boxes
    assert len(boxes) >= 2
    for x, y, wide, high in boxes:
        assert any(x >= a and x + wide <= a + c + 1 and y == b and high == d for a, b, c, d in lines)


def test_every_line_is_listed_and_copied(page: MomentPage) -> None:
    page.words.copy()
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied == [line.text for line in shown(page).lines]


def test_a_chosen_line_is_boxed_and_copied_alone(qtbot: QtBot, page: MomentPage) -> None:
    index = page.words.lines.index(3, 0)
    page.words.list.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    line = page.words.lines.rows[3]
    assert line.box in page.stage.picture.boxes
    page.words.list.setFocus()
    qtbot.keyClick(page.words.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == line.text


def test_find_narrows_and_boxes_and_lets_go_again(page: MomentPage) -> None:
    before = page.stage.picture.boxes
    page.words.search.setText("deposit")
    assert all("deposit" in line.text.lower() for line in page.words.lines.rows)
    assert page.stage.picture.boxes
    assert page.stage.picture.boxes != before
    page.words.search.clear()
    assert page.stage.picture.boxes == before
    assert len(page.words.lines.rows) == len(shown(page).lines)


def test_before_and_after(qtbot: QtBot, page: MomentPage) -> None:
    first = shown(page).moment.id
    qtbot.keyClick(page, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: shown(page).moment.id != first)
    qtbot.waitUntil(lambda: page._after.isEnabled())
    qtbot.keyClick(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: shown(page).moment.id == first)


def test_the_last_moment_has_none_after(qtbot: QtBot, page: MomentPage) -> None:
    assert not page._after.isEnabled()
    assert page._before.isEnabled()


def test_its_episode_is_named(page: MomentPage) -> None:
    assert page._episode.text() == "Lantern walk"


@DIALOG
def test_forgetting_asks_and_then_goes_back(
    qtbot: QtBot, page: MomentPage, window: Window, fake: FakeMemory
) -> None:
    gone = shown(page).moment.id
    qtbot.keyClick(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page._asking is not None)
    box = page._asking
    assert box is not None
    assert box.text() == "Forget this moment?"
    assert "final" in box.informativeText()
    assert not [call for call in fake.called if call.startswith("forget")]
    forget = next(
        one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole
    )
    assert box.defaultButton() is not forget
    forget.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.timeline)
    assert fake.called[-1] == f"forget [{gone}]"
    qtbot.waitUntil(lambda: window.timeline.chosen is not None and window.timeline.chosen.id != gone)


@DIALOG
def test_keeping_keeps(qtbot: QtBot, page: MomentPage, fake: FakeMemory) -> None:
    page._forget_app()
    qtbot.waitUntil(lambda: page._asking is not None)
    box = page._asking
    assert box is not None
    assert box.text().startswith("Forget ")
    assert "moments" in box.text()
    with qtbot.waitSignal(box.finished):
        box.reject()
    assert not [call for call in fake.called if call.startswith("forget")]


def test_a_moment_that_is_gone_is_told(qtbot: QtBot, window: Window) -> None:
    window.open(Sight(99_999))
    qtbot.waitUntil(window.notice.isVisible)
    assert "may have been forgotten" in window.notice.sentence


def test_it_leads_to_its_place_on_the_timeline(qtbot: QtBot, page: MomentPage, window: Window) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: shown(page).moment.id != window.timeline.stretch.moments[-1].id)
    wanted = shown(page).moment
    page._show_on_timeline()
    assert window.pages.currentWidget() is window.timeline
    qtbot.waitUntil(lambda: window.timeline.chosen == wanted)
