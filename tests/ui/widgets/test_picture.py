"""A picture is fitted, zoomed about a point, panned inside its edges, and boxed where words stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from ui.widgets.picture import PictureView


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(640, 400)
    pixmap = QPixmap(1280, 800)
    pixmap.fill(QColor("#ffffff"))
    made.show()
    made.show_picture(pixmap)
    return made


def test_a_picture_fits_at_first_and_says_its_size(qtbot: QtBot, view: PictureView) -> None:
    with qtbot.waitSignal(view.zoomed) as caught:
        view.fit()
    assert caught.args == [pytest.approx(0.5)]


def test_zooming_keeps_the_point_under_the_pointer(view: PictureView) -> None:
    point = QPointF(320, 200)
    kept = view._to_frame(point)
    view.zoom_by(3.0, point)
    assert view._to_frame(point).x() == pytest.approx(kept.x(), abs=1.0)
    assert view._to_frame(point).y() == pytest.approx(kept.y(), abs=1.0)


def test_zooming_out_ends_at_the_whole_picture(view: PictureView) -> None:
    view.zoom_by(4.0)
    view.zoom_by(0.01)
    assert view._target().width() == pytest.approx(640)


def test_dragging_stays_inside_the_picture(qtbot: QtBot, view: PictureView) -> None:
    view.actual()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(view, QPoint(10, 10))
    qtbot.mouseMove(view, QPoint(3000, 3000))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(3000, 3000))
    assert view._target().topLeft() == QPointF(0, 0)


def test_a_click_is_told_and_a_drag_is_not(qtbot: QtBot, view: PictureView) -> None:
    clicks: list[int] = []
    view.clicked.connect(lambda: clicks.append(1))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    assert clicks == [1]
    view.actual()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(view, QPoint(250, 180))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(250, 180))
    assert clicks == [1]


def test_boxes_are_drawn_where_the_words_stand(view: PictureView) -> None:
    bare = view.grab().toImage().pixelColor(150, 110)
    view.show_boxes(((280, 200, 200, 40),))
    inside = view.grab().toImage().pixelColor(150, 110)
    outside = view.grab().toImage().pixelColor(400, 300)
    assert bare == QColor("#ffffff")
    assert inside != bare
    assert outside == bare


def test_a_small_copy_of_the_frame_carries_the_same_boxes(view: PictureView) -> None:
    small = QPixmap(320, 200)
    small.fill(QColor("#ffffff"))
    view.show_picture(small, (1280, 800))
    view.show_boxes((), ((280, 200, 200, 40),))
    assert view._target().width() == pytest.approx(640)
    assert view.grab().toImage().pixelColor(150, 110) != QColor("#ffffff")


def test_keys_zoom(qtbot: QtBot, view: PictureView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view._target().width() > 640
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view._target().width() == pytest.approx(640)
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert view._target().width() == pytest.approx(1280 / view.devicePixelRatioF())


def test_a_note_stands_in_for_a_picture(view: PictureView) -> None:
    view.show_boxes(((0, 0, 10, 10),))
    view.show_note("only words")
    assert view.boxes == ()
