"""Facts from outside: found by what they are of and by what they say; the user's word, through settling."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.program import Program

MONDAY = datetime.fromisoformat("2026-03-02T08:10:00+01:00")
DAYS = (
    ("TW-412 Pier - Tracker", ["Status: Open", "Assignee: Priya Raman"]),
    ("TW-412 Pier - Tracker", ["Status: Done", "Assignee: Priya Raman"]),
    ("Letter - Post", ["Amount due: EUR 340.00"]),
)


def recording(folder: Path) -> Path:
    folder.mkdir()
    lines = []
    for day, (title, text) in enumerate(DAYS):
        active = {"app": "browser", "title": title}
        at = MONDAY + timedelta(days=day)
        lines.append(json.dumps({"t": at.isoformat(), "active": active, "text": text}))
    (folder / "frames.jsonl").write_text("\n".join(lines))
    return folder


def said(told: dict[str, Any]) -> dict[str, str]:
    """The states of values, what recurs left out."""
    return {fact["value"]: fact["state"] for fact in told["facts"] if fact["kind"] == "value"}


def test_facts_are_found_replaced_confirmed_corrected_deleted_and_forgotten(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init")
    program.json("import", str(recording(tmp_path / "recording")))
    program.json("consolidate")

    status = {fact["value"]: fact for fact in program.json("facts", "--about", "tw-412 status")["facts"]}
    old, new = status["Open"], status["Done"]
    assert old["superseded_by"] == new["id"]
    assert (old["valid_from"], old["valid_to"]) == (MONDAY.isoformat(), new["first_seen"])
    assert new["valid_to"] is None
    assert new["known_from"]
    assert old["known_to"]
    (person,) = program.json("facts", "--about", "Raman")["facts"]
    assert person["id"] in new["linked"]
    (amount,) = program.json("facts", "--about", "amount")["facts"]

    assert said(program.json("facts", "--correct", str(amount["id"]), "EUR 34.00")) == {
        "EUR 34.00": "corrected"
    }
    assert said(program.json("facts", "--confirm", str(new["id"]))) == {"Done": "confirmed"}
    assert program.json("facts", "--delete", str(person["id"])) == {"facts": []}
    program.json("consolidate")
    assert said(program.json("facts")) == {"Open": "inferred", "Done": "confirmed", "EUR 34.00": "corrected"}

    program.json("forget", "--text", "EUR 340.00", "--yes")
    assert said(program.json("facts")) == {"Open": "inferred", "Done": "confirmed"}


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init")
    for words in (["--confirm", "9"], ["--delete", "9"], ["--correct", "9", "x"], ["--correct", "nine", "x"]):
        assert program.run("facts", *words).returncode, words
    assert "Nothing is known" in program.run("facts", "--about", "gull").stdout
