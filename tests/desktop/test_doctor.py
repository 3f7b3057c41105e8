"""`onceseen doctor`: one line a check, status 1 where something is not well, and what to do about it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.doctor import Check, given_up, pictures
from desktop.processes import reader
from desktop.settings import PerceiveOptions, Settings
from memory.errors import NoWeights
from memory.keys import master, slots
from memory.ledger.connection import Ledger
from tests.support.builders import a_frame, a_kept_frame
from tests.support.program import Program


def checks(program: Program, status: int) -> dict[str, tuple[bool, str]]:
    done = program.run("doctor", "--json")
    assert done.returncode == status, done.stdout + done.stderr
    return {check["name"]: (check["ok"], check["note"]) for check in json.loads(done.stdout)["checks"]}


def test_a_whole_memory_is_well_and_what_is_open_to_others_is_told(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init")
    found = checks(program, 0)
    assert found["ledger"] == (True, "whole")
    assert "tesseract" in found["text recognition"][1]
    (program.profile / "keys.json").chmod(0o644)
    ok, note = checks(program, 1)["rights"]
    assert not ok
    assert "chmod" in note


def test_where_there_is_no_memory_it_says_so(tmp_path: Path) -> None:
    ok, note = checks(Program(tmp_path), 1)["memory"]
    assert not ok
    assert "onceseen init" in note


def test_a_picture_that_is_lost_is_named_by_its_moment(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init")
    key = slots.open_with_file(program.profile, program.key)
    ledger = Ledger.open(program.profile / "ledger", master.derive(key, "ledger"))
    with closing(ledger), ledger.writing() as db:
        a_kept_frame(db, a_frame(), ["words"])
    assert checks(program, 1)["ledger"] == (False, "pictures: the picture of moment 1 is missing")


@pytest.fixture
def options(tmp_path: Path) -> PerceiveOptions:
    return Settings(tmp_path / "settings.toml").perceive()


def test_what_sees_pictures_is_told_with_its_figures(options: PerceiveOptions, tmp_path: Path) -> None:
    record, weights = tmp_path / "measured.json", tmp_path / "weights"
    weights.touch()
    clip = replace(options, picture_model="open_clip", clip_weights=str(weights))
    later = "(device and precision are measured at the first picture)"
    assert pictures(clip, record).note == f"open_clip ViT-B-32 {later}"
    figures = {"device": "cpu", "precision": "bf16", "ms": 36.8, "plain_ms": 125.2, "about": "this machine"}
    record.write_text(json.dumps({"open_clip ViT-B-32 1a": figures}))
    assert pictures(clip, record) == Check(
        "pictures", True, "open_clip ViT-B-32 on cpu bf16, 37 ms a picture (fp32 on cpu 125)"
    )
    assert pictures(options, record).note == f"efficientnet-lite0 {later}"
    assert pictures(replace(clip, device="cpu", precision="fp32"), record).note.endswith("fp32, as set")
    assert pictures(replace(options, picture_model="off"), record).ok


def test_why_there_are_no_vectors_is_told(options: PerceiveOptions, tmp_path: Path) -> None:
    record, weights = tmp_path / "measured.json", tmp_path / "weights.safetensors"
    weights.write_bytes(b"no weights at all")
    clip = replace(options, picture_model="open_clip", clip_weights=str(weights))
    sees = reader.sight(clip, record)
    with pytest.raises(NoWeights):
        sees.encode_words(["a letter"])
    found = pictures(clip, record)
    assert not found.ok
    assert "the file is damaged." in found.note
    assert "weights.safetensors) So pictures have no vectors" in found.note
    assert "weights" not in json.loads(record.read_text())["trouble"][0]
    weights.unlink()
    with pytest.raises(NoWeights, match="is damaged"):  # not tried again
        sees.encode_words(["a letter"])


@pytest.mark.parametrize("weights", ["", "/nowhere/weights.safetensors"])
def test_open_clip_without_weights_is_absent_and_told(
    options: PerceiveOptions, tmp_path: Path, weights: str
) -> None:
    clip = replace(options, picture_model="open_clip", clip_weights=weights)
    found = pictures(clip, tmp_path / "measured.json")
    assert not found.ok
    assert "open_clip ViT-B-32 has no weights" in found.note
    assert "onceseen models" in found.note


def test_of_jobs_that_were_given_up_it_is_said_what_becomes_of_them() -> None:
    assert given_up(0).ok
    assert not given_up(2).ok
    assert "2 jobs" in given_up(2).note
    assert "tried again at the next start" in given_up(2).note
