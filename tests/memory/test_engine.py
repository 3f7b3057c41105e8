"""The engine's own promises: what opening mends, what locking waits for, what forgetting words refuses."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from memory import intake
from memory.errors import BadRequest, Locked
from memory.ledger import jobs, moments, readings, vectors
from memory.ledger.sqlite import connect
from memory.records import What
from tests.support.builders import KEY, a_frame, a_kept_frame, a_look, a_reading, some_vectors
from tests.support.houses import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.engine.open(KEY)
    yield made
    made.engine.lock()


def take(house: House, after_s: float = 0) -> None:
    intake.take(house.ledger, house.pictures(house.ledger), a_frame(after_s), b"picture")


def test_opened_for_work_what_failed_gets_another_chance(house: House) -> None:
    take(house)
    with house.ledger.writing() as db:
        [job] = jobs.next(db, "read", 1)
        jobs.fail(db, job, "child-failed", most=1)
    assert (house.engine.status().failed, house.engine.status().pending) == (1, 0)
    for works, failed in ((False, 1), (True, 0)):
        house.engine.lock()
        house.works = works
        house.engine.open(KEY)
        assert (house.engine.status().failed, house.engine.status().pending) == (failed, 1 - failed)


def test_opened_for_work_vectors_of_what_is_gone_go(house: House) -> None:
    with house.ledger.writing() as db:
        a_look(db, a_kept_frame(db, a_frame(), ["x"]))
        vectors.add(db, "picture", [1, 77], some_vectors(2))
        vectors.add(db, "passage", [88], some_vectors(1))
    house.engine.lock()
    house.engine.open(KEY)
    with house.ledger.reading() as db:
        assert vectors.all(db, "picture", "test")[0] == (1,)
        assert vectors.count(db, "passage", "test") == 0
    assert (house.index.count("picture", "test"), house.index.count("passage", "test")) == (1, 0)


def test_killed_before_pages_were_rewritten_the_next_start_does_it(house: House, tmp_path: Path) -> None:
    """What heads a page of the full-text index outlasts its row until the index is rewritten."""
    with house.ledger.writing() as db:
        for n in range(400):
            lines = [f"zqword{n:05}{k:02}qz and more words of it" for k in range(12)]
            a_kept_frame(db, a_frame(n * 30), lines, picture=None)

    def killed() -> None:
        raise KeyboardInterrupt

    house.ledger.scrub = killed  # type: ignore[method-assign]  # a kill between two lines of forgetting
    with pytest.raises(KeyboardInterrupt):
        house.engine.forget(What(moments=tuple(range(1, 401, 2))), dry_run=False)
    assert remains(tmp_path)
    house.engine.lock()
    house.engine.open(KEY)
    assert not remains(tmp_path)
    house.engine.lock()
    house.engine.open(KEY)


def remains(folder: Path) -> list[int]:
    """Which of the forgotten, the odd ones, can be told from any page under the seal."""
    with closing(connect(folder / "ledger.db", KEY)) as plain:
        words = re.findall(rb"zqword(\d{5})", plain.serialize("main"))
    return [int(n) for n in words if int(n) % 2 == 0]


def test_an_unlock_waits_until_the_lock_is_done(house: House) -> None:
    unlocks: list[threading.Thread] = []

    def meanwhile() -> None:
        thread = threading.Thread(target=house.engine.unlock, args=("", ""))
        thread.start()
        unlocks.append(thread)
        # Were it not held back, it would be through long before this.
        thread.join(0.3)
        with pytest.raises(Locked):
            house.engine.status()

    house.closing = meanwhile
    house.engine.lock()
    house.closing = lambda: None
    unlocks[0].join()
    assert house.most == 1
    assert house.engine.status().frames == 0


def test_words_of_what_is_not_read_cannot_be_forgotten(house: House) -> None:
    take(house)
    house.works = False
    for dry_run in (True, False):
        with pytest.raises(BadRequest, match="1 frames are not read yet"):
            house.engine.forget(What(text="words"), dry_run)
    assert house.engine.forget(What(moments=(1,)), dry_run=True).moments


def test_forgetting_words_waits_for_what_is_being_read(house: House) -> None:
    take(house)
    ledger = house.ledger

    def reads() -> None:
        with ledger.writing() as db:
            [job] = jobs.next(db, "read", 1)
            readings.add(db, 1, a_reading("words"))
            readings.index_words(db, 1)
            jobs.done(db, job)

    reader = threading.Timer(0.1, reads)
    reader.start()
    gone = house.engine.forget(What(text="words"), dry_run=False)
    reader.join()
    assert [moment.id for moment in gone.moments] == [1]
    with house.ledger.reading() as db:
        assert moments.count(db) == 0


def test_after_forgetting_no_reader_remembers_what_it_read(house: House) -> None:
    take(house)
    for dry_run in (True, False, False):
        house.engine.forget(What(moments=(1,)), dry_run)
    # Also where nothing was left to forget: the time before may have ended half-way.
    assert house.rested == [1, 1]


def test_a_clock_that_is_set_back_changes_no_waiting(house: House) -> None:
    """Were the clock asked, this would wait for a year."""
    take(house)
    house.leap = timedelta(days=-365)
    assert house.engine.wait_searchable(0.05) == 1


def test_a_clock_that_is_set_forth_is_no_quiet(house: House) -> None:
    house.engine.offer(a_frame(), b"")
    house.clock += timedelta(days=1)
    assert house.engine.due().quiet_s < 600
