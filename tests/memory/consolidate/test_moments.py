"""Folding: what is one screen and what is not, and that the order of settling changes nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from memory.consolidate.moments import LONGEST, Fold, folded, folds, merged, plain_title
from memory.records import MomentText
from tests.support.moments import Screen, at, prose

MAIL_LIST = [
    f"{name} wrote to you" for name in ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Greta", "Hugo")
]


def fold_of(*moments: MomentText) -> tuple[Fold, ...]:
    return folds(moments)


def test_typing_folds_and_keeps_every_word() -> None:
    screen = Screen()
    typed = [
        screen.shows("*note.md - Editor", ["# Plan", *lines], start=at(i / 10))
        for i, lines in enumerate(
            (["Call"], ["Call Mara"], ["Call Mara at ten", "Buy"], ["Call Mara at ten", "Buy bread"])
        )
    ]
    saved = screen.shows("note.md - Editor", ["# Plan", "Call Mara at ten", "Buy bread"], start=at(1))
    assert fold_of(*typed, saved) == (Fold(1, (2, 3, 4, 5)),)
    whole = merged(typed[0], [*typed[1:], saved])
    read = {row.line.text for text in (*typed, saved) for row in text.lines}
    assert {row.line.text for row in whole.lines} == read
    assert (whole.moment.start, whole.moment.end) == (at(0), saved.moment.end)
    assert whole.moment.frames == 5
    assert len(whole.moment.origins) == 5


def test_scrolling_by_a_few_lines_folds_though_most_tiles_change() -> None:
    screen = Screen()
    page = prose("The heron", 40)
    first = screen.shows("Herons", page[:25], start=at(0))
    second = screen.shows("Herons", page[2:27], start=at(0.2), change=0.45)
    assert fold_of(first, second) == (Fold(1, (2,)),)


def test_scrolling_by_a_page_does_not_fold() -> None:
    screen = Screen()
    page = prose("The heron", 40)
    first = screen.shows("Herons", page[:20], start=at(0))
    second = screen.shows("Herons", page[20:], start=at(0.2), change=0.45)
    assert fold_of(first, second) == ()


def test_another_mail_in_the_same_layout_never_folds() -> None:
    screen = Screen()
    first = screen.shows(
        "Inbox - Mail", [*MAIL_LIST, "Invoice 17", "Please pay by Friday.", "Anna"], start=at(0)
    )
    second = screen.shows(
        "Inbox - Mail", [*MAIL_LIST, "Lunch", "Shall we eat?", "Bruno"], start=at(0.1), change=0.03
    )
    assert fold_of(first, second) == ()


def test_a_document_that_differs_in_a_number_alone_never_folds() -> None:
    screen = Screen()
    first = screen.shows("Invoices", [*MAIL_LIST, "Invoice HS-2026-0117 of 3 March"], start=at(0))
    second = screen.shows(
        "Invoices", [*MAIL_LIST, "Invoice HS-2026-0118 of 3 March"], start=at(0.1), change=0.004
    )
    assert fold_of(first, second) == ()


def test_another_chat_room_below_the_same_title_never_folds() -> None:
    screen = Screen()
    rooms = ["#general", "#field", "#random"]
    first = screen.shows("Chat", [*rooms, "Field", "Anna: the ice is thin", "Bruno: take care"], start=at(0))
    second = screen.shows(
        "Chat", [*rooms, "Random", "Carla: cake!", "Dario: where?"], start=at(0.1), change=0.05
    )
    assert fold_of(first, second) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Other", "start": at(0.2)},
        {"title": "Page", "start": at(0.2), "app": "Viewer"},
        {"title": "Page", "start": at(0.2), "url": "https://a.example/2"},
        {"title": "Page", "start": at(0.2), "monitor": 1},
        {"title": "Page", "start": at(0.2), "single": True},
        {"title": "Page", "start": at(0.2), "change": 0.6},
        {"title": "Page", "start": at(6)},
    ],
)
def test_what_parts_equal_texts(other: dict[str, object]) -> None:
    screen = Screen()
    lines = prose("The mill")
    first = screen.shows("Page", lines, start=at(0), url="https://a.example/1" if "url" in other else None)
    second = screen.shows(lines=lines, **other)  # type: ignore[arg-type]
    assert fold_of(first, second) == ()


def test_monitors_fold_by_themselves() -> None:
    screen = Screen()
    lines = prose("The mill")
    moments = [screen.shows("Page", lines, start=at(i / 10), monitor=i % 2) for i in range(6)]
    assert fold_of(*moments) == (Fold(1, (3, 5)), Fold(2, (4, 6)))


def test_a_picture_without_text_folds_only_when_nearly_nothing_changed() -> None:
    screen = Screen()
    first = screen.shows("Photo", start=at(0))
    same = screen.shows("Photo", start=at(0.1), change=0.01)
    other = screen.shows("Photo", start=at(0.2), change=0.05)
    assert fold_of(first, same, other) == (Fold(1, (2,)),)


def test_a_clock_in_the_window_does_not_part_it() -> None:
    screen = Screen()
    first = screen.shows("Board", ["09:59", *prose("Level")], start=at(0))
    second = screen.shows("Board", ["10:00", *prose("Level")], start=at(1), change=0.002)
    assert fold_of(first, second) == (Fold(1, (2,)),)


def test_the_end_of_the_last_frame_counts_for_the_five_minutes() -> None:
    screen = Screen()
    lines = prose("The mill")
    first = screen.shows("Page", lines, start=at(0))
    second = screen.shows("Page", lines, start=at(4), seconds=90)
    assert fold_of(first, second) == ()


def test_a_clock_that_was_set_back_parts() -> None:
    screen = Screen()
    lines = prose("The mill")
    assert fold_of(screen.shows("Page", lines, start=at(60)), screen.shows("Page", lines, start=at(1))) == ()


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("*todo.md - Editor", "todo.md - Editor"),
        ("Inbox (4) - Mail", "Inbox - Mail"),
        ("(2) Chat", "Chat"),
        ("f(x)", "f(x)"),
    ],
)
def test_marks_and_counters_are_no_part_of_a_title(title: str, plain: str) -> None:
    assert plain_title(title) == plain


def wandering(seed: int, moments: int = 120) -> list[MomentText]:
    """A user who types, scrolls, switches and goes away, on two monitors."""
    chance = random.Random(seed)
    screen = Screen()
    pages = {title: prose(title, 40) for title in ("Heron", "Otter", "Beaver")}
    places = dict.fromkeys(pages, 0)
    made, minutes, title, typed = [], 0.0, "Heron", "It"
    for _ in range(moments):
        minutes += chance.choice([0.05, 0.1, 0.5, 1, 4, 7])
        if chance.random() < 0.2:
            title = chance.choice(list(pages))
        places[title] = min(18, places[title] + chance.choice([0, 0, 0, 1, 2, 9]))
        typed += chance.choice(["", " rains", " pours", "."])
        lines = [*pages[title][places[title] : places[title] + 20], typed[-60:]]
        change = chance.choice([0.0, 0.01, 0.05, 0.3])
        monitor = chance.choice([0, 0, 0, 1])
        made.append(screen.shows(title, lines, start=at(minutes), seconds=3, monitor=monitor, change=change))
    return made


def settled(moments: Sequence[MomentText]) -> tuple[MomentText, ...]:
    return folded(moments, folds(moments))


@pytest.mark.parametrize("seed", range(20))
def test_twice_in_parts_or_in_one_go_is_the_same(seed: int) -> None:
    moments = wandering(seed)
    whole = settled(moments)
    assert len(whole) < len(moments)
    assert folds(whole) == ()
    for cut in range(0, len(moments), 17):
        assert settled([*settled(moments[:cut]), *moments[cut:]]) == whole
    backwards = list(reversed(moments))
    assert folds(backwards) == folds(moments)


@pytest.mark.parametrize("seed", range(20))
def test_no_word_is_lost_and_no_two_frames_are_further_apart_than_five_minutes(seed: int) -> None:
    moments = wandering(seed)
    by_id = {text.moment.id: text for text in moments}
    for fold in folds(moments):
        parts = [by_id[id] for id in (fold.into, *fold.gone)]
        whole = merged(parts[0], parts[1:])
        assert whole.moment.end - whole.moment.start <= LONGEST
        assert {row.line.text for row in whole.lines} == {
            row.line.text for part in parts for row in part.lines
        }
        assert len({row.line.text for row in whole.lines}) == len(whole.lines)


def test_the_newest_of_each_monitor_and_what_follows_are_enough() -> None:
    moments = wandering(3)
    half = settled(moments[:60])
    last = {text.moment.monitor: text for text in sorted(half, key=lambda text: text.moment.id)}
    fresh = folds([*last.values(), *moments[60:]])
    assert fresh == folds([*half, *moments[60:]])
