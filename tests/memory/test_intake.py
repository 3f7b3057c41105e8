"""Intake: what is acknowledged is on disk, sealed; nothing is taken twice; a crash leaves no half of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from memory import intake
from memory.errors import StoreTrouble
from memory.ledger import frames, jobs, moments
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from tests.support.builders import a_frame

PICTURE = b"RIFF....WEBP marker-picture"


def test_a_picture_is_sealed_and_waits_to_be_read(ledger: Ledger, pictures: Pictures, tmp_path: Path) -> None:
    assert intake.take(ledger, pictures, a_frame(), PICTURE).outcome == "kept"
    with ledger.reading() as db:
        [place] = frames.pictures_all(db)
        assert jobs.waiting(db) == {"read": 1}
        assert moments.get(db, 1).picture
    assert pictures.get(*place, "picture") == PICTURE
    assert not any(b"marker-picture" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_frame_is_taken_once(ledger: Ledger, pictures: Pictures) -> None:
    outcomes = [intake.take(ledger, pictures, a_frame(), PICTURE).outcome for _ in range(2)]
    assert outcomes == ["kept", "already"]
    assert len(pictures.there()) == 1


def test_what_shows_nothing_new_is_counted(ledger: Ledger, pictures: Pictures) -> None:
    intake.take(ledger, pictures, a_frame(), PICTURE)
    assert intake.take(ledger, pictures, a_frame(3, new=False), b"").outcome == "counted"
    with ledger.reading() as db:
        assert frames.count(db) == 2
        assert moments.get(db, 1).frames == 2
        assert jobs.waiting(db) == {"read": 1}


def test_a_new_frame_without_its_picture_is_counted(ledger: Ledger, pictures: Pictures) -> None:
    assert intake.take(ledger, pictures, a_frame(), b"").outcome == "counted"
    assert pictures.there() == set()


def test_text_is_read_already(ledger: Ledger, pictures: Pictures) -> None:
    told = a_frame(text=("one line", "another"), windows=None, width=0, height=0, single=True)
    assert intake.take(ledger, pictures, told, b"").outcome == "kept"
    with ledger.reading() as db:
        assert [line.text for line in moments.whole(db, 1).lines] == ["one line", "another"]
        assert jobs.waiting(db) == {"embed": 1}
    assert pictures.there() == set()


def test_a_picture_that_cannot_be_written_makes_no_row(
    ledger: Ledger, pictures: Pictures, tmp_path: Path
) -> None:
    (tmp_path / "pictures").write_text("in the way")
    with pytest.raises(StoreTrouble):
        intake.take(ledger, pictures, a_frame(), PICTURE)
    with ledger.reading() as db:
        assert frames.count(db) == 0
        assert jobs.waiting(db) == {}


KILLED = """
import os, sys
from pathlib import Path
from memory import intake
from memory.keys import master
from memory.ledger import days
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from tests.support.builders import KEY, a_frame

folder = Path(sys.argv[1])
ledger = Ledger.open(folder / "ledger.db", KEY)

class Dies(Pictures):
    def put(self, day, kind, data):
        super().put(day, kind, data)
        os.kill(os.getpid(), 9)

key = lambda day: master.key_of_day(KEY, days.salt_for_sealing(ledger, day))
intake.take(ledger, Dies(folder / "pictures", key), a_frame(), b"picture")
"""


def test_killed_between_picture_and_row(ledger: Ledger, pictures: Pictures, tmp_path: Path) -> None:
    """What was not acknowledged is swept, and can be taken again."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == -9
    assert len(pictures.there()) == 1
    with ledger.reading() as db:
        known = frames.pictures_all(db)
    assert (known, pictures.sweep(known)) == (set(), 1)
    assert intake.take(ledger, pictures, a_frame(), b"picture").outcome == "kept"
