"""A real sealed ledger for each test of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.ledger.connection import Ledger
from tests.support.builders import a_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = a_ledger(tmp_path)
    yield opened
    opened.close()
