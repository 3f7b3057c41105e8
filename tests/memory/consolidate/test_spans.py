"""Where one activity ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from memory.consolidate.spans import stretches
from memory.consolidate.words import Furniture
from memory.records import MomentText
from tests.support.moments import Screen, at, prose


def cut(*moments: MomentText) -> list[list[int]]:
    return [[text.moment.id for text in part] for part in stretches(moments, Furniture(moments))]


def work(screen: Screen, title: str, begin: float, minutes: int) -> Sequence[MomentText]:
    """A look every half minute at one window."""
    lines = [f"{title} {title}{n}" for n in range(20)]
    return [screen.shows(title, lines, start=at(begin + i / 2)) for i in range(2 * minutes)]


def test_the_same_window_goes_on_after_ten_minutes_and_not_after_twenty() -> None:
    screen = Screen()
    moments = [screen.shows("note.md", prose("note"), start=at(minute)) for minute in (0, 10, 31)]
    assert cut(*moments) == [[1, 2], [3]]


def test_another_window_after_three_minutes_is_another_activity_after_one_it_is_not() -> None:
    screen = Screen()
    moments = [
        screen.shows("calendar", prose("week"), start=at(0)),
        screen.shows("note.md", prose("note"), start=at(1)),
        screen.shows("Mail", prose("mail"), start=at(4.5)),
    ]
    assert cut(*moments) == [[1, 2], [3]]


def test_without_a_gap_lasting_change_of_windows_cuts() -> None:
    screen = Screen()
    moments = [*work(screen, "report.odt", 0, 10), *work(screen, "holidays", 10, 10)]
    assert [len(part) for part in cut(*moments)] == [20, 20]


def test_a_short_interruption_cuts_nothing() -> None:
    screen = Screen()
    moments = [
        *work(screen, "report.odt", 0, 10),
        *work(screen, "chat", 10, 2),
        *work(screen, "report.odt", 12, 10),
    ]
    assert len(cut(*moments)) == 1


def test_two_windows_of_one_thing_are_one_activity() -> None:
    screen = Screen()
    heron = prose("The heron")
    moments = [screen.shows("heron.odt", heron, start=at(i / 2)) for i in range(12)]
    moments += [screen.shows("Herons", heron, start=at(6 + i / 2), app="Viewer") for i in range(12)]
    assert len(cut(*moments)) == 1


def test_nothing_gives_nothing() -> None:
    assert cut() == []
