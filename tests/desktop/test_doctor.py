"""`onceseen doctor`: one line a check, status 1 where something is not well, and what to do about it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from desktop.doctor import given_up
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


def test_of_jobs_that_were_given_up_it_is_said_what_becomes_of_them() -> None:
    assert given_up(0).ok
    assert not given_up(2).ok
    assert "2 jobs" in given_up(2).note
    assert "tried again at the next start" in given_up(2).note
