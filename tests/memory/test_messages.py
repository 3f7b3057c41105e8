"""Messages on a stream: large bytes beside it, nonsense answered, nothing left open."""

from __future__ import annotations

import array
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from memory import wire
from memory.messages import LARGE, LIMIT, Unfit, pack, receive
from memory.records import Line, Reading
from tests.support.desks import Clerk, Desk, served


@pytest.fixture
def line() -> Iterator[socket.socket]:
    with served(Desk, Clerk()) as sock:
        yield sock


def test_large_bytes_do_not_go_through_the_stream() -> None:
    packed = pack(Reading((Line("x", (0, 0, 1, 1)),), "e", thumbnail=b"t" * (LARGE + 1)), True)
    assert len(packed.body) < 200
    assert packed.large == [b"t" * (LARGE + 1)]


def test_no_descriptor_is_left_behind(line: socket.socket) -> None:
    desk = wire.client(line, Desk, 20)

    def open_after(calls: int) -> int:
        for _ in range(calls):
            desk.blob(b"x" * (LARGE + 1))
        desk.echo("the server has put away the last one's memory")
        return len(os.listdir("/proc/self/fd"))

    assert open_after(1) == open_after(5)


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xff\xff\xff",
        (LIMIT + 1).to_bytes(4, "big"),
        b"\0\0\0\1\xc1",
        b"\0\0\0\0",
        b"\0\0\0\5\xdd\xff\xff\xff\xff",
        b"\0\0\0\5\xdf\xff\xff\xff\xff",
        b"\0\0\0\2\x81\x90",
        b"\0\0\0\3\x81\x80\1",
        b"\0\1\x86\xa0" + b"\x91" * 100_000,
        b"\0\0\0\x07\x91\xd6\1abcd",
    ],
    ids=lambda data: data[:9].hex(),
)
def test_garbage_is_answered_and_ends_the_line(line: socket.socket, garbage: bytes) -> None:
    line.sendall(garbage)
    assert receive(line)[0] == "bad-request"
    assert line.recv(1) == b""


def test_a_message_that_is_cut_off_ends_the_line(line: socket.socket) -> None:
    line.sendall(b"\0\0\0\6\x91\xd6\1ab")
    line.shutdown(socket.SHUT_WR)
    assert line.recv(1) == b""


def framed(request: object) -> bytes:
    body = msgspec.msgpack.encode(request)
    return len(body).to_bytes(4, "big") + body


def beside(sock: socket.socket, request: object, *descriptors: int) -> Any:
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    sock.sendmsg([framed(request)], ancillary)
    return receive(sock)


def reference(start: int, length: int) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(1, start.to_bytes(8, "big") + length.to_bytes(8, "big"))


def test_memory_that_could_change_or_is_none_is_refused(tmp_path: Path) -> None:
    request = ["blob", [reference(0, 3)]]
    plain = tmp_path / "plain"
    plain.write_bytes(b"abc")
    for descriptor in (os.memfd_create("open"), os.open(plain, os.O_RDONLY), os.open(tmp_path, os.O_RDONLY)):
        with served(Desk, Clerk()) as sock:
            assert beside(sock, request, descriptor)[0] == "bad-request"
        os.close(descriptor)
    with served(Desk, Clerk()) as sock:
        sock.sendall(framed(request))
        assert receive(sock)[0] == "bad-request"


@pytest.mark.parametrize(("start", "length"), [(0, 4), (4, 1), (1 << 63, 1 << 63), (0, LIMIT + 1)])
def test_a_reference_outside_of_the_memory_is_refused(line: socket.socket, start: int, length: int) -> None:
    shared = os.memfd_create("sealed", os.MFD_ALLOW_SEALING)
    os.write(shared, b"abc")
    fcntl.fcntl(shared, fcntl.F_ADD_SEALS, 15)
    assert beside(line, ["blob", [reference(start, length)]], shared)[0] == "bad-request"
    os.close(shared)


def test_what_is_too_large_to_receive_ends_a_client_too() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall((LIMIT + 1).to_bytes(4, "big"))
        with pytest.raises(Unfit):
            receive(ours)
