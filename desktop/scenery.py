"""What the tour shows on its stage: a small invented morning, made of real files in real programs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from memory.records import Box

NOTE = """Survey boat, Hollin Reservoir
-----------------------------
Pick-up: Thursday 26 November 2026, 14:30, at the east jetty.
Ask Agnes Roth for the key of the boat house: it is number 18.
Bring the spare radio (serial 004512) and two life vests.
"""

TERMINAL = """$ make deploy TARGET=os-db-02
building tide-tables 2.4.1 ... ok
copying 214 files to os-db-02 ... ok
restarting gauge-reader ... ok
Deployed tide-tables 2.4.1 to os-db-02 in 38 s
$ """

INVOICE = (
    ("Lindkvist Instruments AB", 40),
    ("Invoice LK-2026-0412", 32),
    ("12 radar level sensors, type R4: EUR 1,140.00", 26),
    ("Freight to Velden: EUR 144.50", 26),
    ("Invoice total: EUR 1,284.50", 30),
    ("Payable by 12 December 2026.", 26),
)

PAGE = """<!doctype html><title>Kestrel rollout - Velden Water Board</title>
<body style="font: 18px sans-serif; margin: 40px">
<h1>Kestrel rollout</h1><p>The board has fixed the date: stations go live on 3 March 2027.</p>
<p>Contact: Ines Caldeira, ines.caldeira@velden.example</p></body>"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A window to be opened: part of its title, the command that opens it, and where it is put."""

    title: str
    command: tuple[str, ...]
    box: Box


def scenes(folder: Path) -> tuple[Scene, ...]:
    """Draws the files below `folder`; a scene for each program that is installed."""
    files = {
        name: folder / name for name in ("boat.txt", "deploy.txt", "invoice.pdf", "level.png", "kestrel.html")
    }
    files["boat.txt"].write_text(NOTE)
    files["deploy.txt"].write_text(TERMINAL)
    files["kestrel.html"].write_text(PAGE)
    _invoice(files["invoice.pdf"])
    _chart(files["level.png"])
    browser = shutil.which("chromium") or "chromium"
    flags = ("--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-sync")
    found = (
        Scene("boat", ("mousepad", str(files["boat.txt"])), (20, 30, 680, 380)),
        Scene(
            "deploy",
            ("xterm", "-T", "deploy - os-db-02", "-fa", "DejaVu Sans Mono", "-fs", "12",
             "-e", "cat", "--", str(files["deploy.txt"]), "-"),
            (730, 30, 680, 380),
        ),
        Scene("invoice", ("mupdf", "-r", "72", str(files["invoice.pdf"])), (20, 450, 680, 420)),
        Scene("water", ("feh", "--title", "water level", str(files["level.png"])), (730, 450, 680, 420)),
        Scene("Kestrel", (browser, *flags, str(files["kestrel.html"])), (200, 120, 1040, 680)),
    )  # fmt: skip
    return tuple(scene for scene in found if shutil.which(scene.command[0]))


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype("DejaVuSans.ttf", size)


def _invoice(path: Path) -> None:
    page = Image.new("RGB", (680, 400), "white")
    draw, y = ImageDraw.Draw(page), 40
    for text, size in INVOICE:
        draw.text((50, y), text, fill="black", font=_font(size * 2 // 3))
        y += size + 20
    page.save(path, "PDF", resolution=72)


def _chart(path: Path) -> None:
    picture = Image.new("RGB", (660, 380), "#f7f7f2")
    draw = ImageDraw.Draw(picture)
    draw.text((40, 24), "Water level at Mill Weir, week 47 (cm)", fill="#222222", font=_font(22))
    levels = (141, 139, 144, 158, 171, 166, 152)
    points = [(70 + 85 * day, 350 - (level - 130) * 6) for day, level in enumerate(levels)]
    draw.line(points, fill="#b3261e", width=5)
    for (x, y), level in zip(points, levels, strict=True):
        draw.text((x - 18, y - 36), str(level), fill="#222222", font=_font(18))
    picture.save(path)
