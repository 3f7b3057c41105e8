"""What every index of vectors keeps to: exact, Chroma here and in its process, the engine's client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.supervisor import Child, Plan
from memory.adapters.index_chroma import ChromaIndex
from memory.errors import Bug, ChildFailed
from memory.index.client import Index
from memory.index.exact import ExactIndex
from memory.ports import VectorIndex
from memory.records import Vectors
from memory.vectors import quantise, restore
from tests.support.builders import a_ledger

DIM = 24


@pytest.fixture(scope="module")
def chroma() -> ChromaIndex:
    return ChromaIndex()


@pytest.fixture(scope="module")
def process() -> Iterator[VectorIndex]:
    child = Child(Plan("index", "desktop.processes.index"), VectorIndex)
    yield child.client
    child.stop()


@pytest.fixture(params=["exact", "chroma", "process", "client"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex | Index]:
    if request.param == "exact":
        yield ExactIndex()
    elif request.param == "client":
        with closing(a_ledger(tmp_path)) as ledger, closing(Index(ledger)) as client:
            yield client
    else:
        found: VectorIndex = request.getfixturevalue(request.param)
        found.clear()
        yield found


def rows(count: int, seed: int = 1) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).normal(size=(count, DIM)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def some(count: int, seed: int = 1, encoder: str = "minilm 1 (int8)") -> Vectors:
    return quantise(rows(count, seed), encoder)


def one(vectors: Vectors, row: int) -> Vectors:
    return quantise(restore(vectors)[row : row + 1], vectors.encoder)


def test_empty_it_finds_nothing(index: VectorIndex) -> None:
    assert index.find("passage", some(1), 5) == ()
    assert index.count("passage", "minilm 1 (int8)") == 0
    index.drop("passage", (1, 2))


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    held = some(60)
    ids = tuple(range(100, 160))
    index.put("passage", ids, tuple(f"text {id}" for id in ids), held)
    asked = some(1, seed=2)
    near = restore(held) @ restore(asked)[0]
    near /= np.linalg.norm(restore(held), axis=1) * np.linalg.norm(restore(asked)[0])
    expected = [ids[row] for row in np.argsort(-near)[:7]]
    found = index.find("passage", asked, 7)
    assert [id for id, _ in found] == expected
    assert [score for _, score in found] == pytest.approx(sorted(near, reverse=True)[:7], abs=1e-4)
    assert index.find("passage", one(held, 33), 1)[0] == (133, pytest.approx(1.0, abs=1e-4))


def test_no_more_come_than_there_are_or_were_asked_for(index: VectorIndex) -> None:
    index.put("passage", (1, 2, 3), (), some(3))
    assert len(index.find("passage", some(1), 10)) == 3
    assert len(index.find("passage", some(1), 2)) == 2
    assert index.find("passage", some(1), 0) == ()


def test_put_again_replaces(index: VectorIndex) -> None:
    index.put("passage", (1, 2), ("a", "b"), some(2))
    newer = some(2, seed=9)
    index.put("passage", (2, 3), ("b", "c"), newer)
    assert index.count("passage", newer.encoder) == 3
    assert index.find("passage", one(newer, 0), 1)[0] == (2, pytest.approx(1.0, abs=1e-4))
    assert index.find("passage", one(some(2), 1), 1)[0][1] < 0.99


def test_what_is_dropped_is_found_no_more(index: VectorIndex) -> None:
    held = some(40)
    index.put("passage", tuple(range(40)), (), held)
    index.drop("passage", (3, 39, 3, 4711))
    index.drop("passage", ())
    assert index.count("passage", held.encoder) == 38
    assert {id for id, _ in index.find("passage", one(held, 3), 40)} == set(range(40)) - {3, 39}


def test_kinds_and_encoders_never_meet(index: VectorIndex) -> None:
    index.put("passage", (1,), (), some(1))
    index.put("picture", (1, 2), (), some(2))
    index.put("passage", (1, 5, 6), (), some(3, encoder="другой/encoder v2"))
    assert [id for id, _ in index.find("passage", some(1), 9)] == [1]
    assert sorted(id for id, _ in index.find("passage", some(1, encoder="другой/encoder v2"), 9)) == [1, 5, 6]
    assert index.find("passage", some(1, encoder="a third"), 9) == ()
    index.drop("passage", (1,))
    assert index.count("passage", "minilm 1 (int8)") == 0
    assert index.count("passage", "другой/encoder v2") == 2
    assert index.count("picture", "minilm 1 (int8)") == 2


def test_encoders_of_different_length_stand_side_by_side(index: VectorIndex) -> None:
    index.put("picture", (1,), (), some(1))
    index.put("picture", (1,), (), quantise(np.ones((1, 5), np.float32), "short"))
    assert index.find("picture", quantise(np.ones((1, 5), np.float32), "short"), 3)[0][0] == 1


def test_a_vector_of_zeros_does_no_harm(index: VectorIndex) -> None:
    held = rows(3)
    held[1] = 0
    index.put("passage", (1, 2, 3), (), quantise(held, "e"))
    found = index.find("passage", quantise(held[:1], "e"), 3)
    assert found[0][0] == 1
    assert dict(found)[2] == pytest.approx(0, abs=1e-4)
    assert len(index.find("passage", quantise(held[1:2], "e"), 3)) == 3


def test_what_does_not_fit_is_refused_and_harms_nothing(index: VectorIndex) -> None:
    held = some(4)
    index.put("passage", (1, 2, 3, 4), (), held)
    with pytest.raises((Bug, ChildFailed)):
        index.put("passage", (5,), (), some(2))
    with pytest.raises((Bug, ChildFailed)):
        index.put("passage", (5, 6), ("only one",), some(2))
    with pytest.raises((Bug, ChildFailed)):
        index.put("passage", (5, 5), (), some(2))
    with pytest.raises((Bug, ChildFailed)):
        index.find("passage", some(2), 3)
    with pytest.raises((Bug, ChildFailed)):
        index.find("passage", quantise(np.ones((1, 5), np.float32), held.encoder), 3)
    with pytest.raises((Bug, ChildFailed)):
        index.put("passage", (7,), (), Vectors(held.encoder, DIM, 1, b"short", b"\0\0\x80?"))
    assert index.count("passage", held.encoder) == 4
    assert index.find("passage", one(held, 2), 1)[0][0] == 3


def test_many_at_once(index: VectorIndex) -> None:
    held = some(6000, encoder="many")
    index.put("passage", tuple(range(6000)), tuple(str(n) for n in range(6000)), held)
    assert index.count("passage", "many") == 6000
    hits = sum(index.find("passage", one(held, row), 1)[0][0] == row for row in range(0, 6000, 300))
    assert hits >= 18
    index.drop("passage", tuple(range(0, 6000, 2)))
    assert index.count("passage", "many") == 3000


def test_clear_removes_all(index: VectorIndex | Index) -> None:
    index.put("passage", (1,), (), some(1))
    # The client holds what its ledger holds, and this one is empty.
    index.rebuild() if isinstance(index, Index) else index.clear()
    assert index.count("passage", "minilm 1 (int8)") == 0
    assert index.find("passage", some(1), 3) == ()
