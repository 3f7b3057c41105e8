"""Near spellings: how far apart two words are, and where those of one edit begin."""

from __future__ import annotations

import random

import pytest

from memory.recall.language.nearby import DIGITS, LETTERS, allowed, distance, read_as, starts


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("harbour", "harbour", 0),
        ("harbour", "harbor", 1),
        ("harbour", "harboour", 1),
        ("harbour", "harvour", 1),
        ("harbour", "habrour", 1),
        ("harbour", "abrour", 2),
        ("harbour", "hrboru", 2),
        ("harbour", "lighter", 3),
        ("", "ab", 2),
        ("harbour", "", 3),
    ],
)
def test_edits_between_words(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == edits
    assert distance(one, other, 1) == min(edits, 2)


def test_every_word_one_edit_away_begins_as_one_of_these() -> None:
    chance = random.Random(3)
    for _ in range(300):
        word = "".join(chance.choices(LETTERS, k=chance.randrange(5, 12)))
        n, letter = chance.randrange(len(word) - 1), chance.choice(LETTERS)
        for wrong in (
            word[:n] + word[n + 1 :],
            word[:n] + letter + word[n:],
            word[:n] + letter + word[n + 1 :],
            word[:n] + word[n + 1] + word[n] + word[n + 2 :],
        ):
            assert wrong.startswith(tuple(starts(word))), (word, wrong)


def test_letters_that_are_read_as_one() -> None:
    assert set(read_as("modern")) == {"rnodern", "modem", "moclern"}
    assert any(f"{digit}verdue".startswith(tuple(starts("overdue"))) for digit in DIGITS["o"])
    assert any("fumiture".startswith(start) for start in starts("furniture"))


def test_short_words_may_not_be_off() -> None:
    assert [allowed(length) for length in (4, 5, 8, 9)] == [0, 1, 1, 2]
