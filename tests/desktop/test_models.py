"""`onceseen models`: a list, fetching by consent and using what was fetched, removing; what is declared."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import catalogue, models, paths
from desktop.settings import Settings
from memory.errors import BadRequest, NoFetch
from tests.house.tree import ROOT
from tests.support.hosting import Host, hosting
from tests.support.program import Program
from tests.ways.test_network import ALONE

CONTENT = bytes(range(256)) * 4096


class Terminal(io.StringIO):
    """Somebody at a terminal who types this."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting(CONTENT) as host:
        yield host


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A memory, as far as settings go."""
    folder = paths.private(tmp_path / "memory")
    (folder / "keys.json").touch(0o600)
    return folder


def words(profile: Path, **given: object) -> Namespace:
    usual = {"fetch": None, "remove": None, "yes": False, "progress": "off", "json": True}
    return Namespace(profile=profile, **(usual | given))


def run(host: Host, options: Namespace, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert models.of({"tiny": host.model()}, options) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def state(host: Host, profile: Path, capsys: pytest.CaptureFixture[str]) -> tuple[object, object]:
    listed = run(host, words(profile), capsys)["models"]
    assert isinstance(listed, list)
    return listed[0]["state"], listed[0]["in_use"]


def test_what_is_fetched_is_used_and_what_is_removed_is_not(
    host: Host, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert state(host, profile, capsys) == ("absent", False)
    path = run(host, words(profile, fetch="tiny", yes=True), capsys)["weights"]
    assert Path(str(path)).read_bytes() == CONTENT
    assert state(host, profile, capsys) == ("here", True)
    settings = Settings(paths.settings(profile))
    names = ("perceive.picture_model", "perceive.clip_model", "perceive.clip_weights")
    assert [settings.get(name) for name in names] == ["open_clip", "onceseen-tiny", path]
    removed = {"removed": "tiny", "was_here": True, "was_in_use": True}
    assert run(host, words(profile, remove="tiny"), capsys) == removed
    assert state(host, profile, capsys) == ("absent", False)
    settings.load()
    assert [settings.get(name) for name in names] == ["packaged", "ViT-B-32", ""]


def test_another_memory_that_uses_what_was_removed_is_told(
    host: Host, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(host, words(profile, fetch="tiny", yes=True), capsys)
    models.of({"tiny": host.model()}, words(tmp_path / "none", remove="tiny", json=False))
    assert "tiny is removed; another memory may have used it." in capsys.readouterr().out
    assert state(host, profile, capsys) == ("absent", True)
    models.of({"tiny": host.model()}, words(profile, json=False))
    assert "in use, but absent" in capsys.readouterr().out
    models.of({"tiny": host.model()}, words(profile, remove="tiny", json=False))
    assert "tiny was not here. Here pictures are seen with the packaged network" in capsys.readouterr().out
    assert state(host, profile, capsys) == ("absent", False)


def test_what_is_here_is_not_fetched_again_but_used(
    host: Host, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(host, words(profile, fetch="tiny", yes=True), capsys)
    Settings(paths.settings(profile)).set("perceive.picture_model", "off")
    assert state(host, profile, capsys) == ("here", False)
    run(host, words(profile, fetch="tiny"), capsys)
    assert state(host, profile, capsys) == ("here", True)
    assert len(host.asked) == 1


def test_without_a_memory_it_is_fetched_and_nothing_is_made(
    host: Host, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(host, words(tmp_path / "none", fetch="tiny", yes=True), capsys)["in_use"] is False
    assert not (tmp_path / "none").exists()
    assert state(host, tmp_path / "none", capsys) == ("here", False)


def test_nothing_goes_out_without_a_yes(
    host: Host, profile: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(BadRequest, match="add --yes"):
        models.of({"tiny": host.model()}, words(profile, fetch="tiny"))
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    with pytest.raises(BadRequest, match="not confirmed"):
        models.of({"tiny": host.model()}, words(profile, fetch="tiny"))
    assert host.asked == []
    told = capsys.readouterr().err
    assert "1 MB from 127.0.0.1, licence MIT (https://example.org/licence)" in told
    assert host.url in told
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    run(host, words(profile, fetch="tiny"), capsys)
    assert host.asked == [""]


def test_progress_is_told_to_programs(host: Host, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models.of({"tiny": host.model()}, words(profile, fetch="tiny", yes=True, progress="json"))
    steps = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert steps == [{"step": "fetched", "done": len(CONTENT), "total": len(CONTENT)}]


def test_a_file_of_ones_own_is_named(host: Host, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(paths.settings(profile))
    settings.set("perceive.clip_weights", "/home/me/own.pt")
    settings.set("perceive.picture_model", "open_clip")
    assert run(host, words(profile), capsys)["weights"] == "/home/me/own.pt"
    models.of({"tiny": host.model()}, words(profile, json=False))
    assert "In use: /home/me/own.pt, a file of your own." in capsys.readouterr().out


@pytest.mark.parametrize("act", ["fetch", "remove"])
def test_a_name_that_there_is_not(host: Host, profile: Path, act: str) -> None:
    with pytest.raises(BadRequest, match="there is no model huge"):
        models.of({"tiny": host.model()}, words(profile, **{act: "huge"}))


# Who runs the tests in the background has Ctrl+C ignored, and so have their children: it is set anew.
FETCHING = """
import json, signal, sys
from argparse import Namespace
from pathlib import Path
from desktop import logs, models
from desktop.catalogue import Model
known = {"tiny": Model(**json.loads(sys.argv[1]))}
options = Namespace(profile=Path("none"), fetch="tiny", remove=None, yes=True, progress="off", json=False)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(logs.run(lambda: models.of(known, options)))
"""


def test_interrupting_is_answered(host: Host) -> None:
    host.cuts, host.waits = [100], True
    model = json.dumps({name: getattr(host.model(), name) for name in catalogue.Model.__dataclass_fields__})
    command = [sys.executable, "-c", FETCHING, model]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert host.stops.wait(60)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr is not None
        assert "goes on from there" in process.stderr.read()


# ------------------------------------------------------------------ what is declared


def test_what_is_declared_can_be_used_by_anyone() -> None:
    for name, model in catalogue.declared().items():
        assert model.name == name
        assert model.licence in {"MIT", "Apache-2.0", "BSD-3-Clause"}
        assert re.fullmatch(r"[0-9a-f]{64}", model.sha256)
        assert re.fullmatch(r"https://huggingface\.co/\S+/resolve/[0-9a-f]{40}/\S+\.safetensors", model.url)
        assert model.licence_url.startswith("https://")
        assert model.bytes > 4 * 10**8
        assert model.file == f"{model.model}-{model.tag}.safetensors"


def test_the_program_lists_them_without_a_memory(tmp_path: Path) -> None:
    program = Program(tmp_path)
    listed = program.json("models")["models"]
    assert [model["name"] for model in listed] == list(catalogue.declared())
    assert {model["state"] for model in listed} == {"absent"}
    assert program.run("models").stdout.count("huggingface.co, licence MIT") == len(listed)


def test_without_a_network_it_is_one_clear_line(tmp_path: Path) -> None:
    program = Program(tmp_path)
    words = program.command("models", "--fetch", "ViT-B-32-laion2b", "--yes", "--json")
    done = subprocess.run(
        [*ALONE, *words], env=program.environment, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == NoFetch.exit_status
    assert done.stdout == ""
    assert re.fullmatch(
        r"The model ViT-B-32-laion2b was not fetched: huggingface\.co does not send it \([^()]+\); "
        r"0 MB are here, and the next time goes on from there\.",
        done.stderr.splitlines()[-1],
    )
