"""`onceseen settings`: shows all or one, changes one, names every mistake of the file."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from desktop import upkeep
from desktop.settings import declared
from memory.errors import BadRequest, BadSetting


def say(profile: Path, key: str | None = None, value: str | None = None, as_json: bool = False) -> int:
    return upkeep.settings(Namespace(profile=profile, key=key, value=value, json=as_json))


def test_all_are_shown_with_their_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert say(tmp_path) == 0
    shown = capsys.readouterr().out
    assert all(name in shown and setting.help in shown for name, setting in declared().items())


def test_json_is_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(tmp_path, "capture.every_s", "7", as_json=True)
    say(tmp_path, as_json=True)
    one, everything = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert one == {"key": "capture.every_s", "value": 7.0}
    values: dict[str, Any] = everything["settings"]
    assert set(values) == set(declared())
    assert values["capture.every_s"] == 7.0


def test_a_wrong_value_or_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"capture\.every_s"):
        say(tmp_path, "capture.every_s", "often")
    with pytest.raises(BadRequest, match="there is no setting"):
        say(tmp_path, "capture.speed", "1")
    assert list(tmp_path.iterdir()) == []


def test_mistakes_in_the_file_are_named_and_the_rest_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('capture.every_s = "soon"\nperceive.speed = 9\n')
    assert say(tmp_path, "capture.every_s", as_json=True) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["value"] == 3.0
    assert [line.split()[1] for line in told.err.splitlines()] == ["capture.every_s", "perceive.speed"]
