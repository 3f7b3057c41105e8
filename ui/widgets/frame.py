"""What frames every page: the rail with its places, the box at the head, the line at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from memory.records import Status
from ui import words
from ui.theme import mark
from ui.widgets.box import SearchBox
from ui.widgets.buttons import RailButton, label
from ui.widgets.state import StateBadge
from ui.words import tr

RAIL = 92
MARK = 36


class Rail(QWidget):
    """The places of the window, one below the other."""

    went = Signal(object)
    """The page that was asked for."""

    def __init__(self, places: Sequence[tuple[str, str, QWidget]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(RAIL)
        sign = QLabel()
        sign.setPixmap(mark(MARK, self.devicePixelRatioF()))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        column.addWidget(sign)
        column.addSpacing(14)
        self._places: dict[QWidget, RailButton] = {}
        for n, (icon, text, page) in enumerate(places, 1):
            place = RailButton(icon, text, f"Ctrl+{n}")
            place.clicked.connect(lambda checked=False, page=page: self.went.emit(page))
            self._places[page] = place
            column.addWidget(place)
        column.addStretch()

    def mark(self, page: QWidget) -> None:
        """Marks the place that is shown; pages without a place leave it as it was."""
        if page in self._places:
            self._places[page].setChecked(True)

    def name_of(self, page: QWidget | None) -> str:
        """What a place is called; empty for a page without a place."""
        place = self._places.get(page) if page is not None else None
        return place.text() if place else ""


class Header(QWidget):
    """The one box, and whether it records."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.box = SearchBox()
        self.state = StateBadge(now)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(16)
        row.addWidget(self.box, 1)
        row.addWidget(self.state)


class Footer(QWidget):
    """What goes on, and how much is held."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._said = label(size=0.92, tone="dim")
        self._held = label(size=0.92, tone="dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.addWidget(self._said)
        row.addStretch()
        row.addWidget(self._held)

    def say(self, text: str) -> None:
        """Says something in place of the state."""
        self._said.setText(text)

    def show_status(self, status: Status) -> None:
        """Shows what the memory does and holds."""
        said = [words.state(status).sentence]
        if status.pending:
            said.append(words.count(status.pending, tr("1 frame to read"), tr("{n} frames to read")))
        if busy := words.settling(status.settling):
            said.append(busy)
        if status.search == "exact":
            said.append(tr("exact search while the index is away"))
        self.say(words.joined(said))
        held = words.count(status.moments, tr("1 moment"), tr("{n} moments"))
        self._held.setText(words.joined((held, words.size(sum(status.bytes.values())))))


class Frame(QWidget):
    """Rail, head and foot around the pages."""

    def __init__(self, places: Sequence[tuple[str, str, QWidget]], now: Callable[[], datetime]) -> None:
        super().__init__()
        self.rail = Rail(places)
        self.header = Header(now)
        self.footer = Footer()

    def hold(self, pages: QWidget, notice: QWidget) -> None:
        """Puts the pages into the middle, and below them what is told apart from content."""
        told = QVBoxLayout()
        told.setContentsMargins(24, 0, 24, 8)
        told.addWidget(notice)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.header)
        middle.addWidget(pages, 1)
        middle.addLayout(told)
        middle.addWidget(self.footer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)

    def show_parts(self, on: bool) -> None:
        """Shows or hides everything but the page."""
        for part in (self.rail, self.header, self.footer):
            part.setVisible(on)
