"""Messages between processes: every record arrives as it was, every error too, and nothing ends a server."""

from __future__ import annotations

import contextlib
import inspect
import os
import socket
import stat
import subprocess
import sys
import threading
import typing
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from memory import api, ports, wire
from memory.errors import BadRequest, Bug, ChildFailed, NoEngine, OnceseenError, ProfileInUse
from memory.messages import LARGE, LIMIT, pack, receive, send
from memory.records import Frame
from tests.support.desks import Clerk, Desk, details, kinds, served
from tests.support.samples import sample


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def line(clerk: Clerk) -> Iterator[socket.socket]:
    with served(Desk, clerk) as sock:
        yield sock


def ask(sock: socket.socket, request: object) -> Any:
    """A request as it stands, past the client's own care; the answer as it stands."""
    send(sock, pack(request, False))
    return receive(sock)


# ------------------------------------------------------------------ what arrives


class Mirror:
    """Answers every call of a protocol with a sample and keeps the arguments."""

    def __init__(self, results: dict[str, Any]) -> None:
        self.got: dict[str, tuple[Any, ...]] = {}
        for name, result in results.items():
            setattr(
                self, name, lambda *values, _name=name, _result=result: self._keep(_name, values, _result)
            )

    def _keep(self, name: str, values: tuple[Any, ...], result: Any) -> Any:
        self.got[name] = values
        return result


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("protocol", [api.Memory, api.Intake, ports.Reader, ports.VectorIndex])
def test_every_call_of_every_protocol_arrives_as_it_was_made(protocol: type, full: bool) -> None:
    methods = dict(inspect.getmembers(protocol, inspect.isfunction))
    hints = {n: typing.get_type_hints(method) for n, method in methods.items() if not n.startswith("_")}
    results = {name: sample(hint["return"], full) for name, hint in hints.items()}
    mirror = Mirror(results)
    with served(protocol, mirror) as sock:
        remote = wire.client(sock, protocol, 20)
        for name, hint in hints.items():
            arguments = tuple(
                sample(hint[p], full) for p in list(inspect.signature(methods[name]).parameters)[1:]
            )
            assert getattr(remote, name)(*arguments) == results[name]
            assert repr(mirror.got[name]) == repr(arguments)
    assert len(hints) > 3


def test_times_keep_their_offset_and_sequences_their_kind(line: socket.socket) -> None:
    desk = wire.client(line, Desk, 20)
    at = sample(datetime, True)
    back = desk.frame(Frame(at, b"d" * 32, text=("one", "two")))
    assert (back, back.utcoffset()) == (at, at.utcoffset())
    assert wire.client(line, Desk, 20).echo(text="x", times=3) == "xxx"
    assert desk.echo("once") == "once"


@pytest.mark.parametrize("size", [0, 1, LARGE, LARGE + 1, 5 << 20])
def test_bytes_of_any_size_arrive(line: socket.socket, size: int) -> None:
    data = os.urandom(size)
    assert wire.client(line, Desk, 20).blob(data) == data[::-1]


def test_several_large_and_small_bytes_arrive_in_place(line: socket.socket) -> None:
    data = tuple(bytes([n]) * (n * 40_000) for n in range(7))
    assert wire.client(line, Desk, 20).blobs(data) == {str(n): part for n, part in enumerate(data)}


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_every_error_is_raised_again(line: socket.socket, kind: type[OnceseenError]) -> None:
    with pytest.raises(kind) as raised:
        wire.client(line, Desk, 20).fail(kind.code)
    assert type(raised.value) is kind
    assert str(raised.value) == str(kind(**details()))


def test_other_exceptions_tell_their_type_alone(clerk: Clerk) -> None:
    bugs: list[Exception] = []
    with served(Desk, clerk, on_bug=bugs.append) as sock:
        desk = wire.client(sock, Desk, 20)
        with pytest.raises(Bug, match="ZeroDivisionError") as raised:
            desk.fail("zero")
        assert desk.echo("still there") == "still there"
    assert "words" not in str(raised.value)
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]


def test_an_answer_of_the_wrong_type_is_a_bug(line: socket.socket) -> None:
    desk = wire.client(line, Desk, 20)
    with pytest.raises(Bug, match="wrong"):
        desk.wrong()
    assert desk.echo("still there") == "still there"


@pytest.mark.parametrize("answer", [["no-such-code", {}], ["not-found", {}], [1, 2, 3], None])
def test_a_peer_that_answers_strangely_is_a_bug(answer: object) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(theirs, pack(answer, False))
        with pytest.raises(Bug):
            wire.client(ours, Desk, 20).echo("x")


def test_what_cannot_be_carried_is_refused_before_it_is_sent(line: socket.socket) -> None:
    desk = wire.client(line, Desk, 20)
    for value in (object(), 1 << 80, "\udc80"):
        with pytest.raises(BadRequest):
            desk.echo(value)  # type: ignore[arg-type]
    with pytest.raises(BadRequest, match="more than one message"):
        desk.blob(bytes(LIMIT + 1))
    assert desk.echo("still there") == "still there"


# ------------------------------------------------------------------ bad peers


@pytest.mark.parametrize(
    "request_",
    [
        ["nothing", []],
        ["__init__", []],
        ["echo", []],
        ["echo", ["a", "b"]],
        ["echo", ["a", 1, 2]],
        ["echo", [b"a", 1]],
        ["echo", {"text": "a"}],
        ["frame", [{"at": "yesterday"}]],
        ["echo"],
        "echo",
        None,
        {},
        [["echo"], []],
    ],
    ids=repr,
)
def test_a_request_that_does_not_fit_is_refused_and_the_line_stays_open(
    line: socket.socket, request_: object
) -> None:
    code, _ = ask(line, request_)
    assert code == "bad-request"
    assert ask(line, ["echo", ["x", 2]]) == ["", "xx"]


# ------------------------------------------------------------------ ends


@pytest.mark.parametrize(("peer", "kind"), [("reader", ChildFailed), (Path("/p"), NoEngine)])
def test_a_peer_that_is_gone_or_late_has_a_name(clerk: Clerk, peer: str | Path, kind: type) -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(kind):
        wire.client(ours, Desk, 20, peer).echo("x")
    with served(Desk, clerk) as sock:
        late = wire.client(sock, Desk, 0.05, peer)
        with pytest.raises(kind):
            late.wait()
        with pytest.raises(kind):
            late.echo("the old answer must not be taken for this one's")
        clerk.go_on.set()


def test_closing_ends_a_call_that_waits(clerk: Clerk) -> None:
    with served(Desk, clerk) as sock:
        connection = wire.Connection(sock, Desk, None, "reader")
        failures: list[BaseException] = []

        def call() -> None:
            try:
                connection.call("wait", ())
            except ChildFailed as failure:
                failures.append(failure)

        thread = threading.Thread(target=call)
        thread.start()
        assert clerk.waiting.wait(20)
        connection.close()
        thread.join(20)
        clerk.go_on.set()
        assert connection.broken
        assert len(failures) == 1


def test_one_line_serves_many_threads(line: socket.socket) -> None:
    desk = wire.client(line, Desk, 20)
    wrong: list[str] = []

    def work(mine: str) -> None:
        wrong.extend(mine for _ in range(50) if desk.echo(mine, 3) != mine * 3)

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert wrong == []


# ------------------------------------------------------------------ meeting


@pytest.mark.parametrize("folder", ["run", "a" * 90 + "/" + "b" * 90])
def test_many_clients_meet_a_server_that_ends_cleanly(tmp_path: Path, clerk: Clerk, folder: str) -> None:
    path = tmp_path / folder / "engine.sock"
    before = threading.active_count()
    with wire.Server(wire.listen(path), Desk, clerk):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        socks = [wire.connect(path) for _ in range(3)]
        desks = [wire.client(sock, Desk, 20, path) for sock in socks]
        assert [desk.echo(str(n)) for n, desk in enumerate(desks)] == ["0", "1", "2"]
        socks[0].sendall(b"\xff" * 8)
        assert desks[1].echo("x") == "x"
        with pytest.raises(ProfileInUse):
            wire.listen(path)
        assert desks[2].echo("x") == "x"
    with pytest.raises(NoEngine):
        desks[1].echo("x")
    assert threading.active_count() == before
    with pytest.raises(NoEngine):
        wire.connect(path)
    for sock in socks:
        sock.close()


def test_a_socket_that_nobody_answers_at_is_replaced(tmp_path: Path, clerk: Clerk) -> None:
    path = tmp_path / "engine.sock"
    wire.listen(path).close()
    assert path.is_socket()
    with wire.Server(wire.listen(path), Desk, clerk), wire.connect(path) as sock:
        assert wire.client(sock, Desk, 20).echo("x") == "x"


def test_more_clients_than_fit_are_sent_away(tmp_path: Path, clerk: Clerk) -> None:
    path = tmp_path / "engine.sock"
    with wire.Server(wire.listen(path), Desk, clerk), contextlib.ExitStack() as stack:
        socks = [stack.enter_context(wire.connect(path)) for _ in range(wire.MOST_CLIENTS)]
        assert [wire.client(sock, Desk, 20).echo("x") for sock in socks] == ["x"] * wire.MOST_CLIENTS
        with pytest.raises(NoEngine):
            wire.client(stack.enter_context(wire.connect(path)), Desk, 20, path).echo("x")


def test_nobody_is_met_where_nobody_is(tmp_path: Path) -> None:
    for path in (tmp_path / "none.sock", tmp_path / "no" / "folder" / ("x" * 90) / "none.sock"):
        with pytest.raises(NoEngine):
            wire.connect(path)


def test_only_this_user_is_served(tmp_path: Path, clerk: Clerk) -> None:
    if os.getuid() != 0:
        pytest.skip("another user can only be played by root")
    path = tmp_path / "engine.sock"
    with wire.Server(wire.listen(path), Desk, clerk):
        code = (
            "import os, socket, sys\n"
            "s = socket.socket(socket.AF_UNIX)\n"
            "os.chdir(os.path.dirname(sys.argv[1]))\n"
            "os.chmod('.', 0o777); os.chmod('engine.sock', 0o777)\n"
            "os.setuid(65534)\n"
            "s.connect('engine.sock')\n"
            "sys.exit(0 if s.recv(1) == b'' else 1)\n"
        )
        done = subprocess.run([sys.executable, "-c", code, str(path)], timeout=20, check=False)
        assert done.returncode == 0
