"""Bad input gets one clear line each; the rest goes on and nothing is lost."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.support.pictures import page, recording
from tests.support.program import Program

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = Program(tmp_path)
    program.json("init")
    return program


def test_bad_pictures_are_named_and_the_good_one_is_taken(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    page(["the good lighthouse"]).save(folder / "good.png")
    whole = (folder / "good.png").read_bytes()
    (folder / "truncated.png").write_bytes(whole[: len(whole) // 2])
    (folder / "words.png").write_text("these are words, no picture")
    (folder / "empty.webp").write_bytes(b"")
    Image.new("1", (30_000, 30_000)).save(folder / "huge.png")
    done = program.json("import", str(folder))
    assert done["imported"] == 1
    assert {refused["file"] for refused in done["refused"]} == {
        "truncated.png",
        "words.png",
        "empty.webp",
        "huge.png",
    }
    assert all(refused["reason"] for refused in done["refused"])
    assert program.json("search", "lighthouse")["results"][0]["origin"] == "good.png"


def test_broken_lines_and_paths_that_leave_the_folder(program: Program, tmp_path: Path) -> None:
    folder = recording(tmp_path / "recording", [("Sea", ["the lighthouse keeps on"])], START, 30)
    page(["not for you"]).save(tmp_path / "secret.png")
    good = (folder / "frames.jsonl").read_text()
    bad = [
        "{broken",
        json.dumps({"file": "../secret.png", "t": "2026-03-02T10:00:00+00:00"}),
        json.dumps({"file": str(tmp_path / "secret.png"), "t": "2026-03-02T10:00:01+00:00"}),
        json.dumps({"file": "frames/00001.png"}),
        json.dumps({"file": "frames/00001.png", "t": "tomorrow"}),
        json.dumps({"t": "2026-03-02T10:00:02+00:00", "text": ["a note read elsewhere about marmalade"]}),
    ]
    (folder / "frames.jsonl").write_text(good + "\n".join(bad) + "\n")
    done = program.json("import", str(folder))
    assert done["imported"] == 2
    assert len(done["refused"]) == 5
    assert program.json("search", "marmalade")["results"][0]["origin"] == "#7"


@pytest.mark.parametrize("damage", [b"", b"not hex at all", b"ab" * 31, b"00" * 32])
def test_a_key_that_does_not_open_is_status_3(program: Program, tmp_path: Path, damage: bytes) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(damage)
    done = program.run("status", key=wrong)
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert program.json("status")["moments"] == 0


def test_wrong_use_and_what_is_not_there(program: Program, tmp_path: Path) -> None:
    assert program.run("dance").returncode == 2
    assert program.run("import", str(tmp_path / "nowhere")).returncode == 1
    assert program.run("moment", "4711").returncode == 1
    assert "not a time" in program.run("search", "x", "--from", "someday").stderr
    assert program.run("pause").returncode == 1
    assert program.run("init").returncode == 1
    other = Program(tmp_path / "other") if (tmp_path / "other").mkdir() is None else None
    assert other
    assert other.run("status").returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "x", "--batch", "-"],
        ["search", "x", "--limit", "0"],
        ["ask"],
        ["forget"],
        ["forget", "--app", "x", "--text", "y"],
        ["forget", "--from", "2026-03-02"],
        ["record", "--for", "abc"],
        ["pause", "--for", "abc"],
    ],
)
def test_wrong_use_is_status_2_and_one_line(tmp_path: Path, words: list[str]) -> None:
    # Without a memory: how it is used comes before what there is.
    done = Program(tmp_path).run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [[], ["record"]])
def test_where_there_is_no_screen_it_is_said_at_once(program: Program, words: list[str]) -> None:
    done = program.run(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no display" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_what_the_terminal_cannot_show_ends_nothing(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    page(["a coastal lighthouse"]).save(folder / "Brücke.png")
    program.json("import", str(folder))
    program.environment["PYTHONIOENCODING"] = "ascii"
    assert program.run("timeline").returncode == 0
    assert program.json("timeline")["moments"][0]["origins"] == ["Brücke.png"]


def test_a_batch_goes_on_after_a_line_that_is_not_understood(program: Program) -> None:
    lines = [
        "plain words",
        '{"query": "x", "at": null, "limit": 1}',
        "{broken",
        '{"query": "y", "at": "someday"}',
        "",
        '{"query": "last year", "at": "0001-01-01T12:00:00+00:00"}',
        '{"query": "three weeks ago", "at": "0001-01-02T00:00:00+00:00"}',
        '{"query": "today", "at": "9999-12-31T00:00:00+00:00"}',
        '{"query": "today", "at": "0001-01-01"}',
        "no UTF-8: \udcff\udcfe",
    ]
    done = subprocess.run(
        program.command("search", "--batch", "-"),
        env=program.environment,
        input=("\n".join(lines) + "\n").encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=False,
    )
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert ["error" in document for document in documents[:5]] == [False, False, True, True, True]
    assert len(documents) == len(lines)
    assert not any("mistake" in document.get("error", "") for document in documents)
    assert "error" not in documents[-1]


def test_a_second_program_becomes_a_client(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for n in range(6):
        page([f"shared page {n}"]).save(folder / f"{n}.png")
    running = program.start("import", str(folder), "--progress", "json")
    assert running.stderr
    running.stderr.readline()
    assert program.json("status")["processes"]["engine"] == "running"
    limits = Path(f"/proc/{running.pid}/limits").read_text()
    assert next(line for line in limits.splitlines() if "core" in line).split()[4:6] == ["0", "0"]
    refused = program.run("record")
    assert refused.returncode == 1
    assert "another command is using the memory" in refused.stderr
    _, errors = running.communicate()
    assert running.returncode == 0, errors
    assert program.json("search", "shared page")["results"]
