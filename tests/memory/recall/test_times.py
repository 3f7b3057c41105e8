"""Time phrases in English and German, as a table; now is Thursday, 21 May 2026, 16:40 in UTC+2."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from memory.recall.times import find_times

NOW = datetime.fromisoformat("2026-05-21T16:40:00+02:00")

# phrase, since, until (local, without zone), what is left of the sentence
TABLE = [
    ("notes from today", "2026-05-21T00:00", "2026-05-22T00:00", "notes"),
    ("yesterday the map", "2026-05-20T00:00", "2026-05-21T00:00", "the map"),
    ("the day before yesterday", "2026-05-19T00:00", "2026-05-20T00:00", ""),
    ("what I read yesterday afternoon", "2026-05-20T12:00", "2026-05-20T18:00", "what I read"),
    ("this morning's call", "2026-05-21T05:00", "2026-05-21T12:00", "call"),
    ("last night", "2026-05-20T20:00", "2026-05-21T04:00", ""),
    ("tonight", "2026-05-21T18:00", "2026-05-22T00:00", ""),
    ("on Monday", "2026-05-18T00:00", "2026-05-19T00:00", ""),
    ("Monday's list", "2026-05-18T00:00", "2026-05-19T00:00", "list"),
    ("on Thursday", "2026-05-21T00:00", "2026-05-22T00:00", ""),
    ("last Thursday", "2026-05-14T00:00", "2026-05-15T00:00", ""),
    ("last tuesday 3pm", "2026-05-19T15:00", "2026-05-19T16:00", ""),
    ("on Tue", "2026-05-19T00:00", "2026-05-20T00:00", ""),
    ("tuesday last week", "2026-05-12T00:00", "2026-05-13T00:00", ""),
    ("between Monday and Wednesday", "2026-05-18T00:00", "2026-05-21T00:00", ""),
    ("on 4 May", "2026-05-04T00:00", "2026-05-05T00:00", ""),
    ("on May 4th the bill", "2026-05-04T00:00", "2026-05-05T00:00", "the bill"),
    ("3rd of December", "2025-12-03T00:00", "2025-12-04T00:00", ""),
    ("2026-05-04", "2026-05-04T00:00", "2026-05-05T00:00", ""),
    ("2026-05-04 09:41 chat", "2026-05-04T09:26", "2026-05-04T09:56", "chat"),
    ("in April", "2026-04-01T00:00", "2026-05-01T00:00", ""),
    ("in November", "2025-11-01T00:00", "2025-12-01T00:00", ""),
    ("last week", "2026-05-11T00:00", "2026-05-18T00:00", ""),
    ("this week", "2026-05-18T00:00", "2026-05-25T00:00", ""),
    ("last month", "2026-04-01T00:00", "2026-05-01T00:00", ""),
    ("last year", "2025-01-01T00:00", "2026-01-01T00:00", ""),
    ("the week of 4 May", "2026-05-04T00:00", "2026-05-11T00:00", ""),
    ("in week 20", "2026-05-11T00:00", "2026-05-18T00:00", ""),
    ("between 9 and 11", "2026-05-21T09:00", "2026-05-21T11:00", ""),
    ("from 2 to 4 pm yesterday", "2026-05-20T14:00", "2026-05-20T16:00", ""),
    ("two hours ago", "2026-05-21T14:10", "2026-05-21T15:10", ""),
    ("half an hour ago", "2026-05-21T15:40", "2026-05-21T16:40", ""),
    ("3 days ago", "2026-05-18T00:00", "2026-05-19T00:00", ""),
    ("in the last 2 hours", "2026-05-21T14:40", "2026-05-21T16:40", ""),
    ("since Monday", "2026-05-18T00:00", "2026-05-21T16:40", ""),
    ("before 10 am", "2026-05-21T00:00", "2026-05-21T10:00", ""),
    ("at 15:18", "2026-05-21T15:03", "2026-05-21T15:33", ""),
    ("at 9 in the evening on Monday", "2026-05-18T21:00", "2026-05-18T22:00", ""),
    ("on Monday after lunch, around half past one", "2026-05-18T13:00", "2026-05-18T14:00", ""),
    ("quarter to five yesterday", "2026-05-20T16:30", "2026-05-20T17:00", ""),
    ("at 18:00", "2026-05-20T17:45", "2026-05-20T18:15", ""),
    ("vorgestern", "2026-05-19T00:00", "2026-05-20T00:00", ""),
    ("gestern Vormittag", "2026-05-20T08:00", "2026-05-20T12:30", ""),
    ("heute Morgen um 9", "2026-05-21T09:00", "2026-05-21T10:00", ""),
    ("am Montag um halb vier", "2026-05-18T15:15", "2026-05-18T15:45", ""),
    ("die Karte vom Montagnachmittag", "2026-05-18T12:00", "2026-05-18T18:00", "die Karte"),
    ("letzten Dienstag", "2026-05-19T00:00", "2026-05-20T00:00", ""),
    ("letzte Woche", "2026-05-11T00:00", "2026-05-18T00:00", ""),
    ("vor zwei Stunden", "2026-05-21T14:10", "2026-05-21T15:10", ""),
    ("vor drei Tagen", "2026-05-18T00:00", "2026-05-19T00:00", ""),
    ("in den letzten drei Tagen", "2026-05-18T00:00", "2026-05-22T00:00", ""),
    ("am 4. Mai", "2026-05-04T00:00", "2026-05-05T00:00", ""),
    ("am 4.5.2026", "2026-05-04T00:00", "2026-05-05T00:00", ""),
    ("zwischen 9 und 11 Uhr", "2026-05-21T09:00", "2026-05-21T11:00", ""),
    ("seit Montag", "2026-05-18T00:00", "2026-05-21T16:40", ""),
    ("KW 20", "2026-05-11T00:00", "2026-05-18T00:00", ""),
]


@pytest.mark.parametrize(("phrase", "since", "until", "rest"), TABLE)
def test_a_phrase_names_a_span(phrase: str, since: str, until: str, rest: str) -> None:
    times = find_times(phrase, NOW)
    assert times.span is not None
    assert times.span.since is not None
    assert times.span.until is not None
    assert times.span.since.isoformat()[:16] == since
    assert times.span.until.isoformat()[:16] == until
    assert times.rest == rest


@pytest.mark.parametrize(
    "phrase",
    [
        "the train on 9 August",
        "next Tuesday",
        "may I see it",
        "between 3 and 5 percent",
        "the second draft",
        "a morning person",
        "build 2291",
        "31 February",
    ],
)
def test_what_lies_ahead_or_is_no_time_stays_in_the_words(phrase: str) -> None:
    times = find_times(phrase, NOW)
    assert times.span is None
    assert times.rest == phrase


def test_an_open_end_stays_open() -> None:
    span = find_times("until Tuesday", NOW).span
    assert span is not None
    assert span.since is None
    assert span.until is not None


def test_spans_are_in_the_zone_of_now_across_the_change_of_the_clocks() -> None:
    zone = ZoneInfo("Europe/Berlin")
    span = find_times("on Sunday", datetime(2026, 3, 30, 9, 0, tzinfo=zone)).span
    assert span is not None
    assert span.since is not None
    assert span.until is not None
    assert span.until.timestamp() - span.since.timestamp() == 23 * 3600


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:00+00:00"])
@pytest.mark.parametrize("phrase", [row[0] for row in TABLE])
def test_at_the_ends_of_the_calendar_a_phrase_may_name_nothing(phrase: str, now: str) -> None:
    at = datetime.fromisoformat(now)
    span = find_times(phrase, at).span
    assert span is None or span.since is None or span.until is None or span.since <= span.until
