"""Opening a memory: commands that look keep out of the way of the one engine that works."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from desktop import opening
from memory.errors import NoEngine
from memory.keys import slots


@pytest.fixture
def options(tmp_path: Path) -> Namespace:
    given = Namespace(profile=tmp_path / "memory", key_file=tmp_path / "key")
    opening.create(given.profile, slots.KeyFile(given.key_file))
    return given


def test_who_only_looks_serves_nobody_and_takes_nothing_away(options: Namespace) -> None:
    unfinished = options.profile / "pictures" / "2026-03-02" / "taken-just-now"
    unfinished.parent.mkdir(parents=True)
    unfinished.write_bytes(b"its row is not written yet")
    with opening.door(options) as looking, opening.door(options) as another:
        with pytest.raises(NoEngine), opening.running(options.profile):
            pass
        assert looking.status().frames == another.status().frames == 0
    assert unfinished.exists()


def test_who_works_starts_beside_who_looks_and_is_joined(options: Namespace) -> None:
    with opening.door(options) as looking, opening.door(options, work=True) as working:
        assert "reader 1" in working.status().processes
        assert "reader 1" not in looking.status().processes
        working.consent()
        assert looking.orders().allowed
        assert opening.is_own(working)
        with opening.door(options) as joined:
            assert not opening.is_own(joined)
            assert "reader 1" in joined.status().processes
