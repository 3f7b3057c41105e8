"""The engine's index: always right and never waiting, whatever Chroma does."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from desktop.supervisor import Child, Plan
from memory.errors import ChildFailed
from memory.index.client import Index
from memory.index.exact import ExactIndex
from memory.index.follower import Patience
from memory.ledger import readings, vectors
from memory.ledger.connection import Ledger
from memory.ports import Kind, VectorIndex
from memory.records import Passage, Vectors
from tests.support.builders import a_frame, a_kept_frame, a_ledger, some_vectors
from tests.support.waiting import await_


class Frail(ExactIndex):
    """Stands for Chroma: it can be away, hang, and lose what it holds; it counts what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.up = threading.Event()
        self.up.set()
        self.away = False
        self.asked = 0
        self.cleared = 0
        self.texts: dict[int, str] = {}

    def put(self, kind: Kind, ids: Sequence[int], texts: Sequence[str], vectors: Vectors) -> None:
        self._meet()
        super().put(kind, ids, texts, vectors)
        self.texts.update(zip(ids, texts, strict=False))

    def find(self, kind: Kind, query: Vectors, limit: int) -> tuple[tuple[int, float], ...]:
        self._meet()
        self.asked += 1
        return super().find(kind, query, limit)

    def drop(self, kind: Kind, ids: Sequence[int]) -> None:
        self._meet()
        super().drop(kind, ids)

    def clear(self) -> None:
        self._meet()
        self.cleared += 1
        super().clear()

    def _meet(self) -> None:
        self.up.wait(20)
        if self.away:
            raise ChildFailed(child="index", reason="it is away")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(a_ledger(tmp_path)) as opened:
        yield opened


@pytest.fixture
def frail() -> Frail:
    return Frail()


def remember(ledger: Ledger, count: int, first: int = 1) -> tuple[tuple[int, ...], Vectors]:
    """Passages in the ledger with their vectors."""
    made = some_vectors(count, first=first)
    with ledger.writing() as db:
        frame = a_kept_frame(db, a_frame(first * 1000), ["x"])
        ids = readings.add_passages(db, frame, tuple(Passage(f"said {n}", (0,)) for n in range(count)))
        vectors.add(db, "passage", ids, made)
    return ids, made


def asked(row: int = 0) -> Vectors:
    return some_vectors(1, first=row + 1)


def in_step(index: Index) -> bool:
    return index.state() == "chroma"


def found(index: Index, row: int = 0, limit: int = 1) -> list[int]:
    return [id for id, _ in index.find("passage", asked(row), limit)]


def test_alone_it_is_exact_and_reads_the_ledger(ledger: Ledger) -> None:
    ids, _ = remember(ledger, 9)
    index = Index(ledger)
    assert (index.state(), index.count("passage", "test")) == ("exact", 9)
    assert found(index, 4) == [ids[4]]
    index.close()


def test_cosines_of_some_are_those_of_a_search(ledger: Ledger) -> None:
    ids, _ = remember(ledger, 9)
    index = Index(ledger)
    near = dict(index.find("passage", asked(4), 9))
    some = [ids[2], ids[4], 10_000]
    assert index.cosines("passage", asked(4), some) == pytest.approx(
        {id: near[id] for id in some[:2]}, abs=1e-5
    )
    assert index.cosines("passage", asked(4), [10_000]) == {}
    index.close()


def test_chroma_is_filled_from_the_ledger_and_then_asked(ledger: Ledger, frail: Frail) -> None:
    ids, _ = remember(ledger, 600)
    with closing(Index(ledger, frail)) as index:
        await_(lambda: in_step(index))
        assert (frail.count("passage", "test"), frail.texts[ids[7]]) == (600, "said 7")
        await_(lambda: found(index, 4) and frail.asked)
        assert found(index, 4) == [ids[4]]


def test_while_chroma_fills_or_hangs_the_answer_is_exact(ledger: Ledger, frail: Frail) -> None:
    ids, _ = remember(ledger, 30)
    frail.up.clear()
    with closing(Index(ledger, frail)) as index:
        assert (found(index, 4), index.state()) == ([ids[4]], "exact")
        more, made = remember(ledger, 3, first=60)
        index.put("passage", more, ("a", "b", "c"), made)
        assert found(index, 59) == [more[0]]
        frail.up.set()
        await_(lambda: in_step(index) and frail.count("passage", "test") == 33)
        frail.up.clear()
        assert found(index, 59) == [more[0]]
        assert found(index, 4) == [ids[4]]
        frail.up.set()


def test_a_dead_chroma_fails_no_answer_and_is_filled_anew(ledger: Ledger, frail: Frail) -> None:
    ids, _ = remember(ledger, 30)
    with closing(Index(ledger, frail)) as index:
        await_(lambda: in_step(index))
        frail.away = True
        await_(lambda: found(index, 4) == [ids[4]] and not in_step(index))
        more, made = remember(ledger, 3, first=60)
        index.put("passage", more, (), made)
        assert found(index, 59) == [more[0]]
        frail.away = False
        await_(lambda: in_step(index))
        assert (frail.cleared, frail.count("passage", "test")) == (2, 33)


def test_dropped_is_gone_everywhere_when_drop_returns(ledger: Ledger, frail: Frail) -> None:
    ids, _ = remember(ledger, 30)
    with closing(Index(ledger, frail)) as index:
        await_(lambda: in_step(index))
        index.drop("passage", ids[3:5])
        assert frail.count("passage", "test") == index.count("passage", "test") == 28
        assert not {ids[3], ids[4]} & set(found(index, 3, 30))
        # Something that was under way when it was forgotten comes late.
        index.put("passage", ids[2:6], ("a", "b", "c", "d"), some_vectors(4, first=3))
        await_(lambda: in_step(index))
        assert frail.count("passage", "test") == index.count("passage", "test") == 28
        assert not {ids[3], ids[4]} & set(found(index, 3, 30))


def test_a_missed_drop_is_made_good_before_chroma_is_asked_again(ledger: Ledger, frail: Frail) -> None:
    ids, _ = remember(ledger, 30)
    with closing(Index(ledger, frail)) as index:
        await_(lambda: in_step(index))
        frail.away = True
        with ledger.writing() as db:
            db.run("delete from vectors where owner = ?", ids[3])
        index.drop("passage", (ids[3],))
        assert index.state() == "exact"
        frail.away = False
        await_(lambda: in_step(index))
        assert (frail.cleared, frail.count("passage", "test")) == (2, 29)


def test_a_drop_does_not_wait_for_ever(ledger: Ledger, frail: Frail) -> None:
    ids, _ = remember(ledger, 5)
    with closing(Index(ledger, frail, Patience(drop_s=0.05))) as index:
        await_(lambda: in_step(index))
        frail.up.clear()
        index.drop("passage", (ids[3],))
        assert index.state() == "exact"
        assert ids[3] not in found(index, 3, 30)
        frail.up.set()


def test_a_chroma_that_lost_something_is_found_out(ledger: Ledger, frail: Frail) -> None:
    remember(ledger, 30)
    with closing(Index(ledger, frail)) as index:
        await_(lambda: in_step(index))
        ExactIndex.clear(frail)
        more, made = remember(ledger, 1, first=60)
        index.put("passage", more, (), made)
        await_(lambda: frail.count("passage", "test") == 31 and in_step(index))
        assert frail.cleared == 2


def test_rows_that_went_without_a_word_do_not_keep_chroma_away(ledger: Ledger, frail: Frail) -> None:
    ids, _ = remember(ledger, 30)
    with closing(Index(ledger, frail)) as index:
        await_(lambda: in_step(index))
        with ledger.writing() as db:
            db.run("delete from vectors where owner = ?", ids[3])
        ExactIndex.clear(frail)
        more, made = remember(ledger, 1, first=60)
        index.put("passage", more, (), made)
        await_(lambda: frail.cleared == 2 and in_step(index))
        assert frail.count("passage", "test") == index.count("passage", "test") == 30


def test_rebuild_reads_all_anew_and_tells_how_many(ledger: Ledger, frail: Frail) -> None:
    with closing(Index(ledger, frail)) as index:
        await_(lambda: in_step(index))
        remember(ledger, 4)
        with ledger.writing() as db:
            vectors.add(db, "picture", (1,), some_vectors(1, encoder="p"))
        assert index.rebuild() == {"passage": 4, "picture": 1}
        await_(lambda: frail.count("passage", "test") == 4 and in_step(index))


def test_closing_interrupts_a_filling(ledger: Ledger, frail: Frail) -> None:
    remember(ledger, 1000)
    index = Index(ledger, frail)
    await_(lambda: frail.count("passage", "test"))
    index.close()
    assert index.state() == "exact"
    index.drop("passage", (1,))
    assert "index follower" not in [thread.name for thread in threading.enumerate()]


def test_the_real_process_is_killed_and_follows_again(ledger: Ledger) -> None:
    ids, _ = remember(ledger, 30)
    child = Child(Plan("index", "desktop.processes.index"), VectorIndex)
    with closing(Index(ledger, child.client)) as index:
        await_(lambda: in_step(index))
        assert child.client.count("passage", "test") == 30
        first = child.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert found(index, 4) == [ids[4]]
        index.drop("passage", (ids[3],))
        with ledger.writing() as db:
            db.run("delete from vectors where owner = ?", ids[3])
        await_(lambda: child.pid not in (None, first) and in_step(index))
        assert child.client.count("passage", "test") == 29
        assert ids[3] not in found(index, 3, 30)
        child.stop()
        assert found(index, 4) == [ids[4]]
