"""Typed messages between processes: the methods of a Protocol carried over a stream socket, never pickled.

A request is [method, arguments], a reply [code, value] with code "" or that of an error of `memory.errors`.
Whoever receives one checks it against the type hints of the Protocol. The bytes are `memory.messages`.
"""

from __future__ import annotations

import contextlib
import errno
import inspect
import os
import select
import socket
import struct
import threading
import time
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from memory.errors import BadRequest, Bug, ChildFailed, NoEngine, OnceseenError, ProfileInUse
from memory.messages import BYTES, Closed, Packed, Unfit, pack, receive, send

T = TypeVar("T")
OnBug = Callable[[Exception], None]

ENDED = "it ended"
"""The reason in a ChildFailed when the peer closed the line."""

MOST_CLIENTS = 64
"""How many may be connected to one server at a time; the next one is sent away."""

# ------------------------------------------------------------------ what a Protocol carries


@dataclass(frozen=True)
class _Method:
    signature: inspect.Signature
    hints: tuple[Any, ...]
    result: Any
    asks_bytes: bool
    gives_bytes: bool


def _methods(protocol: type) -> dict[str, _Method]:
    found = {}
    for name, function in inspect.getmembers(protocol, inspect.isfunction):
        if not name.startswith("_"):
            signature = inspect.signature(function)
            bare = signature.replace(parameters=list(signature.parameters.values())[1:])
            hints = typing.get_type_hints(function)
            asked = tuple(hints[parameter] for parameter in bare.parameters)
            asks = any(_holds_bytes(hint, set()) for hint in asked)
            found[name] = _Method(bare, asked, hints["return"], asks, _holds_bytes(hints["return"], set()))
    return found


def _holds_bytes(hint: Any, seen: set[Any]) -> bool:
    if hint in seen:
        return False
    seen.add(hint)
    if hint is bytes:
        return True
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return any(_holds_bytes(hints[field.name], seen) for field in fields(hint))
    return any(_holds_bytes(part, seen) for part in typing.get_args(hint))


# ------------------------------------------------------------------ serving


def serve(sock: socket.socket, protocol: type, implementation: object, on_bug: OnBug | None = None) -> None:
    """Answers requests one after the other until the peer closes or sends what cannot be followed.

    An OnceseenError of the implementation is raised again at the client. Any other exception is handed to
    `on_bug` and reaches the client as a Bug that tells its type alone: its text might hold what was seen.
    """
    methods = _methods(protocol)
    sock.settimeout(None)
    with contextlib.suppress(Closed):
        while True:
            try:
                request = receive(sock)
            except Unfit as unfit:
                send(sock, _refusal(BadRequest(reason=f"the message was refused, {unfit}")))
                return
            send(sock, _reply(methods, implementation, request, on_bug))


def _reply(methods: dict[str, _Method], implementation: object, request: Any, on_bug: OnBug | None) -> Packed:
    try:
        name, arguments = _checked(methods, request)
        result = getattr(implementation, name)(*arguments)
        return pack(("", result), methods[name].gives_bytes)
    except OnceseenError as error:
        return _refusal(error)
    except Exception as error:  # noqa: BLE001  the border between processes: no request ends the server
        if on_bug is not None:
            on_bug(error)
        return _refusal(Bug(reason=type(error).__name__))


def _refusal(error: OnceseenError) -> Packed:
    return pack((error.code, error.details), False)


def _checked(methods: dict[str, _Method], request: Any) -> tuple[str, list[Any]]:
    """The method's name and its arguments, converted to what the Protocol says; raises BadRequest."""
    try:
        name, arguments = msgspec.convert(request, tuple[str, list[Any]])
        hints = methods[name].hints
        values = msgspec.convert(arguments, tuple[hints], builtin_types=BYTES)  # type: ignore[valid-type]
    except KeyError:
        raise BadRequest(reason="there is no such request") from None
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadRequest(reason=f"the request does not fit, {error}") from error
    return name, list(values)


# ------------------------------------------------------------------ asking


class Connection:
    """The asking end of a socket: one request at a time, from any thread. After a failure it is broken.

    `peer` names who is asked: where it is gone or late, a path gives NoEngine, a name ChildFailed.
    `timeout` is seconds for one request and its answer; None waits for ever.
    """

    def __init__(self, sock: socket.socket, protocol: type, timeout: float | None, peer: str | Path) -> None:
        sock.settimeout(timeout)
        self._sock = sock
        self._methods = _methods(protocol)
        self._timeout = timeout
        self._peer = peer
        self._lock = threading.Lock()
        self.broken = False

    def call(self, name: str, arguments: tuple[object, ...]) -> Any:
        """The method's result; raises the OnceseenError it raised, or that of a peer that is gone."""
        method = self._methods[name]
        try:
            packed = pack((name, arguments), method.asks_bytes)
        except (TypeError, ValueError, OverflowError, RecursionError) as unfit:
            raise BadRequest(reason=f"{name} cannot carry that ({type(unfit).__name__})") from unfit
        with self._lock:
            reply = self._exchange(packed)
        try:
            code, value = msgspec.convert(reply, tuple[str, Any])
            if not code:
                return msgspec.convert(value, method.result, builtin_types=BYTES)
            raised = error(code, msgspec.convert(value, dict[str, str]))
        except (msgspec.ValidationError, RecursionError) as unfit:
            raise Bug(reason=f"the answer to {name} does not fit") from unfit
        raise raised

    def close(self) -> None:
        """Ends the conversation; a call that waits in another thread fails at once."""
        self.broken = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()

    def _exchange(self, packed: Packed) -> Any:
        if self.broken:
            raise self._gone("it is gone")
        until = None if self._timeout is None else time.monotonic() + self._timeout
        try:
            send(self._sock, packed, until)
            return receive(self._sock, until)
        except TimeoutError:
            why = "it did not answer in time"
        except Unfit:
            why = "it answered nonsense"
        except Closed:
            why = ENDED
        self.close()
        raise self._gone(why)

    def _gone(self, reason: str) -> OnceseenError:
        if isinstance(self._peer, Path):
            return NoEngine(path=self._peer)
        return ChildFailed(child=self._peer, reason=reason)


def client(sock: socket.socket, protocol: type[T], timeout: float | None, peer: str | Path = "other") -> T:
    """An object with the Protocol's methods that asks over `sock`; see Connection."""
    return proxy(protocol, Connection(sock, protocol, timeout, peer).call)


class Remote:
    """What asks another process: every proxy is one."""


def proxy(protocol: type[T], call: Callable[[str, tuple[object, ...]], Any]) -> T:
    """An object with the Protocol's methods, each of which goes through `call(name, arguments)`."""
    body = {name: _asking(call, name, method.signature) for name, method in _methods(protocol).items()}
    return cast(T, type(f"Remote{protocol.__name__}", (Remote,), body)())


def _asking(
    call: Callable[[str, tuple[object, ...]], Any], name: str, signature: inspect.Signature
) -> Callable[..., Any]:
    def ask(_self: object, *values: object, **named: object) -> Any:
        bound = signature.bind(*values, **named)
        bound.apply_defaults()
        return call(name, bound.args)

    return ask


def error(code: str, details: dict[str, str]) -> OnceseenError:
    """The error of the tree that has this code; a Bug for a code that none has."""
    for kind in _kinds(OnceseenError):
        if kind.code == code:
            with contextlib.suppress(KeyError):
                return kind(**details)
    return Bug(reason=f"an unknown answer, {code}")


def _kinds(kind: type[OnceseenError]) -> Iterator[type[OnceseenError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


# ------------------------------------------------------------------ meeting


def listen(path: Path) -> socket.socket:
    """A listening socket at `path`, for this user alone: its folder gets mode 0700, the socket 0600.

    A socket that nobody answers at is replaced; where somebody does, ProfileInUse.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    with contextlib.suppress(NoEngine):
        connect(path).close()
        raise ProfileInUse(path=path.parent)
    path.unlink(missing_ok=True)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    os.fchmod(sock.fileno(), 0o600)  # of the unbound socket: its file never stands open, not for a moment
    with _short(path) as address:
        sock.bind(address)
    path.chmod(0o600)
    sock.listen(16)
    return sock


def connect(path: Path) -> socket.socket:
    """A socket to whoever listens at `path`; raises NoEngine when nobody of this user does."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short(path) as address:
            sock.connect(address)
        _check_peer(sock)
    except OSError as error:
        sock.close()
        raise NoEngine(path=path.parent) from error
    return sock


@contextlib.contextmanager
def _short(path: Path) -> Iterator[str]:
    """The path of a socket within the 107 bytes that the system takes, by way of its open folder."""
    if len(os.fsencode(path)) <= 100 or not Path("/proc/self/fd").is_dir():
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _check_peer(sock: socket.socket) -> None:
    """Raises PermissionError when the other end belongs to another user."""
    if hasattr(socket, "SO_PEERCRED"):
        peer = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        if struct.unpack("3i", peer)[1] != os.getuid():
            raise PermissionError(errno.EPERM, "another user")


class Server:
    """Serves whoever of this user connects, a thread each, until it is stopped; a context that serves."""

    def __init__(
        self, listener: socket.socket, protocol: type, implementation: object, on_bug: OnBug | None = None
    ) -> None:
        self._listener = listener
        self._served = (protocol, implementation, on_bug)
        self._clients: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self.serve_forever, name="wire server", daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._thread.join()

    def serve_forever(self) -> None:
        """Returns after `stop`, from whatever thread that came."""
        while self._woken not in select.select([self._listener, self._woken], [], [])[0]:
            try:
                sock, _ = self._listener.accept()
            except OSError:  # the client left again, or too many files are open: the others go on
                self._woken.settimeout(0.05)
                with contextlib.suppress(TimeoutError):
                    self._woken.recv(1, socket.MSG_PEEK)
                continue
            self._take(sock)
        self._listener.close()
        self._woken.close()

    def stop(self, seconds: float = 5.0) -> None:
        """Takes no more clients, ends the conversations, and waits at most `seconds` for calls under way."""
        with self._lock:
            clients, self._clients = self._clients, {}
            self._wake.close()
        until = time.monotonic() + seconds
        for sock in clients:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in clients.values():
            thread.join(max(0.0, until - time.monotonic()))

    def _take(self, sock: socket.socket) -> None:
        try:
            _check_peer(sock)
        except OSError:
            sock.close()
            return
        thread = threading.Thread(target=self._converse, args=(sock,), name="wire client", daemon=True)
        with self._lock:
            if self._wake.fileno() < 0 or len(self._clients) >= MOST_CLIENTS:
                sock.close()
                return
            self._clients[sock] = thread
            thread.start()

    def _converse(self, sock: socket.socket) -> None:
        with sock:
            serve(sock, *self._served)
        with self._lock:
            self._clients.pop(sock, None)
