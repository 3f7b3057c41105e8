"""Pictures of text for tests of reading, drawn with Pillow and the DejaVu fonts; each knows what it says."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from memory.ports import Pixels

LIGHT, DARK = ("#ffffff", "#202124"), ("#14181d", "#d8dee6")


@dataclass
class Page:
    """A canvas; `said` collects every line that was written on it."""

    width: int = 900
    height: int = 500
    ground: str = "#ffffff"
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.ground)
        self._draw = ImageDraw.Draw(self.image)

    def fill(self, box: tuple[int, int, int, int], colour: str, edge: str | None = None) -> None:
        """A rectangle by left, top, right, bottom."""
        self._draw.rectangle(box, fill=colour, outline=edge)

    def write(
        self, place: tuple[int, int], text: str, size: int = 14, colour: str = "#202124", mono: bool = False
    ) -> None:
        """A line with its left upper corner at `place`."""
        font = ImageFont.truetype("DejaVuSansMono.ttf" if mono else "DejaVuSans.ttf", size)
        self._draw.text(place, text, fill=colour, font=font)
        self.said.append(text)

    def column(self, place: tuple[int, int], texts: tuple[str, ...], colour: str = "#202124") -> None:
        """Lines one below the other, 22 pixels apart."""
        for n, text in enumerate(texts):
            self.write((place[0], place[1] + 22 * n), text, colour=colour)

    def pixels(self) -> Pixels:
        """Rows x columns x 3."""
        return np.array(self.image)

    def webp(self) -> bytes:
        """The picture as a frame comes."""
        out = io.BytesIO()
        self.image.save(out, "WEBP", lossless=True)
        return out.getvalue()

    def words(self) -> set[str]:
        """Every word that was written, without outer signs."""
        return {bare(word) for text in self.said for word in text.split()} - {""}


def bare(word: str) -> str:
    """A word as it is compared: small letters, no signs around it."""
    return word.strip(".,;:!?()[]\"'|").casefold()


LETTER = (
    "Dear Mrs Nydegger, the gauge at Mill Weir was moved",
    "sixty metres upstream, where the bank is firm.",
    "The rating curve of last year is not valid any more.",
    "Please send the new cross-section before Thursday.",
)
MINUTES = (
    "Die Sitzung beginnt am Dienstag um 13:30 Uhr",
    "im großen Raum über der Werkstatt. Bitte",
    "bringen Sie die Prüfberichte mit.",
)
TABLE = (("Station", "Level", "Battery"), ("Grellin", "1.87", "11.9"), ("Osk", "0.64", "12.4"))


def light() -> Page:
    """Black on white."""
    page = Page()
    page.column((40, 40), LETTER)
    return page


def dark() -> Page:
    """Pale and coloured on black."""
    page = Page(ground=DARK[0])
    page.column((40, 40), LETTER, DARK[1])
    page.write((40, 200), "build passed in 41 seconds", colour="#61d36a", mono=True)
    return page


def german() -> Page:
    """Umlauts and sharp s."""
    page = Page()
    page.column((40, 40), MINUTES)
    return page


def columns() -> Page:
    """Two columns of prose at the same height."""
    page = Page(width=1000)
    page.column((30, 40), LETTER)
    page.column((520, 40), MINUTES)
    return page


def table() -> Page:
    """Cells within rules."""
    page = Page()
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            left, top = 40 + 160 * column, 40 + 34 * row
            page.fill((left, top, left + 160, top + 34), "#ffffff", "#c0c4ca")
            page.write((left + 10, top + 9), cell)
    return page


def mixed() -> Page:
    """A dark terminal over a white editor, with a blue button and a grey bar."""
    page = Page(width=1000, height=560, ground="#ffffff")
    page.fill((0, 0, 1000, 30), "#2b3440")
    page.write((20, 6), "Menu Places System", colour="#e6e9ee")
    page.column((30, 60), MINUTES)
    page.fill((420, 40, 960, 330), DARK[0], "#000000")
    page.write((430, 60), "mara@fennel:~$ git status", colour=DARK[1], mono=True)
    page.write((430, 82), "nothing to commit, working tree clean", colour=DARK[1], mono=True)
    page.fill((40, 420, 180, 456), "#2f6fd0")
    page.write((62, 429), "Send report", colour="#ffffff")
    page.write((220, 430), "saved two minutes ago", size=12, colour="#8a9099")
    return page


def hidpi() -> Page:
    """A 4K screen at twice the size of letters, with a window of ordinary size beside."""
    page = Page(width=3840, height=2160)
    for n, text in enumerate(LETTER):
        page.write((120, 200 + 48 * n), text, size=29)
    page.fill((2300, 160, 3700, 700), DARK[0])
    for n, text in enumerate(MINUTES):
        page.write((2340, 220 + 48 * n), text, size=29, colour=DARK[1])
    page.column((2340, 900), ("Remote desktop at its own size", "not enlarged by anybody"))
    return page


def small() -> Page:
    """The small print of a status bar and of a map, dark and pale."""
    page = Page(ground="#f3f4f6")
    page.write((30, 30), "Line 12, Column 40  UTF-8  Markdown", size=11)
    page.write((30, 60), "Contour interval ten metres, datum of 1929", size=10, colour="#3c4043")
    page.write((30, 90), "last synced two minutes ago", size=11, colour="#8a9099")
    return page


ALL = {
    "light": light,
    "dark": dark,
    "german": german,
    "columns": columns,
    "table": table,
    "mixed": mixed,
    "hidpi": hidpi,
    "small": small,
}
