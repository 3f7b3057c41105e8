"""Words for parts of a screen say little, unless there are no others."""

from __future__ import annotations

import pytest

from memory.recall.language.interface import QUIET, is_quiet, quieted


@pytest.mark.parametrize("word", ["screenshot", "dialog", "showing", "tabs", "selected", "fenster"])
def test_parts_of_a_screen_and_deeds_are_quiet(word: str) -> None:
    assert is_quiet(word)


def test_what_is_on_the_screen_is_not() -> None:
    assert not any(map(is_quiet, ["invoice", "harbour", "chart", "settings"]))


def test_a_quiet_word_counts_less_beside_others_and_fully_alone() -> None:
    assert quieted({"tab": 4.0, "harbour": 2.0}) == {"tab": 4.0 * QUIET, "harbour": 2.0}
    assert quieted({"tab": 4.0, "dialog": 2.0}) == {"tab": 4.0, "dialog": 2.0}
