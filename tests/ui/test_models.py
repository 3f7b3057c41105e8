"""What is shown, apart from how: the loaded stretch, results, lines, rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from memory.records import Changes, Line, Query, Rule
from tests.support.fakes import NOW, FakeMemory
from ui.models import FAR, Gather, Lines, Results, Stretch, day_bounds, settle_rules
from ui.span import DAY, View, day_view, midnight
from ui.tasks import Tasks

TODAY = NOW.date()


@pytest.fixture
def stretch(qtbot: QtBot, tasks: Tasks) -> Stretch:
    made = Stretch(tasks)
    made.load_days(lambda: None)
    made.need(day_view(TODAY, 1000.0))
    qtbot.waitUntil(lambda: bool(made.moments) and made.known)
    return made


def test_it_loads_what_is_looked_at_and_some_more(stretch: Stretch) -> None:
    days = {moment.start.date() for moment in stretch.moments}
    assert days == {TODAY, TODAY - timedelta(days=1)}
    assert len(stretch.days) == 3


def test_what_is_here_is_not_asked_for_again(qtbot: QtBot, stretch: Stretch) -> None:
    stretch.need(day_view(TODAY, 1000.0).zoomed(0.5, midnight(TODAY)))
    assert not stretch.busy
    stretch.need(View(midnight(TODAY) - 3 * DAY, DAY, 1000.0))
    assert stretch.busy
    qtbot.waitUntil(lambda: not stretch.busy)
    assert {moment.start.date() for moment in stretch.moments} == {TODAY - timedelta(days=2)}


def test_far_views_load_no_moments(stretch: Stretch) -> None:
    stretch.need(View(0.0, FAR + DAY, 1000.0))
    assert not stretch.busy


def test_nearest_and_neighbours(stretch: Stretch) -> None:
    third = stretch.of_day(TODAY)[2]
    assert stretch.nearest(third.start.timestamp() + 1) == third
    before, after = stretch.beside(third.id, -1), stretch.beside(third.id, 1)
    assert before is not None
    assert after is not None
    assert before.start < third.start < after.start
    assert stretch.beside(stretch.moments[-1].id, 1) is None
    assert stretch.day_beside(TODAY, -1) == TODAY - timedelta(days=1)
    assert stretch.day_beside(TODAY, 1) is None


def test_slices_reach_into_the_span(stretch: Stretch) -> None:
    fifth = stretch.of_day(TODAY)[4]
    inside = stretch.slice(fifth.start.timestamp() + 5, fifth.start.timestamp() + 6)
    assert inside == (fifth,)


def test_episodes_are_walked_by_where_they_begin(stretch: Stretch) -> None:
    start = stretch.of_day(TODAY)[0].start
    after = stretch.episode_beside(start, 1)
    assert after is not None
    assert after > start
    assert stretch.episode_beside(after, -1) == start


def test_a_moment_belongs_to_an_episode(stretch: Stretch) -> None:
    episode = stretch.episode_of(stretch.moments[0].id)
    assert episode is not None
    assert stretch.moments[0].id in episode.moments


def test_a_failure_is_told_and_asked_again_later(qtbot: QtBot, tasks: Tasks, fake: FakeMemory) -> None:
    made = Stretch(tasks)
    fake.broken = True
    with qtbot.waitSignal(tasks.troubled):
        made.need(day_view(TODAY, 1000.0))
    fake.broken = False
    made.need(day_view(TODAY, 1000.0))
    qtbot.waitUntil(lambda: bool(made.moments))


def test_a_result_is_read_aloud_as_a_sentence(fake: FakeMemory) -> None:
    found = fake.search(Query("lantern deposit", NOW))
    model = Results(lambda: NOW)
    model.show(found.results, frozenset())
    said = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    first = found.results[0]
    assert first.moment.app in said
    assert first.snippet in said
    assert model.rowCount() == len(found.results)


def test_lines_are_narrowed_case_folded() -> None:
    model = Lines()
    model.show((Line("Rent of the Shed", (0, 0, 1, 1)), Line("tea", (0, 0, 1, 1))))
    model.narrow("shed")
    assert [model.data(model.index(n, 0)) for n in range(model.rowCount())] == ["Rent of the Shed"]
    model.narrow("")
    assert model.rowCount() == 2


def test_rules_become_what_is_wanted_and_the_rest_is_left_alone(fake: FakeMemory) -> None:
    kept = fake.rules()[0]
    settle_rules(fake, (kept, Rule("title", "diary")))
    assert [(rule.pattern, rule.id) for rule in fake.rules()] == [(kept.pattern, kept.id), ("diary", 102)]


def test_changes_of_a_short_while_are_one(qtbot: QtBot) -> None:
    holder = QObject()
    gather = Gather(20, holder)
    passed: list[Changes] = []
    gather.passed.connect(passed.append)
    for what in ("frames", "moments", "frames"):
        gather.note(Changes(1, (what,)))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(passed))
    assert [change.what for change in passed] == [("frames", "moments")]


def test_a_day_has_its_own_length() -> None:
    start, end = day_bounds(NOW)
    assert (start.date(), end.date()) == (TODAY, TODAY + timedelta(days=1))
    autumn = date(2026, 10, 25)
    first, last = day_bounds(NOW.replace(month=10, day=25))
    assert first.date() == autumn
    assert last.timestamp() - first.timestamp() == 25 * 3600
