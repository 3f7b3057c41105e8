"""Small files that are whole or not there, whatever happens while they are written."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from memory.errors import StoreTrouble

UNFINISHED = ".new-"
"""How the names of files begin that are not finished."""


def make_folder(folder: Path) -> None:
    """Makes a folder for its owner alone (0700) if it is not there; raises StoreTrouble."""
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)
    except OSError as error:
        raise StoreTrouble(reason=error.strerror or error) from error


def write(path: Path, data: bytes, over: bool = True) -> None:
    """Writes a file for its owner alone (0600), on disk when this returns; raises StoreTrouble.

    It gets its name when it is whole. Unless `over`, a file that is there is kept (FileExistsError).
    """
    unfinished = path.with_name(UNFINISHED + secrets.token_hex(8))
    try:
        try:
            _write_new(unfinished, data)
            if over:
                unfinished.replace(path)
            else:
                _name(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
        sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise StoreTrouble(reason=error.strerror or error) from error


def sync_folder(folder: Path) -> None:
    """Names in a folder are on disk when this returns."""
    if os.name == "nt":
        # Windows writes names down with the file, and opens no folders.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name(unfinished: Path, path: Path) -> None:
    """Gives a file its name unless that is taken."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # A stick's file system knows no links: there two at the same time could both believe to be first.
        if path.exists():
            raise FileExistsError(path) from None
        unfinished.replace(path)


def _write_new(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)
