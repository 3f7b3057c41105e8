"""Which stretches belong to one activity."""

from __future__ import annotations

from memory.consolidate.likeness import RESUMED_WITHIN, Vocabulary, activities
from memory.consolidate.words import Furniture
from memory.records import MomentText
from tests.support.moments import Screen, at, prose


def grouped(*moments: MomentText) -> tuple[tuple[int, ...], ...]:
    """One stretch of each moment."""
    parts = [(text,) for text in moments]
    return activities(parts, Vocabulary(parts, Furniture(moments)))


def test_what_was_left_is_resumed_also_on_another_day() -> None:
    screen = Screen()
    assert grouped(
        screen.shows("heron.odt", prose("The heron"), start=at(0)),
        screen.shows("Trains", ["Velden 09:11", "Platform two", "Coach nine"], start=at(30)),
        screen.shows("heron.odt", prose("The heron"), start=at(5, day=1)),
        screen.shows("Rings", ["Gold ring", "Silver ring", "Engraving"], start=at(50, day=1)),
    ) == ((0, 2), (1,), (3,))


def test_after_two_weeks_it_is_another_activity() -> None:
    screen = Screen()
    late = RESUMED_WITHIN.days + 1
    assert grouped(
        screen.shows("heron.odt", prose("The heron"), start=at(0)),
        screen.shows("Trains", ["Velden 09:11", "Platform two"], start=at(30)),
        screen.shows("heron.odt", prose("The heron"), start=at(0, day=late)),
    ) == ((0,), (1,), (2,))


def test_words_of_every_stretch_link_nothing() -> None:
    screen = Screen()
    common = ["Search mail and people", "Compose"]
    moments = [
        screen.shows("Inbox", [*common, *(f"{subject}{n} {subject}" for n in range(8))], start=at(i * 30))
        for i, subject in enumerate(("heron", "train", "ring", "bread"))
    ]
    assert grouped(*moments) == ((0,), (1,), (2,), (3,))


def test_rarity_is_none_for_a_word_of_every_stretch_and_for_an_unknown_one() -> None:
    screen = Screen()
    parts = [(screen.shows("Inbox", ["mail", f"heron{i}"], start=at(i)),) for i in range(4)]
    vocabulary = Vocabulary(parts, Furniture(part[0] for part in parts))
    assert vocabulary.rarity("heron2") > 1
    assert vocabulary.rarity("inbox") < 0.2
    assert vocabulary.rarity("otter") == 0
