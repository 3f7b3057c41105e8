"""Screens that rest on each other, over a real ledger and sealed files: each can be forgotten alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from memory import intake, resting
from memory.errors import ChildAway, ChildFailed, OnceseenError, StoreTrouble
from memory.forget import forget
from memory.index.client import Index
from memory.ledger import frames, jobs, moments
from memory.ledger.check import check
from memory.ledger.connection import Ledger
from memory.perceive import pixels
from memory.pictures import SUFFIXES, Kind, Pictures
from memory.pipeline import Claims, work
from memory.records import What
from memory.settling import settle
from memory.stages.way import READ, Way
from tests.support.builders import NINE, a_frame
from tests.support.piles import Draws, is_well, letter, see, shown


@pytest.fixture
def reader() -> Draws:
    return Draws()


@pytest.fixture
def way(ledger: Ledger, pictures: Pictures, reader: Draws) -> Way:
    return Way(ledger, pictures, Index(ledger), reader)  # type: ignore[arg-type]


def base(way: Way, frame: int) -> int | None:
    with way.ledger.reading() as db:
        return frames.base_of(db, frame)


def drop(way: Way, *ids: int, reader: Draws | None) -> None:
    forget(way.ledger, way.pictures, way.index, What(moments=ids), False, reader)  # type: ignore[arg-type]


SCREENS = [letter(0), letter(1), letter(2), letter(3), letter(0, dark=True), letter(3)]


def test_screens_rest_on_each_other_and_each_is_shown_whole(way: Way) -> None:
    seen = see(way, *SCREENS)
    assert [base(way, frame) for frame in seen] == [None, 1, 2, 3, None, 4]
    for frame, screen in zip(seen, SCREENS, strict=True):
        assert (shown(way, frame) == screen).all()
    is_well(way)
    first, *typed = (len(way.pictures.get("2026-03-02", name, "picture")) for _, name in _places(way, seen))
    assert max(typed[:3]) < first / 3


def _places(way: Way, seen: list[int]) -> list[tuple[str, str]]:
    with way.ledger.reading() as db:
        return [place for frame in seen if (place := frames.picture_of(db, frame))]


@pytest.mark.parametrize("gone", [1, 2, 3, 4, 5, 6])
def test_whichever_is_forgotten_the_others_stay_whole(way: Way, reader: Draws, gone: int) -> None:
    seen = see(way, *SCREENS)
    files = dict(zip(seen, _places(way, seen), strict=True))
    drop(way, gone, reader=reader)
    for frame, screen in zip(seen, SCREENS, strict=True):
        if frame != gone:
            assert (shown(way, frame) == screen).all()
            assert way.pictures.thumbnail(*_places(way, [frame])[0]).startswith(b"RIFF")
    assert files[gone] not in way.pictures.there()
    is_well(way)


def test_several_at_once_are_forgotten_from_under_one(way: Way, reader: Draws) -> None:
    see(way, *SCREENS)
    drop(way, 2, 3, reader=reader)
    assert base(way, 4) == 1
    assert reader.rested == 1
    assert (shown(way, 4) == SCREENS[3]).all()
    drop(way, 1, 5, reader=reader)
    assert base(way, 4) is None
    assert base(way, 6) == 4
    assert (shown(way, 6) == SCREENS[5]).all()
    is_well(way)


def test_of_several_on_one_the_first_bears_the_others(way: Way, reader: Draws) -> None:
    ground = letter(0)
    above, beside = ground.copy(), ground.copy()
    above[10:50, 40:300] = (200, 0, 0)
    beside[400:480, 600:800] = (0, 0, 200)
    see(way, ground, above, beside)
    assert [base(way, frame) for frame in (2, 3)] == [1, 1]
    drop(way, 1, reader=reader)
    assert [base(way, frame) for frame in (2, 3)] == [None, 2]
    assert (shown(way, 2) == above).all()
    assert (shown(way, 3) == beside).all()
    is_well(way)


def test_what_is_moved_rests_on_nothing_of_another_day(way: Way, reader: Draws) -> None:
    """The pictures of a day are sealed with its key: one on another day's would go with that day."""
    see(way, letter(0), letter(1))
    see(way, letter(0), letter(1), begin=24 * 3600)
    assert [base(way, frame) for frame in (1, 2, 3, 4)] == [None, 1, None, 3]
    drop(way, 1, 3, reader=reader)
    assert [base(way, frame) for frame in (2, 4)] == [None, None]
    assert (shown(way, 4) == letter(1)).all()
    is_well(way)


def test_a_reader_that_has_just_died_is_asked_again(
    way: Way, reader: Draws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "RETRY_S", 0.0)
    died: list[bool] = []

    def dies() -> None:
        if len(died) < 3:
            died.append(True)
            raise ChildFailed(child="reader", reason="killed")

    see(way, *SCREENS)
    reader.upon = dies
    drop(way, 1, reader=reader)
    assert len(died) == 3
    for frame, screen in enumerate(SCREENS[1:], 2):
        assert (shown(way, frame) == screen).all()
    is_well(way)


@pytest.mark.parametrize("kind", ["picture", "thumb"])
def test_one_that_is_damaged_keeps_no_other_from_being_moved(
    way: Way, reader: Draws, kind: Kind, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    marked = letter(0)
    marked[10:40, 10:200] = 0
    see(way, letter(0), letter(1), marked)
    assert (base(way, 2), base(way, 3)) == (1, 1)
    [(day, name)] = _places(way, [2])
    (tmp_path / "pictures" / day / (name + SUFFIXES[kind])).write_bytes(b"damaged")
    drop(way, 1, reader=reader)
    assert (shown(way, 3) == marked).all()
    assert ("loses what it rests on" in caplog.text) == (kind == "picture")
    if kind == "thumb":
        assert (shown(way, 2) == letter(1)).all()
    with way.ledger.reading() as db:
        assert way.pictures.there() == frames.pictures_all(db)


@pytest.mark.parametrize(
    "error",
    [
        ChildAway(child="reader", reason="away"),
        ChildFailed(child="reader", reason="killed"),
        StoreTrouble(reason="full"),
    ],
)
def test_without_the_reader_it_is_forgotten_all_the_same(
    way: Way,
    reader: Draws,
    error: OnceseenError,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What rested on it keeps its own part, its small look and its words."""
    monkeypatch.setattr(resting, "PATIENCE_S", 0.0)

    def away() -> None:
        raise error

    see(way, *SCREENS)
    [gone] = _places(way, [1])
    reader.upon = away
    drop(way, 1, reader=reader)
    assert "loses what it rests on" in caplog.text
    assert gone not in way.pictures.there()
    assert base(way, 2) is None
    left = shown(way, 2)
    typed = (slice(264, 280), slice(40, 180))
    assert (left[typed] == SCREENS[1][typed]).all()
    assert (left[:200] == 255).all()
    assert way.pictures.thumbnail(*_places(way, [2])[0]).startswith(b"RIFF")
    is_well(way, 2, 3, 4, 6)
    reader.upon = lambda: None
    # Nothing new is put on what is left of a picture.
    [frame] = see(way, letter(1), begin=200)
    assert base(way, frame) is None
    drop(way, 3, reader=None)
    is_well(way, 2, 4, 6)


def test_one_whose_base_goes_while_it_is_read_is_read_again(way: Way, reader: Draws) -> None:
    see(way, letter(0))

    def forgets() -> None:
        reader.upon = lambda: None
        drop(way, 1, reader=None)

    reader.upon = forgets
    [frame] = see(way, letter(1), begin=100)
    assert base(way, frame) is None
    assert (shown(way, frame) == letter(1)).all()
    is_well(way)


def test_what_came_to_rest_on_it_meanwhile_is_put_on_another_too(way: Way, reader: Draws) -> None:
    see(way, *SCREENS[:3])

    def another() -> None:
        reader.upon = lambda: None
        see(way, letter(1), begin=300, app="late")
        assert base(way, 4) == 2

    reader.upon = another
    drop(way, 1, 2, reader=reader)
    assert (shown(way, 3) == SCREENS[2]).all()
    assert (shown(way, 4) == letter(1)).all()
    is_well(way)


def test_a_crash_between_file_and_row_leaves_what_is_swept(way: Way, reader: Draws) -> None:
    see(way, *SCREENS[:3])
    before = _places(way, [1, 2, 3])

    class Dies(Pictures):
        def remove(self, day: str, name: str) -> None:
            raise KeyboardInterrupt

    dying = Dies(way.pictures._folder, way.pictures._key_of_day)
    with pytest.raises(KeyboardInterrupt):
        forget(way.ledger, dying, way.index, What(moments=(2,)), False, reader)  # type: ignore[arg-type]
    assert before[2] in way.pictures.there()
    with way.ledger.reading() as db:
        assert moments.count(db) == 3
        known = frames.pictures_all(db)
    assert way.pictures.sweep(known) == 2
    assert (shown(way, 3) == SCREENS[2]).all()
    is_well(way)
    drop(way, 2, reader=reader)
    assert (shown(way, 3) == SCREENS[2]).all()
    is_well(way)


def test_folding_keeps_what_others_rest_on_as_long_as_they_do(way: Way, reader: Draws) -> None:
    """Three looks at one screen are folded; on the last one the next screen rests."""
    for n, screen in enumerate(SCREENS[:3]):
        intake.take(
            way.ledger,
            way.pictures,
            a_frame(20 * n, width=901, height=503, change=0.01),
            pixels.lossless(screen),
        )
    while work(way, (READ,), Claims()):
        pass
    see(way, letter(3), begin=100)
    with way.ledger.writing() as db:
        moments.fold(db, 1, [2, 3])
        assert moments.spare_pictures(db, [1]) == ()
    settle(way.ledger, way.pictures, way.index, NINE + timedelta(hours=1), False)
    assert (shown(way, 4) == letter(3)).all()
    is_well(way)
    drop(way, 4, reader=reader)
    settle(way.ledger, way.pictures, way.index, NINE + timedelta(hours=2), False)
    with way.ledger.reading() as db:
        assert [frames.picture_of(db, frame) is None for frame in (1, 2, 3)] == [False, True, True]
    is_well(way)


def test_forgetting_a_folded_moment_removes_every_picture_that_it_still_has(way: Way, reader: Draws) -> None:
    see(way, *SCREENS[:4])
    with way.ledger.writing() as db:
        moments.fold(db, 1, [2, 3])
    files = _places(way, [1, 2, 3])
    assert len(files) == 3
    drop(way, 1, reader=reader)
    assert not way.pictures.there().intersection(files)
    assert (shown(way, 4) == SCREENS[3]).all()
    is_well(way)


def test_a_base_is_of_the_same_day_stream_and_read(way: Way) -> None:
    see(way, letter(0))
    day = 24 * 3600
    other = {"width": 901, "height": 503}
    strangers = (
        a_frame(day, **other),
        a_frame(30, monitor=1, **other),
        a_frame(40, origin="1.png", **other),
        a_frame(50, single=True, **other),
    )
    for frame in strangers:
        intake.take(way.ledger, way.pictures, frame, pixels.lossless(letter(0)))
    for n in range(2, 6):
        assert resting.offered(way.ledger, way.pictures, n) == ()
    intake.take(way.ledger, way.pictures, a_frame(60, **other), pixels.lossless(letter(0)))
    assert [offer.frame for offer in resting.offered(way.ledger, way.pictures, 6)] == [1]


def test_a_damaged_picture_bears_nothing_new(way: Way) -> None:
    see(way, letter(0), letter(1))
    day, name = _places(way, [1])[0]
    path = way.pictures._folder / day / name
    path.write_bytes(path.read_bytes()[:-1])
    [frame] = see(way, letter(2), begin=100)
    assert base(way, frame) is None
    assert check(way.ledger, way.pictures) == tuple(
        f"pictures: the picture of moment {id} is damaged or another one's" for id in (1, 2)
    )
    with way.ledger.reading() as db:
        assert jobs.failed(db) == 0


def test_what_has_loss_bears_nothing(way: Way) -> None:
    photo = np.random.default_rng(5).integers(0, 256, (503, 901, 3), dtype=np.uint8)
    see(way, photo)
    [frame] = see(way, letter(1), begin=100)
    assert base(way, frame) is None
