"""Folders to import: pictures of text, and recordings as the contract has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont


def a_picture(path: Path, text: str = "", size: tuple[int, int] = (320, 160), **options: Any) -> Path:
    """A white picture with lines of black text."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).multiline_text((8, 8), text, fill="black", font=ImageFont.load_default(16))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".webp":
        options.setdefault("lossless", True)
    image.save(path, **options)
    return path


def a_time(second: int) -> str:
    """ISO time of 2 March 2026, `second` seconds after nine, +01:00."""
    return f"2026-03-02T{9 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}+01:00"


def a_recording(folder: Path, lines: Sequence[Mapping[str, Any] | str | bytes]) -> Path:
    """Writes frames.jsonl: objects as JSON, text and bytes as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for line in lines:
        if isinstance(line, bytes):
            written.append(line)
        else:
            written.append((line if isinstance(line, str) else json.dumps(line)).encode())
    (folder / "frames.jsonl").write_bytes(b"\n".join(written) + b"\n")
    return folder


def a_window(
    app: str, title: str, box: tuple[int, int, int, int] = (0, 0, 320, 160), stack: int = 0
) -> dict[str, Any]:
    """A window as frames.jsonl has it."""
    x, y, w, h = box
    return {"app": app, "title": title, "x": x, "y": y, "w": w, "h": h, "stack": stack}
