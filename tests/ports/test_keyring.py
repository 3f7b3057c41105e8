"""One suite for every keyring: the one in memory, and the system's own in a session of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection

from memory.adapters.keyring_system import SystemKeyring
from memory.errors import NoKeyring
from memory.ports import Keyring
from tests.support.keyring import KeyringInMemory


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A message bus and an unlocked keyring daemon that belong to this test."""
    if not shutil.which("gnome-keyring-daemon") or not shutil.which("dbus-daemon"):
        pytest.skip("no keyring daemon on this machine")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"):
        folder = tmp_path / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    # A path below XDG_RUNTIME_DIR may be longer than a socket's path can be.
    bus = subprocess.Popen(
        [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--nopidfile",
            "--print-address=1",
            "--address=unix:tmpdir=/tmp",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.stdout.readline().strip())
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    assert daemon.stdin
    daemon.stdin.write(b"a password")
    daemon.stdin.close()
    try:
        wait_for_name("org.freedesktop.secrets")
        yield
    finally:
        for process in (daemon, bus):
            process.terminate()
            process.wait()
            assert process.stdout
            process.stdout.close()


def wait_for_name(name: str) -> None:
    """Returns when somebody answers to `name` on the session's bus."""
    changed = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    changed.add_arg_condition(0, name)
    with open_dbus_connection() as bus:
        bus.send_and_get_reply(message_bus.AddMatch(changed))
        with bus.filter(changed) as heard:
            if not bus.send_and_get_reply(message_bus.NameHasOwner(name)).body[0]:
                bus.recv_until_filtered(heard, timeout=20)


@pytest.fixture(params=["memory", "system"])
def keyring(request: pytest.FixtureRequest) -> Keyring:
    if request.param == "memory":
        return KeyringInMemory()
    request.getfixturevalue("session")
    return SystemKeyring()


def test_keeps_changes_and_forgets(keyring: Keyring) -> None:
    one, two = bytes(range(32)), bytes(range(32, 64))
    assert keyring.read("profile-a") is None
    keyring.write("profile-a", one)
    keyring.write("profile-b", two)
    assert keyring.read("profile-a") == one
    keyring.write("profile-a", two)
    assert keyring.read("profile-a") == two
    keyring.remove("profile-a")
    keyring.remove("profile-a")
    assert keyring.read("profile-a") is None
    assert keyring.read("profile-b") == two


def test_the_system_says_whether_there_is_one(session: None) -> None:
    assert SystemKeyring().there()


def test_without_one_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    keyring = SystemKeyring()
    assert not keyring.there()
    for act in (lambda: keyring.read("x"), lambda: keyring.write("x", b"y"), lambda: keyring.remove("x")):
        with pytest.raises(NoKeyring):
            act()
