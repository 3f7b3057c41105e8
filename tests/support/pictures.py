"""Pictures of screens that the tests draw themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (960, 540)


def page(lines: Sequence[str], dark: bool = False, size: tuple[int, int] = SIZE) -> Image.Image:
    """A page of text as a window would show it."""
    paper, ink = ("#1e1e1e", "#e6e6e6") if dark else ("#ffffff", "#202020")
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype("DejaVuSans.ttf", 18)
    for row, line in enumerate(lines):
        draw.text((40, 30 + row * 34), line, fill=ink, font=font)
    return picture


def recording(
    folder: Path, pages: Sequence[tuple[str, Sequence[str]]], start: datetime, every_s: int
) -> Path:
    """A recording of (title, lines) pages of one application, `every_s` seconds apart."""
    (folder / "frames").mkdir(parents=True)
    rows = []
    for n, (title, lines) in enumerate(pages, 1):
        name = f"frames/{n:05d}.png"
        page(lines).save(folder / name)
        active = {"app": "Writer", "title": title, "url": None}
        window = {"app": "Writer", "title": title, "x": 0, "y": 0, "w": SIZE[0], "h": SIZE[1], "stack": 0}
        at = (start + timedelta(seconds=every_s * n)).isoformat()
        rows.append({"file": name, "t": at, "monitor": 0, "active": active, "windows": [window]})
    (folder / "frames.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder
