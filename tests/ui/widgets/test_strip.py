"""The strip of time is moved by wheel, hand and key, and says what is under the pointer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from memory.records import Gap, Moment
from tests.support.fakes import NOW
from ui.models import Stretch
from ui.pictures import Pictures
from ui.span import DAY, View, midnight
from ui.tasks import Tasks
from ui.widgets import strip_paint
from ui.widgets.strip import TimeStrip

TODAY = NOW.date()


@pytest.fixture
def strip(qtbot: QtBot, tasks: Tasks, pictures: Pictures) -> TimeStrip:
    stretch = Stretch(tasks)
    made = TimeStrip(stretch, pictures, lambda: NOW)
    stretch.setParent(made)
    qtbot.addWidget(made)
    made.resize(1200, strip_paint.HEIGHT)
    made.show()
    stretch.load_days(lambda: None)
    made.look_at(View(midnight(TODAY) + 8 * 3600, 9 * 3600, 1.0))
    qtbot.waitUntil(lambda: bool(stretch.moments) and not stretch.busy)
    return made


def turn(strip: TimeStrip, x: float, notches: int, held: Qt.KeyboardModifier) -> None:
    point = QPointF(x, 50)
    event = QWheelEvent(
        point,
        point,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    strip.wheelEvent(event)


def stretch_of(strip: TimeStrip) -> Stretch:
    found = strip.findChild(Stretch)
    assert found is not None
    return found


def place(strip: TimeStrip, moment: Moment) -> int:
    middle = (moment.start.timestamp() + moment.end.timestamp()) / 2
    return round(strip.view.x(middle))


def test_the_wheel_moves_time_and_with_control_zooms_about_the_pointer(strip: TimeStrip) -> None:
    before = strip.view
    turn(strip, 300, -1, Qt.KeyboardModifier.NoModifier)
    assert strip.view.start > before.start
    assert strip.view.length == before.length
    held = strip.view.at(300)
    turn(strip, 300, 1, Qt.KeyboardModifier.ControlModifier)
    assert strip.view.length < before.length
    assert strip.view.at(300) == pytest.approx(held)


def test_dragging_takes_the_time_along_and_picks_nothing(qtbot: QtBot, strip: TimeStrip) -> None:
    picked: list[int] = []
    strip.picked.connect(picked.append)
    held = strip.view.at(600)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(600, 120))
    qtbot.mouseMove(strip, QPoint(700, 120))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(700, 120))
    assert strip.view.at(700) == pytest.approx(held)
    assert picked == []


def test_a_click_picks_the_moment_of_that_time(qtbot: QtBot, strip: TimeStrip) -> None:
    wanted = stretch_of(strip).of_day(TODAY)[12]
    with qtbot.waitSignal(strip.picked) as caught:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(place(strip, wanted), 178))
    assert caught.args == [wanted.id]


def test_a_click_on_a_thumbnail_picks_its_own_moment(qtbot: QtBot, strip: TimeStrip) -> None:
    left, moment = strip_paint.slots(strip.view, stretch_of(strip).of_day(TODAY))[2]
    with qtbot.waitSignal(strip.picked) as caught:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(left) + 50, 60))
    assert caught.args == [moment.id]


def test_hovering_tells_moments_and_the_reasons_of_gaps(qtbot: QtBot, strip: TimeStrip) -> None:
    wanted = stretch_of(strip).of_day(TODAY)[12]
    with qtbot.waitSignal(strip.hovered) as caught:
        qtbot.mouseMove(strip, QPoint(place(strip, wanted), 150))
    assert caught.args[0] == wanted
    noon = round(strip.view.x(midnight(TODAY) + 12.5 * 3600))
    with qtbot.waitSignal(strip.hovered) as caught:
        qtbot.mouseMove(strip, QPoint(noon, 150))
    assert isinstance(caught.args[0], Gap)
    assert caught.args[0].reason == "paused"


def test_a_click_far_away_goes_to_that_day(qtbot: QtBot, strip: TimeStrip) -> None:
    strip.look_at(View(midnight(TODAY) - 50 * DAY, 60 * DAY, 1.0))
    assert strip_paint.is_far(strip.view)
    x = round(strip.view.x(midnight(TODAY) - 1.5 * DAY))
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 100))
    assert strip.view.start == midnight(TODAY) - 2 * DAY
    assert strip.view.length == DAY


def test_the_chosen_moment_is_kept_in_sight(strip: TimeStrip) -> None:
    first = stretch_of(strip).of_day(TODAY)[0]
    strip.look_at(View(midnight(TODAY) + 15 * 3600, 3600, 1.0))
    strip.choose(first)
    assert strip.view.start < first.start.timestamp() < strip.view.end


def test_the_film_holds_still_while_dragged_and_shows_the_chosen_one(strip: TimeStrip) -> None:
    moments = stretch_of(strip).of_day(TODAY)
    here = strip_paint.slots(strip.view, moments)
    there = strip_paint.slots(strip.view.panned(37), moments)
    assert [moment.id for _, moment in here] == [moment.id for _, moment in there]
    edges = [left for left, _ in here]
    assert all(after - before >= strip_paint.THUMB_W for before, after in pairwise(edges))
    hidden = next(one for one in moments if one not in [moment for _, moment in here])
    assert hidden in [moment for _, moment in strip_paint.slots(strip.view, moments, hidden.id)]


@pytest.mark.parametrize("length", [60.0, 3600.0, DAY, 10 * DAY, 300 * DAY])
def test_it_paints_at_every_zoom(strip: TimeStrip, length: float) -> None:
    strip.look_at(View(midnight(TODAY) + 12 * 3600 - length / 2, length, 1.0))
    image = strip.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 3
