"""Episodes: every moment in one, spans apart, the same whatever the order of the input."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from memory.records import MomentText
from tests.support.moments import Screen, at, prose
from tests.support.settled import Memory, group


def days(seed: int) -> list[MomentText]:
    """Three days of one user at two monitors, with breaks."""
    chance = random.Random(seed)
    screen = Screen()
    things = {name: prose(name, 30) for name in ("Heron", "Otter", "Train", "Ring", "Bread")}
    made = []
    for day in range(3):
        minutes = 0.0
        while minutes < 300:
            name = chance.choice(list(things))
            for _ in range(chance.randint(1, 12)):
                lines = chance.sample(things[name], 12)
                app = chance.choice(["Editor", "Viewer"])
                seconds = chance.choice([1, 20, 200])
                monitor = chance.choice([0, 0, 1])
                title = f"{name} - {app}"
                made.append(
                    screen.shows(
                        title, lines, start=at(minutes, day), seconds=seconds, app=app, monitor=monitor
                    )
                )
                minutes += chance.choice([0.2, 1, 2])
            minutes += chance.choice([0.1, 4, 12, 40])
    return made


@pytest.mark.parametrize("seed", range(8))
def test_every_moment_is_in_one_episode_and_spans_do_not_overlap(seed: int) -> None:
    moments = days(seed)
    episodes = group(moments)
    memory = Memory()
    memory.settle(moments)
    assert sorted(id for episode in episodes for id in episode.moments) == sorted(
        text.moment.id for text in memory.moments
    )
    assert all(episode.level == "episode" and episode.title and episode.gist for episode in episodes)
    spans = sorted(span for episode in episodes for span in episode.spans)
    assert all(start <= end for start, end in spans)
    assert all(end <= following for (_, end), (following, _) in pairwise(spans))
    starts = {text.moment.id: text.moment.start for text in moments}
    for episode in episodes:
        assert all(any(a <= starts[id] <= b for a, b in episode.spans) for id in episode.moments)
        assert set(episode.key_moments) <= set(episode.moments)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_input_changes_nothing(seed: int) -> None:
    moments = days(seed)
    shuffled = random.Random(99).sample(moments, len(moments))
    assert group(shuffled) == group(moments)


def test_an_activity_resumed_on_another_day_is_one_episode_with_two_spans() -> None:
    screen = Screen()
    moments = [
        screen.shows("heron.odt", prose("The heron"), start=at(0), seconds=60),
        screen.shows("Trains", ["Velden 09:11", "Platform two", "Coach nine"], start=at(40)),
        screen.shows("heron.odt", prose("The heron"), start=at(0, day=1), seconds=60),
    ]
    first, second = group(moments)
    assert first.spans == ((at(0), at(1)), (at(0, day=1), at(1, day=1)))
    assert first.moments == (1, 3)
    assert second.moments == (2,)


def test_nothing_gives_nothing() -> None:
    assert group([]) == ()


def test_midnight_ends_a_span_and_the_activity_goes_on() -> None:
    screen = Screen()
    late = 15 * 60 - 2
    moments = [
        screen.shows("heron.odt", prose("The heron", 12), start=at(late), seconds=240),
        screen.shows("heron.odt", prose("The heron", 20)[8:], start=at(late + 5), seconds=60),
        screen.shows("Trains", ["Velden 09:11", "Platform two", "Coach nine"], start=at(60)),
    ]
    trains, heron = group(moments)
    midnight = at(15 * 60)
    assert heron.spans == ((at(late), midnight), (at(late + 5), at(late + 6)))
    assert trains.moments == (3,)


def test_a_short_look_at_something_else_is_noted_and_cuts_nothing() -> None:
    screen = Screen()
    moments = [
        screen.shows("heron.odt", prose("The heron"), start=at(0), seconds=200),
        screen.shows("Lunch? - Chat", ["Soup at noon?"], start=at(4), seconds=20, app="Chat"),
        screen.shows("heron.odt", prose("The heron"), start=at(5), seconds=200),
    ]
    (episode,) = group(moments)
    (look,) = episode.interruptions
    assert (look.app, look.title, look.start) == ("Chat", "Lunch? - Chat", at(4))


def test_who_and_what_took_part_is_told_those_seen_longest_first() -> None:
    screen = Screen()
    lines = ["Ines Caldeira <ines@a.example>", *prose("The heron", 10)]
    moments = [
        screen.shows("Inbox - Mail", lines, start=at(0), seconds=20, url="https://mail.a.example/1"),
        screen.shows("~/heron.md - Editor", prose("The heron"), start=at(1), seconds=100),
        screen.shows("~/otter.md - Editor", prose("The heron"), start=at(3), seconds=10),
    ]
    (episode,) = group(moments)
    assert episode.people == ("Ines Caldeira",)
    assert episode.sites == ("mail.a.example",)
    assert episode.files == ("heron.md", "otter.md")


def test_interleaved_activities_are_two_episodes_that_were_resumed() -> None:
    screen = Screen()
    moments = []
    for turn, word in enumerate(["heron", "train"] * 2):
        for n in range(12):
            lines = [f"{word}{k} {word}s{k} along the {word}way" for k in range(n, n + 10)]
            start = at(6 * turn + n / 2)
            moments.append(screen.shows(f"{word}.odt", lines, start=start, seconds=29, change=0.5))
    heron, trains = group(moments)
    assert [start for start, _ in heron.spans] == [at(0), at(12)]
    assert [start for start, _ in trains.spans] == [at(6), at(18)]
