"""Blocks of vectors from a real ledger: all of them, with the texts of passages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from memory.index.rebuild import blocks
from memory.ledger import readings, vectors
from memory.ledger.connection import Ledger
from memory.records import Passage
from tests.support.builders import a_frame, a_kept_frame, a_ledger, some_vectors


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(a_ledger(tmp_path)) as opened:
        yield opened


def test_every_vector_comes_once_with_its_text(ledger: Ledger) -> None:
    with ledger.writing() as db:
        frame = a_kept_frame(db, a_frame(), ["x"])
        ids = readings.add_passages(db, frame, tuple(Passage(f"said {n}", (0,)) for n in range(7)))
        vectors.add(db, "passage", ids, some_vectors(7, encoder="a"))
        vectors.add(db, "passage", ids[:2], some_vectors(2, dim=5, encoder="b"))
        vectors.add(db, "picture", (frame,), some_vectors(1, dim=3, encoder="c"))
    found = list(blocks(ledger, 3, texts=True))
    assert [(b.kind, b.vectors.encoder, len(b.ids), b.vectors.dim) for b in found] == [
        ("passage", "a", 3, 8),
        ("passage", "a", 3, 8),
        ("passage", "a", 1, 8),
        ("passage", "b", 2, 5),
        ("picture", "c", 1, 3),
    ]
    assert [id for b in found[:3] for id in b.ids] == list(ids)
    assert [text for b in found[:3] for text in b.texts] == [f"said {n}" for n in range(7)]
    assert b"".join(b.vectors.data for b in found[:3]) == some_vectors(7).data
    assert found[-1].texts == ()
    assert {b.texts for b in blocks(ledger, 3, texts=False)} == {()}


def test_an_empty_ledger_has_none(ledger: Ledger) -> None:
    assert list(blocks(ledger, 3, texts=True)) == []
