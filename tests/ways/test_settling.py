"""Settling from outside: told as it goes and afterwards, and polished by a model of this machine alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.folders import a_recording
from tests.support.model import Asked, a_model
from tests.support.program import Program

DONE = {
    "Harvest": ["plums and pears", "baskets in the barn"],
    "Bicycle": ["brake cable of the rear wheel", "patches for a tube"],
    "Sonata": ["second movement slower", "fingering of bar nine"],
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A memory with three days that nothing settled yet."""
    made = Program(tmp_path)
    made.json("init")
    lines = [
        {"t": f"2026-03-0{day}T09:00:00+01:00", "text": text, "active": {"app": "editor", "title": title}}
        for day, (title, text) in enumerate(DONE.items(), 2)
    ]
    assert made.json("import", str(a_recording(tmp_path / "recording", lines)))["imported"] == len(DONE)
    return made


def answers(asked: Asked) -> None:
    """Honest about all but the bicycle."""
    words = json.loads(asked.body)["messages"][1]["content"].splitlines()
    title = "Tandem" if "Bicycle" in words[1] else f"Work on {words[1]}"
    asked.say(json.dumps({"title": title, "gist": "Work"}))


def test_it_is_told_as_it_goes_and_afterwards(program: Program) -> None:
    waiting = program.json("status")["settling"]
    assert (waiting["state"], waiting["last"]) == ("waiting", None)
    assert "onceseen consolidate" in waiting["why"]
    done = program.run("consolidate", "--progress", "json", "--json")
    value = json.loads(done.stdout)
    assert (value["days"], value["of"], value["episodes"]) == (len(DONE), len(DONE), len(DONE))
    steps = [json.loads(line) for line in done.stderr.splitlines()]
    assert steps[-1] == {"step": "settled", "done": len(DONE), "total": len(DONE)}
    settling = program.json("status")["settling"]
    assert settling["state"] == "settled"
    assert (settling["last"]["state"], settling["last"]["days"]) == ("done", len(DONE))
    assert "Last settled: " in program.run("status").stdout


def test_a_model_of_this_machine_polishes_beside(program: Program) -> None:
    refused = program.run("settings", "writer.address", "http://192.0.2.1:8080/v1")
    assert refused.returncode == 1
    assert "127.0.0.1" in refused.stderr
    plain = program.json("consolidate") and program.json("episodes")["episodes"]
    with a_model(answers) as model:
        assert program.run("settings", "writer.address", model.address).returncode == 0
        program.json("consolidate")
        assert len(model.asked) == len(DONE)
    polished = program.json("episodes")["episodes"]
    assert sorted(one["title_polished"] for one in polished if one["title_polished"]) == sorted(
        f"Work on {one['title']}"
        for one in polished
        if one["level"] == "episode" and "Bicycle" not in one["title"]
    )
    for one in polished:
        one["title_polished"] = one["gist_polished"] = ""
    assert polished == plain
    last = program.json("status")["settling"]["last"]
    assert (last["polished"], last["rejected"]) == (len(DONE) - 1, 1)
