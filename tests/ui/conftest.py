"""What the window's tests share: an invented memory, a window on it, closed and joined at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from memory.api import Memory
from tests.support.fakes import NOW, FakeMemory, FakeSetup
from ui import theme
from ui.pictures import Pictures
from ui.tasks import Tasks
from ui.window import Window

Open = Callable[..., Window]


@pytest.fixture(autouse=True, scope="session")
def _british(qapp: QApplication) -> Iterator[None]:
    """Dates are written by the locale: one that is the same on every machine."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    theme.apply(qapp, theme.LIGHT)
    yield
    QLocale.setDefault(before)


@pytest.fixture
def fake() -> FakeMemory:
    return FakeMemory(days=3)


@pytest.fixture
def tasks(fake: FakeMemory) -> Iterator[Tasks]:
    made = Tasks(lambda: nullcontext[Memory](fake), poll_s=0.05)
    yield made
    made.close()


@pytest.fixture
def pictures(tasks: Tasks) -> Pictures:
    return Pictures(tasks)


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Open]:
    """Opens a window on a memory; every one of them is closed, and its threads joined, at the end."""
    opened: list[Window] = []

    def opener(memory: FakeMemory, setup: FakeSetup | None = None) -> Window:
        tasks = Tasks(lambda: nullcontext[Memory](memory), poll_s=0.05)
        window = Window(tasks, setup or FakeSetup("ready"), lambda: NOW, gather_ms=10)
        qtbot.addWidget(window)
        opened.append(window)
        window.show()
        window.begin()
        return window

    yield opener
    for window in opened:
        window.close()


@pytest.fixture
def window(qtbot: QtBot, open_window: Open, fake: FakeMemory) -> Window:
    """A window on the invented memory, its last moment chosen."""
    made = open_window(fake)
    qtbot.waitUntil(lambda: made.timeline.chosen is not None)
    return made
