"""Text as it is compared when something is to be forgotten."""

from __future__ import annotations

import pytest

from memory.ledger.text import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("STRASSE", "straße"), ("ﬁnal", "final"), ("a\n b", "A  b "), ("é", "e\u0301"), ("ＡＢＣ", "abc")],
)
def test_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_not_the_same() -> None:
    assert folded("resume") != folded("résumé")
    assert folded("ab") != folded("a b")
