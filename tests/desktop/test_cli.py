"""The command line: every command of the contract leads to one function, and wrong use is status 2."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib import import_module

import pytest

from desktop import cli

# The commands that this version has, with their options, as the contract writes them.
CONTRACT = {
    "init": "",
    "record": "--for",
    "pause": "",
    "resume": "",
    "import": "--dry-run --no-wait",
    "consolidate": "--dry-run",
    "search": "--limit --from --to --app --at --batch",
    "ask": "--at --batch --thread",
    "threads": "--forget",
    "timeline": "--from --to",
    "moment": "--picture",
    "episodes": "--from --to --level",
    "journal": "",
    "routines": "",
    "facts": "--about --confirm --correct --delete",
    "forget": "--moment --from --to --app --text --dry-run --yes",
    "fade": "--dry-run",
    "pin": "--remove",
    "index": "--rebuild",
    "models": "--fetch --remove --yes --progress",
    "doctor": "",
    "status": "",
    "settings": "",
    "lock": "",
    "unlock": "",
    "keys": "",
}


def commands() -> dict[str, argparse.ArgumentParser]:
    [choice] = [act for act in cli.parser()._actions if isinstance(act, argparse._SubParsersAction)]
    return dict(choice.choices)


def test_the_contracts_commands_are_there_and_no_others() -> None:
    assert set(commands()) == set(CONTRACT) == set(cli.RUNS)


@pytest.mark.parametrize("name", CONTRACT)
def test_a_command_takes_the_contracts_options(name: str) -> None:
    taken = {option for act in commands()[name]._actions for option in act.option_strings}
    assert taken >= {"--json", *CONTRACT[name].split()}


@pytest.mark.parametrize("place", [*cli.RUNS.values(), ":".join(cli.WINDOW)])
def test_a_command_leads_to_a_function(place: str) -> None:
    module, function = place.split(":")
    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize(
    "words", [["dance"], ["import"], ["moment", "seventeen"], ["index"], ["keys", "add", "iron"], ["--json"]]
)
def test_wrong_use_is_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_the_program_and_the_module_are_one() -> None:
    said = [
        subprocess.run([*start, "--help"], capture_output=True, text=True, check=True).stdout
        for start in (
            [sys.executable, "-m", "desktop"],
            [sys.executable, "-c", "from desktop.cli import main; main()"],
        )
    ]
    assert said[0] == said[1]
    assert "usage: onceseen" in said[0]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("ask {}", "text"),
        ("ask x --thread {}", "thread"),
        ("search {}", "text"),
        ("search x --app {}", "app"),
        ("threads {}", "thread"),
        ("forget --text {}", "text"),
        ("facts --about {}", "about"),
    ],
)
def test_bytes_that_are_no_text_are_taken_as_such(line: str, name: str) -> None:
    given = os.fsdecode(b"caf\xe9")
    assert getattr(cli.parser().parse_args(line.format(given).split()), name) == "caf\ufffd"
