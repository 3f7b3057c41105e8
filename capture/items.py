"""An entry of a recording: a frame with the file of its picture, or what could not be taken and why."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from memory.errors import BadPicture
from memory.records import Frame

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; the largest picture of 89 megapixels without compression is about as large."""


@dataclass(frozen=True, slots=True)
class Item:
    """A frame of a recording, its picture not yet read: without digest and size. `path` is None for text."""

    frame: Frame
    path: Path | None

    def data(self) -> bytes:
        """The bytes of the picture, none for text; raises BadPicture."""
        if self.path is None:
            return b""
        name = self.frame.origin or ""
        try:
            with opened(self.path) as file:
                if os.fstat(file.fileno()).st_size > LARGEST_FILE:
                    raise BadPicture(file=name, reason="it is too large")
                return file.read()
        except FileNotFoundError:
            raise BadPicture(file=name, reason="there is no such file") from None
        except OSError as error:
            raise BadPicture(file=name, reason=spoken(error)) from error

    def digest(self, data: bytes) -> bytes:
        """Of content, time and monitor: 16 bytes that tell whether this frame was taken before."""
        content = data if self.path is not None else "\n".join(self.frame.text or ()).encode()
        digest = hashlib.blake2b(content, digest_size=16)
        digest.update(f"|{round(self.frame.at.timestamp() * 1000)}|{self.frame.monitor}".encode())
        return digest.digest()


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be taken; `file` as named in the recording, or the line of frames.jsonl."""

    file: str
    reason: str


def opened(path: Path) -> BufferedReader:
    """A regular file to read; raises OSError, also for a pipe, a socket or a device: those may never end."""
    must_be_regular(path.stat())
    # It may have become another thing since: then opening it must not wait for whoever writes to it.
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    file = os.fdopen(handle, "rb")
    try:
        must_be_regular(os.fstat(handle))
    except OSError:
        file.close()
        raise
    return file


def must_be_regular(found: os.stat_result) -> None:
    """Raises OSError where what was found is no regular file."""
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")


def spoken(error: OSError) -> str:
    """The system's words without the path."""
    return (error.strerror or type(error).__name__).lower()
