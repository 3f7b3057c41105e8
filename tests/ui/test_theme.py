"""Both palettes can be read: contrast is computed, not believed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel

from ui import theme
from ui.theme import DARK, ICONS, LIGHT, Colours

PALETTES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
TEXT = 4.5
SHAPE = 3.0


@PALETTES
def test_text_can_be_read_on_every_ground(colours: Colours) -> None:
    grounds = (colours.window, colours.surface, colours.sunken, colours.accent_soft)
    for ground in grounds:
        assert theme.contrast(colours.text, ground) >= TEXT
        assert theme.contrast(colours.dim, ground) >= TEXT
    for ground in (colours.window, colours.surface, colours.accent_soft):
        for text in (colours.accent, colours.danger, colours.warn):
            assert theme.contrast(text, ground) >= TEXT, (text, ground)
    assert theme.contrast(colours.on_accent, colours.accent) >= TEXT
    assert theme.contrast(colours.on_mark, colours.mark) >= TEXT
    assert theme.contrast(colours.dim, colours.stage) >= TEXT


@PALETTES
def test_application_colours_carry_text_and_stand_out(colours: Colours) -> None:
    seen = set()
    for n in range(200):
        look = theme.app_colours(f"application {n}", colours)
        seen.add(look.strong.name())
        assert theme.contrast(look.text, look.soft) >= TEXT
        assert theme.contrast(colours.surface, look.strong) >= TEXT  # the letter on the tile
        assert theme.contrast(look.strong, colours.surface) >= SHAPE
    assert seen == set(colours.apps)


@PALETTES
def test_the_accent_shows_focus(colours: Colours) -> None:
    for ground in (colours.window, colours.surface, colours.stage):
        assert theme.contrast(colours.accent, ground) >= SHAPE


def test_contrast_is_that_of_the_standard() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#ffffff", "#777777") == theme.contrast("#777777", "#ffffff")


def test_a_name_has_the_same_colour_everywhere() -> None:
    assert theme.app_colours("Mail", LIGHT).strong == theme.app_colours("mail", LIGHT).strong


def test_a_widget_knows_its_palette(qapp: QApplication) -> None:
    label = QLabel("x")
    theme.apply(qapp, DARK)
    assert theme.colours_of(label) is DARK
    theme.apply(qapp, LIGHT)
    assert theme.colours_of(label) is LIGHT


def test_the_system_is_followed(qapp: QApplication) -> None:
    look = theme.SystemLook(qapp)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    look.deleteLater()


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_draws_something(qapp: QApplication, path: object) -> None:
    image = theme.pixmap(path.stem, "#ff0000", 40).toImage()  # type: ignore[attr-defined]
    assert any(image.pixelColor(x, y).alpha() > 128 for x in range(40) for y in range(40))
