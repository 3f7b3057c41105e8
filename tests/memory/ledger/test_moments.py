"""Moments: looked up through their aliases, folded without losing a word, settled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from memory.errors import NotFound
from memory.ledger import episodes, facts, frames, jobs, moments, readings, search, vectors
from memory.ledger.check import check
from memory.ledger.connection import Ledger
from memory.records import FactDraft, Passage, Window
from tests.support.builders import NINE, a_frame, a_kept_frame, some_episodes, some_vectors

MONDAY = 20514  # 2026-03-02


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def test_a_moment_is_what_its_frames_say(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0, url="https://x.example/", origin="a.webp"), ["x"])
        frames.add(db, a_frame(10, origin="b.webp", new=False), None)
        frames.add(db, a_frame(20, origin="c.webp", new=False), None)
        moment = moments.get(db, 1)
    assert (moment.start, moment.end) == (at(0), at(20))
    assert (moment.app, moment.title, moment.url) == ("mousepad", "notes", "https://x.example/")
    assert moment.origins == ("a.webp", "b.webp", "c.webp")
    assert (moment.frames, moment.picture, moment.monitor) == (3, True, 0)


def test_a_moment_that_is_not_there(ledger: Ledger) -> None:
    with ledger.reading() as db:
        with pytest.raises(NotFound):
            moments.get(db, 1)
        with pytest.raises(NotFound):
            moments.whole(db, 1)
        assert moments.many(db, [1, 2]) == {}
        assert moments.best_frame(db, 1) is None
        assert moments.picture_of(db, 1) is None
        assert moments.texts(db, [1]) == {1: ()}


def test_moments_that_touch_a_span(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for start, end in ((0, 250), (300, 300), (400, 410), (500, 500)):
            frames.add(db, a_frame(start), None)
            if end > start:
                frames.add(db, a_frame(end, new=False), None)

        def ids(since: float | None, until: float | None) -> list[int]:
            span = (None if since is None else at(since), None if until is None else at(until))
            return [moment.id for moment in moments.between(db, *span)]

        assert ids(None, None) == [1, 2, 3, 4]
        assert ids(100, 200) == [1]
        assert ids(250, 300) == [1]
        assert ids(251, 300) == []
        assert ids(300, 301) == [2]
        assert ids(405, None) == [3, 4]
        assert ids(None, 400) == [1, 2]
        assert ids(600, 700) == []


def test_moments_around_one_are_the_nearest_of_its_monitor(ledger: Ledger) -> None:
    with ledger.writing() as db:
        at = (0, 60, 100, 160, 170, 400)
        ids = [
            frames.moment_of(db, a_kept_frame(db, a_frame(s, title=f"t{s}", change=1.0), [f"line {s}"]))
            for s in at
        ]
        apart = frames.moment_of(db, a_kept_frame(db, a_frame(105, title="b", monitor=1), ["other"]))
        alone = frames.moment_of(db, a_kept_frame(db, a_frame(110, title="c", single=True), ["single"]))
        near = moments.around(db, [ids[2], ids[5], alone, apart], 2, 120)
    assert near == {ids[2]: (ids[1], ids[0], ids[3], ids[4]), ids[5]: (), apart: ()}


def test_order_is_that_of_time_not_of_arrival(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for seconds in (1000, 0, 500):
            frames.add(db, a_frame(seconds), None)
        assert [moment.id for moment in moments.between(db, None, None)] == [2, 3, 1]


def test_days_are_those_of_then(ledger: Ledger) -> None:
    west = timezone(timedelta(hours=-8))
    with ledger.writing() as db:
        for when in (
            datetime(2026, 3, 2, 23, 0, tzinfo=west),
            datetime(2026, 3, 3, 1, 0, tzinfo=west),
            datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
        ):
            frames.add(db, a_frame(at=when), None)
        assert moments.days(db) == {"2026-03-02": 1, "2026-03-03": 2}


def test_whole_is_lines_windows_and_size_of_the_best_frame(ledger: Ledger) -> None:
    window = Window("mousepad", "notes", 0, 0, 640, 480, 0)
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), ["only here"], picture=None)
        a_kept_frame(db, a_frame(1, width=640, height=480, windows=(window,)), ["best", "both"])
        moments.fold(db, 1, [2])
        whole = moments.whole(db, 2)
    assert (whole.width, whole.height, whole.windows) == (640, 480, (window,))
    assert [(line.text, line.window) for line in whole.lines] == [
        ("best", 0),
        ("both", 0),
        ("only here", None),
    ]
    assert whole.moment.id == 1


# ------------------------------------------------------------------ folding


def test_folding_keeps_every_word_and_frame(ledger: Ledger) -> None:
    texts = [["one", "two"], ["two", "three"], ["three", "four", "one"], ["elsewhere"]]
    with ledger.writing() as db:
        for n, lines in enumerate(texts):
            a_kept_frame(db, a_frame(n * 10, title=f"title {n}", origin=f"{n}.webp"), lines)
        moments.fold(db, 2, [1, 3])
        moment = moments.get(db, 2)
        lines = [row.line.text for row in moments.texts(db, [2])[2]]
        for word in ("one", "two", "three", "four"):
            assert [id for id, _ in search.words(db, word, 9, None, None, None)] == [2]
        for n in range(3):
            assert search.words(db, f'title : "title {n}"', 9, None, None, None)
        assert [moment.id for moment in moments.between(db, None, None)] == [2, 4]
    assert sorted(lines) == ["four", "one", "three", "two"]
    assert (moment.start, moment.end, moment.frames) == (at(0), at(20), 3)
    assert moment.origins == ("0.webp", "1.webp", "2.webp")
    assert check(ledger) == ()


def test_a_folded_id_leads_to_the_one_that_took_it(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n in range(5):
            a_kept_frame(db, a_frame(n), [f"line {n}"])
        moments.fold(db, 2, [1])
        moments.fold(db, 3, [2, 4, 3])
        assert {id: moment.id for id, moment in moments.many(db, [1, 2, 3, 4, 5, 9]).items()} == {
            1: 3,
            2: 3,
            3: 3,
            4: 3,
            5: 5,
        }
        assert moments.get(db, 1) == moments.get(db, 3)
        assert len(moments.texts(db, [1])[1]) == 4
        assert moments.best_frame(db, 1) == 3
        assert moments.count(db) == 2


def test_a_fold_takes_a_picture_where_it_had_none(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), ["x"], picture=None)
        a_kept_frame(db, a_frame(1), ["y"])
        moments.fold(db, 1, [2])
        assert moments.get(db, 1).picture
        assert moments.best_frame(db, 1) == 2


def test_the_picture_with_most_text_stands_for_a_fold_with_all_its_lines(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n, lines in enumerate((["one"], ["one", "two"], ["two"])):
            a_kept_frame(db, a_frame(n), lines)
        moments.fold(db, 1, [2, 3])
        assert moments.best_frame(db, 1) == 2
        assert [row.line.text for row in readings.lines(db, 1)] == ["one"]
        assert [row.line.text for row in readings.lines(db, 2)] == ["one", "two"]
        assert readings.lines(db, 3) == ()
        assert [row.frame for row in moments.texts(db, [1])[1]] == [2, 2]
        assert [row.frame for row in readings.in_order(db, [1])[1]] == [1, 2]


def test_pictures_that_a_fold_made_spare(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n in range(3):
            a_kept_frame(db, a_frame(n), ["x"])
        moments.fold(db, 1, [2, 3])
        assert [frame for frame, _ in moments.spare_pictures(db, [1])] == [2, 3]
        for frame, place in moments.spare_pictures(db, [1]):
            assert frames.picture_of(db, frame) == place
            frames.drop_picture(db, frame)
        assert moments.spare_pictures(db, [1]) == ()
        assert moments.get(db, 1).picture


def test_what_rests_on_a_folded_moment_moves_along(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), ["the same", "first"])
        second = a_kept_frame(db, a_frame(1), ["the same", "second"])
        (passage,) = readings.add_passages(db, second, [Passage("second", (1,))])
        vectors.add(db, "passage", [passage], some_vectors(1))
        lines = {(row.frame, row.line.text): row.id for id in (1, 2) for row in readings.lines(db, id)}
        evidence = (
            (1, lines[1, "the same"], "the same"),
            (2, lines[2, "the same"], "the same"),
            (2, lines[2, "second"], "second"),
        )
        facts.replace(db, (), [FactDraft("k", "s", "s", "r", "v", 1.0, at(0), at(1), None, evidence)], at(1))
        some_episodes(db, ("t", "g", "mousepad", (1, 2)))
        moments.fold(db, 1, [2])
        (fact,) = facts.facts(db)
        (episode,) = episodes.between(db, None, None)
        assert readings.passages(db, [passage]) == {passage: (1, second, "second")}
    assert [(e.moment, e.quote, e.box is not None) for e in fact.evidence] == [
        (1, "the same", True),
        (1, "second", True),
    ]
    assert episode.moments == (1,)
    assert check(ledger) == ()


# ------------------------------------------------------------------ settling


def test_settling_takes_what_was_read(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0, change=0.5), ["x", "y"])
        waiting = frames.add(db, a_frame(1), None)
        db.run("insert into days values ('2026-03-02', x'00') on conflict do nothing")
        db.run("update frames set picture = 'p', day = '2026-03-02' where id = ?", waiting)
        jobs.add(db, "read", waiting)
        frames.add(db, a_frame(2, new=False, change=0.01), None)
        a_kept_frame(db, a_frame(3, single=True), ["z"], picture=None)
        read = moments.of_day(db, MONDAY)
        assert [text.moment.id for text in read] == [1, 3]
        assert [(text.change, text.single) for text in read] == [(0.5, False), (1.0, True)]
        assert [row.line.text for row in read[0].lines] == ["x", "y"]
        assert moments.of_day(db, MONDAY + 1) == ()
        assert moments.unsettled_days(db) == (MONDAY,)
        assert moments.count_unsettled(db) == 3
        moments.settle(db, [1, 3])
        assert moments.unsettled_days(db) == ()
        assert moments.count_unsettled(db) == 1
        (job,) = jobs.next(db, "read", 9)
        for _ in range(3):
            jobs.fail(db, job, "no-ocr")
        assert moments.unsettled_days(db) == (MONDAY,)


def test_a_fold_is_unsettled(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n in range(2):
            a_kept_frame(db, a_frame(n), ["x"])
        moments.settle(db, [1, 2])
        moments.fold(db, 1, [2])
        assert moments.count_unsettled(db) == 1
