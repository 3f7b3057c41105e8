"""A language model on this machine, by the OpenAI-compatible chat interface of whatever program serves it."""

from __future__ import annotations

import http.client
import re
import socket
import threading
from contextlib import closing, suppress
from dataclasses import dataclass

import msgspec

from memory.errors import BadSetting, NoWriter

_BYTE = "(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
HERE = re.compile(
    rf"http://(?P<host>127(?:\.{_BYTE}){{3}}|localhost|\[::1\])"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>/[\w./~-]*)?",
    re.ASCII,
)
"""Names are not looked up: asking for one would leave the machine, and the answer may change; 127.0.0.999 is
one. `localhost` is one of the two loopback addresses.
"""

CONNECT_S = 5.0
MOST_S = 60.0
LARGEST = 64 * 1024
MOST_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where the model is served: loopback addresses to be tried in order, and the path before /chat."""

    hosts: tuple[str, ...]
    port: int
    path: str


def place(address: str) -> Place:
    """The place that an address names; raises BadSetting unless that is on this machine for certain."""
    found = HERE.fullmatch(address)
    port = int((found and found["port"]) or 80)
    if not found or not 0 < port < 65536:
        raise BadSetting(
            key="writer.address",
            value=address,
            allowed="it is http:// with 127.0.0.1, localhost or [::1], so that nothing leaves this machine",
        )
    host = found["host"].strip("[]")
    hosts = ("127.0.0.1", "::1") if host == "localhost" else (host,)
    return Place(hosts, port, (found["path"] or "").rstrip("/"))


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Answer(msgspec.Struct):
    choices: list[_Choice]


class LocalWriter:
    """Asks over a connection of its own each time: no proxy, no redirect, and an end to waiting and to size.

    `most_s` is for the whole of a request, however slowly the answer drips.
    """

    def __init__(self, address: str, model: str, most_s: float = MOST_S) -> None:
        self._place, self._model, self._most_s = place(address), model, most_s

    def write(self, rules: str, words: str) -> str:
        messages = [{"role": "system", "content": rules}, {"role": "user", "content": words}]
        asked = {"model": self._model, "messages": messages, "temperature": 0, "stream": False}
        status, body = self._posted(msgspec.json.encode(asked | {"max_tokens": MOST_TOKENS}))
        if status != http.client.OK:
            raise NoWriter(reason=f"it answered with status {status}")
        if len(body) > LARGEST:
            raise NoWriter(reason=f"it answered with more than {LARGEST} bytes")
        try:
            return msgspec.json.decode(body, type=_Answer).choices[0].message.content
        except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
            raise NoWriter(reason="its answer is not understood") from None

    def _posted(self, body: bytes) -> tuple[int, bytes]:
        with closing(self._connected()) as connection:
            late = threading.Event()
            ender = threading.Timer(self._most_s, _hang_up, (connection.sock, late))
            ender.daemon = True
            ender.start()
            try:
                headers = {"Content-Type": "application/json", "Connection": "close"}
                connection.request("POST", f"{self._place.path}/chat/completions", body, headers)
                answer = connection.getresponse()
                found = answer.status, answer.read(LARGEST + 1)
            except (OSError, http.client.HTTPException) as error:
                # The socket's own patience may end just before ours.
                slow = late.is_set() or isinstance(error, TimeoutError)
                why = f"it took longer than {self._most_s:g} seconds" if slow else type(error).__name__
                raise NoWriter(reason=why) from None
            finally:
                ender.cancel()
            if late.is_set():
                # What was hung up on may look as if it had ended.
                raise NoWriter(reason=f"it took longer than {self._most_s:g} seconds")
            return found

    def _connected(self) -> http.client.HTTPConnection:
        for host in self._place.hosts:
            connection = http.client.HTTPConnection(host, self._place.port, timeout=CONNECT_S)
            with suppress(OSError):
                connection.connect()
                connection.sock.settimeout(self._most_s)
                return connection
            connection.close()
        raise NoWriter(reason=f"nothing answers at port {self._place.port}")


def _hang_up(sock: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
