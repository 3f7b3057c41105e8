"""Where a value was read, and of what."""

from __future__ import annotations

from memory.consolidate.episodes import group
from memory.consolidate.sightings import Sighting, Sightings, episode_of_each
from memory.records import MomentText
from tests.support.moments import Screen, at


def seen_in(text: MomentText) -> list[Sighting]:
    return list(Sightings([text], group([text])).of(text))


def test_a_sighting_knows_its_line_subject_context_and_stretch() -> None:
    text = Screen().shows("~/trip.md - Editor", ["Seat 18 in coach 9"], start=at(0))
    (seen,) = (one for one in seen_in(text) if one.value == "18")
    assert seen.subject == "trip.md"
    assert seen.row.line.text == "Seat 18 in coach 9"
    assert seen.context == ("Editor", "~/trip.md")
    assert seen.stretch == 1


def test_the_head_of_a_column_is_no_label_of_what_stands_below() -> None:
    screen = Screen()
    head = screen.shows("Builds", ["Started by", "Status"], start=at(0), top=100)
    left, right = head.lines
    flat = right.line.__class__("Status", (200, 100, 60, 16), 0.9, None)
    below = left.line.__class__("Passed", (200, 120, 60, 16), 0.9, None)
    rows = (
        left,
        right.__class__(right.id, right.frame, 1, flat),
        right.__class__(right.id + 1, right.frame, 2, below),
    )
    assert seen_in(MomentText(head.moment, rows, 1.0, False)) == []


def test_a_paragraph_that_wraps_is_read_on() -> None:
    lines = [
        "had her hull rebuilt there. The first crossing is planned for",
        "Saturday 2 May at 22:40; it takes long",
    ]
    (seen,) = seen_in(Screen().shows("Ferry", lines, start=at(0)))
    assert (seen.relation, seen.mention.value) == ("first crossing is planned", "Saturday 2 May at 22:40")


def test_moments_know_their_episode() -> None:
    screen = Screen()
    moments = [screen.shows("A", ["heron"], start=at(0)), screen.shows("B", ["otter"], start=at(60))]
    assert episode_of_each(group(moments)) == {1: 0, 2: 1}
