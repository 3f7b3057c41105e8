"""Keys from the command line: slots are added and removed without touching data, and never the last one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    made = Program(tmp_path)
    made.json("init")
    return made


def test_init_writes_a_private_key_and_makes_nothing_twice(program: Program) -> None:
    assert program.key.stat().st_mode & 0o777 == 0o600
    assert program.profile.stat().st_mode & 0o777 == 0o700
    key = program.key.read_bytes()
    again = program.run("init")
    assert (again.returncode, again.stdout) == (1, "")
    assert program.key.read_bytes() == key


def test_a_second_key_opens_and_the_first_can_go(program: Program, tmp_path: Path) -> None:
    [first] = program.json("keys", "list")["keys"]
    other = tmp_path / "other-key"
    slots = program.json("keys", "add", "file", "--file", str(other))["keys"]
    assert [slot["kind"] for slot in slots] == ["file", "file"]
    assert program.run("status", key=other).returncode == 0
    assert program.run("keys", "remove", first["slot"], key=other).returncode == 0
    assert program.run("status").returncode == 3
    last = slots[1]["slot"]
    refused = program.run("keys", "remove", last, key=other)
    assert refused.returncode == 1
    assert "last key" in refused.stderr
    assert program.run("status", key=other).returncode == 0


def test_without_a_key_and_a_terminal_nothing_is_made(tmp_path: Path) -> None:
    program = Program(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--profile", str(program.profile), "init"],
        env=program.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "--key-file" in done.stderr
    assert not program.profile.exists()


@pytest.mark.parametrize("command", ["lock", "unlock"])
def test_where_nothing_runs_there_is_nothing_to_lock(program: Program, command: str) -> None:
    done = program.run(command)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
