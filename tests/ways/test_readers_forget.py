"""Readers remember what they read, and are gone with it when something is forgotten."""

from __future__ import annotations

from pathlib import Path

from desktop import opening
from desktop.processes import engine as main
from memory.keys import slots
from memory.records import What
from tests.support.builders import a_frame
from tests.support.pages import light
from tests.support.waiting import await_


def test_after_forgetting_no_reader_is_left_that_read_it(tmp_path: Path) -> None:
    profile, key = tmp_path / "profile", tmp_path / "key"
    profile.mkdir(mode=0o700)
    main.create(profile, slots.KeyFile(key))
    with main.opened(profile, opening.master_key(profile, key, None), record=False) as engine:
        engine.offer(a_frame(), light().webp())
        assert engine.wait_searchable(120.0) == 0
        # No job is left that would start a reader again.
        await_(lambda: engine.status().unseen == 0, 120)
        readers = [name for name in engine.status().processes if name.startswith("reader")]
        assert "running" in {engine.status().processes[name] for name in readers}
        (moment,) = engine.timeline(None, None).moments
        engine.forget(What(moments=(moment.id,)), dry_run=True)
        assert "running" in {engine.status().processes[name] for name in readers}
        engine.forget(What(moments=(moment.id,)), dry_run=False)
        assert {engine.status().processes[name] for name in readers} == {"idle"}
