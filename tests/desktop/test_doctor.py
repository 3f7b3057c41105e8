"""`onceseen doctor`: one line a check, status 1 where something is not well, and what to do about it."""

from __future__ import annotations

import json
from pathlib import Path

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
