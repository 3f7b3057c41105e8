"""A language model that never was: a real HTTP server on loopback that answers as a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answers = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request; `answers` of the server does what a test wants."""

    server: Model

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, json.loads(self.body)))
        self.server.answers(self)

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {}))
        self.answer(200, b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, content: str) -> None:
        """As an OpenAI-compatible server says it."""
        choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
        self.answer(200, json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode())


class Model(ThreadingHTTPServer):
    """Serves at `address`; `asked` are the requests so far as (path, body)."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answers: Answers) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.answers = answers
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up is a part of these tests."""


@contextmanager
def a_model(answers: Answers) -> Iterator[Model]:
    """A server that runs until the block ends; what still waits for `over` is let go then."""
    with Model(answers) as model:
        thread = threading.Thread(target=model.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield model
        finally:
            model.over.set()
            model.shutdown()
            thread.join()


def saying(title: str, gist: str) -> Answers:
    """One that always says the same."""
    return lambda asked: asked.say(json.dumps({"title": title, "gist": gist}))
