"""Vectors of passages and pictures, sealed: the index is filled from them, and exact search reads them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from memory.errors import Bug
from memory.ledger import trajectories
from memory.ledger.connection import Db, Row, Writer, as_list
from memory.ports import Kind
from memory.records import Vectors

LACKING = {
    "passage": "select id from passages p where {lacks} order by id",
    "picture": "select f.id from frames f join readings r on r.frame = f.id"
    " left join parts p on p.frame = f.id and p.n = 0"
    " where f.picture is not null and f.faded is null and {lacks} order by f.id",
}

ORPHANS = {
    "passage": "select distinct owner from vectors where kind = 'passage'"
    " and owner not in (select id from passages)",
    "picture": "select distinct owner from vectors where kind = 'picture'"
    " and owner not in (select p.id from parts p join frames f on f.id = p.frame"
    " where f.picture is not null)",
}


def add(db: Writer, kind: Kind, owners: Sequence[int], vectors: Vectors) -> None:
    """Keeps one vector an owner (passage or part of a frame), in place of an older one of that encoder."""
    dim = vectors.dim
    if not len(owners) == vectors.count == len(vectors.scales) // 4 == len(vectors.data) // max(dim, 1):
        raise Bug(reason="vectors and their owners differ in number")
    scales = struct.unpack(f"<{vectors.count}f", vectors.scales)
    db.many(
        "insert or replace into vectors (kind, owner, encoder, scale, data) values (?, ?, ?, ?, ?)",
        [
            (kind, owner, vectors.encoder, scale, vectors.data[n * dim : (n + 1) * dim])
            for n, (owner, scale) in enumerate(zip(owners, scales, strict=True))
        ],
    )
    trajectories.outdate(db, kind, owners)


def all(
    db: Db, kind: Kind, encoder: str, after_owner: int = 0, limit: int = 50_000
) -> tuple[tuple[int, ...], Vectors]:
    """A block of vectors by owner, beginning after `after_owner`; the last block is empty."""
    # With + the table is read as it lies; there seldom is more than one encoder to pass over.
    rows = db.rows(
        "select owner, scale, data from vectors where kind = ? and +encoder = ? and owner > ?"
        " order by owner limit ?",
        kind,
        encoder,
        after_owner,
        limit,
    )
    return _made(encoder, rows)


def _made(encoder: str, rows: Sequence[Row]) -> tuple[tuple[int, ...], Vectors]:
    """Owners and vectors of rows of owner, scale and numbers."""
    data = b"".join(row[2] for row in rows)
    vectors = Vectors(
        encoder=encoder,
        dim=len(data) // len(rows) if rows else 0,
        count=len(rows),
        data=data,
        scales=struct.pack(f"<{len(rows)}f", *(row[1] for row in rows)),
    )
    return tuple(row[0] for row in rows), vectors


def of(db: Db, kind: Kind, encoder: str, owners: Sequence[int]) -> tuple[tuple[int, ...], Vectors]:
    """The vectors of these owners, as far as there are some, in order of their owners."""
    return _made(
        encoder,
        db.rows(
            "select owner, scale, data from vectors where kind = ? and encoder = ?"
            " and owner in (select value from json_each(?)) order by owner",
            kind,
            encoder,
            as_list(owners),
        ),
    )


def encoders(db: Db, kind: Kind) -> tuple[str, ...]:
    """The encoders of which there are vectors."""
    found: list[str] = []
    while True:
        # One step of the primary key for each encoder, however many vectors it has.
        found_next = db.value(
            "select min(encoder) from vectors where kind = ? and encoder > ?",
            kind,
            found[-1] if found else "",
        )
        if found_next is None:
            return tuple(found)
        found.append(str(found_next))


def count(db: Db, kind: Kind, encoder: str) -> int:
    return int(db.value("select count(*) from vectors where kind = ? and encoder = ?", kind, encoder))


def without(db: Db, kind: Kind, encoder: str) -> tuple[int, ...]:
    """Passages, or frames with a picture that was read, without a vector (of the whole) of this encoder."""
    lacks = "not exists (select 1 from vectors where kind = ? and encoder = ? and owner = p.id)"
    return tuple(id for (id,) in db.rows(LACKING[kind].format(lacks=lacks), kind, encoder))


def drop_orphans(db: Writer, kind: Kind) -> tuple[int, ...]:
    """Removes vectors whose passage, or part of a frame with a picture, is gone; the owners they named."""
    owners = tuple(owner for (owner,) in db.rows(ORPHANS[kind]))
    db.many("delete from vectors where kind = ? and owner = ?", [(kind, owner) for owner in owners])
    return owners


def drop_others(db: Writer, kind: Kind, encoder: str) -> int:
    """Removes the vectors of all encoders but this; how many."""
    return db.run("delete from vectors where kind = ? and encoder != ?", kind, encoder)
