"""Changes that a line tells: which value holds now, which one held before, and what tells no change."""

from __future__ import annotations

import pytest

from memory.consolidate.changes import changes


def told(line: str, above: str = "") -> list[tuple[str, str, str]]:
    """What of, the value before, the value now."""
    found = [mention for mention, _ in changes(line, above)]
    before = [mention for mention in found if mention.past]
    now = [mention for mention in found if not mention.past]
    return [(new.relation, old.value, new.value) for old, new in zip(before, now, strict=True)]


@pytest.mark.parametrize(
    ("line", "relation", "before", "now"),
    [
        ("harbour: 4.1.9 -> 4.2.0", "harbour", "4.1.9", "4.2.0"),
        ("Deposit: CHF 300.00 → CHF 250.00", "Deposit", "CHF 300.00", "CHF 250.00"),
        ("The opening was moved from 3 May to 10 May.", "opening was moved", "3 May", "10 May"),
        ("Die Miete wurde von CHF 900.00 auf CHF 950.00 erhöht.", "Miete wurde", "CHF 900.00", "CHF 950.00"),
        ("The rent was raised from EUR 900.00 to EUR 950.00", "rent was raised", "EUR 900.00", "EUR 950.00"),
        ("a notice of 30 days instead of 14", "notice", "14 days", "30 days"),
        ("opening on 10 May now (was 3 May)", "opening", "3 May", "10 May"),
        ("Departure 08:15 (not 08:45), gate 3", "Departure", "08:45", "08:15"),
        ("The deadline was 4 June, now 11 June", "deadline", "4 June", "11 June"),
        ("Your seat is 18, not 61", "seat", "61", "18"),
    ],
)
def test_a_change_is_told_in_many_forms(line: str, relation: str, before: str, now: str) -> None:
    ((of, old, new),) = told(line)
    assert (of.removeprefix("Your ").removesuffix(" is"), old, new) == (relation, before, now)


@pytest.mark.parametrize(
    "line",
    [
        "open from 10:00 to 11:00",
        "from 3 May to 10 May we are away",
        "2 May and 9 May are free",
        "The price was CHF 20.00, the fee CHF 3.00",
        "It rained from 3 days to 10 mm",
        "moved from 3 May to CHF 20.00",
        "x = y > 3 -> 4",
        "3 May -> 10 May",
    ],
)
def test_ranges_lists_and_code_tell_no_change(line: str) -> None:
    assert told(line) == []


def test_a_change_may_run_over_two_lines() -> None:
    above, line = "the train to the coast has a departure 08:15", "(not 08:45), platform 2"
    found = {mention.value: stands_above for mention, stands_above in changes(line, above)}
    assert found == {"08:15": True, "08:45": False}
    assert told("platform 2, bring water", above) == []
