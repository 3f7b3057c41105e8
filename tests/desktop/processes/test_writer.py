"""The writer process: a child without keys asks the model; nothing of it is started where none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.processes import engine
from desktop.settings import Settings
from desktop.supervisor import Child, Plan
from memory.errors import ChildFailed, NoWriter
from memory.keys import slots
from memory.ports import Writer
from tests.support.model import Model, a_model, saying


def a_child(model: Model, folder: Path) -> Child[Writer]:
    return Child(Plan("writer", "desktop.processes.writer", (str(folder), model.address, "m")), Writer)


def test_it_asks_the_model_and_hands_back_what_it_said(tmp_path: Path) -> None:
    with a_model(saying("Harbour", "A plan")) as model:
        child = a_child(model, tmp_path)
        try:
            assert child.client.write("rules", "words") == '{"title": "Harbour", "gist": "A plan"}'
            model.answers = lambda asked: asked.answer(500, b"")
            with pytest.raises(NoWriter, match="status 500"):
                child.client.write("rules", "words")
            environment = Path(f"/proc/{child.pid}/environ").read_text()
            assert "proxy" not in environment.casefold()
        finally:
            child.stop()
    assert len(model.asked) == 2


def test_a_call_under_way_ends_with_the_engine(tmp_path: Path) -> None:
    with a_model(lambda asked: child.stop()) as model:
        child = a_child(model, tmp_path)
        with pytest.raises(ChildFailed):
            child.client.write("rules", "words")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    made = tmp_path / "memory"
    made.mkdir(mode=0o700)
    engine.create(made, slots.KeyFile(tmp_path / "key"))
    Settings(made / "settings.toml").set("index.chroma", "off")
    return made


def test_off_means_that_there_is_no_writer(profile: Path, tmp_path: Path) -> None:
    master = slots.open_with_file(profile, tmp_path / "key")
    with engine.opened(profile, master, record=False) as there:
        assert "writer" not in there.status().processes
        assert there.consolidate(dry_run=False).unpolished == 0


def test_named_there_is_one_that_rests_until_it_is_needed(profile: Path, tmp_path: Path) -> None:
    master = slots.open_with_file(profile, tmp_path / "key")
    with a_model(saying("Harbour", "A plan")) as model:
        Settings(profile / "settings.toml").set("writer.address", model.address)
        with engine.opened(profile, master, record=False) as there:
            assert "writer" in there.status().processes
            there.consolidate(dry_run=False)
        assert model.asked == []
