"""A count of changes is counted again from the lines: one more or one less is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from memory.ledger.connection import Ledger
from memory.recall.checking.check import checked
from tests.memory.recall.answering.test_history import FEES, ask, label, sentence, table, typed

QUESTION = "How often did the mooring fee of Osprey Dock change?"


@pytest.mark.parametrize("form", [label, table, typed, sentence])
@pytest.mark.parametrize(
    ("count", "holds"), [("3 changes", True), ("2 changes", False), ("7 changes", False)]
)
def test_another_count_does_not_hold(
    ledger: Ledger, form: Callable[..., None], count: str, holds: bool
) -> None:
    with ledger.writing() as db:
        for n, value in enumerate(FEES):
            form(db, 4 * n, value)
            form(db, 4 * n + 1, value)
    found = ask(ledger, QUESTION)
    assert found.text.startswith("3 changes. First EUR 410.00")
    said = found.text.replace("3 changes", count)
    with ledger.reading() as db:
        assert (checked(db, said, found.citations, QUESTION) is not None) == holds
