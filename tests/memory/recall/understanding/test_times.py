"""Time phrases in English and German, as a table; now is Thursday, 21 May 2026, 16:40 in UTC+2."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from memory.recall.understanding.times import find_times

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
    ("tides in winter", "2025-12-01T00:00", "2026-03-01T00:00", "tides in winter"),
    ("im Frühling der Mast", "2026-03-01T00:00", "2026-06-01T00:00", "im Frühling der Mast"),
    ("what did I read just before lunch", "2026-05-21T09:00", "2026-05-21T13:00", "what did I read"),
    ("the map at Christmas and the bill", "2025-12-24T00:00", "2025-12-26T00:00", "the map and the bill"),
    ("KW 20", "2026-05-11T00:00", "2026-05-18T00:00", ""),
]

# A phrase alone, since and until: of 2026 where no year is said, at midnight where no hour, "" is open.
ENGLISH = [
    ("the week before last", "05-04", "05-11"),
    ("two Fridays ago", "05-08", "05-09"),
    ("the Friday before last", "05-08", "05-09"),
    ("at the weekend", "05-16", "05-18"),
    ("last weekend", "05-16", "05-18"),
    ("the weekend before last", "05-09", "05-11"),
    ("over the weekend of 2 May", "05-02", "05-04"),
    ("at the beginning of last month", "04-01", "04-11"),
    ("at the end of last month", "04-21", "05-01"),
    ("in the middle of last month", "04-11", "04-21"),
    ("early this week", "05-18", "05-21"),
    ("late last week", "05-15", "05-18"),
    ("in mid-April", "04-11", "04-21"),
    ("in the first week of March", "03-01", "03-08"),
    ("the last week of April", "04-24", "05-01"),
    ("on the first Monday of March", "03-02", "03-03"),
    ("at Christmas", "2025-12-24", "2025-12-26"),
    ("on New Year's Eve", "2025-12-31", "2026-01-01"),
    ("on Good Friday", "04-03", "04-04"),
    ("at Easter", "04-03", "04-07"),
    ("around Easter", "04-01", "04-09"),
    ("Easter 2025", "2025-04-18", "2025-04-22"),
    ("the day after Christmas", "2025-12-26", "2025-12-27"),
    ("the week before Easter", "03-29", "04-05"),
    ("between Christmas and New Year", "2025-12-24", "2026-01-02"),
    ("in Q1", "01-01", "04-01"),
    ("in Q3 2025", "2025-07-01", "2025-10-01"),
    ("in the last quarter", "01-01", "04-01"),
    ("in the second quarter of 2025", "2025-04-01", "2025-07-01"),
    ("last summer", "2025-06-01", "2025-09-01"),
    ("last winter", "2025-12-01", "2026-03-01"),
    ("last spring", "2025-03-01", "2025-06-01"),
    ("between 9 and half past ten on Monday", "05-18T09:00", "05-18T10:30"),
    ("since this morning", "05-21T05:00", "05-21T16:40"),
    ("until yesterday noon", "", "05-20T12:00"),
    ("since 9 this morning", "05-21T09:00", "05-21T16:40"),
    ("before Monday", "", "05-18"),
    ("after Easter", "04-07", "05-21T16:40"),
    ("from Friday to Monday", "05-15", "05-19"),
    ("from Monday noon until Tuesday evening", "05-18T12:00", "05-20"),
    ("yesterday from 9 to 11", "05-20T09:00", "05-20T11:00"),
    ("on the 4th", "05-04", "05-05"),
    ("04/05/2026", "05-04", "05-05"),
    ("5/14/2026", "05-14", "05-15"),
    ("from 4 to 8 May", "05-04", "05-09"),
    ("May 4-8", "05-04", "05-09"),
    ("at noon yesterday", "05-20T11:30", "05-20T13:30"),
    ("yesterday before lunch", "05-20T09:00", "05-20T13:00"),
    ("before lunch", "05-21T09:00", "05-21T13:00"),
    ("at half nine on Monday", "05-18T09:15", "05-18T09:45"),
    ("at ten past four", "05-21T15:55", "05-21T16:25"),
    ("just after 3 pm", "05-21T15:00", "05-21T15:30"),
    ("at three o'clock yesterday", "05-20T15:00", "05-20T16:00"),
    ("around midnight on Monday", "05-18T23:30", "05-19T00:30"),
    ("late at night on Monday", "05-18T20:00", "05-19T04:00"),
    ("a few days ago", "05-15", "05-20"),
    ("some weeks ago", "03-26", "05-08"),
    ("a couple of hours ago", "05-21T13:40", "05-21T15:10"),
    ("an hour and a half ago", "05-21T14:40", "05-21T15:40"),
    ("in the last 24 hours", "05-20T16:40", "05-21T16:40"),
    ("over the past two weeks", "05-07", "05-22"),
    ("earlier today", "05-21", "05-21T16:40"),
    ("earlier this week", "05-18", "05-21T16:40"),
    ("the other day", "05-11T16:40", "05-20T16:40"),
    ("this March", "03-01", "04-01"),
    ("in March last year", "2025-03-01", "2025-04-01"),
    ("last year in March", "2025-03-01", "2025-04-01"),
    ("last December", "2025-12-01", "2026-01-01"),
    ("in 2025", "2025-01-01", "2026-01-01"),
    ("May 2025", "2025-05-01", "2025-06-01"),
    ("at the end of 2025", "2025-09-01", "2026-01-01"),
    ("Tuesday a week ago", "05-12", "05-13"),
    ("last week on Tuesday", "05-12", "05-13"),
    ("a week ago today", "05-14", "05-15"),
    ("Monday, 4 May", "05-04", "05-05"),
    ("on the evening of 4 May", "05-04T17:00", "05-05"),
    ("in the early afternoon yesterday", "05-20T12:00", "05-20T15:00"),
    ("I think in March", "02-13T12:00", "04-16T12:00"),
    ("maybe on Tuesday", "05-18", "05-21"),
    ("on Tuesday or so", "05-18", "05-21"),
    ("sometime last spring", "2025-03-01", "2025-06-01"),
    ("at 8 this morning", "05-21T08:00", "05-21T09:00"),
    ("Monday 10am", "05-18T10:00", "05-18T11:00"),
    ("at 10:15 pm on Monday", "05-18T22:00", "05-18T22:30"),
    ("in the last hour", "05-21T15:40", "05-21T16:40"),
    ("on Monday at midnight", "05-18T23:30", "05-19T00:30"),
    ("Christmas Eve", "2025-12-24", "2025-12-25"),
    ("in the first half of April", "04-01", "04-16"),
    ("a fortnight ago", "05-04", "05-11"),
    ("since Easter", "04-03", "05-21T16:40"),
    ("until Friday", "", "05-16"),
    ("this Monday", "05-18", "05-19"),
    ("last Monday morning", "05-18T05:00", "05-18T12:00"),
]

GERMAN = [
    ("vorgestern Abend", "05-19T17:00", "05-20"),
    ("am Wochenende", "05-16", "05-18"),
    ("letztes Wochenende", "05-16", "05-18"),
    ("vorletztes Wochenende", "05-09", "05-11"),
    ("vorletzte Woche", "05-04", "05-11"),
    ("Anfang letzter Woche", "05-11", "05-14"),
    ("Ende letzter Woche", "05-15", "05-18"),
    ("Anfang der Woche", "05-18", "05-21"),
    ("Ende März", "03-21", "04-01"),
    ("Anfang März", "03-01", "03-12"),
    ("Mitte April", "04-11", "04-21"),
    ("Anfang letzten Monats", "04-01", "04-11"),
    ("in der ersten Märzwoche", "03-01", "03-08"),
    ("am ersten Montag im März", "03-02", "03-03"),
    ("gestern um Viertel nach drei", "05-20T15:00", "05-20T15:30"),
    ("um Viertel vor fünf", "05-21T16:30", "05-21T17:00"),
    ("gestern um fünf vor halb drei", "05-20T14:10", "05-20T14:40"),
    ("gestern um zehn nach vier", "05-20T15:55", "05-20T16:25"),
    ("gestern um drei", "05-20T15:00", "05-20T16:00"),
    ("gestern gegen 14 Uhr", "05-20T13:30", "05-20T14:30"),
    ("um 15 Uhr 30", "05-21T15:15", "05-21T15:45"),
    ("vor 10 Uhr am Montag", "05-18", "05-18T10:00"),
    ("kurz nach 9 Uhr am Montag", "05-18T09:00", "05-18T09:30"),
    ("seit heute früh", "05-21T04:00", "05-21T16:40"),
    ("bis gestern Mittag", "", "05-20T12:00"),
    ("seit gestern Nachmittag", "05-20T12:00", "05-21T16:40"),
    ("vor Ostern", "", "04-03"),
    ("seit Ostern", "04-03", "05-21T16:40"),
    ("zu Weihnachten", "2025-12-24", "2025-12-27"),
    ("an Silvester", "2025-12-31", "2026-01-01"),
    ("am Karfreitag", "04-03", "04-04"),
    ("um Ostern herum", "04-01", "04-09"),
    ("zwischen den Jahren", "2025-12-27", "2026-01-01"),
    ("am Tag nach Ostern", "04-07", "04-08"),
    ("am Freitag vor Ostern", "04-03", "04-04"),
    ("in der Woche vor Ostern", "03-29", "04-05"),
    ("im ersten Quartal", "01-01", "04-01"),
    ("letztes Quartal", "01-01", "04-01"),
    ("letzten Sommer", "2025-06-01", "2025-09-01"),
    ("im Herbst 2025", "2025-09-01", "2025-12-01"),
    ("letztes Jahr im März", "2025-03-01", "2025-04-01"),
    ("im Mai letzten Jahres", "2025-05-01", "2025-06-01"),
    ("Mitte Mai 2025", "2025-05-11", "2025-05-22"),
    ("vor zwei Freitagen", "05-08", "05-09"),
    ("am vorletzten Montag", "05-11", "05-12"),
    ("heute vor einer Woche", "05-14", "05-15"),
    ("letzte Woche Dienstag", "05-12", "05-13"),
    ("Dienstag vor einer Woche", "05-12", "05-13"),
    ("am Dienstag letzter Woche", "05-12", "05-13"),
    ("vor ein paar Tagen", "05-16", "05-20"),
    ("vor einigen Wochen", "03-26", "05-08"),
    ("vor anderthalb Stunden", "05-21T14:40", "05-21T15:40"),
    ("vor einer halben Stunde", "05-21T15:40", "05-21T16:40"),
    ("in den letzten zwei Stunden", "05-21T14:40", "05-21T16:40"),
    ("in den letzten Tagen", "05-14T16:40", "05-21T16:40"),
    ("von Montag bis Mittwoch", "05-18", "05-21"),
    ("vom 4. bis 8. Mai", "05-04", "05-09"),
    ("vom 4. bis zum 8. Mai", "05-04", "05-09"),
    ("zwischen 9 und halb elf am Montag", "05-18T09:00", "05-18T10:30"),
    ("gestern von 9 bis 11", "05-20T09:00", "05-20T11:00"),
    ("am 4.", "05-04", "05-05"),
    ("am 4.5.", "05-04", "05-05"),
    ("am Montag, dem 4. Mai", "05-04", "05-05"),
    ("heute Nacht", "05-20T20:00", "05-21T04:00"),
    ("letzte Nacht", "05-20T20:00", "05-21T04:00"),
    ("gestern früh", "05-20T04:00", "05-20T10:00"),
    ("Montag früh", "05-18T04:00", "05-18T10:00"),
    ("am Dienstagabend", "05-19T17:00", "05-20"),
    ("spät am Abend des 4. Mai", "05-04T17:00", "05-05"),
    ("gestern vor dem Mittagessen", "05-20T09:00", "05-20T13:00"),
    ("in der Mittagspause", "05-21T11:30", "05-21T14:00"),
    ("um Mitternacht am Montag", "05-18T23:30", "05-19T00:30"),
    ("irgendwann im März", "03-01", "04-01"),
    ("ich glaube im März", "02-13T12:00", "04-16T12:00"),
    ("vielleicht am Dienstag", "05-18", "05-21"),
    ("am Dienstag oder so", "05-18", "05-21"),
    ("diese Woche", "05-18", "05-25"),
    ("im Jahr 2025", "2025-01-01", "2026-01-01"),
    ("um 8 Uhr abends am Montag", "05-18T20:00", "05-18T21:00"),
    ("am Montag um dreiviertel vier", "05-18T15:30", "05-18T16:00"),
    ("vor Montag", "", "05-18"),
    ("kürzlich", "05-07T16:40", "05-21T16:40"),
    ("heute Mittag", "05-21T11:30", "05-21T13:30"),
    ("am letzten Freitag im April", "04-24", "04-25"),
    ("vor dem 4. Mai", "", "05-04"),
    ("nach 15 Uhr gestern", "05-20T15:00", "05-21"),
]


def in_full(short: str) -> str:
    """A time of the tables as ISO 8601 has it."""
    dated = short if len(short.split("T")[0]) > 5 else f"2026-{short}"
    return dated if "T" in dated else f"{dated}T00:00"


@pytest.mark.parametrize(("phrase", "since", "until"), [*ENGLISH, *GERMAN])
def test_ordinary_phrases(phrase: str, since: str, until: str) -> None:
    times = find_times(phrase, NOW)
    assert times.span is not None
    assert (times.span.since.isoformat()[:16] if times.span.since else "") == (since and in_full(since))
    assert (times.span.until.isoformat()[:16] if times.span.until else "") == (until and in_full(until))
    assert times.rest == ""


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
        "tomorrow morning",
        "übermorgen",
        "nächsten Montag",
        "nächste Woche",
        "in drei Tagen",
        "next summer",
        "this weekend",
        "every Friday",
        "on Mondays",
        "jeden Montag",
        "the night ferry",
        "on the 4th floor",
        "am 4. Stock",
        "in Spring Boot",
        "im Fall eines Fehlers",
        "a quarter of them",
        "Q5",
        "the Christmas party",
        "which film will be shown on Monday",
        "wann findet das Rennen am Freitag statt",
        "half of it",
        "on so many screens",
        "ich bin am So-und-so",
        "the week",
        "version 2.5",
        "10.0.0.12",
        "at 5 places",
        "from 3 to 5 percent",
        "5 to 12 percent",
        "the last one",
        "last minute changes",
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
@pytest.mark.parametrize("phrase", [row[0] for row in (*TABLE, *ENGLISH, *GERMAN)])
def test_at_the_ends_of_the_calendar_a_phrase_may_name_nothing(phrase: str, now: str) -> None:
    at = datetime.fromisoformat(now)
    span = find_times(phrase, at).span
    assert span is None or span.since is None or span.until is None or span.since <= span.until
