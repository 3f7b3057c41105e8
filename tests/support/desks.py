"""A small protocol with an implementation, served over a socketpair: what tests of the wire talk about."""

from __future__ import annotations

import contextlib
import inspect
import socket
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from memory import errors, wire
from memory.errors import OnceseenError
from memory.records import Frame


class Desk(Protocol):
    """What the tests carry besides the four real protocols."""

    def echo(self, text: str, times: int = 1) -> str: ...

    def blob(self, data: bytes) -> bytes: ...

    def blobs(self, data: tuple[bytes, ...]) -> dict[str, bytes]: ...

    def frame(self, frame: Frame) -> datetime: ...

    def fail(self, code: str) -> None: ...

    def wrong(self) -> int: ...

    def wait(self) -> None: ...


class Clerk:
    """Implements Desk."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.waiting = threading.Event()

    def echo(self, text: str, times: int) -> str:
        return text * times

    def blob(self, data: bytes) -> bytes:
        return data[::-1]

    def blobs(self, data: tuple[bytes, ...]) -> dict[str, bytes]:
        return {str(n): part for n, part in enumerate(data)}

    def frame(self, frame: Frame) -> datetime:
        return frame.at

    def fail(self, code: str) -> None:
        if code == "zero":
            raise ZeroDivisionError("the words of a screen")
        raise next(kind for kind in kinds() if kind.code == code)(**details())

    def wrong(self) -> Any:
        return "not a number"

    def wait(self) -> None:
        self.waiting.set()
        self.go_on.wait(20)


def kinds() -> list[type[OnceseenError]]:
    return [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


def details() -> dict[str, str]:
    names = ("reason", "path", "found", "known", "slot", "file", "text", "key", "value", "allowed", "what")
    return {name: f"some {name}" for name in (*names, "id", "left", "model", "child", "count")}


@contextlib.contextmanager
def served(protocol: type, implementation: object, **options: Any) -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()

    def work() -> None:
        with theirs:
            wire.serve(theirs, protocol, implementation, **options)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield ours
    finally:
        ours.close()
        thread.join(20)
        assert not thread.is_alive()
