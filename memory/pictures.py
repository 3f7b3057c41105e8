"""Sealed pictures: one file each, opened only with the key of its day and only under its own name."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from memory import webp
from memory.errors import DamagedPicture, StoreTrouble
from memory.keys import durable

Kind = Literal["picture", "thumb"]

SUFFIXES: dict[Kind, str] = {"picture": "", "thumb": ".t"}
NONCE = 12

Place = tuple[str, str]
"""Day and name."""


class Pictures:
    """A folder of sealed pictures, a folder a day; names are random and tell nothing.

    A file is a nonce of 12 bytes and what AES-256-GCM made of the picture, with day, name and kind as
    associated data: a file that was put in another one's place does not open.
    """

    def __init__(self, folder: Path, key_of_day: Callable[[str], bytes]) -> None:
        """`key_of_day` gives the 32-byte key of a day ("2026-03-02"); it may raise NotFound."""
        self._folder, self._key_of_day = folder, key_of_day
        # A day's folder that becomes empty is removed: not while something is being put into it.
        self._folders = threading.Lock()

    def put(self, day: str, kind: Kind, data: bytes) -> str:
        """Seals under a new name and returns it; on disk when this returns. Raises StoreTrouble."""
        name = secrets.token_hex(16)
        self._seal(day, name, kind, data)
        return name

    def put_thumbnail(self, day: str, name: str, data: bytes) -> None:
        """Seals the small look of a picture beside it, in place of an older one."""
        self._seal(day, name, "thumb", data)

    def get(self, day: str, name: str, kind: Kind) -> bytes:
        """What was sealed; raises DamagedPicture where it is missing, damaged or another one's."""
        path = self._path(day, name, kind)
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            raise DamagedPicture(reason="its file is missing") from None
        except OSError as error:
            raise DamagedPicture(reason=error.strerror or error) from error
        try:
            cipher = AESGCM(self._key_of_day(day))
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _identity(day, name, kind))
        except (InvalidTag, ValueError):
            raise DamagedPicture(reason="its file is damaged or another picture's") from None

    def whole(self, pile: Sequence[Place]) -> bytes:
        """The picture on top with all that it rests on, the lowest first in `pile`; raises DamagedPicture."""
        return webp.stacked([self.get(day, name, "picture") for day, name in pile])

    def thumbnail(self, day: str, name: str) -> bytes:
        """The small look of a picture, empty where there is none yet; raises DamagedPicture."""
        return self.get(day, name, "thumb") if self._path(day, name, "thumb").exists() else b""

    def remove(self, day: str, name: str) -> None:
        """Removes a picture and its thumbnail; what is not there is passed over. Raises StoreTrouble."""
        self._unlink(self._path(day, name, kind) for kind in SUFFIXES)

    def remove_picture(self, day: str, name: str) -> None:
        """Removes a picture and leaves its thumbnail; raises StoreTrouble."""
        self._unlink([self._path(day, name, "picture")])

    def sweep(self, known: Collection[Place], thumbnails: Collection[Place] = ()) -> int:
        """Removes what no row names, and what was never finished; how many files. Of what is named by
        `thumbnails` alone the picture goes.

        To be called before anything is taken: a picture is written before its row.
        """
        wanted, small = set(known), set(thumbnails)
        left = [
            path
            for path in self._files()
            if _place(path) not in wanted and not (path.suffix and _place(path) in small)
        ]
        self._unlink(left)
        return len(left)

    def there(self) -> set[Place]:
        """Where pictures lie."""
        return {_place(path) for path in self._files() if not path.suffix and _finished(path)}

    def size(self) -> int:
        """Bytes on disk; a file that goes away meanwhile counts no more."""
        total = 0
        for path in self._files():
            with contextlib.suppress(FileNotFoundError):
                total += path.stat().st_size
        return total

    def sizes(self) -> dict[Place, tuple[int, int]]:
        """By place the bytes of each picture and of its thumbnail, 0 for what is not there."""
        found: dict[Place, tuple[int, int]] = {}
        for path in self._files():
            with contextlib.suppress(FileNotFoundError):
                size, (picture, thumbnail) = path.stat().st_size, found.get(_place(path), (0, 0))
                found[_place(path)] = (picture, size) if path.suffix else (size, thumbnail)
        return found

    def _seal(self, day: str, name: str, kind: Kind, data: bytes) -> None:
        path = self._path(day, name, kind)
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self._key_of_day(day)).encrypt(nonce, data, _identity(day, name, kind))
        with self._folders:
            durable.make_folder(self._folder)
            durable.make_folder(path.parent)
            durable.write(path, nonce + sealed)

    def _path(self, day: str, name: str, kind: Kind) -> Path:
        return self._folder / day / (name + SUFFIXES[kind])

    def _files(self) -> Iterator[Path]:
        return self._folder.glob("*/*")

    def _unlink(self, paths: Iterable[Path]) -> None:
        try:
            with self._folders:
                folders = set()
                for path in paths:
                    path.unlink(missing_ok=True)
                    folders.add(path.parent)
                for folder in folders:
                    if folder.exists() and not any(folder.iterdir()):
                        folder.rmdir()
        except OSError as error:
            raise StoreTrouble(reason=error.strerror or error) from error


def _place(path: Path) -> Place:
    return path.parent.name, path.stem


def _finished(path: Path) -> bool:
    return not path.name.startswith(durable.UNFINISHED)


def _identity(day: str, name: str, kind: Kind) -> bytes:
    return f"onceseen/1/{day}/{name}/{kind}".encode()
