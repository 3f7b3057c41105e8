"""Texts of three days are imported and settled: their hours, their journal and their routine are told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.program import Program

MONDAY = datetime.fromisoformat("2026-03-02T08:10:00+01:00")
STEPS = (("Inbox - Post", "A letter about the harbour"), ("Board - Tracker", "Open work on the pier"))


def recording(folder: Path) -> Path:
    """Three mornings of the same two pages, and others all day that nothing ties together."""
    folder.mkdir()
    lines = []
    for day in range(3):
        begins = MONDAY + timedelta(days=day)
        shown = [(begins + timedelta(minutes=6 * n), *step) for n, step in enumerate(STEPS)]
        for n in range(20):
            at = begins + timedelta(minutes=40 + 20 * n)
            shown.append((at, f"Page - Place {20 * day + n}", f"Only here: gull {20 * day + n} of the list"))
        for at, title, text in shown:
            active = {"app": "browser", "title": title}
            lines.append(json.dumps({"t": at.isoformat(), "active": active, "text": [text]}))
    (folder / "frames.jsonl").write_text("\n".join(lines))
    return folder


def levels(told: dict[str, Any]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in told["episodes"]:
        counted[one["level"]] = counted.get(one["level"], 0) + 1
    return counted


def test_time_is_told_by_hour_day_and_week_in_the_journal_and_as_a_routine(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.environment["TZ"] = "Europe/Berlin"
    program.json("init")
    program.json("import", str(recording(tmp_path / "recording")))
    program.json("consolidate")

    every = program.json("episodes")
    counted = levels(every)
    assert (counted["week"], counted["day"]) == (1, 3)
    assert counted["hour"] >= 20
    assert levels(
        program.json("episodes", "--level", "day", "--from", "2026-03-03", "--to", "2026-03-03")
    ) == {"day": 1}
    assert len({one["id"] for one in every["episodes"]}) == len(every["episodes"])
    again = program.json("episodes", "--level", "week", "--level", "day")["episodes"]
    assert again == [one for one in every["episodes"] if one["level"] in ("week", "day")]

    day = program.json("journal", "2026-03-03")
    (account,) = day["days"]
    assert sum(account["seconds"].values()) == 86400
    assert account["seconds"]["recorded"] == 22 * 300
    assert sum(entry["seconds"] for entry in day["entries"]) + day["apart"] == 22 * 300
    assert any("gull 25" in (entry["left"] or {}).get("line", "") for entry in day["entries"])
    assert len(program.json("journal", "2026-W10")["days"]) == 7
    assert "| wall clock | 24:00:00 |" in program.run("journal", "2026-03-03").stdout

    (routine,) = program.json("routines")["routines"]
    assert routine["title"] == "Post → Tracker"
    assert (routine["days"], routine["begins"]) == (["2026-03-02", "2026-03-03", "2026-03-04"], "08:10")
    assert "Post, then Tracker" in program.run("routines").stdout

    program.json("forget", "--from", "2026-03-03T08:00", "--to", "2026-03-03T08:15", "--yes")
    assert program.json("routines") == {"routines": []}
    left = program.json("journal", "2026-03-03")["days"][0]["seconds"]
    assert (left["recorded"], sum(left.values())) == (21 * 300, 86400)


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init")
    done = program.run("journal", "someday")
    assert (done.returncode, done.stdout) == (1, "")
    assert "someday" in done.stderr
