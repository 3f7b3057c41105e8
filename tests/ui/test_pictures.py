"""Pictures come from elsewhere, in order of wish, and are kept within a budget."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from memory import webp
from tests.support.fakes import FakeMemory
from tests.support.pages import Page
from tests.support.screens import HEIGHT, WIDTH
from ui.pictures import MOST_WANTED, Pictures, _Store, last


def test_the_first_ask_sends_for_it(qtbot: QtBot, pictures: Pictures) -> None:
    assert pictures.thumbnail(3) is None
    qtbot.waitUntil(lambda: pictures.thumbnail(3) is not None)
    assert pictures.picture(3) is None
    qtbot.waitUntil(lambda: pictures.picture(3) is not None)
    whole = pictures.picture(3)
    assert whole is not None
    assert (whole.width(), whole.height()) == (WIDTH, HEIGHT)


def test_of_a_picture_in_layers_the_screen_is_shown() -> None:
    ground, patch = Page(80, 72, "#102030"), Page(16, 8, "#ff0000")
    layers = [webp.layer(patch.webp(), (8 * n, 8 * n, 16, 8), (80, 72)) for n in range(8)]
    shown = last(webp.stacked([ground.webp(), *layers]))
    assert (shown.width(), shown.height()) == (80, 72)
    places = ((0, 20), (0, 0), (30, 24), (71, 63), (72, 64))
    reds = [shown.pixelColor(x, y).name() == "#ff0000" for x, y in places]
    assert reds == [False, True, True, True, False]
    assert last(ground.webp()).pixelColor(3, 3).name() == "#102030"
    assert last(b"no picture").isNull()


def test_what_is_not_there_is_known_to_be_missing_until_renewed(
    qtbot: QtBot, pictures: Pictures, fake: FakeMemory
) -> None:
    fake.without.add(5)
    with qtbot.waitSignal(pictures.picture_ready):
        assert pictures.picture(5) is None
    assert pictures.missing(5)
    fake.without.clear()
    pictures.renew()
    assert not pictures.missing(5)
    qtbot.waitUntil(lambda: pictures.picture(5) is not None)


def test_forgotten_pictures_are_let_go(qtbot: QtBot, pictures: Pictures, fake: FakeMemory) -> None:
    qtbot.waitUntil(lambda: pictures.picture(4) is not None)
    pictures.forget([4])
    fake.without.add(4)
    with qtbot.waitSignal(pictures.picture_ready):
        assert pictures.picture(4) is None


def test_the_newest_wish_comes_first_and_too_many_are_dropped(qtbot: QtBot, pictures: Pictures) -> None:
    came: list[int] = []
    pictures.thumbnail_ready.connect(came.append)
    for moment in range(1, MOST_WANTED + 31):
        pictures.thumbnail(moment)
    qtbot.waitUntil(lambda: len(came) == MOST_WANTED + 1, timeout=20_000)
    assert came[:3] == [1, MOST_WANTED + 30, MOST_WANTED + 29]
    assert 2 not in came


def test_the_least_used_leave_when_the_budget_is_full(qtbot: QtBot) -> None:
    store = _Store(budget=3 * 100 * 100 * 4)
    for moment in (1, 2, 3):
        store.put(moment, QPixmap(100, 100))
    store.get(1)
    store.put(4, QPixmap(100, 100))
    assert [store.knows(moment) for moment in (1, 2, 3, 4)] == [True, False, True, True]
