"""What was seen is kept part by part, found by its labels, and gone with its frame."""

from __future__ import annotations

import pytest

from memory.ledger import frames, jobs, looks, moments, vectors
from memory.ledger.connection import Ledger, Writer
from memory.records import Cue, Part
from tests.support.builders import a_frame, a_kept_frame, some_vectors

WHOLE, LEFT, RIGHT = (0, 0, 1280, 800), (10, 10, 300, 200), (600, 10, 300, 200)
PARTS = (Part(0, 0, WHOLE), Part(0, 1, LEFT), Part(0, 2, RIGHT))
CUES = (
    Cue(0, WHOLE, "form", "dark", 1.0),
    Cue(1, LEFT, "colour", "red", 0.4),
    Cue(1, LEFT, "form", "chart", 1.0),
    Cue(2, RIGHT, "colour", "orange", 0.4),
    Cue(2, RIGHT, "form", "photo", 1.0),
    Cue(2, RIGHT, "tag", "orange", 0.8),
)


def look(db: Writer, after_s: float, cues: tuple[Cue, ...] = CUES, maker: str = "eye 1") -> int:
    frame = a_kept_frame(db, a_frame(after_s), ["words"])
    looks.put(db, frame, maker, PARTS, cues)
    return frame


def test_cues_come_back_as_they_were(ledger: Ledger) -> None:
    with ledger.writing() as db:
        frame = look(db, 0)
        assert looks.cues(db, frame) == CUES
        assert looks.cues(db, 99) == ()
        assert looks.count(db) == 3
        assert looks.counts(db, ["red", "orange", "blue"]) == {"red": 1, "orange": 2}


def test_a_second_look_keeps_the_parts_that_are_still_there(ledger: Ledger) -> None:
    with ledger.writing() as db:
        frame = a_kept_frame(db, a_frame(), ["words"])
        ids, gone = looks.put(db, frame, "eye 1", PARTS, CUES)
        assert gone == ()
        vectors.add(db, "picture", ids, some_vectors(3))
        moved = (PARTS[0], Part(0, 1, RIGHT), Part(0, 2, (5, 300, 90, 90)))
        again, gone = looks.put(db, frame, "eye 2", moved, CUES[:1])
        assert again[:2] == (ids[0], ids[2])
        assert again[2] not in ids
        assert gone == (ids[1],)
        assert vectors.all(db, "picture", "test")[0] == (ids[0], ids[2])
        assert looks.cues(db, frame) == CUES[:1]


def test_pictures_with_more_of_what_is_wanted_come_first(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one, two = look(db, 0), look(db, 600, CUES[:2])
        found = looks.having(db, {"red": 1.0, "chart": 2.0}, 9)
        assert [(hit.frame, hit.labels) for hit in found] == [(one, {"red", "chart"}), (two, {"red"})]
        assert found[0].page == {"dark"}
        assert [hit.frame for hit in looks.having(db, {"red": 1.0}, 1)] == [two]
        assert looks.having(db, {}, 9) == looks.having(db, {"'; --": 1.0}, 9) == ()


def test_what_others_looked_at_or_nobody(ledger: Ledger) -> None:
    with ledger.writing() as db:
        old, new = look(db, 0), look(db, 600, maker="eye 2")
        nobody, waits = (a_kept_frame(db, a_frame(n), ["words"]) for n in (1200, 1800))
        frames.add(db, a_frame(2400), None)
        jobs.add(db, "see", waits)
        assert looks.without(db, "eye 2") == (old, nobody, waits)
        assert looks.unseen(db) == (nobody,)
        assert new not in looks.without(db, "eye 2")


@pytest.mark.parametrize("way", ["forgotten", "dropped"])
def test_all_goes_with_the_picture(ledger: Ledger, way: str) -> None:
    with ledger.writing() as db:
        frame = look(db, 0)
        look(db, 600)
        if way == "forgotten":
            assert moments.forget(db, [1]).parts == (1, 2, 3)
        else:
            assert frames.drop_picture(db, frame) == (1, 2, 3)
        assert looks.cues(db, frame) == ()
        assert db.rows("select distinct frame from parts union select frame from looks") == [(2,)]
        assert looks.counts(db, ["red"]) == {"red": 1}
