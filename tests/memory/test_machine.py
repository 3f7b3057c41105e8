"""What is known of the machine: the last kept is last, two processes lose nothing of each other's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from memory import machine
from tests.house.tree import ROOT


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "measured.json"


def test_the_last_that_was_kept_is_last(record: Path) -> None:
    for name, about in (("one", 1), ("two", 2), ("one", 3)):
        machine.keep(record, name, about)
    assert list(machine.read(record).items()) == [("two", 2), ("one", 3)]
    machine.keep(record, "two", None)
    assert machine.read(record) == {"one": 3}
    assert record.stat().st_mode & 0o777 == 0o600


def test_nothing_is_taken_from_what_is_not_there(record: Path) -> None:
    machine.keep(record, "one", None)
    assert not record.exists()


@pytest.mark.parametrize("spoilt", ["", "[]", "{"])
def test_what_is_spoilt_is_made_anew(record: Path, spoilt: str) -> None:
    record.write_text(spoilt)
    assert machine.read(record) == {}
    machine.keep(record, "one", 1)
    assert machine.read(record) == {"one": 1}


def test_where_it_cannot_be_kept_nothing_fails(tmp_path: Path) -> None:
    machine.keep(tmp_path / "none" / "record", "one", 1)
    assert not (tmp_path / "none").exists()


KEEPING = """
import sys
from pathlib import Path
from memory import machine
for n in range(20):
    machine.keep(Path(sys.argv[1]), f"{sys.argv[2]} {n}", n)
"""


def test_two_processes_lose_nothing_of_each_other(record: Path) -> None:
    command = [sys.executable, "-c", KEEPING, str(record)]
    running = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("one", "two")]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(machine.read(record)) == 40
