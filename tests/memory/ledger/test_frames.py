"""Frames: how they make and join moments, and where their pictures lie."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from memory.errors import Bug, NotFound
from memory.ledger import days, frames, moments, vectors
from memory.ledger.connection import Ledger, Writer
from memory.records import Frame, Window
from tests.support.builders import NINE, a_frame, a_kept_frame, a_look, some_vectors


def add(db: Writer, *given: Frame) -> list[int]:
    """The moments that these frames come to."""
    return [frames.moment_of(db, frames.add(db, frame, None)) for frame in given]


def test_what_is_new_opens_a_moment(ledger: Ledger) -> None:
    with ledger.writing() as db:
        assert add(db, a_frame(0), a_frame(2), a_frame(4)) == [1, 2, 3]


def test_what_is_not_new_joins_the_moment_before(ledger: Ledger) -> None:
    with ledger.writing() as db:
        assert add(db, a_frame(0), a_frame(2, new=False), a_frame(300, new=False)) == [1, 1, 1]
        moment = moments.get(db, 1)
    assert (moment.start, moment.end) == (NINE, NINE + timedelta(seconds=300))
    assert moment.frames == 3


def test_more_than_five_minutes_apart_never_share_a_moment(ledger: Ledger) -> None:
    with ledger.writing() as db:
        assert add(db, a_frame(0), a_frame(300, new=False), a_frame(300.001, new=False)) == [1, 1, 2]
        assert add(db, a_frame(600, new=False), a_frame(601, new=False)) == [2, 3]


def test_a_first_frame_opens_a_moment_even_if_nothing_is_new(ledger: Ledger) -> None:
    with ledger.writing() as db:
        assert add(db, a_frame(0, new=False)) == [1]


def test_monitors_are_streams_of_their_own(ledger: Ledger) -> None:
    with ledger.writing() as db:
        got = add(
            db,
            a_frame(0, monitor=0),
            a_frame(1, monitor=1),
            a_frame(2, monitor=0, new=False),
            a_frame(3, monitor=1, new=False),
            a_frame(4, monitor=2, new=False),
        )
    assert got == [1, 2, 1, 2, 3]


def test_an_import_while_it_records_is_a_stream_of_its_own(ledger: Ledger) -> None:
    with ledger.writing() as db:
        got = add(
            db,
            a_frame(0, origin="1.webp"),
            a_frame(1),
            a_frame(2, origin="2.webp", new=False),
            a_frame(3, new=False),
        )
    assert got == [1, 2, 1, 2]


def test_a_single_frame_joins_nothing_and_nothing_joins_it(ledger: Ledger) -> None:
    with ledger.writing() as db:
        got = add(db, a_frame(0), a_frame(1, single=True), a_frame(2, new=False))
        assert frames.shown_before(db, 2, 9) == ()
    assert got == [1, 2, 1]


def test_a_clock_that_is_set_back_a_little_stretches_the_moment(ledger: Ledger) -> None:
    with ledger.writing() as db:
        assert add(db, a_frame(0), a_frame(-10, new=False)) == [1, 1]
        assert moments.get(db, 1).start == NINE - timedelta(seconds=10)
        assert add(db, a_frame(-3600, new=False)) == [2]


def test_a_settled_moment_that_goes_on_is_unsettled(ledger: Ledger) -> None:
    with ledger.writing() as db:
        add(db, a_frame(0))
        moments.settle(db, [1])
        assert moments.count_unsettled(db) == 0
        add(db, a_frame(1, new=False))
        assert moments.count_unsettled(db) == 1


def test_what_is_known_of_a_frame(ledger: Ledger) -> None:
    at = datetime(2026, 3, 2, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5, minutes=-30)))
    windows = (Window("a", "behind", 0, 0, 5, 5, 0), Window("b", "front", -3, 1, 2, 2, 1))
    with ledger.writing() as db:
        id = frames.add(
            db,
            a_frame(
                at=at,
                app="b",
                title="front",
                url="https://x.example/",
                windows=windows,
                origin="o",
                change=0.25,
            ),
            None,
        )
        row = frames.meta_of(db, id)
    assert row.at.isoformat() == "2026-03-02T23:30:00.123000-05:30"
    assert (row.app, row.title, row.url, row.origin) == ("b", "front", "https://x.example/", "o")
    assert (row.width, row.height, row.monitor, row.change) == (1280, 800, 0, 0.25)
    assert (row.kept, row.single, row.moment) == (True, False, 1)
    assert row.windows == windows


def test_a_frame_without_windows_or_focus(ledger: Ledger) -> None:
    with ledger.writing() as db:
        row = frames.meta_of(db, frames.add(db, a_frame(windows=None, active=None), None))
    assert (row.app, row.title, row.windows) == ("", "", ())


def test_what_is_not_there_is_told(ledger: Ledger) -> None:
    with ledger.reading() as db:
        with pytest.raises(NotFound):
            frames.meta_of(db, 1)
        with pytest.raises(NotFound):
            frames.moment_of(db, 1)
        assert frames.picture_of(db, 1) is None
        assert frames.shown_before(db, 1, 9) == ()


def test_the_same_frame_is_known(ledger: Ledger) -> None:
    kept, counted, other = a_frame(0), a_frame(1, new=False), a_frame(2)
    with ledger.writing() as db:
        add(db, kept, counted)
        digests = [frame.digest for frame in (kept, counted, other)]
        assert frames.known(db, digests) == {kept.digest: True, counted.digest: False}
        assert frames.known(db, []) == {}
        many = [n.to_bytes(32, "big") for n in range(25_000)]
        assert frames.known(db, [*many, kept.digest]) == {kept.digest: True}
    with pytest.raises(Bug), ledger.writing() as db:
        frames.add(db, kept, None)
    with ledger.reading() as db:
        assert frames.count(db) == 2


def test_the_frames_kept_before(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for frame in (
            a_frame(0),
            a_frame(1, monitor=1),
            a_frame(2, new=False),
            a_frame(3),
            a_frame(4, origin="o"),
            a_frame(5),
        ):
            frames.add(db, frame, None)
        assert [frames.shown_before(db, id, 9) for id in range(1, 7)] == [(), (), (1,), (1,), (), (4, 1)]
        assert frames.shown_before(db, 6, 1) == (4,)


# ------------------------------------------------------------------ pictures


def test_a_picture_needs_the_salt_of_its_day(ledger: Ledger) -> None:
    with pytest.raises(Bug), ledger.writing() as db:
        frames.add(db, a_frame(), "name")
    with ledger.writing() as db:
        days.ensure(db, "2026-03-02")
        frames.add(db, a_frame(), "name")
        assert frames.picture_of(db, 1) == ("2026-03-02", "name")


def test_a_picture_lies_in_the_day_of_then(ledger: Ledger) -> None:
    """Shortly after midnight there is still the day before in the east of it."""
    late = datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    with ledger.writing() as db:
        id = a_kept_frame(db, a_frame(at=late), [], "name")
        place = frames.picture_of(db, id)
    assert place is not None
    assert place[0] == "2026-03-02"


def test_pictures_are_replaced_and_dropped(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one, two = (a_kept_frame(db, a_frame(n), [], "name") for n in (0, 1))
        vectors.add(db, "picture", [a_look(db, one), a_look(db, two)], some_vectors(2))
        frames.set_picture(db, one, "smaller")
        assert frames.picture_of(db, one) == ("2026-03-02", "smaller")
        assert frames.drop_picture(db, one) == (1,)
        assert frames.picture_of(db, one) is None
        assert vectors.without(db, "picture", "test") == ()
        assert vectors.count(db, "picture", "test") == 1
        assert frames.pictures_all(db) == {frames.picture_of(db, two)}
        assert not moments.get(db, 1).picture
        with pytest.raises(NotFound):
            frames.set_picture(db, one, "again")


def test_a_moment_whose_best_picture_is_dropped_shows_another(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one, two = (a_kept_frame(db, a_frame(n), [], "name") for n in (0, 1))
        moments.fold(db, 1, [2])
        assert moments.best_frame(db, 1) == one
        frames.drop_picture(db, one)
        assert moments.best_frame(db, 1) == two
        assert moments.picture_of(db, 1) == frames.picture_of(db, two)


def test_sizes_of_frames_that_are_there(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one = frames.add(db, a_frame(0), None)
        other = frames.add(db, a_frame(2, width=0, height=0), None)
        assert frames.sizes(db, (one, other, 99)) == {one: (1280, 800), other: (0, 0)}
