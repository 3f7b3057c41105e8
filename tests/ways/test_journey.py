"""The whole way on a real screen: windows are recorded, found, asked about, browsed and forgotten."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.stage import Stage
from memory.index.client import Index
from memory.keys import master, slots
from memory.ledger import vectors
from memory.ledger.connection import Ledger
from memory.ledger.sqlite import connect
from tests.support.program import Program, holding, until

SAID = {
    "kestrel log": ["The kestrel nest on tower nine", "holds four speckled eggs", "Ringing number ZK-40817"],
    "bakery": ["Rye loaf for Saturday morning", "price 6.40 francs", "ask for Benedikta"],
}
VAULT = "Bitterroot recovery sentence"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path / "stage", 1280, 800) as stage:
        yield stage


def say(stage: Stage, folder: Path, title: str, lines: list[str], place: tuple[int, int]) -> None:
    """A real terminal window that shows these lines."""
    text = folder / f"{title}.txt"
    text.write_text("\n".join(lines) + "\n")
    look = ("-T", title, "-fa", "DejaVu Sans Mono", "-fs", "14")
    shown = stage.show(title, (*place, 620, 300), "xterm", *look, "-e", "cat", "--", str(text), "-")
    assert shown, f"the window {title} did not come up"


def test_what_was_on_the_screen_is_found_and_what_is_forgotten_is_nowhere(
    stage: Stage, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    program = Program(home, stage.display)
    program.json("init")

    say(stage, files, "kestrel log", SAID["kestrel log"], (20, 40))
    say(stage, files, "bakery", SAID["bakery"], (600, 400))
    assert program.json("record", "--for", "8s")["frames"] >= 1

    found = program.json("search", "kestrel eggs")["results"]
    assert any("speckled eggs" in result["snippet"] or "kestrel" in result["snippet"] for result in found)
    answer = program.json("ask", "What is the ringing number of the kestrel?")
    assert answer["found"]
    assert "ZK-40817" in answer["answer"]
    moment = program.json("moment", str(answer["citations"][0]["moment"]))
    assert any("ZK-40817" in line["text"] for line in moment["lines"])
    assert program.json("consolidate")["episodes"] == 1
    timeline = program.json("timeline")
    assert timeline["moments"]
    assert holding(home, "speckled", "Benedikta", "ZK-40817", "kestrel log") == []

    program.json("forget", "--text", "speckled eggs", "--yes")
    assert program.json("search", "speckled eggs")["results"] == []
    assert not program.json("ask", "What is the ringing number of the kestrel?")["found"]
    assert _inside(program, "speckled", "ZK-40817", "kestrel") == []
    assert program.json("status")["moments"] == len(program.json("timeline")["moments"])


def _inside(program: Program, *markers: str) -> list[str]:
    """Which of the words stand anywhere in the opened ledger, free pages included; and left-over vectors."""
    key = master.derive(slots.open_with_file(program.profile, program.key), "ledger")
    ledger = Ledger.open(program.profile / "ledger", key)
    try:
        with ledger.reading() as db:
            left = sum(vectors.count(db, "passage", name) for name in vectors.encoders(db, "passage"))
            passages = db.value("select count(*) from passages")
        index = Index(ledger)
        held = index.rebuild()["passage"]
        index.close()
    finally:
        ledger.close()
    assert left == passages == held
    with contextlib.closing(connect(program.profile / "ledger", key)) as connection:
        pages = connection.serialize("main").lower()
    return [marker for marker in markers if marker.lower().encode() in pages]


def test_what_is_excluded_is_never_written(stage: Stage, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    program = Program(home, stage.display)
    program.json("init")
    say(stage, files, "Vault - KeyKeeper", [VAULT], (20, 40))
    say(stage, files, "in front", ["an ordinary page"], (600, 400))
    running = program.start("record")
    assert running.stderr
    running.stderr.readline()
    gaps = until(lambda: program.json("timeline")["gaps"])
    assert program.json("status")["recording"] == "held back: excluded"
    running.terminate()
    running.communicate(timeout=60)
    assert {gap["reason"] for gap in gaps} == {"excluded"}
    assert program.json("status")["frames"] == 0
    assert _inside(program, "Bitterroot", "KeyKeeper -", "ordinary page") == []


def test_pause_and_resume_from_another_process(stage: Stage, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    program = Program(home, stage.display)
    program.json("init")
    running = program.start("record")
    assert running.stderr
    assert "Recording" in running.stderr.readline()
    program.json("pause")
    status = program.json("status")
    assert (status["recording"], status["paused_until"]) == ("paused until resumed", None)
    program.json("resume")
    assert program.json("status")["paused_until"] is None
    program.json("lock")
    assert program.run("search", "anything").returncode == 3
    program.json("unlock")
    assert program.json("search", "anything")["results"] is not None
    running.terminate()
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 0, errors
