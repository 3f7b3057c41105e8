"""One message on a stream socket: a 4-byte length, then that many bytes of MessagePack.

Pixels do not go through the stream: large `bytes` lie end to end in one sealed memfd, whose descriptor
travels beside the message. Nobody but `memory.wire` speaks this.
"""

from __future__ import annotations

import array
import fcntl
import os
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from memory.errors import BadRequest

LIMIT = 256 << 20
"""The most bytes a message, or the memory that travels beside it, may have."""

LARGE = 64 << 10
"""`bytes` longer than this travel in shared memory."""

BYTES = (bytes, bytearray, memoryview)
"""What msgspec is told to leave alone when it turns values to trees and back."""

_BLOB = 1
_LENGTH = struct.Struct("!I")
_REFERENCE = struct.Struct("!QQ")
_SHARES = hasattr(os, "memfd_create") and hasattr(fcntl, "F_ADD_SEALS")
_SEALS = 0x1 | 0x2 | 0x4 | 0x8  # F_SEAL_SEAL, _SHRINK, _GROW, _WRITE: nobody can change it under the reader


class Closed(Exception):
    """The peer is gone."""


class Unfit(Exception):
    """The peer's bytes cannot be followed any further; the text says why."""


@dataclass(frozen=True)
class Packed:
    """A message ready to be sent: its body, and the large bytes taken out of it."""

    body: bytes
    large: list[bytes]


def pack(value: object, has_bytes: bool) -> Packed:
    """`value` may hold dataclasses, datetimes (they go as text: offsets stay), bytes and plain values.

    `has_bytes` False spares the search for large bytes. Raises BadRequest when it is too large, TypeError,
    ValueError or OverflowError when it cannot be carried.
    """
    tree = msgspec.to_builtins(value, builtin_types=BYTES)
    large: list[bytes] = []
    if has_bytes and _SHARES:
        tree = _take_out(tree, large, [0])
    body = msgspec.msgpack.encode(tree)
    if len(body) > LIMIT or sum(map(len, large)) > LIMIT:
        raise BadRequest(reason="that is more than one message can carry")
    return Packed(body, large)


def send(sock: socket.socket, packed: Packed, until: float | None = None) -> None:
    """Sends by the monotonic time `until`; raises Closed, TimeoutError."""
    data = _LENGTH.pack(len(packed.body)) + packed.body
    shared = None
    try:
        shared = _share(packed.large) if packed.large else None
        _limit(sock, until)
        sent = 0 if shared is None else socket.send_fds(sock, [data], [shared])
        _limit(sock, until)
        sock.sendall(memoryview(data)[sent:])
    except TimeoutError:
        raise
    except OSError as error:
        raise Closed from error
    finally:
        if shared is not None:
            os.close(shared)


def receive(sock: socket.socket, until: float | None = None) -> Any:
    """The next message as an untyped tree; raises Closed, Unfit, TimeoutError."""
    shared: list[int] = []
    try:
        (length,) = _LENGTH.unpack(_exactly(sock, _LENGTH.size, until, shared))
        if length > LIMIT:
            raise Unfit("it is too large")
        if shared:
            _check_shared(shared[0])
        return _unpack(_exactly(sock, length, until, None), shared[0] if shared else None)
    except TimeoutError:
        raise
    except OSError as error:
        raise Closed from error
    finally:
        for descriptor in shared:
            os.close(descriptor)


def _take_out(tree: Any, large: list[bytes], end: list[int]) -> Any:
    if isinstance(tree, BYTES):
        if len(tree) <= LARGE:
            return tree
        large.append(cast(bytes, tree))
        end[0] += len(tree)
        return msgspec.msgpack.Ext(_BLOB, _REFERENCE.pack(end[0] - len(tree), len(tree)))
    if isinstance(tree, list | tuple):
        return [_take_out(part, large, end) for part in tree]
    if isinstance(tree, dict):
        return {key: _take_out(part, large, end) for key, part in tree.items()}
    return tree


def _unpack(body: bytearray, shared: int | None) -> Any:
    taken = 0

    def blob(code: int, data: memoryview) -> bytes:
        nonlocal taken
        if code != _BLOB or len(data) != _REFERENCE.size or shared is None:
            raise Unfit("it refers to memory that did not come with it")
        start, length = _REFERENCE.unpack(data)
        taken += length
        if start + length > os.fstat(shared).st_size or taken > LIMIT:
            raise Unfit("it refers to memory outside of what came with it")
        return b"".join(_pieces(shared, start, length))

    try:
        return msgspec.msgpack.decode(body, ext_hook=blob)
    except (msgspec.MsgspecError, RecursionError, MemoryError, TypeError, ValueError) as error:
        raise Unfit("it is not a message") from error


def _pieces(shared: int, start: int, length: int) -> Iterator[bytes]:
    while length:
        piece = os.pread(shared, length, start)
        start, length = start + len(piece), length - len(piece)
        yield piece


def _share(large: list[bytes]) -> int:
    """A sealed memfd with these bytes end to end; read by offset, so that nobody maps foreign memory."""
    shared = os.memfd_create("onceseen", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        for part in large:
            view = memoryview(part)
            while view:
                view = view[os.write(shared, view) :]
        fcntl.fcntl(shared, fcntl.F_ADD_SEALS, _SEALS)
    except OSError:
        os.close(shared)
        raise
    return shared


def _check_shared(shared: int) -> None:
    try:
        sealed = fcntl.fcntl(shared, fcntl.F_GET_SEALS) & _SEALS == _SEALS
    except OSError:
        sealed = False
    if not sealed or os.fstat(shared).st_size > LIMIT:
        raise Unfit("the memory beside it is not sealed, or too large")


def _exactly(sock: socket.socket, size: int, until: float | None, shared: list[int] | None) -> bytearray:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        _limit(sock, until)
        count = sock.recv_into(view) if shared is None else _with_descriptor(sock, view, shared)
        if not count:
            raise Closed
        view = view[count:]
    return data


def _with_descriptor(sock: socket.socket, view: memoryview, shared: list[int]) -> int:
    room = socket.CMSG_LEN(array.array("i").itemsize)  # for one: the system closes any more
    count, beside, _, _ = sock.recvmsg_into([view], room, getattr(socket, "MSG_CMSG_CLOEXEC", 0))
    for level, kind, data in beside:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors = array.array("i")
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
            shared.extend(descriptors)
    return count


def _limit(sock: socket.socket, until: float | None) -> None:
    """What is left of the time goes to the next step, so that a slow peer gains nothing by drips."""
    if until is not None:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock.settimeout(left)
