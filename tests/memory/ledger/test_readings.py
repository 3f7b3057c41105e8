"""Readings: lines in order, their union over a moment, and the words by which it is found."""

from __future__ import annotations

from memory.ledger import frames, jobs, moments, readings, vectors
from memory.ledger.connection import Ledger
from memory.records import Line, Passage, Reading, Window
from tests.support.builders import a_frame, a_kept_frame, a_reading, some_vectors


def test_lines_come_back_as_they_were(ledger: Ledger) -> None:
    lines = (
        Line("größer", (1, 2, 3, 4), 0.5, 0),
        Line("größer", (1, 20, 3, 4), 0.25, None),
        Line("", (0, 0, 0, 0)),
    )
    with ledger.writing() as db:
        id = frames.add(db, a_frame(), None)
        readings.add(db, id, Reading(lines, "tesseract 5.3 eng"))
        rows = readings.lines(db, id)
        assert db.value("select engine from readings") == "tesseract 5.3 eng"
    assert [row.line for row in rows] == list(lines)
    assert [(row.frame, row.n) for row in rows] == [(id, 0), (id, 1), (id, 2)]


def test_another_reading_replaces_the_first(ledger: Ledger) -> None:
    with ledger.writing() as db:
        id = a_kept_frame(db, a_frame(), ["old words"])
        passages = readings.add_passages(db, id, [Passage("old words", (0,))])
        vectors.add(db, "passage", passages, some_vectors(1))
        readings.add(db, id, a_reading("new words", engine="better"))
        readings.index_words(db, 1)
        assert [row.line.text for row in readings.lines(db, id)] == ["new words"]
        assert readings.passages(db, passages) == {}
        assert vectors.count(db, "passage", "test") == 0
        assert db.value("select count(*) from words where words match 'old'") == 0
        assert db.value("select engine from readings") == "better"


def test_a_line_tells_whether_its_window_had_the_focus(ledger: Ledger) -> None:
    windows = (Window("b", "behind", 0, 0, 5, 5, 0), Window("a", "front", 0, 0, 5, 5, 1))
    lines = tuple(Line(text, (0, 0, 1, 1), 1.0, window) for text, window in (("x", 0), ("y", 1), ("z", None)))
    with ledger.writing() as db:
        known = frames.add(db, a_frame(app="a", title="front", windows=windows), None)
        unknown = frames.add(db, a_frame(1, app="c", title="gone", windows=windows), None)
        for id in (known, unknown):
            readings.add(db, id, Reading(lines, "test"))
        assert [row.front for row in readings.lines(db, known)] == [False, True, True]
        assert [row.front for row in readings.lines(db, unknown)] == [True, True, True]
        assert [row.front for row in readings.union(db, [1])[1]] == [False, True, True]


def test_the_union_says_each_text_once(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), ["ok", "ok", "first"], picture=None)
        best = a_kept_frame(db, a_frame(1), ["ok", "second", "ok"])
        a_kept_frame(db, a_frame(2), ["third"])
        db.run("update frames set moment = 2 where id = 1")
        union = readings.union(db, [2, 3, 99])
    assert [row.line.text for row in union[2]] == ["ok", "second", "ok", "first"]
    assert [row.frame for row in union[2]] == [best, best, best, 1]
    assert [row.line.text for row in union[3]] == ["third"]
    assert union[99] == ()


def test_passages_know_their_moment(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), ["x"])
        id = a_kept_frame(db, a_frame(1), ["a", "b"])
        ids = readings.add_passages(db, id, [Passage("a\nb", (0, 1)), Passage("b", (1,))])
        assert len(set(ids)) == 2
        assert readings.passages(db, [*ids, 99]) == {ids[0]: (2, id, "a\nb"), ids[1]: (2, id, "b")}


def test_a_moment_is_found_by_title_application_and_text(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(app="mousepad", title="Größenangaben"), ["running numbers"])
        for match in (
            "title : größenangaben",
            "grossenangaben OR großenangaben",
            "app : mousepad",
            "run",
            "numbers",
        ):
            assert db.value("select count(*) from words where words match ?", match) == 1, match
        assert db.value("select count(*) from words where words match 'title : numbers'") == 0


def test_words_are_written_only_where_something_changed(ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), ["x"])
    generation = ledger.generation()
    with ledger.writing() as db:
        readings.index_words(db, 1)
    assert ledger.generation() == generation
    with ledger.writing() as db:
        frames.add(db, a_frame(1, title="other", new=False), None)
        readings.index_words(db, 1)
        assert db.value("select title from words") == "notes\nother"


def test_a_moment_that_is_not_there_has_no_words(ledger: Ledger) -> None:
    with ledger.writing() as db:
        readings.index_words(db, 7)
        assert db.rows("select rowid from words") == []


def test_a_moment_without_frames_has_no_lines(ledger: Ledger) -> None:
    with ledger.writing() as db:
        id = frames.add(db, a_frame(), None)
        assert readings.lines(db, id) == ()
        jobs.add(db, "read", id)
        assert moments.texts(db, [1]) == {1: ()}
