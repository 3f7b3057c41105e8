"""Every version of the schema is frozen, follows the one before it, and has a kept memory that is opened."""

from __future__ import annotations

import hashlib
import re

from tests.house.tree import ROOT

SCHEMA = ROOT / "memory/ledger/schema"
KEPT = ROOT / "tests/fixtures/profiles"

# The digest of each migration, once it was released: memories out there were made by exactly these words.
FROZEN: dict[int, str] = {}


def versions() -> dict[int, str]:
    return {int(path.stem): path.read_text() for path in sorted(SCHEMA.glob("*.sql"))}


def test_versions_are_numbered_without_a_gap() -> None:
    assert all(re.fullmatch(r"[0-9]{4}\.sql", path.name) for path in SCHEMA.iterdir())
    assert list(versions()) == list(range(1, len(versions()) + 1))


def test_what_was_released_is_not_edited() -> None:
    assert {n: hashlib.sha256(versions()[n].encode()).hexdigest() for n in FROZEN} == FROZEN


def test_a_memory_of_every_version_is_kept_and_opened() -> None:
    kept = {int(path.name.split("-")[0]) for path in KEPT.iterdir() if path.name[:4].isdigit()}
    assert kept == set(versions())
