"""Walking through days: before, after, today, and a calendar that shows which days hold something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import words
from ui.theme import colours_of
from ui.widgets.buttons import IconButton, button, label
from ui.words import tr


class DayBar(QWidget):
    """Shows a day and goes to another."""

    went = Signal(object)
    """The `date` that was asked for."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._day = now().date()
        self._held: dict[str, int] = {}
        self._popup: QFrame | None = None
        before = IconButton("left", tr("Day before"), "PgUp")
        after = IconButton("right", tr("Day after"), "PgDown")
        self._calendar = IconButton("calendar", tr("Calendar"), "Ctrl+G")
        today = button(tr("Today"))
        before.clicked.connect(lambda: self.went.emit(self._day - timedelta(days=1)))
        after.clicked.connect(lambda: self.went.emit(self._day + timedelta(days=1)))
        today.clicked.connect(lambda: self.went.emit(self._now().date()))
        self._calendar.clicked.connect(self.open_calendar)
        self._name = label(size=1.12, strong=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for one in (before, after, self._calendar):
            row.addWidget(one)
        row.addSpacing(8)
        row.addWidget(self._name)
        row.addSpacing(10)
        row.addWidget(today)
        row.addStretch()
        self.show_day(self._day)

    def show_day(self, day: date) -> None:
        """Shows a day without going there."""
        self._day = day
        self._name.setText(words.day(day, year=day.year != self._now().year))

    def show_text(self, text: str) -> None:
        """Shows another stretch than a day, in words."""
        self._name.setText(text)

    @property
    def day(self) -> date:
        return self._day

    def hold(self, days: dict[str, int]) -> None:
        """Which days hold how many moments, by ISO date."""
        self._held = days

    def open_calendar(self) -> None:
        """Opens the calendar below its button."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setAccessibleName(tr("Calendar"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek(calendar.locale().firstDayOfWeek()))
        calendar.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))
        full = QTextCharFormat()
        full.setFontWeight(700)
        full.setForeground(QBrush(QColor(colours_of(self).accent)))
        for name in self._held:
            calendar.setDateTextFormat(QDate.fromString(name, Qt.DateFormat.ISODate), full)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(calendar)

        def take(picked: QDate) -> None:
            popup.close()
            self.went.emit(date(picked.year(), picked.month(), picked.day()))

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        popup.move(self._calendar.mapToGlobal(QPoint(0, self._calendar.height() + 4)))
        self._popup = popup
        popup.show()
        calendar.setFocus()
