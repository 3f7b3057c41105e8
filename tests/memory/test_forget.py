"""Forgetting over ledger, pictures and index together: a dry run changes nothing, a real one leaves none."""

from __future__ import annotations

import numpy as np
import pytest

from memory import intake
from memory.errors import NotFound
from memory.forget import forget
from memory.index.client import Index
from memory.ledger import frames, moments, readings, vectors
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.records import Passage, Vectors, What
from memory.vectors import quantise
from tests.support.builders import a_frame, a_look, a_reading


def a_vector(n: int) -> Vectors:
    return quantise(np.eye(8, dtype=np.float32)[n : n + 1], "test")


@pytest.fixture
def index(ledger: Ledger, pictures: Pictures) -> Index:
    """Three moments ten minutes apart, each with a picture, a passage and vectors of both kinds."""
    made = Index(ledger)
    for n, app in enumerate(("editor", "mail", "editor")):
        intake.take(ledger, pictures, a_frame(600 * n, app=app), b"picture %d" % n)
        with ledger.writing() as db:
            readings.add(db, n + 1, a_reading(f"words of {app} {n}"))
            [passage] = readings.add_passages(db, n + 1, [Passage(f"words of {app} {n}", (0,))])
            readings.index_words(db, n + 1)
            vectors.add(db, "passage", [passage], a_vector(n))
            vectors.add(db, "picture", [a_look(db, n + 1)], a_vector(n))
        made.put("passage", [passage], [f"words of {app} {n}"], a_vector(n))
        made.put("picture", [n + 1], [], a_vector(n))
    return made


def found(index: Index, n: int) -> dict[str, int]:
    """The nearest of each kind to vector `n` that is the same."""
    return {
        kind: sum(cosine > 0.9 for _, cosine in index.find(kind, a_vector(n), 3))
        for kind in ("passage", "picture")
    }


def test_a_dry_run_tells_and_changes_nothing(ledger: Ledger, pictures: Pictures, index: Index) -> None:
    before = ledger.generation()
    told = forget(ledger, pictures, index, What(app="editor"), dry_run=True)
    assert [moment.id for moment in told.moments] == [1, 3]
    assert told.dry_run
    assert ledger.generation() == before
    assert len(pictures.there()) == 3
    assert found(index, 0) == {"passage": 1, "picture": 1}


def test_rows_pictures_and_vectors_go_together(ledger: Ledger, pictures: Pictures, index: Index) -> None:
    gone = forget(ledger, pictures, index, What(app="editor"), dry_run=False)
    assert [moment.id for moment in gone.moments] == [1, 3]
    with ledger.reading() as db:
        assert moments.count(db) == 1
        assert vectors.count(db, "passage", "test") == vectors.count(db, "picture", "test") == 1
        assert pictures.there() == frames.pictures_all(db)
        with pytest.raises(NotFound):
            moments.get(db, 1)
    assert found(index, 0) == found(index, 2) == {"passage": 0, "picture": 0}
    assert found(index, 1) == {"passage": 1, "picture": 1}


def test_what_is_not_there_changes_nothing(ledger: Ledger, pictures: Pictures, index: Index) -> None:
    before = ledger.generation()
    assert forget(ledger, pictures, index, What(text="never seen"), dry_run=False).moments == ()
    assert ledger.generation() == before
