"""Where a value was read, and of what; and what is kept of many sightings."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from memory.consolidate.changes import is_past
from memory.consolidate.sightings import AT_EITHER_END, CONTEXTS, keep, of_day
from memory.records import MomentText, Sighting
from tests.support.moments import Screen, at


def seen_in(*moments: MomentText) -> list[Sighting]:
    spans = [(moments[0].moment.start, moments[-1].moment.end, 1)]
    return [one for one in of_day(moments, spans) if one.kind == "value"]


def test_a_sighting_knows_its_line_subject_context_and_stretch() -> None:
    text = Screen().shows("~/trip.md - Editor", ["Seat 18 in coach 9"], start=at(0))
    (seen,) = (one for one in seen_in(text) if one.value == "18")
    assert seen.subject == "trip.md"
    assert (seen.line, seen.quote) == (text.lines[0].id, "Seat 18 in coach 9")
    assert seen.context == "Editor - ~/trip.md"
    assert seen.stretch == at(0)


def test_a_subject_is_the_same_in_an_answer_and_by_its_key() -> None:
    screen = Screen()
    line = ["Due: 4 March 2026"]
    mails = [
        screen.shows(f"{name} - Mail", line, start=at(n)) for n, name in enumerate(("Offer", "Re: Offer"))
    ]
    assert {one.thing for one in seen_in(*mails)} == {"offer"}
    keys = [
        screen.shows(f"{name} - Mail", line, start=at(n)) for n, name in enumerate(("TW-4 Fold", "On TW-4"))
    ]
    assert {one.thing for one in seen_in(*keys)} == {"tw-4"}


def test_a_paragraph_that_wraps_is_read_on() -> None:
    lines = [
        "had her hull rebuilt there. The first crossing is planned for",
        "Saturday 2 May at 22:40; it takes long",
    ]
    (seen,) = seen_in(Screen().shows("Ferry", lines, start=at(0)))
    assert (seen.relation, seen.shown) == ("crossing first", "Saturday 2 May at 22:40")
    assert seen.value == "2026-05-02 22:40"


def test_what_is_told_to_be_planned_or_moved_is_told_of_the_same() -> None:
    said = ["The harbour board confirmed the ferry opening for 2 May", "The ferry opening moves to 9 May"]
    moments = [Screen().shows("Notes", [line], start=at(n)) for n, line in enumerate(said)]
    assert len({one.topic for one in seen_in(*moments)}) == 1


def test_what_holds_no_more_is_told_with_less_weight_and_with_its_own_line() -> None:
    lines = [
        "Thank you for the call. It is EUR 385.00 if the term is 36 months instead of",
        "24. Yours,",
    ]
    now, before = seen_in(Screen().shows("Offer", lines, start=at(0)))
    assert (now.value, before.value, now.topic) == ("36 months", "24 months", before.topic)
    assert (now.quote, before.quote) == tuple(lines)
    assert [is_past(one) for one in (now, before)] == [False, True]


def test_the_lines_of_an_editor_are_read_without_their_numbers() -> None:
    lines = ["9 # Notes", "10 who comes", "11 next sync Mon 23 Feb, 10:30", "12 bring the table"]
    (seen,) = seen_in(Screen().shows("notes.md - Editor", lines, start=at(0)))
    assert (seen.relation, seen.value) == ("next sync", "2026-02-23 10:30")


def test_a_mailbox_is_no_subject() -> None:
    text = Screen().shows("Inbox - Northfold Mail", ["Sprint: 31"], start=at(0))
    assert [one.subject for one in seen_in(text)] == ["Northfold Mail"]


def many(drawn: random.Random) -> list[Sighting]:
    """Sightings of three values over weeks, in a few windows."""
    screen = Screen()
    found: list[Sighting] = []
    for day in range(30):
        start = at(drawn.randrange(300), day=day)
        title = f"Board {drawn.randrange(12)} - Tracker"
        text = screen.shows(title, [f"Total: {drawn.choice((10, 20, 30))} days"], start=start)
        found += of_day([text], [(start, start + timedelta(minutes=1), 1)])
    return found


def test_what_is_kept_of_parts_is_what_is_kept_of_all() -> None:
    drawn = random.Random(7)
    for _ in range(20):
        every = many(drawn)
        whole = keep(every)
        assert len(whole) < len(every)
        drawn.shuffle(every)
        cut = drawn.randrange(len(every))
        assert set(keep((*keep(every[:cut]), *every[cut:]))) == set(whole)
        # A day that is settled again adds what it told before.
        assert set(keep((*whole, *every[:5]))) == set(whole)


def test_a_dozen_sightings_of_a_value_are_kept() -> None:
    screen = Screen()
    moments = [screen.shows(f"Basket - Shop {n}", ["Total: 9 days"], start=at(n)) for n in range(60)]
    kept = seen_in(*moments)
    assert len(kept) == CONTEXTS + AT_EITHER_END
    assert (kept[0].moment, kept[-1].moment) == (1, 60)


def test_on_a_page_without_a_name_nothing_is_told_but_of_keys() -> None:
    assert seen_in(Screen().shows("", ["Due: 4 March 2026"], start=at(0), app="")) == []


def test_the_one_large_amount_is_that_of_the_page() -> None:
    screen = Screen()
    shown = screen.shows("Rangefinder - Shop", ["For measuring", "CHF 189.00", "In stock"], start=at(0))
    rows = list(shown.lines)
    x, y, w, h = rows[1].line.box
    rows[1] = replace(rows[1], line=replace(rows[1].line, box=(x, y, w, 2 * h)))
    (seen,) = seen_in(replace(shown, lines=tuple(rows)))
    assert (seen.subject, seen.relation, seen.value) == ("Rangefinder", "amount", "chf 189.00")
    second = replace(rows[1], id=99, line=replace(rows[1].line, text="CHF 99.00", box=(x, y + 200, w, 2 * h)))
    assert seen_in(replace(shown, lines=(*rows, second))) == []
