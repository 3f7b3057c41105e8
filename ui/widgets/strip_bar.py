"""What stands above the time strip: the day that is shown, ways to another, and how much is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import words
from ui.models import FAR
from ui.span import DAY, HOUR, View, local
from ui.widgets.buttons import IconButton, button
from ui.widgets.days import DayBar
from ui.words import tr

ZOOM = 1.5


class StripBar(QWidget):
    """Names what the strip shows and asks for something else."""

    stretched = Signal(float)
    """A length in seconds that was asked for."""
    zoomed = Signal(float)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.days = DayBar(now)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.days)
        row.addStretch()
        stretches = ((tr("Hour"), HOUR), (tr("Day"), DAY), (tr("Week"), 7 * DAY), (tr("Year"), 365 * DAY))
        for text, seconds in stretches:
            row.addWidget(self._stretch(text, seconds))
        row.addSpacing(6)
        for name, said, key, factor in (
            ("minus", tr("Zoom out"), "-", ZOOM),
            ("plus", tr("Zoom in"), "+", 1 / ZOOM),
        ):
            zoom = IconButton(name, said, key)
            zoom.clicked.connect(lambda checked=False, factor=factor: self.zoomed.emit(factor))
            row.addWidget(zoom)

    def _stretch(self, text: str, seconds: float) -> QWidget:
        made = button(text, "link")
        made.setAccessibleName(tr("Show a stretch: {name}").format(name=text))
        made.clicked.connect(lambda: self.stretched.emit(seconds))
        return made

    def name(self, view: View) -> None:
        """Names the stretch of a view."""
        if view.length <= 1.6 * DAY:
            self.days.show_day(local(view.start + view.length / 2).date())
            return
        first, last = local(view.start).date(), local(view.end).date()
        write = words.day_short if view.length <= FAR else words.month
        self.days.show_text(f"{write(first)} – {write(last)}")
