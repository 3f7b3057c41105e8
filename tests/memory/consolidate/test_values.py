"""What a line says of values."""

from __future__ import annotations

import pytest

from memory.consolidate.values import begins_with_value, is_label, mentions, normal, under_label


def said(line: str, above: str = "") -> list[tuple[str, str, str]]:
    return [(mention.relation, mention.value, mention.type) for mention in mentions(line, above)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Due date: 24 February 2026", [("Due date", "24 February 2026", "date")]),
        ("Amount due: CHF 4,318.60 including 8.1 % VAT.", [("Amount due", "CHF 4,318.60", "amount")]),
        ("Total CHF 4,318.60", [("Total", "CHF 4,318.60", "amount")]),
        ("Status Done", [("Status", "Done", "word")]),
        ("Fällig: 3. März 2026", [("Fällig", "3. März 2026", "date")]),
        ("Duration: 4 h 43 min", [("Duration", "4 h 43 min", "quantity")]),
        ("Departure 07:04", [("Departure", "07:04", "time")]),
        ("Rollout milestone 6 March", [("Rollout milestone", "6 March", "date")]),
        ("The offer is valid until 28 February 2026.", [("offer is valid", "28 February 2026", "date")]),
        ("It leaves on Saturday 2 May at 22:40", [("It leaves", "Saturday 2 May at 22:40", "date")]),
        ("The proposal costs 11.4 million francs", [("proposal costs", "11.4 million francs", "amount")]),
        ("Signal is -84 dBm with the long one", [("Signal", "-84 dBm", "quantity")]),
        ("The archive received 214 readings", [("archive received", "214 readings", "quantity")]),
        ("Lock replaced, new key is number 18", [("new key is number", "18", "number")]),
        ("Order number FO-662190.", [("Order number", "FO-662190", "key")]),
        ("the migration 0047_fold adds a column", [("migration", "0047_fold", "key")]),
        ("Please quote invoice HS-2026-0117", [("Please quote invoice", "HS-2026-0117", "key")]),
    ],
)
def test_a_value_comes_with_what_it_is_of(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Customer reviews",
        "Jonas Wyrsch 09:41",
        "I take TW-412 today",
        "2026-02-11 11:14:41 os-in-02 read 0.377 m",
        "if len(rows) == 60: return 3 days",
        "12",
        "3 days",
        "We met at noon: it rained",
        "Can I move the upgrade to 28 March?",
        "Radio firmware 2.4 loses pairing",
        "updated 09:04",
        "to me: Tue 10 February 2026, 08:15",
    ],
)
def test_what_says_nothing_of_a_value(line: str) -> None:
    assert said(line) == []


def test_a_sentence_runs_on_from_the_line_above() -> None:
    line = "Saturday 2 May at 22:40; the journey takes long"
    assert begins_with_value(line)
    assert said(line, "The first crossing is planned for") == [
        ("first crossing is planned", "Saturday 2 May at 22:40", "date")
    ]
    assert said(line) == []
    assert not begins_with_value("The journey of the ship is said to take three or 4 hours")


def test_a_label_and_what_stands_below_it() -> None:
    assert is_label("Assignee")
    assert is_label("Due date:")
    assert not is_label("Priya Raman")
    assert [mention.value for mention in under_label("Assignee", "Priya Raman")] == ["Priya Raman"]
    assert [
        mention.value for mention in under_label("Room", "a long sentence that is no room of any kind")
    ] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Friday 13 February", "13 february"),
        ("CHF 4,318.60", "chf 4318.60"),
        ("1’200 copies.", "1200 copies"),
        ("−84 dBm", "-84 dBm"),
    ],
)
def test_values_are_compared_without_their_dress(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_different_values_stay_different() -> None:
    assert normal("3.8.0") != normal("3.80")
    assert normal("2.15 m") != normal("215 m")
