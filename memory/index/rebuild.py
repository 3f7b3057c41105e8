"""Reading the ledger's vectors in blocks: what an index is filled from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from memory.ledger import readings, vectors
from memory.ledger.connection import Db, Ledger
from memory.ports import Kind
from memory.records import Vectors

KINDS: tuple[Kind, ...] = ("passage", "picture")


@dataclass(frozen=True, slots=True)
class Block:
    """Some vectors of one kind and encoder; `texts` is empty or one for each."""

    kind: Kind
    ids: tuple[int, ...]
    texts: tuple[str, ...]
    vectors: Vectors


def blocks(ledger: Ledger, size: int, texts: bool) -> Iterator[Block]:
    """All vectors, `size` at a time, each block read when it is asked for; passages with `texts` or without.

    What is added meanwhile may be among them or not; whoever fills an index is told of it besides.
    """
    for kind in KINDS:
        with ledger.reading() as db:
            encoders = vectors.encoders(db, kind)
        for encoder in encoders:
            last = 0
            while block := _after(ledger, kind, encoder, last, size, texts):
                yield block
                last = block.ids[-1]


def _after(ledger: Ledger, kind: Kind, encoder: str, last: int, size: int, texts: bool) -> Block | None:
    with ledger.reading() as db:
        ids, found = vectors.all(db, kind, encoder, last, size)
        said = _texts(db, ids) if texts and kind == "passage" else ()
    return Block(kind, ids, said, found) if ids else None


def _texts(db: Db, ids: tuple[int, ...]) -> tuple[str, ...]:
    known = readings.passages(db, ids)
    return tuple(known[id][2] if id in known else "" for id in ids)
