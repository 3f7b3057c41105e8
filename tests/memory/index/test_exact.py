"""Exact search: the same as a plain computation, whatever was put and dropped in between."""

from __future__ import annotations

import numpy as np

from memory.index.exact import CHUNK, ExactIndex
from memory.records import Vectors
from memory.vectors import quantise, restore


def some(count: int, dim: int = 16, seed: int = 0) -> Vectors:
    return quantise(np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32), "e")


def cosines(held: Vectors, asked: Vectors) -> np.ndarray:
    rows, question = restore(held), restore(asked)[0]
    return rows @ question / np.linalg.norm(rows, axis=1) / np.linalg.norm(question)


def test_more_than_a_chunk_is_searched_whole() -> None:
    held, asked = some(9 * CHUNK + 100), some(1, seed=1)
    index = ExactIndex()
    index.put("passage", range(held.count), (), held)
    near = cosines(held, asked)
    found = index.find("passage", asked, 50)
    assert [id for id, _ in found] == list(np.argsort(-near)[:50])
    assert np.allclose([score for _, score in found], np.sort(near)[::-1][:50], atol=1e-5)


def test_equals_come_in_the_order_of_their_ids() -> None:
    same = quantise(np.ones((9, 4), np.float32), "e")
    index = ExactIndex()
    index.put("passage", (9, 4, 7, 1, 8, 2, 6, 3, 5), (), same)
    assert [id for id, _ in index.find("passage", quantise(np.ones((1, 4), np.float32), "e"), 4)] == [
        1,
        2,
        3,
        4,
    ]


def test_any_order_of_puts_and_drops_ends_the_same() -> None:
    held, asked = some(400), some(1, seed=1)
    rows = restore(held)
    order = np.random.default_rng(5)
    index = ExactIndex()
    there: set[int] = set()
    for _ in range(120):
        ids = order.choice(400, size=int(order.integers(1, 30)), replace=False)
        if order.random() < 0.6:
            index.put("passage", ids.tolist(), (), quantise(rows[ids], "e"))
            there |= set(ids.tolist())
        else:
            index.drop("passage", ids.tolist())
            there -= set(ids.tolist())
    near = cosines(held, asked)
    found = index.find("passage", asked, 1000)
    assert [id for id, _ in found] == sorted(there, key=lambda id: -near[id])
    assert index.holdings() == {("passage", "e"): len(there)}


def test_a_big_memory_takes_what_it_says() -> None:
    held = some(20_000, dim=384)
    index = ExactIndex()
    for start in range(0, held.count, 1000):
        part = slice(start * 384, (start + 1000) * 384)
        scales = held.scales[start * 4 : (start + 1000) * 4]
        block = Vectors("e", 384, 1000, held.data[part], scales)
        index.put("passage", range(start, start + 1000), (), block)
    (table,) = index._tables.values()
    assert table._numbers.nbytes + table._ids.nbytes + table._inverse.nbytes < 20_000 * 396 * 1.5


def test_what_was_dropped_does_not_linger_behind_the_end() -> None:
    index = ExactIndex()
    index.put("passage", range(10), (), some(10))
    index.drop("passage", range(3, 10))
    (table,) = index._tables.values()
    assert not table._numbers[3:].any()
