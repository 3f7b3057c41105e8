"""Single values: every kind comes back as it was."""

from __future__ import annotations

import pytest

from memory.ledger import meta
from memory.ledger.connection import Ledger


@pytest.mark.parametrize("value", ["größer", "", 0, -(1 << 60), 0.5, b"\x00\xff", "7"])
def test_a_value_comes_back_as_it_was(value: meta.Value, ledger: Ledger) -> None:
    with ledger.writing() as db:
        assert meta.get(db, "x") is None
        meta.put(db, "x", "before")
        meta.put(db, "x", value)
        kept = meta.get(db, "x")
    assert (type(kept), kept) == (type(value), value)


def test_none_takes_it_away(ledger: Ledger) -> None:
    with ledger.writing() as db:
        meta.put(db, "x", 1)
        meta.put(db, "x", None)
        assert meta.get(db, "x") is None
