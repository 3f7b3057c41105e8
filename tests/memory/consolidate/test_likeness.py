"""Which spans belong to one activity."""

from __future__ import annotations

from dataclasses import replace

from memory.consolidate.likeness import RESUMED_WITHIN, Vocabulary, linked
from memory.records import MomentText, Words
from tests.support.moments import Screen, at, prose
from tests.support.settled import group


def grouped(*moments: MomentText) -> list[tuple[int, ...]]:
    return [episode.moments for episode in group(moments)]


def test_what_was_left_is_resumed_also_on_another_day() -> None:
    screen = Screen()
    assert grouped(
        screen.shows("heron.odt", prose("The heron"), start=at(0)),
        screen.shows("Trains", ["Velden 09:11", "Platform two", "Coach nine"], start=at(30)),
        screen.shows("heron.odt", prose("The heron"), start=at(5, day=1)),
        screen.shows("Rings", ["Gold ring", "Silver ring", "Engraving"], start=at(50, day=1)),
    ) == [(1, 3), (2,), (4,)]


def test_after_two_weeks_it_is_another_activity() -> None:
    screen = Screen()
    late = RESUMED_WITHIN.days + 1
    assert grouped(
        screen.shows("heron.odt", prose("The heron"), start=at(0)),
        screen.shows("Trains", ["Velden 09:11", "Platform two"], start=at(30)),
        screen.shows("heron.odt", prose("The heron"), start=at(0, day=late)),
    ) == [(1,), (2,), (3,)]


def test_words_of_every_span_link_nothing() -> None:
    screen = Screen()
    common = ["Search mail and people", "Compose"]
    moments = [
        screen.shows("Inbox", [*common, *(f"{subject}{n} {subject}" for n in range(8))], start=at(i * 30))
        for i, subject in enumerate(("heron", "train", "ring", "bread"))
    ]
    assert grouped(*moments) == [(1,), (2,), (3,), (4,)]


def test_rarity_is_none_for_a_word_of_every_span_and_for_an_unknown_one() -> None:
    vocabulary = Vocabulary([Words(1, {"inbox": 1}, {"mail": 1, f"heron{n}": 1}) for n in range(4)])
    assert vocabulary.rarity("heron2") > 1
    assert vocabulary.rarity("inbox") < 0.2
    assert vocabulary.rarity("otter") == 0


def test_new_activities_are_numbered_below_none_and_equal_ones_join_the_first() -> None:
    heron, train = Words(1, {}, {"heron": 1, "reed": 1}), Words(1, {}, {"train": 1, "coach": 1})
    other = Words(1, {}, {"bread": 1, "oven": 1})
    vocabulary = Vocabulary([heron, heron, train, other, other, heron])
    assert linked([(7, heron), (5, heron)], [other, heron, train, other], vocabulary) == (-1, 7, -2, -1)


def test_what_one_is_called_and_the_other_names_makes_it_likelier_that_they_belong_together() -> None:
    editor = Words(9, {"0047_fold.sql": 9, "mousepad": 9}, {"update": 9, "readings": 9, "begin": 9})
    shell = Words(9, {"xterm": 9}, {"readings": 9, "begin": 9, "0047_fold.sql": 2, "done": 9})
    other = Words(9, {"chromium": 9}, {"heron": 9, "reed": 9, "mill": 9, "weir": 9})
    for named, expected in (
        (shell, (-1, -2, -1)),
        (replace(shell, text={"readings": 9, "begin": 9, "done": 9}), (-1, -2, -3)),
    ):
        vocabulary = Vocabulary([editor, other, named, other, other])
        assert linked([], [editor, other, named], vocabulary) == expected
