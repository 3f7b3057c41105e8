"""Time on the screen: what covered an instant, and how long something was there, each instant once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from memory.ledger import gaps
from memory.ledger.connection import Ledger
from memory.recall.answering.visits import covering, of_app, of_screen, shown, visits
from memory.records import Gap
from tests.memory.recall.conftest import MONDAY, show

MINUTE = timedelta(minutes=1)


def test_a_moment_covers_until_the_next_look_and_five_minutes_at_most(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for minutes, title in ((0, "knots"), (3, "tides"), (20, "knots")):
            show(db, MONDAY + minutes * MINUTE, "Firefox", title, ["a line"])
    with ledger.reading() as db:
        found = {at: covering(db, MONDAY + at * MINUTE) for at in (-1, 0, 2, 3, 7, 8, 19, 20, 24, 26)}
    titles = {at: moment and moment.title for at, moment in found.items()}
    assert titles == {
        -1: None,
        0: "knots",
        2: "knots",
        3: "tides",
        7: "tides",
        8: None,
        19: None,
        20: "knots",
        24: "knots",
        26: None,
    }


def test_a_gap_ends_what_was_on_the_screen(ledger: Ledger) -> None:
    with ledger.writing() as db:
        show(db, MONDAY, "Firefox", "knots", ["a line"])
        gaps.add(db, Gap(MONDAY + 2 * MINUTE, MONDAY + 30 * MINUTE, "paused"))
    with ledger.reading() as db:
        assert covering(db, MONDAY + MINUTE) is not None
        assert covering(db, MONDAY + 3 * MINUTE) is None
        assert shown(db, of_app(db, "Firefox", None, None), None, None) == [(MONDAY, MONDAY + 2 * MINUTE)]


@pytest.mark.parametrize(("since", "until", "minutes"), [(None, None, 14), (3, None, 10), (None, 21, 5)])
def test_time_is_summed_over_visits_within_the_span(
    ledger: Ledger, since: int | None, until: int | None, minutes: int
) -> None:
    with ledger.writing() as db:
        for at, title in ((0, "knots"), (4, "tides"), (20, "(3) knots"), (26, "* knots"), (40, "tides")):
            show(db, MONDAY + at * MINUTE, "Firefox", title, ["a line"])
    first, last = (None if at is None else MONDAY + at * MINUTE for at in (since, until))
    with ledger.reading() as db:
        one = covering(db, MONDAY)
        assert one is not None
        knots = of_screen(db, one, first, last)
        spans = shown(db, knots, first, last)
    assert sum((end - start for start, end in spans), timedelta()) == minutes * MINUTE
    assert len(visits(knots)) == (2 if since is None else 1)
