"""Every version of the schema follows the one before it and has a kept memory, which test_migrate opens.

An applied migration is frozen by its digest in the ledgers that it made: the kept ones refuse an edited one.
"""

from __future__ import annotations

import re

from tests.house.tree import ROOT

SCHEMA = ROOT / "memory/ledger/schema"
KEPT = ROOT / "tests/fixtures/ledgers"


def versions() -> list[int]:
    return sorted(int(path.stem) for path in SCHEMA.glob("*.sql"))


def test_versions_are_numbered_without_a_gap() -> None:
    assert all(re.fullmatch(r"[0-9]{4}\.sql", path.name) for path in SCHEMA.iterdir())
    assert versions() == list(range(1, len(versions()) + 1))


def test_a_memory_of_every_version_is_kept_whole() -> None:
    assert sorted(path.name for path in KEPT.iterdir()) == [f"v{n}" for n in versions()]
    for folder in KEPT.iterdir():
        assert {path.name for path in folder.iterdir()} >= {"expected.json", "key", "profile"}
        assert (folder / "profile" / "ledger").stat().st_size > 0


def test_every_kept_memory_is_opened() -> None:
    assert "LEDGERS" in (ROOT / "tests/memory/ledger/test_migrate.py").read_text()
