"""What holds for every test: no real home, no display, no network outside, no unexpected warning.

A test that expects a log record at WARNING or above takes pytest's `caplog`; one that needs a display starts
its own and hands DISPLAY and QT_QPA_PLATFORM to the processes that it opens there.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# A rule for the local time that needs no zone data on the machine and is not UTC, so that a mix-up shows.
LOCAL_TIME = "CET-1CEST,M3.5.0,M10.5.0/3"

FIXED = {
    "QT_QPA_PLATFORM": "offscreen",
    "OMP_THREAD_LIMIT": "1",
    "HF_HUB_OFFLINE": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "LC_ALL": "C.UTF-8",
    "TZ": LOCAL_TIME,
}
TAKEN_AWAY = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "ONCESEEN_PROFILE",
    "ONCESEEN_KEY_FILE",
    "TESSDATA_PREFIX",
    "http_proxy",
    "HTTP_PROXY",
)
FOLDERS = {
    "HOME": "home",
    "XDG_DATA_HOME": "home/data",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_STATE_HOME": "home/state",
    "XDG_RUNTIME_DIR": "run",
}

_away = pytest.StashKey[Path]()
_outside = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Sets the surroundings before any test module is imported: Qt and torch read theirs at import."""
    away = Path(tempfile.mkdtemp(prefix="once-"))  # short: the path of a Unix socket has 107 bytes at most
    for name, folder in FOLDERS.items():
        (away / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(away / folder)
    for name in TAKEN_AWAY:
        os.environ.pop(name, None)
    os.environ.update(FIXED)
    time.tzset()
    config.stash[_away] = away
    attempts: list[str] = []
    config.stash[_outside] = attempts
    _refuse_outside(attempts)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Takes the temporary home away."""
    shutil.rmtree(config.stash[_away], ignore_errors=True)


def _refuse_outside(attempts: list[str]) -> None:
    """Refuses every connection and look-up but loopback in this process, and writes the attempt down."""

    def watch(event: str, details: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            sock, address = details
            internet = isinstance(sock, socket.socket) and sock.family in (socket.AF_INET, socket.AF_INET6)
            host = address[0] if internet and isinstance(address, tuple) else None
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = details[0]
        else:
            return
        if not _is_here(host):
            attempts.append(f"{event} {host}")
            raise PermissionError(f"a test may not reach {host}")

    sys.addaudithook(watch)


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in ("", "localhost", "0.0.0.0", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


class _Loud(logging.Handler):
    """Collects records at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _nothing_outside(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that tried to reach another machine, even where the refusal was swallowed."""
    attempts = request.config.stash[_outside]
    attempts.clear()
    yield
    assert not attempts, f"reached outside: {attempts}"


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that logged at WARNING or above without asking for it by `caplog`."""
    loud = _Loud()
    logging.getLogger().addHandler(loud)
    yield
    logging.getLogger().removeHandler(loud)
    assert "caplog" in request.fixturenames or not loud.lines, f"unexpected log: {loud.lines}"
