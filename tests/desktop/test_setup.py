"""Tests of desktop.setup: with the real engine process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import opening
from desktop.setup import ProfileSetup
from memory.errors import Known, NoEngine, WrongKey


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[ProfileSetup]:
    setup = ProfileSetup(tmp_path / "memory", None)
    yield setup
    setup.close()


def test_a_profile_is_made_closed_and_opened_by_its_passphrase(setup: ProfileSetup, tmp_path: Path) -> None:
    assert setup.state() == "new"
    assert "passphrase" in setup.kinds()
    setup.create("passphrase", "a long enough secret")
    assert setup.state() == "ready"
    with setup.door() as door:
        assert door.days() == {}
        assert door.status().recording == "off: not agreed to yet"
    setup.close()
    with pytest.raises(NoEngine), opening.running(tmp_path / "memory"):
        pass
    assert setup.state() == "locked"
    with pytest.raises(WrongKey):
        setup.unlock("another secret")
    setup.unlock("a long enough secret")
    assert setup.state() == "ready"


def test_a_key_file_opens_at_once(tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "memory", tmp_path / "key")
    try:
        assert setup.kinds() == ("file",)
        setup.create("file", "")
        setup.close()
        assert setup.state() == "ready"
    finally:
        setup.close()


def test_no_module_is_taken_from_where_it_was_started(
    setup: ProfileSetup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "desktop").mkdir(parents=True)
    (tmp_path / "here" / "desktop" / "__init__.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path / "here")
    setup.create("passphrase", "a long enough secret")
    assert setup.state() == "ready"


def test_what_the_engine_refuses_is_raised_here(setup: ProfileSetup, tmp_path: Path) -> None:
    (tmp_path / "memory").write_text("a file where the folder should be")
    with pytest.raises(Known, match="memory"):
        setup.create("passphrase", "a long enough secret")


def test_the_seeded_rules_are_shown_before_there_is_a_memory(setup: ProfileSetup) -> None:
    assert any("keychain" in rule.pattern for rule in setup.seeded_rules())
