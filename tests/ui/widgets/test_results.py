"""Results are walked by key and show where the words stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from memory.records import Query
from tests.support.fakes import NOW, FakeMemory
from ui.marks import terms
from ui.models import Results
from ui.pictures import Pictures
from ui.theme import LIGHT
from ui.widgets.results import ResultList, paint_marked


@pytest.fixture
def results(qtbot: QtBot, fake: FakeMemory, pictures: Pictures) -> ResultList:
    model = Results(lambda: NOW)
    made = ResultList(model, pictures)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(520, 420)
    made.show()
    model.show(fake.search(Query("lantern walk deposit", NOW)).results, terms("lantern walk deposit"))
    return made


def test_arrows_show_and_enter_opens(qtbot: QtBot, results: ResultList) -> None:
    results.choose(0)
    with qtbot.waitSignal(results.shown) as caught:
        qtbot.keyClick(results, Qt.Key.Key_Down)
    with qtbot.waitSignal(results.opened) as opened:
        qtbot.keyClick(results, Qt.Key.Key_Return)
    assert opened.args == caught.args


def test_up_from_the_first_goes_back_to_the_box(qtbot: QtBot, results: ResultList) -> None:
    results.choose(0)
    with qtbot.waitSignal(results.left_upwards):
        qtbot.keyClick(results, Qt.Key.Key_Up)


def test_the_rows_paint_their_thumbnails_when_these_come(
    qtbot: QtBot, results: ResultList, pictures: Pictures
) -> None:
    before = results.grab().toImage()
    first = results.model().index(0, 0).data(Qt.ItemDataRole.UserRole).moment.id
    qtbot.waitUntil(lambda: pictures.thumbnail(first) is not None)
    assert results.grab().toImage() != before


@pytest.mark.parametrize("text", ["The lantern burns", "a lantern " * 40, ""])
def test_marked_words_have_their_own_ground(qapp: object, text: str) -> None:
    image = QImage(300, 50, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    paint_marked(painter, QRectF(0, 0, 300, 50), text, QFont(), (terms("lantern"), LIGHT))
    painter.end()
    mark = QColor(LIGHT.mark)
    found = any(image.pixelColor(x, y) == mark for x in range(300) for y in range(50))
    assert found == bool(text)
