"""A recording on disk in order of time: a folder with frames.jsonl, a folder of pictures, or one picture.

Whatever cannot be read is handed over as a Refused with file and reason, and the rest goes on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from capture import dates, lines
from capture.items import Item, Refused, must_be_regular, spoken
from memory.errors import BadRecording
from memory.records import Frame

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"})
"""How files end that are taken for pictures in a folder; hidden ones and others are passed over."""


def read(path: Path) -> tuple[Item | Refused, ...]:
    """Everything at `path`: what is refused first, then the items in order of time and then of name.

    Raises BadRecording where there is nothing or the folder cannot be looked into.
    """
    try:
        if os.path.lexists(path / lines.FRAMES):
            if not (path / lines.FRAMES).resolve().is_relative_to(path.resolve()):
                raise BadRecording(file=path / lines.FRAMES, reason="it leads out of the folder")
            return _sorted(lines.items(path))
        if path.is_dir():
            return _sorted(_pictures(path))
        if path.exists():
            return (_loose(path, path.name),)
    except OSError as error:
        raise BadRecording(file=path, reason=spoken(error)) from error
    raise BadRecording(file=path, reason="there is no such file or folder")


def _sorted(found: Iterator[Item | Refused]) -> tuple[Item | Refused, ...]:
    entries = list(found)
    items = [entry for entry in entries if isinstance(entry, Item)]
    items.sort(key=lambda item: item.frame.at)
    return (*(entry for entry in entries if isinstance(entry, Refused)), *items)


def _pictures(folder: Path) -> Iterator[Item | Refused]:
    """Every picture below the folder, by name; links are not followed into other folders."""
    root = folder.resolve()
    names = []
    for below, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        shown = (Path(below, name) for name in files if not name.startswith("."))
        names += [path.relative_to(root) for path in shown if path.suffix.lower() in PICTURES]
    for name in sorted(names, key=lambda name: _natural(name.as_posix())):
        if (root / name).resolve().is_relative_to(root):
            yield _loose(root / name, name.as_posix())
        else:
            yield Refused(name.as_posix(), "it leads out of the folder")


def _loose(path: Path, name: str) -> Item | Refused:
    """A picture without a recording: a moment of its own. A pipe or a device is not even opened."""
    try:
        must_be_regular(path.stat())
        return Item(Frame(dates.of_picture(path), b"", origin=_printable(name), single=True), path)
    except OSError as error:
        return Refused(_printable(name), spoken(error))


def _printable(name: str) -> str:
    """A file's name as text, bytes that are none replaced."""
    return os.fsencode(name).decode("utf-8", "replace")


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Puts 2.png before 10.png, and numbers before words."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]
