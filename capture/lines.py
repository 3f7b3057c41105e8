"""frames.jsonl: an object a line becomes an item; only the contract's keys are read (ARCHITECTURE.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Annotated

import msgspec

from capture import dates
from capture.items import Item, Refused, opened
from memory.records import Active, Frame, Window

FRAMES = "frames.jsonl"
LONGEST_LINE = 4 * 1024 * 1024
LONGEST_NAME = 2000
"""Characters of a title, a program's name or an address that are kept."""

_Pixel = Annotated[float, msgspec.Meta(ge=-1e6, le=1e6)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=999)]
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class _Active(msgspec.Struct):
    app: str | None = None
    title: str | None = None
    url: str | None = None


class _Window(msgspec.Struct):
    x: _Pixel
    y: _Pixel
    w: _Pixel
    h: _Pixel
    app: str | None = None
    title: str | None = None
    stack: _Pixel = 0.0


class _Line(msgspec.Struct):
    t: str
    file: str | None = None
    text: list[str] | None = None
    monitor: _Count | None = None
    active: _Active | None = None
    windows: list[_Window] | None = None


def items(folder: Path) -> Iterator[Item | Refused]:
    """Every line that is not empty, in the order of the file; raises OSError."""
    root = folder.resolve()
    decoder = msgspec.json.Decoder(_Line)
    with opened(folder / FRAMES) as file:
        for number, line in enumerate(_lines(file), 1):
            if line is None:
                yield Refused(f"{FRAMES}:{number}", "the line is too long")
            elif line.strip():
                yield _item(root, decoder, line, number)


def _lines(file: BufferedReader) -> Iterator[bytes | None]:
    """Line by line; None for one that is longer than LONGEST_LINE, which is never held whole."""
    if file.peek(3)[:3] == b"\xef\xbb\xbf":  # a byte order mark, as some editors write it
        file.read(3)
    while line := file.readline(LONGEST_LINE):
        whole = len(line) < LONGEST_LINE or line.endswith(b"\n")
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
        yield line if whole else None


def _item(root: Path, decoder: msgspec.json.Decoder[_Line], line: bytes, number: int) -> Item | Refused:
    place = f"{FRAMES}:{number}"
    try:
        said = decoder.decode(line)
    except msgspec.ValidationError as error:
        return Refused(place, f"the line does not fit: {error}")
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Refused(place, "the line is not JSON")
    at = dates.told(said.t)
    if at is None:
        return Refused(said.file or place, f'"{said.t[:40]}" is not a time')
    frame = Frame(at=at, digest=b"", monitor=said.monitor or 0, active=_active(said), windows=_windows(said))
    if said.file:
        return _with_picture(root, frame, said.file)
    text = tuple(part for told in said.text or () for part in _clean(told).splitlines() if part.strip())
    if not text:
        return Refused(place, "it has neither a file nor text")
    return Item(replace(frame, origin=f"#{number}", text=text, single=True), None)


def _with_picture(root: Path, frame: Frame, file: str) -> Item | Refused:
    """A picture's place below the folder, links followed; whatever leads out of it is refused."""
    try:
        path = (root / file).resolve()
    except (OSError, ValueError, RuntimeError):  # a NUL in the name, a ring of links
        return Refused(file, "it is not a path")
    if Path(file).is_absolute() or not path.is_relative_to(root):
        return Refused(file, "it leads out of the folder")
    return Item(replace(frame, origin=file), path)


def _active(said: _Line) -> Active | None:
    if said.active is None:
        return None
    url = _named(said.active.url) or None
    return Active(_named(said.active.app), _named(said.active.title), url)


def _windows(said: _Line) -> tuple[Window, ...] | None:
    if said.windows is None:
        return None
    return tuple(
        Window(_named(w.app), _named(w.title), int(w.x), int(w.y), int(w.w), int(w.h), int(w.stack))
        for w in said.windows
    )


def _named(text: str | None) -> str:
    return " ".join(_clean(text or "").split())[:LONGEST_NAME]


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)
