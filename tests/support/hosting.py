"""A real HTTP server on this machine that has one file, and the bad habits that a test gives it."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from desktop.catalogue import Model


@dataclass
class Host:
    """`cuts` are how many bytes the next answers send before the connection ends; then all is sent.

    `asked` are the Range headers that came, "" for none. `stops` is set when an answer has sent its cut and
    waits instead of ending, until `go` is set.
    """

    content: bytes
    url: str = ""
    ranges: bool = True
    etag: str = '"one"'
    status: int = 200
    words: str | None = None
    location: str = ""
    length: int | None = None
    cuts: list[int] = field(default_factory=list)
    waits: bool = False
    asked: list[str] = field(default_factory=list)
    stops: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def model(self, **other: object) -> Model:
        """The file as a catalogue would declare it."""
        about: dict[str, object] = {
            "name": "tiny",
            "model": "onceseen-tiny",
            "tag": "here",
            "url": self.url,
            "bytes": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "licence": "MIT",
            "licence_url": "https://example.org/licence",
            "dimension": 32,
            "pixels": 32,
            "help": "For tests.",
        }
        return Model(**(about | other))  # type: ignore[arg-type]


@contextmanager
def hosting(content: bytes) -> Iterator[Host]:
    """The server, up on loopback."""
    host = Host(content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(host, self)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away amid an answer is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    host.url = f"http://127.0.0.1:{server.server_port}/weights"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.go.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(host: Host, request: BaseHTTPRequestHandler) -> None:
    wanted = request.headers.get("Range", "")
    host.asked.append(wanted)
    start = int(found[1]) if (found := re.fullmatch(r"bytes=(\d+)-", wanted)) else 0
    if not host.ranges or request.headers.get("If-Range", host.etag) != host.etag:
        start = 0
    if host.location:
        request.send_response(302)
        request.send_header("Location", host.location)
    elif start >= len(host.content) and start:
        request.send_response(416)
    elif host.status != 200:
        request.send_response(host.status, host.words)
    else:
        _send(host, request, start)
        return
    request.send_header("Content-Length", "0")
    request.end_headers()


def _send(host: Host, request: BaseHTTPRequestHandler, start: int) -> None:
    rest = host.content[start:]
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{len(host.content) - 1}/{len(host.content)}")
    request.send_header("Content-Length", str(len(rest) if host.length is None else host.length))
    request.send_header("ETag", host.etag)
    request.end_headers()
    cut = host.cuts.pop(0) if host.cuts else None
    request.wfile.write(rest if cut is None else rest[:cut])
    if cut is not None and host.waits:
        host.stops.set()
        host.go.wait()
    request.close_connection = True
