"""A real sealed ledger and real sealed pictures for the tests of memory's one-file steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.keys import master
from memory.ledger import days
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from tests.support.builders import KEY, a_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = a_ledger(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def pictures(tmp_path: Path, ledger: Ledger) -> Pictures:
    return Pictures(
        tmp_path / "pictures", lambda day: master.key_of_day(KEY, days.salt_for_sealing(ledger, day))
    )
