"""Which of its values a question asks for, and the words that name the thing, in English and German."""

from __future__ import annotations

import pytest

from memory.recall.answering.changing import Wanted, topic_of, wanted_of


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What is the fee of Osprey Dock now?", Wanted("now")),
        ("What's the current fee?", Wanted("now")),
        ("Wie hoch ist die aktuelle Gebühr?", Wanted("now")),
        ("What is the fee of Osprey Dock?", Wanted("now", plain=True)),
        ("Wie hoch ist die Gebühr?", Wanted("now", plain=True)),
        ("What was the previous fee?", Wanted("back", 1)),
        ("What was the fee before the last change?", Wanted("back", 1)),
        ("What was the fee before it was raised?", Wanted("back", 1)),
        ("What was the fee before that?", Wanted("back", 1)),
        ("What did the fee used to be?", Wanted("back", 1)),
        ("Wie hoch war die Gebühr vorher?", Wanted("back", 1)),
        ("Wie hoch war die Gebühr vor der letzten Änderung?", Wanted("back", 1)),
        ("What was the fee before last?", Wanted("back", 1)),
        ("What was the third last fee?", Wanted("back", 2)),
        ("What was the third-to-last fee?", Wanted("back", 2)),
        ("Was war die vorletzte Gebühr?", Wanted("back", 1)),
        ("Was war die drittletzte Gebühr?", Wanted("back", 2)),
        ("What was the fee 7 changes ago?", Wanted("back", 7)),
        ("What was the fee two changes ago?", Wanted("back", 2)),
        ("Wie hoch war die Gebühr vor drei Änderungen?", Wanted("back", 3)),
        ("What was the original fee?", Wanted("first")),
        ("What was the fee at first?", Wanted("first")),
        ("Wie hoch war die Gebühr ursprünglich?", Wanted("first")),
        ("How often did the fee change?", Wanted("changes")),
        ("How many times was the fee updated?", Wanted("changes")),
        ("Wie oft hat sich die Gebühr geändert?", Wanted("changes")),
        ("How many different fees were there?", Wanted("values")),
        ("When did the fee last change?", Wanted("changed")),
        ("Wann wurde die Gebühr geändert?", Wanted("changed")),
        ("Who moored the boat?", None),
    ],
)
def test_what_is_wanted_of_values_that_change(question: str, wanted: Wanted | None) -> None:
    assert wanted_of(question, dated=False) == wanted


def test_a_time_that_is_named_wants_the_value_of_then() -> None:
    assert wanted_of("What was the fee of Osprey Dock?", dated=True) == Wanted("then", plain=True)
    assert wanted_of("What was the previous fee?", dated=True) == Wanted("back", 1)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the third last fee of Osprey Dock?", {"fee", "osprey", "dock"}),
        ("What was the fee of Osprey Dock 7 changes ago?", {"fee", "osprey", "dock"}),
        ("How often did the fee of dock 7 change?", {"fee", "dock", "7"}),
        ("Wie hoch war die vorletzte Gebühr von Osprey Dock?", {"hoch", "gebuhr", "osprey", "dock"}),
    ],
)
def test_the_words_that_ask_name_nothing(question: str, words: set[str]) -> None:
    assert set(topic_of(question)) == words
