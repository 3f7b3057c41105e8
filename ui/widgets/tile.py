"""An application's mark: its first letter on a tile of its colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Colours, app_colours, colours_of


def paint_tile(painter: QPainter, rect: QRectF, app: str, colours: Colours) -> None:
    """Paints the mark of an application into a square."""
    look = app_colours(app, colours)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.strong)
    painter.drawRoundedRect(rect, rect.width() * 0.26, rect.width() * 0.26)
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(rect.height() * 0.58)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(colours.surface))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), app[:1].upper() or "?")
    painter.restore()


class Tile(QWidget):
    """The mark of one application, read aloud as its name."""

    def __init__(self, side: int = 20, app: str = "") -> None:
        super().__init__()
        self._app = app
        self.setFixedSize(QSize(side, side))
        self.show_app(app)

    def show_app(self, app: str) -> None:
        """Shows another application; nothing for an empty name."""
        self._app = app
        self.setAccessibleName(app)
        self.setToolTip(app)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._app:
            painter = QPainter(self)
            paint_tile(painter, QRectF(self.rect()), self._app, colours_of(self))
            painter.end()
