"""Fetching a model: over TLS, resumed where it broke off, and checked before it gets its name."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage, HTTPResponse
from io import BufferedRandom
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from desktop import paths
from desktop.catalogue import Model
from memory.errors import NoFetch
from memory.keys import durable

CHUNK = 1 << 20
TIMEOUT_S = 30.0
"""How long a server may say nothing."""

TRIES = 3
"""Connections in a row that may bring nothing before it is given up."""

MOST_SAID = 200
"""Signs of what a server said that are handed on."""

LENGTH = r"\d{1,18}"

LOOPBACK = ("localhost", "127.0.0.1", "::1")

Told = Callable[[int, int], None]
"""Is told how many bytes are here, of how many."""


def fetch(model: Model, folder: Path, told: Told = lambda _done, _total: None) -> Path:
    """Puts the model's file into the folder and returns its path; raises NoFetch, StoreTrouble, Known.

    What has arrived stays beside it in a `.part`, also when it is interrupted, and the next time goes on from
    there. The server's own mark of the file (ETag) is kept with it, so that no two files become one.
    """
    paths.private(folder)
    path, part = folder / model.file, unfinished(folder, model)
    try:
        with _alone(part) as file:
            _room(model, folder, os.fstat(file.fileno()).st_size)
            _complete(model, file, _mark(part), told)
            _check(model, file)
            os.fsync(file.fileno())
            if not os.path.samestat(os.fstat(file.fileno()), part.stat()):
                raise FileNotFoundError
            part.replace(path)
        _mark(part).unlink(missing_ok=True)
        durable.sync_folder(folder)
    except FileNotFoundError:
        raise NoFetch(model=model.name, reason="it was removed while it was being fetched") from None
    except OSError as error:
        raise NoFetch(model=model.name, reason=f"{folder} cannot be written ({error.strerror})") from None
    except _Wrong:
        remove(folder, model)
        raise NoFetch(
            model=model.name,
            reason=f"what {model.host} sent is not the file whose checksum is known; it was removed",
        ) from None
    return path


def unfinished(folder: Path, model: Model) -> Path:
    """Where the beginning of the file lies until all of it has come."""
    return folder / f"{model.file}.part"


def remove(folder: Path, model: Model) -> bool:
    """Removes the file and what is left of fetching it; whether there was any. Raises OSError."""
    part = unfinished(folder, model)
    there = [path for path in (folder / model.file, part, _mark(part)) if path.exists()]
    for path in there:
        path.unlink(missing_ok=True)
    return bool(there)


class _Wrong(Exception):
    """The whole file is there, and it is not the one."""


class _Broken(Exception):
    """The connection ended before the file did."""


@contextmanager
def _alone(part: Path) -> Iterator[BufferedRandom]:
    """The unfinished file, held by this command alone."""
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NoFetch(model=part.name, reason="another command is fetching it") from None
        yield file


def _mark(part: Path) -> Path:
    return part.with_name(f"{part.name}.etag")


def _room(model: Model, folder: Path, here: int) -> None:
    free, needed = shutil.disk_usage(folder).free, model.bytes - here
    if free < needed:
        reason = f"{needed / 1e6:.0f} MB are needed in {folder}, {free / 1e6:.0f} MB are free"
        raise NoFetch(model=model.name, reason=reason)


def _check(model: Model, file: BufferedRandom) -> None:
    file.seek(0)
    if hashlib.file_digest(file, "sha256").hexdigest() != model.sha256:
        raise _Wrong


# ------------------------------------------------------------------ over the network


def _complete(model: Model, file: BufferedRandom, mark: Path, told: Told) -> None:
    """Appends until the file is as long as it must be: over several connections where they break off."""
    most = here = file.seek(0, os.SEEK_END)
    left = TRIES
    while here < model.bytes:
        reason = "it broke off"
        try:
            with _answer(model, here, mark.read_text() if here and mark.exists() else "") as answer:
                _begin(model, answer, file, mark, here)
                _append(answer, file, model.bytes, told)
        except _Broken as error:
            reason = str(error)
        here = file.seek(0, os.SEEK_END)
        left = TRIES if here > most else left - 1
        most = max(most, here)
        if here < model.bytes and not left:
            kept = f"{here / 1e6:.0f} MB are here, and the next time goes on from there"
            raise NoFetch(model=model.name, reason=f"{model.host} does not send it ({reason}); {kept}")


def _answer(model: Model, here: int, mark: str) -> HTTPResponse:
    _encrypted(model, model.url)
    request = urllib.request.Request(
        model.url, headers={"Accept-Encoding": "identity", "User-Agent": "onceseen"}
    )
    if here:
        request.add_header("Range", f"bytes={here}-")
        if mark:
            request.add_header("If-Range", mark)
    try:
        answer: HTTPResponse = urllib.request.build_opener(_Redirects(model)).open(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise _Wrong from None
            reason = f"{model.host} answers {error.code} {_words(error.reason)}"
            raise NoFetch(model=model.name, reason=reason) from None
    except urllib.error.URLError as error:
        raise _Broken(_words(error.reason)) from None
    except (OSError, HTTPException) as error:
        raise _Broken(_words(error)) from None
    except ValueError:
        raise NoFetch(model=model.name, reason=f"{model.host} hands on to what is no address") from None
    return answer


def _words(error: object) -> str:
    """What went wrong, in one line that a terminal only prints: some of it is what a server said."""
    said = str(getattr(error, "strerror", None) or error)
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    return plain[:MOST_SAID] or type(error).__name__


def _begin(model: Model, answer: HTTPResponse, file: BufferedRandom, mark: Path, here: int) -> None:
    """Makes the file ready for what the server sends: the rest, or all of it where it knows no ranges."""
    span = re.fullmatch(rf"bytes ({LENGTH})-\d+/({LENGTH}|\*)", answer.headers.get("Content-Range", ""))
    said = answer.headers.get("Content-Length", "")
    if answer.status == HTTPStatus.PARTIAL_CONTENT and span:
        start, total = int(span[1]), model.bytes if span[2] == "*" else int(span[2])
    else:
        start, total = 0, int(said) if re.fullmatch(LENGTH, said) else model.bytes
    if total != model.bytes or start not in (0, here):
        reason = f"{model.host} has a file of {total} bytes, not {model.bytes}"
        raise NoFetch(model=model.name, reason=reason)
    if start == 0:
        file.truncate(0)
        etag = answer.headers.get("ETag", "")
        # A weak one does not promise the same bytes, and one that is no plain text cannot be sent back.
        mark.write_text("" if etag.startswith("W/") or not (etag.isascii() and etag.isprintable()) else etag)
    file.seek(start)


def _append(answer: HTTPResponse, file: BufferedRandom, total: int, told: Told) -> None:
    """Writes what comes, and never more than was announced."""
    while (left := total - file.tell()) > 0:
        try:
            chunk = answer.read(min(CHUNK, left))
        except (OSError, HTTPException) as error:
            raise _Broken(_words(error)) from None
        if not chunk:
            return
        file.write(chunk)
        told(file.tell(), total)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a host that hands on to its storage, over TLS alone."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _encrypted(self._model, newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _encrypted(model: Model, url: str) -> None:
    """Nothing is sent in the clear but to this machine, by a model that is this machine's own."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and parts.hostname in LOOPBACK and model.host in LOOPBACK
    ):
        raise NoFetch(model=model.name, reason=f"{_words(url)} is not encrypted")
