"""Chats on the command line, without an engine that runs: asked, read, leaned on, and forgotten for good."""

from __future__ import annotations

import json

import pytest

from tests.support.program import Program, holding

SEEN = [
    ("2026-03-02T09:00:00+00:00", "Boatyard", ["The teak planks cost 1,180.50 francs", "says Ole Brandt"]),
    ("2026-03-03T09:00:00+00:00", "Boatyard", ["The teak planks cost 1,090.00 francs", "says Ole Brandt"]),
    ("2026-03-03T11:00:00+00:00", "Harbour", ["Ferry Albatross leaves at a quarter past seven"]),
]
NOW = "2026-03-04T16:00:00+00:00"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """One for all: each test takes with it what it asked."""
    place = tmp_path_factory.mktemp("chat")
    program = Program(place)
    program.json("init")
    folder = place / "recording"
    folder.mkdir()
    rows = [{"t": at, "text": [title, *lines]} for at, title, lines in SEEN]
    (folder / "frames.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    program.json("import", str(folder))
    return program


def ask(program: Program, question: str, *more: str) -> dict[str, object]:
    found: dict[str, object] = program.json("ask", question, "--at", NOW, *more)
    return found


def test_a_chat_is_kept_leaned_on_and_forgotten_for_good(program: Program) -> None:
    thread = ("--thread", "planks")
    first = ask(program, "What did the teak planks cost yesterday?", *thread)
    assert "1,090.00" in str(first["answer"])
    second = ask(program, "and the day before?", *thread)
    assert "1,180.50" in str(second["answer"])
    assert second["question"] == "and the day before?"
    [told] = program.json("threads")["threads"]
    assert (told["thread"], told["turns"], told["first"]) == (
        "planks",
        2,
        "What did the teak planks cost yesterday?",
    )
    turns = program.json("threads", "planks")["turns"]
    assert [turn["answer"] for turn in turns] == [first["answer"], second["answer"]]
    assert "the day before?" in program.run("threads", "planks").stdout
    assert holding(program.folder, "planks") == [program.folder / "recording" / "frames.jsonl"]

    gone = program.json("forget", "--from", NOW, "--to", NOW.replace("16:00", "16:01"), "--yes")
    assert (gone["forgotten"], gone["turns"]) == ([], 2)
    assert program.json("threads")["threads"] == []
    assert program.run("threads", "planks").returncode == 1


def test_words_are_forgotten_where_only_a_question_holds_them(program: Program) -> None:
    ask(program, "Where are the zebra stripes?", "--thread", "a")
    refused = program.run("forget", "--text", "zebra stripes")
    assert (refused.returncode, "--yes" in refused.stderr) == (1, True)
    assert program.json("forget", "--text", "zebra stripes", "--dry-run")["turns"] == 1
    assert program.json("forget", "--text", "zebra stripes", "--yes")["turns"] == 1
    assert program.json("threads") == {"threads": []}


def test_without_a_thread_nothing_is_kept(program: Program) -> None:
    before = program.json("threads"), (program.profile / "ledger").read_bytes()
    ask(program, "What did the teak planks cost?")
    assert (program.json("threads"), (program.profile / "ledger").read_bytes()) == before


def test_lines_of_a_batch_are_turns_of_the_threads_that_they_name(program: Program) -> None:
    lines = [
        {"query": "When does the ferry leave?", "at": NOW, "thread": "sea"},
        {"query": "What did the teak planks cost?", "at": NOW},
        {"query": "x", "thread": ""},
        {"query": "x", "thread": "y" * 65},
    ]
    given = "\n".join(map(json.dumps, lines))
    told = program.run("ask", "--batch", "-", "--thread", "wood", given=given).stdout.splitlines()
    assert [json.loads(line).get("thread") for line in told] == ["sea", "wood", None, None]
    assert all("error" in json.loads(line) for line in told[2:])
    assert [one["thread"] for one in program.json("threads")["threads"]] == ["wood", "sea"]
    [alone] = program.run("ask", "--batch", "-", given=json.dumps(lines[0])).stdout.splitlines()
    assert "--thread" in json.loads(alone)["error"]
    for wrong in ("", "y" * 65):
        done = program.run("ask", "What?", "--thread", wrong)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    program.json("threads", "sea", "--forget")
    assert [one["thread"] for one in program.json("threads")["threads"]] == ["wood"]
    assert program.run("threads", "--forget").returncode == 2
