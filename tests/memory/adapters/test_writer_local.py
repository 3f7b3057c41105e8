"""The local writer asks this machine alone, follows nobody, and waits and reads no longer than it may."""

from __future__ import annotations

import socket

import pytest

from memory.adapters.writer_local import LARGEST, LocalWriter, place
from memory.errors import BadSetting, NoWriter
from tests.support.model import Answers, Asked, a_model

ELSEWHERE = [
    "http://example.org/v1",
    "http://192.0.2.1:8080/v1",
    "http://10.0.0.1/v1",
    "http://0.0.0.0:8080/v1",
    "http://128.0.0.1/v1",
    "http://127.0.0.1.example.org/v1",
    "http://127.0.0.1@example.org/v1",
    "http://user:word@127.0.0.1/v1",
    "http://localhost.example.org/v1",
    "http://localhost@192.0.2.1/",
    "http://[::ffff:192.0.2.1]/v1",
    "http://[2001:db8::1]/v1",
    "http://2130706433/v1",
    "http://127.1/v1",
    "http://127.999.0.1/v1",
    "http://127.08.0.1/v1",
    "http://127.0.0.1:99999/v1",
    "http://127.0.0.1:8080/v1\r\nHost: example.org",
    "http://127.0.0.1:8080/v1?to=http://example.org",
    "http://１２７.0.0.1/v1",
    "https://127.0.0.1/v1",
    "ftp://127.0.0.1/v1",
    "unix:///run/model",
    "127.0.0.1:8080",
    "",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_that_is_not_here_for_certain_is_refused(address: str) -> None:
    """Nothing is looked up either: any look-up outside fails the test (conftest)."""
    with pytest.raises(BadSetting, match="nothing leaves this machine"):
        LocalWriter(address, "m")


@pytest.mark.parametrize(
    ("address", "hosts", "port", "path"),
    [
        ("http://127.0.0.1:8080/v1", ("127.0.0.1",), 8080, "/v1"),
        ("http://127.4.5.6/v1/", ("127.4.5.6",), 80, "/v1"),
        ("http://localhost:1", ("127.0.0.1", "::1"), 1, ""),
        ("http://[::1]:5000/a/b", ("::1",), 5000, "/a/b"),
    ],
)
def test_loopback_is_understood(address: str, hosts: tuple[str, ...], port: int, path: str) -> None:
    found = place(address)
    assert (found.hosts, found.port, found.path) == (hosts, port, path)


def test_it_asks_and_hands_back_what_was_said() -> None:
    with a_model(lambda asked: asked.say("größer 漢字")) as model:
        writer = LocalWriter(model.address, "small-one")
        assert writer.write("the rules", "the words") == "größer 漢字"
    [(path, body)] = model.asked
    assert path == "/v1/chat/completions"
    assert body["model"] == "small-one"
    assert body["messages"] == [
        {"role": "system", "content": "the rules"},
        {"role": "user", "content": "the words"},
    ]
    assert (body["stream"], body["temperature"]) == (False, 0)


def test_localhost_is_found_without_looking_it_up() -> None:
    with a_model(lambda asked: asked.say("here")) as model:
        assert LocalWriter(f"http://localhost:{model.server_port}/v1", "m").write("r", "w") == "here"


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_model(lambda asked: asked.say("from the proxy")) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_port}")
        with a_model(lambda asked: asked.say("direct")) as model:
            assert LocalWriter(model.address, "m").write("r", "w") == "direct"
        assert proxy.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with a_model(lambda asked: asked.say("elsewhere")) as other:
        where = {"Location": f"http://127.0.0.1:{other.server_port}/v1/chat/completions"}
        with (
            a_model(lambda asked: asked.answer(status, b"", **where)) as model,
            pytest.raises(NoWriter, match=f"status {status}"),
        ):
            LocalWriter(model.address, "m").write("r", "w")
        assert other.asked == []


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, b"{}", "status 500"),
        (404, b"", "status 404"),
        (200, b"", "not understood"),
        (200, b"<html>", "not understood"),
        (200, b"[]", "not understood"),
        (200, b'{"choices": []}', "not understood"),
        (200, b'{"choices": [{"message": {"content": null}}]}', "not understood"),
        (200, b'{"choices": [{"message": {"content": "\xff\xfe"}}]}', "not understood"),
    ],
)
def test_what_is_no_answer_is_said(status: int, body: bytes, said: str) -> None:
    with (
        a_model(lambda asked: asked.answer(status, body)) as model,
        pytest.raises(NoWriter, match=said),
    ):
        LocalWriter(model.address, "m").write("r", "w")


def endless(asked: Asked) -> None:
    """More than anybody wants, without saying how much."""
    asked.send_response(200)
    asked.end_headers()
    piece = b"x" * 65536
    while not asked.server.over.is_set():
        asked.wfile.write(piece)


def test_a_huge_answer_is_not_read_to_its_end() -> None:
    with a_model(endless) as model, pytest.raises(NoWriter, match=f"more than {LARGEST} bytes"):
        LocalWriter(model.address, "m").write("r", "w")


def silent(asked: Asked) -> None:
    asked.server.over.wait(60)


def dripping(asked: Asked) -> None:
    """A byte now and then, of headers that never end: no single read takes long."""
    while not asked.server.over.wait(0.02):
        asked.wfile.write(b"HTTP/1.0 200 OK\r\nX: y\r\n" if not asked.server.over.is_set() else b"")


def dripping_body(asked: Asked) -> None:
    asked.send_response(200)
    asked.send_header("Content-Length", "60000")
    asked.end_headers()
    while not asked.server.over.wait(0.02):
        asked.wfile.write(b" ")


@pytest.mark.parametrize("answers", [silent, dripping, dripping_body])
def test_a_slow_answer_is_not_waited_for(answers: Answers) -> None:
    with a_model(answers) as model, pytest.raises(NoWriter, match=r"longer than 0\.3 seconds"):
        LocalWriter(model.address, "m", most_s=0.3).write("r", "w")


def test_nobody_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NoWriter, match=f"nothing answers at port {port}"):
        LocalWriter(f"http://127.0.0.1:{port}/v1", "m").write("r", "w")


def test_one_that_hangs_up_is_said() -> None:
    with (
        a_model(lambda asked: asked.connection.shutdown(socket.SHUT_RDWR)) as model,
        pytest.raises(NoWriter),
    ):
        LocalWriter(model.address, "m").write("r", "w")
