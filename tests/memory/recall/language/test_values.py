"""Values in a text by kind, and what a question wants."""

from __future__ import annotations

import pytest

from memory.recall.language.values import find_values
from memory.recall.understanding.kinds import kind_of
from memory.recall.understanding.wanted import fits, in_unit, is_year, wanted


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Delivery by 3 June 2026, latest", "date", "3 June 2026"),
        ("due 2026-06-03", "date", "2026-06-03"),
        ("am 3.6.2026", "date", "3.6.2026"),
        ("starts at 09:41 sharp", "clock", "09:41"),
        ("EUR 1,180.50 per metre", "money", "EUR 1,180.50"),
        ("about 11.4 million francs", "money", "11.4 million francs"),
        ("level 3.75 m today", "measure", "3.75 m"),
        ("0.7 % of them", "measure", "0.7 %"),
        ("ref AB-2031-77.", "code", "AB-2031-77"),
        ("see !91 again", "code", "!91"),
        ("version 2.4.1", "code", "2.4.1"),
        ("serial 004512", "code", "004512"),
        ("214 rows", "number", "214"),
        ("twelve planks", "count", "twelve"),
        ("signed by Ole Brandt today", "person", "Ole Brandt"),
        ("a red hull", "colour", "red"),
        ("write to ole@yard.example", "address", "ole@yard.example"),
    ],
)
def test_values_are_found_with_their_kind(text: str, kind: str, value: str) -> None:
    found = find_values(text)
    assert (kind, value) in [(v.kind, v.text.rstrip(".,")) for v in found]
    for one in found:
        assert one.text in text[one.start : one.end]


@pytest.mark.parametrize(
    ("question", "value", "right"),
    [
        ("How much is the teak?", "EUR 1,180.50", True),
        ("How much is the teak?", "3 June 2026", False),
        ("When is the delivery?", "3 June 2026", True),
        ("What time is high water?", "09:41", True),
        ("What is the order number?", "AB-2031-77", True),
        ("What colour is the hull?", "red", True),
        ("What colour is the hull?", "214", False),
        ("How long did the build take?", "94.7 s", True),
        ("How wide is the keel?", "50 mm", True),
        ("Who signed it?", "Ole Brandt", True),
        ("What is the phone number of the yard?", "0049 40 555123", True),
        ("What is the phone number of the yard?", "12", False),
    ],
)
def test_a_question_wants_its_kind_of_value(question: str, value: str, right: bool) -> None:
    kinds = wanted(question, kind_of(question)).kinds
    assert any(fits(v, kinds) for v in find_values(value)) == right


def test_the_thing_that_is_asked_for_by_name() -> None:
    assert wanted("What is the weight of the anchor?", "what").thing == {"weight"}
    assert wanted("How many planks did we order?", "how many").thing == {"plank"}
    assert wanted("How many planks did we order?", "how many").counted
    assert wanted("What did Ole say?", "what").thing == frozenset()


def test_units_and_years() -> None:
    (measure,) = find_values("212,480 km")
    assert in_unit(measure, wanted("How many kilometres has the van?", "how many").thing)
    (year,) = find_values("2030")
    assert is_year(year)
