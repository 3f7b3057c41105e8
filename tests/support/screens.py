"""Screens that were never anybody's: invented windows and words, drawn with Qt, their lines known exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QLinearGradient, QPainter

from memory.records import Line

WIDTH, HEIGHT = 1280, 800
FRAME = QRect(60, 56, 1160, 700)

Kind = Literal["page", "mail", "chat", "terminal", "code", "sheet", "paper"]


@dataclass(frozen=True, slots=True)
class Scene:
    """One activity: a window of an application whose lines come to light step by step."""

    app: str
    title: str
    kind: Kind
    lines: tuple[str, ...]
    url: str | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line to draw: where its baseline box begins, how large, in which colour."""

    text: str
    x: int
    y: int
    size: int
    colour: str = "#22262b"
    mono: bool = False
    bold: bool = False

    def font(self) -> QFont:
        font = QFont("DejaVu Sans Mono" if self.mono else "DejaVu Sans")
        font.setPixelSize(self.size)
        font.setBold(self.bold)
        return font

    def box(self) -> tuple[int, int, int, int]:
        metrics = QFontMetrics(self.font())
        return (self.x, self.y, metrics.horizontalAdvance(self.text), metrics.height())


DARK_KINDS = ("terminal", "code")
TINTS = {
    "page": ("#dfe7f1", "#b9c9dd"),
    "mail": ("#e9e2d6", "#cdbfa8"),
    "chat": ("#e3dcea", "#c2b3d1"),
    "terminal": ("#2b3440", "#151b22"),
    "code": ("#343046", "#1b1926"),
    "sheet": ("#dbe9df", "#b0cdb9"),
    "paper": ("#e6e4e0", "#c5c1ba"),
}


def texts(scene: Scene, step: int) -> tuple[Text, ...]:
    """What stands on the screen at a step of the scene, 0 the first."""
    ink = "#d7dce3" if scene.kind in DARK_KINDS else "#22262b"
    shown = scene.lines[: min(len(scene.lines), 4 + step * 2)]
    top = Text(scene.title, FRAME.x() + 64, FRAME.y() + 11, 14, "#3c4148", bold=True)
    made = [top]
    if scene.url:
        made.append(Text(scene.url, FRAME.x() + 120, FRAME.y() + 49, 13, "#555b63"))
    left, y, gap = _start(scene.kind)
    for n, line in enumerate(shown):
        head = n == 0 and scene.kind in ("page", "mail", "paper")
        size = 26 if head else 16
        if scene.kind == "sheet":
            for column, cell in enumerate(line.split("|")):
                made.append(Text(cell.strip(), left + column * 250, y, 15, ink, bold=n == 0))
        elif scene.kind == "chat":
            made.append(Text(line, left + (260 if n % 2 else 0), y, 16, ink))
        else:
            made.append(Text(line, left, y, size, ink, scene.kind in DARK_KINDS, head))
        y += gap + (22 if head else 0)
    return tuple(made)


def _start(kind: Kind) -> tuple[int, int, int]:
    """Left edge, first baseline box and distance of the lines."""
    return {
        "page": (220, 180, 38),
        "mail": (440, 150, 36),
        "chat": (360, 140, 56),
        "terminal": (84, 116, 26),
        "code": (150, 116, 26),
        "sheet": (110, 130, 40),
        "paper": (320, 160, 36),
    }[kind]


def lines(scene: Scene, step: int) -> tuple[Line, ...]:
    """The same text as it would have been read, with exact boxes."""
    return tuple(Line(text.text, text.box(), 0.97, 0) for text in texts(scene, step) if text.text)


def draw(scene: Scene, step: int) -> QImage:
    """The screen as a picture."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(0, 0, WIDTH, HEIGHT)
    ground.setColorAt(0, QColor("#5d7f8c"))
    ground.setColorAt(1, QColor("#2f4858"))
    painter.fillRect(image.rect(), ground)
    painter.fillRect(0, 0, WIDTH, 28, QColor("#1d2329"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 50))
    painter.drawRoundedRect(FRAME.adjusted(-2, 4, 2, 10), 12, 12)
    dark = scene.kind in DARK_KINDS
    painter.setBrush(QColor("#1e2228" if dark else "#ffffff"))
    painter.drawRoundedRect(FRAME, 10, 10)
    painter.setBrush(QColor("#e4e6e9"))
    painter.drawRoundedRect(QRect(FRAME.x(), FRAME.y(), FRAME.width(), 44), 10, 10)
    painter.drawRect(QRect(FRAME.x(), FRAME.y() + 20, FRAME.width(), 20 + (44 if scene.url else 0)))
    for n, colour in enumerate(("#e0645a", "#dfb045", "#57a866")):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(FRAME.right() - 28 - n * 22, FRAME.y() + 15, 12, 12))
    _furniture(painter, scene)
    for text in texts(scene, step):
        painter.setFont(text.font())
        painter.setPen(QColor(text.colour))
        x, y, width, height = text.box()
        painter.drawText(QRect(x, y, width + 8, height), Qt.AlignmentFlag.AlignLeft, text.text)
    painter.end()
    return image


def _furniture(painter: QPainter, scene: Scene) -> None:
    """What fills a window of a kind besides its words."""
    light, deep = (QColor(tint) for tint in TINTS[scene.kind])
    if scene.url:
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(QRect(FRAME.x() + 100, FRAME.y() + 45, 820, 28), 14, 14)
    if scene.kind == "page":
        painter.setBrush(light)
        painter.drawRect(QRect(FRAME.x(), FRAME.y() + 84, FRAME.width(), 26))
        painter.setBrush(deep)
        painter.drawRoundedRect(QRect(900, 200, 250, 170), 8, 8)
        painter.drawRoundedRect(QRect(900, 390, 250, 110), 8, 8)
    elif scene.kind in ("mail", "chat"):
        wide = 340 if scene.kind == "mail" else 250
        painter.setBrush(light)
        painter.drawRect(QRect(FRAME.x(), FRAME.y() + 44, wide, FRAME.height() - 54))
        painter.setBrush(deep)
        for n in range(8):
            painter.drawRoundedRect(QRect(FRAME.x() + 16, FRAME.y() + 66 + n * 72, wide - 32, 52), 6, 6)
        painter.setBrush(light)
        for n in range(16):
            length = (wide - 64) * (90 - n * 37 % 45) // 100
            painter.drawRoundedRect(
                QRect(FRAME.x() + 28, FRAME.y() + 78 + n // 2 * 72 + n % 2 * 16, length, 7), 3, 3
            )
    elif scene.kind == "code":
        painter.setBrush(QColor("#171a1f"))
        painter.drawRect(QRect(FRAME.x(), FRAME.y() + 44, 70, FRAME.height() - 54))
    elif scene.kind == "sheet":
        painter.setPen(QColor("#d5dbd7"))
        for n in range(16):
            painter.drawLine(FRAME.x(), 160 + n * 40 - 36, FRAME.right(), 160 + n * 40 - 36)
        for n in range(5):
            painter.drawLine(90 + n * 250, FRAME.y() + 44, 90 + n * 250, FRAME.bottom())
    elif scene.kind == "paper":
        painter.setBrush(light)
        painter.drawRect(QRect(FRAME.x(), FRAME.y() + 44, FRAME.width(), FRAME.height() - 54))
        painter.setBrush(QColor("#ffffff"))
        painter.drawRect(QRect(270, FRAME.y() + 60, 740, FRAME.height() - 70))


def webp(image: QImage, quality: int = 80) -> bytes:
    """A picture as WebP."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "WEBP", quality)
    return bytes(buffer.data().data())
