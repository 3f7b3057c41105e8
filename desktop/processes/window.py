"""The window's process: Qt, a client of the engine; nothing heavy, and no key."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.setup import ProfileSetup
from ui.setup import Setup
from ui.tasks import Connect, Tasks
from ui.theme import SystemLook, mark
from ui.window import Window

NAME = "onceseen"


def window(options: Namespace) -> int:
    """Shows the memory of `options.profile`; an engine that was started for it ends with the window."""
    setup = ProfileSetup(options.profile, options.key_file)
    try:
        return show(setup.door, setup)
    finally:
        setup.close()


def show(connect: Connect, setup: Setup) -> int:
    """Shows the window until it is closed; returns Qt's exit status."""
    # The recorder knows its own windows by this name and never looks at them.
    QApplication.setApplicationName(NAME)
    QApplication.setApplicationDisplayName("Onceseen")
    QApplication.setDesktopFileName(NAME)
    app = QApplication([NAME])
    SystemLook(app)
    app.setWindowIcon(QIcon(mark(64, app.devicePixelRatio())))
    shown = Window(Tasks(connect), setup, _now)
    shown.show()
    shown.begin()
    return app.exec()


def _now() -> datetime:
    return datetime.now().astimezone()
