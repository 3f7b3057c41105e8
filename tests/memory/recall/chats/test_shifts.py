"""Times that lean on a time spoken of before, in English and German."""

from __future__ import annotations

from datetime import datetime

import pytest

from memory.recall.chats.shifts import Then, shifted
from memory.recall.understanding.spans import Span
from tests.support.dialogues import ZONE


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


TUESDAY = Span(at("03-10 00:00"), at("03-11 00:00"))
SEEN = Span(at("03-10 09:30"), at("03-10 09:35"))
THEN = Then(TUESDAY, SEEN)

CASES = {
    "the day before?": ("03-09 00:00", "03-10 00:00"),
    "am Tag davor": ("03-09 00:00", "03-10 00:00"),
    "den Tag davor": ("03-09 00:00", "03-10 00:00"),
    "the previous day": ("03-09 00:00", "03-10 00:00"),
    "am vorigen Tag": ("03-09 00:00", "03-10 00:00"),
    "the next day": ("03-11 00:00", "03-12 00:00"),
    "am nächsten Tag": ("03-11 00:00", "03-12 00:00"),
    "am Tag darauf": ("03-11 00:00", "03-12 00:00"),
    "two days later": ("03-12 00:00", "03-13 00:00"),
    "zwei Tage später": ("03-12 00:00", "03-13 00:00"),
    "3 days earlier": ("03-07 00:00", "03-08 00:00"),
    "the week before": ("03-02 00:00", "03-09 00:00"),
    "in der Woche davor": ("03-02 00:00", "03-09 00:00"),
    "the week after": ("03-16 00:00", "03-23 00:00"),
    "die Woche danach": ("03-16 00:00", "03-23 00:00"),
    "the weekend before": ("03-07 00:00", "03-09 00:00"),
    "the month before": ("02-01 00:00", "03-01 00:00"),
    "im Monat davor": ("02-01 00:00", "03-01 00:00"),
    "that week": ("03-09 00:00", "03-16 00:00"),
    "am selben Tag": ("03-10 00:00", "03-11 00:00"),
    "that evening": ("03-10 17:00", "03-11 00:00"),
    "the evening before": ("03-09 17:00", "03-10 00:00"),
    "am Abend davor": ("03-09 17:00", "03-10 00:00"),
    "an hour later": ("03-10 10:00", "03-10 11:05"),
    "eine Stunde früher": ("03-10 08:00", "03-10 09:05"),
    "half an hour later": ("03-10 09:30", "03-10 10:35"),
    "20 minutes before": ("03-10 09:05", "03-10 09:20"),
}


@pytest.mark.parametrize("text", CASES)
def test_a_time_is_counted_from_what_was_spoken_of(text: str) -> None:
    found = shifted(text, THEN)
    assert found
    assert found.span == Span(*map(at, CASES[text]))
    assert found.rest.strip("?") == ""


def test_days_are_counted_from_either_end_of_a_week() -> None:
    week = Then(Span(at("03-09 00:00"), at("03-16 00:00")), None)
    before, after = shifted("the day before", week), shifted("the day after", week)
    assert before
    assert after
    assert before.span == Span(at("03-08 00:00"), at("03-09 00:00"))
    assert after.span == Span(at("03-16 00:00"), at("03-17 00:00"))


def test_years_turn() -> None:
    found = shifted("the month before", Then(Span(at("01-05 00:00"), None), None))
    assert found
    assert found.span.since
    assert (found.span.since.year, found.span.since.month) == (2025, 12)


def test_without_a_span_the_moment_counts() -> None:
    found = shifted("the day before", Then(None, SEEN))
    assert found
    assert found.span == Span(at("03-09 00:00"), at("03-10 00:00"))


@pytest.mark.parametrize(
    "text",
    [
        "the day before yesterday",
        "the day before the launch",
        "in the week after Easter",
        "yesterday",
        "next week",
        "before lunch",
        "am Tag vor der Abreise",
    ],
)
def test_what_leans_on_nothing_is_left_alone(text: str) -> None:
    assert shifted(text, THEN) is None


@pytest.mark.parametrize("text", ["the day before", "an hour later", "that week", "999 years before"])
def test_where_there_is_no_time_to_lean_on_nothing_is_meant(text: str) -> None:
    assert shifted(text, Then(None, None)) is None
