"""The surroundings of every test: what conftest promises is so."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ("pytester",)

ROOT = Path(__file__).parents[2]


def test_home_is_not_the_real_one() -> None:
    assert Path.home() == Path(os.environ["HOME"])
    assert Path.home().stat().st_uid == os.getuid()
    assert list(Path.home().rglob("*.toml")) == []
    assert Path(os.environ["XDG_RUNTIME_DIR"]).stat().st_mode & 0o777 == 0o700
    assert "DISPLAY" not in os.environ


def test_children_inherit_the_surroundings() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "import os; print(os.environ['HOME'], os.environ['QT_QPA_PLATFORM'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == [os.environ["HOME"], "offscreen"]


def test_loopback_and_unix_sockets_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
    path = str(Path(os.environ["XDG_RUNTIME_DIR"]) / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
    os.unlink(path)


TRIALS = """
    import logging, socket
    import pytest

    def test_swallowed_connection():
        try:
            with socket.socket() as s:
                s.connect(("192.0.2.1", 80))
        except OSError:
            pass

    def test_looked_up():
        try:
            socket.getaddrinfo("example.org", 443)
        except OSError:
            pass

    def test_warned():
        logging.getLogger("memory.intake").warning("something is odd")

    def test_warned_and_asked(caplog):
        logging.getLogger("memory.intake").warning("something is odd")
        assert caplog.messages == ["something is odd"]

    def test_quiet():
        logging.getLogger("memory.intake").info("nothing is odd")
"""


def test_what_must_fail_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest((ROOT / "tests/conftest.py").read_text())
    pytester.makepyfile(test_trials=TRIALS)
    done = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider")
    done.assert_outcomes(passed=5, errors=3)
    done.stdout.fnmatch_lines(
        ["*ERROR*test_swallowed_connection*", "*ERROR*test_looked_up*", "*ERROR*test_warned*"]
    )
