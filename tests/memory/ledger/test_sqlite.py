"""What SQLite's codes mean: the world's fault in its own words, or ours."""

from __future__ import annotations

import apsw
import pytest

from memory.errors import Bug, DamagedLedger, OnceseenError, StoreTrouble
from memory.ledger.sqlite import WORLDS, told


@pytest.mark.parametrize("kind", WORLDS)
def test_the_worlds_fault_has_a_remedy(kind: type[apsw.Error]) -> None:
    assert isinstance(told(kind("quixotic")), StoreTrouble)


@pytest.mark.parametrize(
    ("kind", "meaning"),
    [
        (apsw.CorruptError, DamagedLedger),
        (apsw.NotADBError, DamagedLedger),
        (apsw.SQLError, Bug),
        (apsw.ConstraintError, Bug),
        (apsw.AuthError, Bug),
        (apsw.ConnectionClosedError, Bug),
    ],
)
def test_damage_and_mistakes(kind: type[apsw.Error], meaning: type[OnceseenError]) -> None:
    assert type(told(kind("quixotic"))) is meaning


def test_what_was_searched_for_is_never_told() -> None:
    said = str(told(apsw.SQLError('fts5: syntax error near "quixotic"'), "select  *\n from words"))
    assert "quixotic" not in said
    assert "in select * from words" in said
