"""Vectors: kept as they were made, read in blocks, never of two encoders at once."""

from __future__ import annotations

import struct

import pytest

from memory.errors import Bug
from memory.ledger import frames, readings, vectors
from memory.ledger.connection import Ledger
from memory.records import Passage, Vectors
from tests.support.builders import a_frame, a_kept_frame, a_look, some_vectors


def test_vectors_come_back_in_blocks(ledger: Ledger) -> None:
    scales = struct.pack("<5f", 0.1, 0.2, 0.3, 0.4, 0.5)
    given = Vectors("m", 4, 5, bytes(range(20)), scales)
    with ledger.writing() as db:
        vectors.add(db, "passage", [1, 2, 3, 5, 8], given)
        vectors.add(db, "passage", [2, 9], some_vectors(2, 8, "other"))
        vectors.add(db, "picture", [1], some_vectors(1, 3, "m"))
        owners, block = vectors.all(db, "passage", "m", 0, 3)
        assert owners == (1, 2, 3)
        assert block == Vectors("m", 4, 3, bytes(range(12)), scales[:12])
        owners, block = vectors.all(db, "passage", "m", 3, 3)
        assert owners == (5, 8)
        assert block == Vectors("m", 4, 2, bytes(range(12, 20)), scales[12:])
        assert vectors.all(db, "passage", "m", 8, 3) == ((), Vectors("m", 0, 0, b"", b""))
        assert vectors.all(db, "passage", "m") == ((1, 2, 3, 5, 8), given)
        assert vectors.encoders(db, "passage") == ("m", "other")
        assert vectors.encoders(db, "picture") == ("m",)
        assert [vectors.count(db, "passage", name) for name in ("m", "other", "none")] == [5, 2, 0]


def test_a_vector_replaces_the_older_one_of_its_encoder(ledger: Ledger) -> None:
    with ledger.writing() as db:
        vectors.add(db, "passage", [1], some_vectors(1, first=1))
        vectors.add(db, "passage", [1], some_vectors(1, first=9))
        assert vectors.all(db, "passage", "test") == ((1,), some_vectors(1, first=9))


@pytest.mark.parametrize(
    "vectors_given",
    [
        some_vectors(1),
        Vectors("m", 4, 2, b"x" * 7, b"\0" * 8),
        Vectors("m", 4, 2, b"x" * 12, b"\0" * 8),
        Vectors("m", 4, 2, b"x" * 8, b"\0" * 4),
    ],
)
def test_what_does_not_fit_is_refused(vectors_given: Vectors, ledger: Ledger) -> None:
    with pytest.raises(Bug), ledger.writing() as db:
        vectors.add(db, "passage", [1, 2], vectors_given)
    with ledger.reading() as db:
        assert vectors.encoders(db, "passage") == ()


def test_what_lacks_a_vector(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one = a_kept_frame(db, a_frame(0), ["x"])
        two = a_kept_frame(db, a_frame(1), ["y"])
        frames.add(db, a_frame(2), None)
        ids = readings.add_passages(db, one, [Passage("x", (0,)), Passage("x x", (0,))])
        assert vectors.without(db, "passage", "test") == ids
        assert vectors.without(db, "picture", "test") == (one, two)
        vectors.add(db, "passage", ids[:1], some_vectors(1))
        vectors.add(db, "picture", [a_look(db, two)], some_vectors(1))
        assert vectors.without(db, "passage", "test") == ids[1:]
        assert vectors.without(db, "picture", "test") == (one,)
        assert vectors.without(db, "picture", "other") == (one, two)


def test_vectors_of_what_is_gone_are_dropped(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one = a_kept_frame(db, a_frame(0), ["x"])
        (passage,) = readings.add_passages(db, one, [Passage("x", (0,))])
        vectors.add(db, "passage", [passage, 70], some_vectors(2))
        vectors.add(db, "passage", [70], some_vectors(1, encoder="other"))
        here, without_picture = a_look(db, one), a_look(db, frames.add(db, a_frame(1), None))
        vectors.add(db, "picture", [here, without_picture, 80], some_vectors(3))
        assert vectors.drop_orphans(db, "passage") == (70,)
        assert vectors.drop_orphans(db, "picture") == (without_picture, 80)
        assert vectors.all(db, "passage", "test")[0] == (passage,)
        assert vectors.all(db, "picture", "test")[0] == (here,)
        assert vectors.encoders(db, "passage") == ("test",)
        assert [vectors.drop_orphans(db, kind) for kind in ("passage", "picture")] == [(), ()]


def test_the_vectors_of_other_encoders_are_dropped(ledger: Ledger) -> None:
    with ledger.writing() as db:
        parts = [a_look(db, a_kept_frame(db, a_frame(n), ["x"])) for n in range(2)]
        for encoder in ("old", "new"):
            vectors.add(db, "picture", parts, some_vectors(2, encoder=encoder))
        vectors.add(db, "passage", [1], some_vectors(1, encoder="old"))
        assert vectors.drop_others(db, "picture", "new") == 2
        assert vectors.encoders(db, "picture") == ("new",)
        assert vectors.encoders(db, "passage") == ("old",)
