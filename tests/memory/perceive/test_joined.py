"""Words become one with all that they said, and each letter counts the same."""

from __future__ import annotations

import pytest

from memory.perceive.joined import around, joined, sure
from memory.ports import Word

LEFT, RIGHT = Word("fold", (10, 20, 40, 14), 0.9), Word("is", (60, 18, 16, 14), 0.3)


def test_words_are_joined() -> None:
    one = joined((LEFT, RIGHT), "_")
    assert (one.text, one.box) == ("fold_is", (10, 18, 66, 16))
    assert one.confidence == pytest.approx(0.7)
    assert joined((LEFT,)) == LEFT


def test_confidence_is_by_letter() -> None:
    assert sure((LEFT, RIGHT)) == pytest.approx((4 * 0.9 + 2 * 0.3) / 6)
    assert sure(()) == 0.0


def test_around() -> None:
    assert around([(10, 20, 5, 5), (2, 22, 4, 9)]) == (2, 20, 13, 11)
