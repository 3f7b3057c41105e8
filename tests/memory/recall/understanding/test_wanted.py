"""What a question wants to know: units that can answer, what is counted, years and spelt times."""

from __future__ import annotations

import pytest

from memory.recall.language.values import find_values
from memory.recall.understanding.wanted import fits, measured, wanted


@pytest.mark.parametrize(
    ("question", "kind", "value", "right"),
    [
        ("What is the weight of the anchor?", "what", "12 kg", True),
        ("What is the weight of the anchor?", "what", "12 m", False),
        ("How heavy is the anchor?", "how much", "640 g", True),
        ("Wie hoch ist der Mast?", "how much", "9.5 m", True),
        ("Wie hoch ist der Mast?", "how much", "9.5 kg", False),
        ("How fast does she sail?", "how much", "11 km/h", True),
        ("What share of the hulls is dry?", "what", "12 m", True),
    ],
)
def test_a_measure_answers_in_the_units_that_the_question_asks_for(
    question: str, kind: str, value: str, right: bool
) -> None:
    (found,) = find_values(value)
    assert measured(found, wanted(question, kind).units) == right


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How many planks arrived late?", "plank"),
        ("How many of the planks were dry?", "plank"),
        ("Wie viele Planken fehlen noch?", "plank"),
    ],
)
def test_what_is_counted_is_the_word_behind_how_many(question: str, thing: str) -> None:
    assert wanted(question, "how many").thing == {thing}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("it takes three hours and ten minutes.", "duration", "three hours and ten minutes"),
        ("done in 3 min 51 s. Then", "duration", "3 min 51 s"),
        ("she was built in 1987 and", "year", "1987"),
        ("2,024 rows", "number", "2,024"),
    ],
)
def test_spelt_times_and_years_are_values(text: str, kind: str, value: str) -> None:
    assert (kind, value) in [(one.kind, one.text) for one in find_values(text)]


def test_a_year_answers_when_and_may_be_a_number() -> None:
    (year,) = find_values("1987")
    assert fits(year, wanted("When was she built?", "when").kinds)
    assert fits(year, ("number",))
