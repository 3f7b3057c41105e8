"""The way over a real ledger: what goes wrong hits the guilty alone, what was forgotten stays so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from memory import intake
from memory.errors import BadPicture, ChildAway, ChildFailed
from memory.forget import forget
from memory.index.client import Index
from memory.ledger import frames, jobs, moments, search, vectors
from memory.ledger.check import check
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.pipeline import Claims, Share, Worker, work
from memory.records import Base, Cue, Line, Part, Reading, Seen, Small, Vectors, What
from memory.stages.way import EMBED, READ, SEE, Way
from tests.support.builders import a_frame, a_reading, some_vectors
from tests.support.program import until

PAGE = (0, 0, 1440, 900)


class Says:
    """A reader that reads what the picture's bytes say; `upon` happens while it has something in hand."""

    def __init__(self, upon: Callable[[tuple[object, ...]], None] = lambda given: None) -> None:
        self.upon = upon

    def read(self, picture: bytes, bases: tuple[Base, ...] = ()) -> Reading:
        self.upon((picture,))
        return a_reading(picture.decode())

    def rest(self, picture: bytes, bases: tuple[Base, ...]) -> Small:
        raise AssertionError("nothing rests on what was only said")

    def encode_texts(self, texts: tuple[str, ...]) -> Vectors:
        self.upon(texts)
        return some_vectors(len(texts))

    def see(self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]) -> Seen:
        self.upon(pictures)
        parts = tuple(Part(n, 0, PAGE) for n in range(len(pictures)))
        cues = ((Cue(0, PAGE, "form", "light", 1.0),),) * len(pictures)
        return Seen("test 1", cues, parts, some_vectors(len(pictures)))

    def read_again(
        self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]
    ) -> tuple[tuple[tuple[str, ...], ...], ...]:
        return tuple(tuple((line.text,) for line in some) for some in lines)

    def encode_words(self, texts: tuple[str, ...]) -> None:
        return None


@pytest.fixture
def index(ledger: Ledger) -> Index:
    return Index(ledger)


@pytest.fixture
def way(ledger: Ledger, pictures: Pictures, index: Index) -> Way:
    """Four pictures ten minutes apart, of which nothing is read yet."""
    for n in range(4):
        intake.take(ledger, pictures, a_frame(600 * n, app=f"app {n}"), b"words of picture %d" % n)
    return Way(ledger, pictures, index, Says())


def do(way: Way, stage: str, upon: Callable[[tuple[object, ...]], None] = lambda given: None) -> None:
    """Works until nothing of this stage waits any more."""
    with_reader = Way(way.ledger, way.pictures, way.index, Says(upon))
    claims = Claims()
    while work(with_reader, (stage,), claims):
        pass


def left(way: Way) -> tuple[dict[str, int], int]:
    with way.ledger.reading() as db:
        return jobs.waiting(db), jobs.failed(db)


def test_a_reader_that_dies_is_tried_more_often_than_a_picture_that_is_bad(way: Way) -> None:
    tried: list[object] = []

    def dies(given: tuple[object, ...]) -> None:
        tried.extend(given)
        if given[0] == b"words of picture 1":
            raise ChildFailed(child="reader", reason="killed")
        if given[0] == b"words of picture 2":
            raise BadPicture(file="2", reason="bad")

    do(way, READ, dies)
    assert [tried.count(b"words of picture %d" % n) for n in range(4)] == [1, 6, 3, 1]
    assert left(way) == ({EMBED: 2, SEE: 2}, 2)


@pytest.mark.parametrize("stage", [EMBED, SEE])
def test_of_a_batch_only_the_guilty_one_fails(way: Way, stage: str) -> None:
    def refuses(given: tuple[object, ...]) -> None:
        if any("picture 2" in str(part) for part in given):
            raise BadPicture(file="2", reason="bad")

    do(way, READ)
    do(way, stage, refuses)
    with way.ledger.reading() as db:
        assert db.rows("select stage, subject from jobs where state = 'failed'") == [(stage, 3)]
        assert stage not in jobs.waiting(db)
        assert vectors.count(db, "passage" if stage == EMBED else "picture", "test") == 3


def test_a_batch_that_kills_its_reader_comes_to_an_end(way: Way) -> None:
    """After a death the reader is away for a while: what waits is not taken together again."""
    away: list[int] = []

    def dies(given: tuple[object, ...]) -> None:
        if away:
            raise ChildAway(child="reader", reason=str(away.pop()))
        if b"words of picture 0" in given:
            away.append(1)
            raise ChildFailed(child="reader", reason="killed")

    do(way, READ)
    dying, claims = Way(way.ledger, way.pictures, way.index, Says(dies)), Claims()
    for _ in range(40):
        try:
            if not work(dying, (SEE,), claims):
                break
        except ChildAway:
            continue
    assert left(way) == ({EMBED: 4}, 1)


@pytest.mark.parametrize("stage", [READ, EMBED, SEE])
def test_what_is_forgotten_while_it_is_in_hand_leaves_nothing(way: Way, stage: str) -> None:
    if stage != READ:
        do(way, READ)

    calls: list[object] = []

    def forgets(given: tuple[object, ...]) -> None:
        calls.append(given)
        if not any("picture 1" in str(part) for part in given):
            return
        forget(way.ledger, way.pictures, way.index, What(app="app 1"), dry_run=False)

    do(way, stage, forgets)
    assert len(calls) == (4 if stage == READ else 1)
    do(way, READ)
    do(way, EMBED)
    do(way, SEE)
    assert left(way) == ({}, 0)
    assert check(way.ledger, way.pictures) == ()
    with way.ledger.reading() as db:
        assert vectors.count(db, "passage", "test") == vectors.count(db, "picture", "test") == 3
        owners, _ = vectors.all(db, "picture", "test")
        assert set(search.moment_of_parts(db, owners).values()) == {1, 3, 4}
        assert way.pictures.there() == frames.pictures_all(db)
    assert {way.index.count(kind, "test") for kind in ("passage", "picture")} == {3}


def test_a_picture_dropped_while_it_is_in_hand_gets_no_vector(way: Way) -> None:
    do(way, READ)

    def drops(given: tuple[object, ...]) -> None:
        with way.ledger.writing() as db:
            frames.drop_picture(db, 2)

    do(way, SEE, drops)
    with way.ledger.reading() as db:
        owners, _ = vectors.all(db, "picture", "test")
        assert set(search.moment_of_parts(db, owners).values()) == {1, 3, 4}
        assert SEE not in jobs.waiting(db)
    assert way.index.count("picture", "test") == 3


def test_what_is_read_late_is_to_be_settled(way: Way) -> None:
    with way.ledger.writing() as db:
        moments.settle(db, [1, 2, 3, 4])
    do(way, READ)
    with way.ledger.reading() as db:
        assert moments.count_unsettled(db) == 4


def test_frames_of_a_screen_are_for_one_reader_and_single_pictures_for_all(way: Way) -> None:
    intake.take(way.ledger, way.pictures, a_frame(9000, single=True), b"words of a single one")
    assert work(way, (READ,), Claims(), streams=False)
    assert not work(way, (READ,), Claims(), streams=False)
    with way.ledger.reading() as db:
        assert jobs.waiting(db)[READ] == 4
        assert jobs.waiting(db)[EMBED] == 1


def test_a_stage_that_rests_waits_and_says_why(way: Way) -> None:
    resting: list[str] = [EMBED]
    worker = Worker(way, Share((READ, EMBED, SEE), True, lambda: (resting, "on battery")), Claims())
    try:
        until(lambda: left(way)[0] == {EMBED: 4} and worker.trouble == "on battery")
        resting.clear()
        until(lambda: left(way)[0] == {} and worker.trouble == "")
    finally:
        worker.stop()
