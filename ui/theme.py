"""How the window looks: two palettes of one family, one accent, a 4/8 px grid, and the icons."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

ICONS = Path(__file__).parents[1] / "assets" / "icons"


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette; every pair that carries text keeps a contrast of at least 4.5:1 (tests compute it)."""

    window: str
    surface: str
    sunken: str
    border: str
    text: str
    dim: str
    accent: str
    on_accent: str
    accent_soft: str
    mark: str
    on_mark: str
    box: str
    danger: str
    warn: str
    stage: str
    apps: tuple[str, ...]


LIGHT = Colours(
    window="#f4f3f0",
    surface="#ffffff",
    sunken="#eae8e3",
    border="#d8d5ce",
    text="#1c1c1a",
    dim="#5a5852",
    accent="#0a6763",
    on_accent="#ffffff",
    accent_soft="#d9ebe8",
    mark="#ffe48a",
    on_mark="#1c1c1a",
    box="#e8930c",
    danger="#a8241c",
    warn="#7d5200",
    stage="#e3e1db",
    apps=(
        "#3566b0",
        "#82509a",
        "#b34f2a",
        "#26784f",
        "#96650c",
        "#a73f68",
        "#4c6472",
        "#66741a",
        "#5059b0",
        "#17768a",
    ),
)

DARK = Colours(
    window="#191a1c",
    surface="#222326",
    sunken="#131416",
    border="#383a3f",
    text="#ececea",
    dim="#a7a9ae",
    accent="#63c8be",
    on_accent="#0c1f1e",
    accent_soft="#203735",
    mark="#6a5510",
    on_mark="#fff4cc",
    box="#ffb938",
    danger="#ff9a90",
    warn="#efc15f",
    stage="#101113",
    apps=(
        "#7ba7e6",
        "#c394d8",
        "#e8946f",
        "#6fc296",
        "#d6ab52",
        "#e58bac",
        "#9db3c0",
        "#b3c164",
        "#9da5ec",
        "#66bccd",
    ),
)


@dataclass(frozen=True, slots=True)
class AppColours:
    """An application's colour: `strong` for edges and bars, `soft` to write `text` on."""

    strong: QColor
    soft: QColor
    text: QColor


def colours_of(widget: QWidget) -> Colours:
    """The palette a widget is shown in: the application's, for a style sheet bends the widget's own."""
    ground = QApplication.palette(widget).color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


def app_colours(app: str, colours: Colours) -> AppColours:
    """The colour of an application: the same for a name on every machine and every day."""
    strong = QColor(colours.apps[zlib.crc32(app.casefold().encode()) % len(colours.apps)])
    share = 0.28 if colours is DARK else 0.16
    return AppColours(strong, blend(strong, QColor(colours.surface), share), QColor(colours.text))


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """`share` (0..1) of one colour on another, opaque."""
    rest = 1.0 - share
    return QColor(
        round(over.red() * share + under.red() * rest),
        round(over.green() * share + under.green() * rest),
        round(over.blue() * share + under.blue() * rest),
    )


def contrast(one: QColor | str, other: QColor | str) -> float:
    """Contrast ratio of two opaque colours, 1..21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def scaled(font: QFont, factor: float, *, strong: bool = False) -> QFont:
    """The font, larger or smaller by `factor`; sizes follow the system's own."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * factor)
    else:
        made.setPixelSize(max(1, round(font.pixelSize() * factor)))
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


@lru_cache(maxsize=128)
def icon(name: str, colour: str) -> QIcon:
    """An icon of assets/icons drawn in one colour, sharp up to three times its size.

    Kept: buttons ask for theirs again at every change of style, some hundred times while a window is made.
    """
    made = QIcon()
    for side in (20, 40, 60):
        made.addPixmap(pixmap(name, colour, side))
    return made


def pixmap(name: str, colour: str, side: int) -> QPixmap:
    """An icon of assets/icons as `side` x `side` pixels."""
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def palette(colours: Colours) -> QPalette:
    """The colours as Qt's own palette: what Fusion and plain widgets draw with."""
    role = QPalette.ColorRole
    made = QPalette()
    for name, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.sunken),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.dim),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.danger),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Accent, colours.accent),
        (role.Light, colours.surface),
        (role.Midlight, colours.border),
        (role.Mid, colours.border),
        (role.Dark, colours.border),
        (role.Shadow, colours.sunken),
    ):
        made.setColor(name, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    faint = blend(QColor(colours.dim), QColor(colours.window), 0.6)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(off, name, faint)
    return made


def sheet(colours: Colours) -> str:
    """The style sheet of the few things that Fusion does not draw our way."""
    return Template((Path(__file__).parent / "theme.qss").read_text(encoding="utf-8")).substitute(
        {
            field.name: getattr(colours, field.name)
            for field in fields(colours)
            if isinstance(getattr(colours, field.name), str)
        }
    )


def apply(app: QApplication, colours: Colours) -> None:
    """Shows the whole application in these colours."""
    app.setStyle("Fusion")
    app.setPalette(palette(colours))
    app.setStyleSheet(sheet(colours))


class SystemLook(QObject):
    """Keeps the application in the system's scheme, light or dark, while it runs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow(app.styleHints().colorScheme())

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        apply(self._app, DARK if scheme == Qt.ColorScheme.Dark else LIGHT)


def repaints(event: QEvent) -> bool:
    """Whether a change event means that colours are to be read anew."""
    return event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


def mark(side: int, ratio: float) -> QPixmap:
    """The program's own mark, `side` pixels wide and sharp at a screen's ratio."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(ICONS / "onceseen.svg")).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
