"""What was imported is found; an import goes on where it was killed; nothing is taken twice."""

from __future__ import annotations

import json
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.support import pages
from tests.support.pictures import page, recording
from tests.support.program import Program, holding

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGES = [
    ("Harbour notes", ["Ferry Albatross leaves the north quay", "at a quarter past seven", "Ticket QX-5519"]),
    ("Recipe book", ["Plum dumplings with poppy seed", "Boil eleven minutes", "Serve with brown butter"]),
    ("Budget", ["Heating 1,284.50 francs", "Insurance 377.20 francs", "Rent is due on the third"]),
]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = Program(tmp_path)
    program.json("init")
    return program


def test_a_recording_is_found_asked_and_browsed(program: Program, tmp_path: Path) -> None:
    folder = recording(tmp_path / "recording", PAGES, START, every_s=30)
    assert program.json("import", str(folder)) == {
        "imported": 3,
        "already": 0,
        "excluded": 0,
        "refused": [],
    }
    found = program.json("search", "dumplings", "--at", "2026-03-02T18:00:00+00:00")
    assert found["results"][0]["origins"] == ["frames/00002.png"]
    assert "dumplings" in found["results"][0]["snippet"]
    answer = program.json("ask", "How much is the heating?", "--at", "2026-03-02T18:00:00+00:00")
    assert answer["found"]
    assert "1,284.50" in answer["answer"]
    assert answer["citations"][0]["origin"] == "frames/00003.png"
    assert answer["grade"] == "seen"
    assert not program.json("ask", "Who won the chess tournament in Lisbon?")["found"]
    moments = program.json("timeline")["moments"]
    assert [moment["title"] for moment in moments] == [title for title, _ in PAGES]
    for n, (_, lines) in enumerate(PAGES):
        # The second and third are kept as what differs from the first; what is written out is one still.
        for name in ("seen.png", "seen.webp"):
            program.json("moment", str(moments[n]["moment"]), "--picture", str(tmp_path / name))
            with Image.open(tmp_path / name) as seen:
                assert getattr(seen, "n_frames", 1) == 1
                assert seen.convert("RGB").tobytes() == page(lines).tobytes()
    whole = program.json("moment", str(moments[0]["moment"]), "--picture", str(tmp_path / "seen.png"))
    assert any("QX-5519" in line["text"] for line in whole["lines"])
    assert (tmp_path / "seen.png").read_bytes().startswith(b"\x89PNG")
    assert program.json("import", str(folder))["already"] == 3
    state = program.json("status")
    assert (state["pending"], state["unseen"]) == (0, 0)


def test_pictures_are_looked_at_before_an_import_ends(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, made in (("light", pages.light()), ("dark", pages.dark())):
        made.image.save(folder / f"{name}.png")
    program.json("import", str(folder))
    found = program.json("search", "the dark page")["results"]
    assert found[0]["origin"] == "dark.png"
    assert found[0]["why"]["picture"] > 0
    assert "0 frames wait to be read, 0 to be looked at" in program.run("doctor").stdout


def test_nothing_readable_is_left_behind(program: Program, tmp_path: Path) -> None:
    folder = recording(tmp_path.parent / f"{tmp_path.name}-outside", PAGES, START, every_s=30)
    program.json("import", str(folder))
    program.json("consolidate")
    program.json("search", "Albatross")
    assert program.json("search", "Albatross")["results"]
    assert holding(tmp_path, "Albatross", "dumplings", "QX-5519", "Harbour notes", "00002.png") == []


def test_an_import_that_was_killed_goes_on(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for n in range(12):
        page([f"Page number {n}", f"holds the word zebra{n:02d}"]).save(folder / f"{n:02d}.png")
    running = program.start("import", str(folder), "--progress", "json")
    assert running.stderr
    for line in running.stderr:
        if json.loads(line)["done"] >= 4:
            break
    running.send_signal(signal.SIGKILL)
    running.communicate()
    done = program.json("import", str(folder))
    assert done["already"] >= 4
    assert done["imported"] + done["already"] == 12
    assert program.json("status")["moments"] == 12
    assert program.json("search", "zebra11")["results"][0]["origin"] == "11.png"
    assert program.json("search", "zebra01")["results"][0]["origin"] == "01.png"


def begun(program: Program, folder: Path) -> subprocess.Popen[str]:
    """An import that has taken its first pictures."""
    running = program.start("import", str(folder), "--progress", "json", "--json")
    assert running.stderr
    running.stderr.readline()
    return running


def test_an_import_whose_engine_ends_goes_on_with_its_own(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for n in range(8):
        page([f"Page number {n}", f"holds the word zebra{n:02d}"]).save(folder / f"{n:02d}.png")
    first = begun(program, folder)
    joined = begun(program, folder)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    told, errors = joined.communicate()
    assert joined.returncode == 0, errors
    done = json.loads(told)
    assert done["imported"] + done["already"] == 8
    assert program.json("search", "zebra07")["results"][0]["origin"] == "07.png"


def test_an_import_can_be_locked(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for n in range(8):
        page([f"Page number {n}"]).save(folder / f"{n:02d}.png")
    running = begun(program, folder)
    assert program.json("lock") == {"locked": True}
    running.communicate()
    assert running.returncode == 3


def test_what_is_forgotten_is_gone_and_the_rest_stays(program: Program, tmp_path: Path) -> None:
    folder = recording(tmp_path / "recording", PAGES, START, every_s=30)
    program.json("import", str(folder))
    program.json("consolidate")
    assert len(program.json("forget", "--text", "plum DUMPLINGS", "--dry-run")["moments"]) == 1
    refused = program.run("forget", "--text", "plum dumplings")
    assert refused.returncode == 1
    assert "--yes" in refused.stderr
    program.json("forget", "--text", "plum dumplings", "--yes")
    results = program.json("search", "dumplings poppy seed")["results"]
    assert all("dumplings" not in result["snippet"] for result in results)
    assert program.json("search", "Albatross")["results"]
    assert program.json("import", str(folder), "--dry-run")["already"] == 2
