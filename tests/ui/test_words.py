"""Dates, counts and states as a person reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from memory.recall.retrieval.rank import TOLD_AS, WEIGHTS
from memory.records import LastSettling, Settling, Understood
from tests.support.fakes import NOW, FakeMemory
from ui import words

ONE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (ONE, "1 minute ago"),
        (12 * ONE, "12 minutes ago"),
        (timedelta(hours=1, minutes=20), "1 hour ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=23), "3 weeks ago"),
        (timedelta(days=100), "3 months ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_ago(before: timedelta, said: str) -> None:
    assert words.ago(NOW - before, NOW) == said


def test_times_are_as_short_as_they_stay_clear() -> None:
    assert words.when(NOW.replace(hour=9, minute=5), NOW) == "09:05"
    assert words.when(NOW.replace(day=3), NOW) == "Tue 3 Nov, 16:42"
    assert words.when(NOW.replace(year=2024), NOW) == "Sun 17 Nov 2024, 16:42"


def test_a_span_names_days_only_where_it_crosses_midnight() -> None:
    start = datetime(2026, 11, 17, 9, 0).astimezone()
    assert words.span(start, start + 40 * ONE) == "09:00 – 09:40"
    assert words.span(start, start + timedelta(seconds=20)) == "09:00"
    assert words.span(start, start + timedelta(days=1)) == "Tue 17 Nov, 09:00 – Wed 18 Nov, 09:00"


def test_durations() -> None:
    said = [words.duration(timedelta(minutes=m)) for m in (0, 45, 60, 135)]
    assert said == ["under a minute", "45 min", "1 h", "2 h 15 min"]


def test_counts_have_one_and_many() -> None:
    assert words.count(1, "1 moment", "{n} moments") == "1 moment"
    assert words.count(1200, "1 moment", "{n} moments") == "1,200 moments"


def test_every_state_has_a_shape_and_a_sentence() -> None:
    status = FakeMemory(days=0).status()
    said = {
        recording: words.state(replace(status, recording=recording))
        for recording in ("on", "off: not agreed to yet", "off: no recorder is running", "idle", "excluded")
    }
    assert [state.shape for state in said.values()] == ["recording", "held", "trouble", "held", "held"]
    assert said["off: no recorder is running"].sentence == "No recorder is running."
    assert all(state.short and state.sentence for state in said.values())


def test_a_pause_says_until_when() -> None:
    status = FakeMemory(days=0).status()
    until = NOW.replace(hour=18, minute=0)
    timed = replace(status, recording="paused until 18:00", paused_until=until)
    assert words.state(timed).short == "Paused until 18:00"
    endless = replace(
        status, recording="paused until resumed", paused_until=datetime(9000, 1, 1).astimezone()
    )
    assert words.state(endless).short == "Paused"


def test_consent_is_seen_in_the_status() -> None:
    assert words.needs_consent(FakeMemory(days=0, recording="off: not agreed to yet").status())
    assert not words.needs_consent(FakeMemory(days=0).status())


def test_why_names_the_strongest_first() -> None:
    assert words.why({"meaning": 0.2, "words": 0.7, "picture": 0.0}) == "words, meaning"


@pytest.mark.parametrize("channel", sorted({TOLD_AS.get(name, name) for name in WEIGHTS} - {"against"}))
def test_every_reason_has_a_name(channel: str) -> None:
    """What speaks against a result is no reason for it."""
    assert words.why({channel: 0.5})


def test_chips_say_what_was_understood_and_do_not_repeat_the_question() -> None:
    day = NOW.replace(hour=0, minute=0)
    meant = Understood(
        "invoice", since=day, until=day + timedelta(days=1), apps=("Mail",), phrases=("net shed",)
    )
    assert words.understood(meant, NOW, "invoice today") == (
        "Tuesday, 17 November",
        "Mail",
        "“net shed”",
        "words: invoice",
    )
    assert words.understood(Understood("invoice"), NOW, "invoice") == ()
    spring = Understood("x", since=day.replace(2025, 3, 1), until=day.replace(2025, 6, 1))
    assert words.understood(spring, NOW, "x") == ("Sat 1 Mar 2025 – Sat 31 May 2025",)
    assert words.understood(Understood("x", since=day), NOW, "x") == ("since 00:00",)


def test_every_field_of_what_was_understood_has_its_chip() -> None:
    meant = Understood(
        "offer",
        sites=("yard.example",),
        people=("Ole Brandt",),
        files=("pdf", "odt"),
        shown=("chart",),
        without=("draft", "Mail"),
        order="last",
        anchor="the standup",
        relation="after",
    )
    assert words.understood(meant, NOW, "offer") == (
        "after “the standup”",
        "the last",
        "yard.example",
        "Ole Brandt",
        "files: pdf, odt",
        "shown: chart",
        "without draft",
        "without Mail",
    )


def test_settling_is_told_while_it_runs_and_after() -> None:
    assert words.settling(Settling()) == words.settled(Settling(), NOW) == ""
    assert words.settling(Settling("running")) == "settling"
    assert words.settling(Settling("running", 2, 12)) == "settling day 3 of 12"
    last = LastSettling(NOW - 12 * ONE, 3.0, "done", 40, 30, 5, 1, 0, 2, 2)
    assert words.settled(Settling(last=last), NOW) == "Settled 12 minutes ago: 2 days, 5 episodes, 1 fact"
    waits = words.settled(Settling("waiting", why="The computer runs on battery.", last=last), NOW)
    assert waits.startswith("The computer runs on battery.  ·  Settled")
    failed = replace(last, state="failed", failed="store-trouble")
    assert "failed 12 minutes ago (store-trouble)" in words.settled(Settling(last=failed), NOW)


def test_the_time_of_a_day_names_what_there_was_of_it() -> None:
    seconds = {"recorded": 5400, "paused": 0, "excluded": 60, "idle": 3600, "not running": 77340}
    said = "Recorded 1 h 30 min  ·  held back 1 min  ·  nobody there 1 h  ·  not running 21 h 29 min"
    assert words.accounted(seconds) == said
    assert words.accounted({"recorded": 0}) == "Nothing recorded"


@pytest.mark.parametrize(
    ("weekdays", "kind"),
    [((4,), "Friday"), ((0, 1, 2, 3, 4), "weekdays"), ((5, 6), "weekends"), ((), "any day")],
)
def test_a_routine_says_on_which_days_and_about_when(weekdays: tuple[int, ...], kind: str) -> None:
    (routine,) = FakeMemory().routines()
    said = words.habit(replace(routine, weekdays=weekdays, days=("2026-11-16",) * 3, of=4))
    assert said.startswith((f"{kind} about 8:24", f"{kind} about 08:24"))
    assert said.endswith("on 3 of 4 days")
