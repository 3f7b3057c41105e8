"""The user's settings file: only what differs, changed line by line so that comments and strangers stay."""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from memory.errors import BadRequest, StoreTrouble

Value = bool | int | float | str

_HEADER = re.compile(r"\s*\[\s*([\w.-]+)\s*\]\s*(#.*)?")
_LINE = re.compile(r"""\s*["']?([\w.-]+)["']?\s*=""")


def read(path: Path) -> str:
    """The file's text, empty when there is none; raises StoreTrouble."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise StoreTrouble(reason=f"{path} ({error.strerror})") from None


def values(text: str) -> dict[str, Any]:
    """What the text says, by dotted name; raises tomllib.TOMLDecodeError."""
    return dict(_flat(tomllib.loads(text), ""))


def _flat(table: dict[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def edited(text: str, name: str, value: Value | None) -> str:
    """The text with the setting's line changed, added, or (None) taken out; raises BadRequest.

    The result is read again: where anything but this one setting would change, nothing is.
    """
    lines = text.splitlines()
    at, found = _place(lines, name)
    group, _, key = name.rpartition(".")
    here = key if _header_above(lines, at) == group else name
    new = [] if value is None else [f"{here} = {_literal(value)}"]
    lines[at : at + found] = new
    changed = "".join(line + "\n" for line in lines)
    try:
        wanted = {each: said for each, said in values(text).items() if each != name}
        wanted |= {} if value is None else {name: value}
        if values(changed) != wanted:
            raise BadRequest(
                reason=f"the line of {name} in the settings file has an unknown form; edit it by hand"
            )
    except tomllib.TOMLDecodeError as error:
        raise BadRequest(reason=f"the settings file is not TOML ({error}); mend it by hand") from None
    return changed


def _place(lines: list[str], name: str) -> tuple[int, bool]:
    """The index of the setting's line and True, or where a new line belongs and False."""
    group = name.rpartition(".")[0]
    header, top_ends, table_starts = "", len(lines), None
    for n, line in enumerate(lines):
        if head := _HEADER.fullmatch(line):
            header, top_ends = head[1], min(top_ends, n)
            if header == group:
                table_starts = n + 1
        elif (said := _LINE.match(line)) and name == (f"{header}.{said[1]}" if header else said[1]):
            return n, True
    return top_ends if table_starts is None else table_starts, False


def _header_above(lines: list[str], at: int) -> str:
    heads = [head[1] for line in lines[:at] if (head := _HEADER.fullmatch(line))]
    return heads[-1] if heads else ""


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in value)
        return f'"{escaped}"'
    return repr(value)


def write(path: Path, text: str) -> None:
    """Puts the file in place whole, for its user alone; raises StoreTrouble and leaves the old one then."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".settings-", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StoreTrouble(reason=f"{path} ({error.strerror})") from None
