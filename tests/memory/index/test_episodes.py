"""Late interaction over episodes: exact, in step with the ledger, and empty where nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from memory.index.episodes import MEAN, Episodes
from memory.index.exact import CHUNK
from memory.ledger import trajectories
from memory.ledger.connection import Ledger, Writer
from memory.ledger.trajectories import Trajectory
from memory.vectors import quantise, restore
from tests.support.builders import a_ledger

DIM = 16


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(a_ledger(tmp_path)) as made:
        yield made


def rows(count: int, seed: int) -> NDArray[np.float32]:
    """Unit vectors, as exact as they are kept."""
    made = restore(quantise(np.random.default_rng(seed).normal(size=(count, DIM)).astype(np.float32), "e"))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def keep(db: Writer, episode: int, numbers: NDArray[np.float32], encoder: str = "e") -> None:
    db.run(
        "insert or ignore into episodes (id, level, title, gist, started, ended, zone, apps, spans, keys)"
        " values (?, 'episode', '', '', 0, 0, 0, '[]', '[]', '[]')",
        episode,
    )
    db.run("delete from episode_vectors where episode = ? and encoder = ?", episode, encoder)
    weights = (1.0,) * len(numbers)
    trajectories.put_episode(db, episode, [Trajectory("passage", quantise(numbers, encoder), weights)])


def plainly(held: dict[int, NDArray[np.float32]], asked: NDArray[np.float32]) -> list[tuple[int, float]]:
    weights = [1.0] + [1 / (len(asked) - 1)] * (len(asked) - 1)

    def near(numbers: NDArray[np.float32]) -> float:
        cosines = asked @ numbers.T
        scores = cosines.max(axis=1) + MEAN * cosines.mean(axis=1)
        return float(weights @ scores) / (sum(weights) * (1 + MEAN))

    found = [(episode, near(numbers)) for episode, numbers in held.items()]
    return sorted(found, key=lambda hit: -hit[1])


def test_it_is_what_a_plain_computation_gives(ledger: Ledger) -> None:
    held = {n: rows(3 + n % 14, seed=n) for n in range(1, CHUNK // 4)}
    with ledger.writing() as db:
        for episode, numbers in held.items():
            keep(db, episode, numbers)
    asked = rows(4, seed=999)
    found = Episodes(ledger).find("passage", quantise(asked, "e"), 9)
    expected = plainly(held, asked)[:9]
    assert [episode for episode, _ in found] == [episode for episode, _ in expected]
    assert np.allclose([near for _, near in found], [near for _, near in expected], atol=1e-3)


def test_it_follows_the_ledger(ledger: Ledger) -> None:
    asked = quantise(rows(1, seed=5), "e")
    with ledger.writing() as db:
        for episode in (1, 2, 3):
            keep(db, episode, rows(4, seed=episode))
    index = Episodes(ledger)
    assert {episode for episode, _ in index.find("passage", asked, 9)} == {1, 2, 3}
    with ledger.writing() as db:
        keep(db, 2, restore(asked))
        db.run("delete from episodes where id = 1")
    assert [episode for episode, _ in index.find("passage", asked, 9)] == [2, 3]
    assert index.find("passage", asked, 1)[0][1] == pytest.approx(1, abs=0.01)
    index.clear()
    assert [episode for episode, _ in index.find("passage", asked, 9)] == [2, 3]


def test_kinds_and_encoders_do_not_meet(ledger: Ledger) -> None:
    with ledger.writing() as db:
        keep(db, 1, rows(4, seed=1))
    index = Episodes(ledger)
    assert index.find("passage", quantise(rows(1, seed=2), "other"), 9) == ()
    assert index.find("picture", quantise(rows(1, seed=2), "e"), 9) == ()
    assert len(index.find("passage", quantise(rows(1, seed=2), "e"), 9)) == 1
