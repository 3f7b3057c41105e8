"""What spans and episodes were about: a few vectors each, sealed, that outlast those of their frames."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import NamedTuple

from memory.ledger.connection import Db, Row, Writer, as_list
from memory.ports import Kind
from memory.records import Vectors

OWNERS = {
    "passage": "select f.moment from passages o join frames f on f.id = o.frame",
    "picture": "select f.moment from parts o join frames f on f.id = o.frame",
}

MATERIAL = {
    "passage": "cross join passages o on o.frame = f.id",
    "picture": "cross join parts o on o.frame = f.id",
}


class Trajectory(NamedTuple):
    """Vectors of one kind and encoder in order of time, and of how many each was pooled."""

    kind: Kind
    vectors: Vectors
    weights: tuple[float, ...]


class Kept(NamedTuple):
    """The trajectories of a span, and the moments that it held."""

    moments: frozenset[int]
    trajectories: tuple[Trajectory, ...]


def outdate(db: Writer, kind: Kind, owners: Sequence[int]) -> None:
    """Vectors came: the spans that hold their owners (passages or parts of frames) are to be pooled again."""
    db.run(
        "update spans set pooled = 0 where id in (select span from episode_moments where moment in"
        f" ({OWNERS[kind]} where o.id in (select value from json_each(?))))",
        as_list(owners),
    )


def faded(db: Db, day: int) -> tuple[Kept, ...]:
    """What the spans of a local day (since 1970-01-01) keep of more vectors than their frames have now."""
    spans = db.rows("select id from spans where day = ? order by started, id", day)
    found = (Kept(moments_of(db, span), _outlasting(db, span)) for (span,) in spans)
    return tuple(kept for kept in found if kept.trajectories)


def _outlasting(db: Db, span: int) -> tuple[Trajectory, ...]:
    there = {(one.kind, one.vectors.encoder): len(one.weights) for one in of_frames(db, span)}
    return tuple(
        one for one in of_span(db, span) if sum(one.weights) > there.get((one.kind, one.vectors.encoder), 0)
    )


def of_span(db: Db, span: int) -> tuple[Trajectory, ...]:
    """What a span keeps."""
    return _of(db, "s.id", span)


def unpooled(db: Db) -> tuple[int, ...]:
    """Spans of which vectors came since they were pooled, in order of time."""
    return tuple(id for (id,) in db.rows("select id from spans where pooled = 0 order by started, id"))


def moments_of(db: Db, span: int) -> frozenset[int]:
    return frozenset(id for (id,) in db.rows("select moment from episode_moments where span = ?", span))


def of_frames(db: Db, span: int) -> tuple[Trajectory, ...]:
    """All vectors that the frames of a span still have, each of weight 1."""
    found: dict[tuple[Kind, str], list[Row]] = {}
    kinds: tuple[Kind, ...] = ("passage", "picture")
    for kind in kinds:
        # In this order: from few moments to their vectors, never through all vectors there are.
        for encoder, *row in db.rows(
            "select v.encoder, v.scale, v.data from episode_moments e"
            " cross join frames f on f.moment = e.moment"
            f" {MATERIAL[kind]} cross join vectors v on v.kind = ? and v.owner = o.id"
            " where e.span = ? order by f.at, f.id, o.id",
            kind,
            span,
        ):
            found.setdefault((kind, encoder), []).append(tuple(row))
    return tuple(
        Trajectory(
            kind,
            _vectors(
                encoder, struct.pack(f"<{len(rows)}f", *(s for s, _ in rows)), b"".join(d for _, d in rows)
            ),
            (1.0,) * len(rows),
        )
        for (kind, encoder), rows in found.items()
    )


def put(db: Writer, span: int, trajectories: Sequence[Trajectory]) -> None:
    """What a span keeps from now on; those of its episode are to be made anew."""
    db.run("delete from span_vectors where span = ?", span)
    db.many(
        "insert into span_vectors (span, kind, encoder, weights, scales, data) values (?, ?, ?, ?, ?, ?)",
        [
            (span, t.kind, t.vectors.encoder, json.dumps(t.weights), t.vectors.scales, t.vectors.data)
            for t in trajectories
        ],
    )
    db.run("delete from episode_vectors where episode = (select episode from spans where id = ?)", span)
    db.run("update spans set pooled = 1 where id = ?", span)


def lacking(db: Db) -> tuple[int, ...]:
    """Episodes whose spans keep vectors and that have none of their own."""
    return tuple(
        id
        for (id,) in db.rows(
            "select distinct s.episode from spans s join span_vectors v on v.span = s.id"
            " where s.episode not in (select episode from episode_vectors) order by 1"
        )
    )


def of_spans(db: Db, episode: int) -> tuple[Trajectory, ...]:
    """What the spans of an episode keep, in order of time."""
    return _of(db, "s.episode", episode)


def put_episode(db: Writer, episode: int, trajectories: Sequence[Trajectory]) -> None:
    db.many(
        "insert into episode_vectors (episode, kind, encoder, scales, data) values (?, ?, ?, ?, ?)",
        [(episode, t.kind, t.vectors.encoder, t.vectors.scales, t.vectors.data) for t in trajectories],
    )


def ids(db: Db, kind: Kind, encoder: str) -> frozenset[int]:
    """The rows that `read` gives; a row never changes, and its id is never used again."""
    rows = db.rows("select id from episode_vectors where kind = ? and encoder = ?", kind, encoder)
    return frozenset(id for (id,) in rows)


def read(db: Db, rows: Sequence[int]) -> dict[int, tuple[int, Vectors]]:
    """By row the episode and its vectors in order of time."""
    return {
        id: (episode, _vectors(encoder, scales, data))
        for id, episode, encoder, scales, data in db.rows(
            "select id, episode, encoder, scales, data from episode_vectors"
            " where id in (select value from json_each(?))",
            as_list(rows),
        )
    }


def _of(db: Db, column: str, id: int) -> tuple[Trajectory, ...]:
    rows = db.rows(
        "select v.kind, v.encoder, v.weights, v.scales, v.data from spans s"
        f" join span_vectors v on v.span = s.id where {column} = ? order by s.started, s.id",
        id,
    )
    return tuple(
        Trajectory(kind, _vectors(encoder, scales, data), tuple(json.loads(weights)))
        for kind, encoder, weights, scales, data in rows
    )


def _vectors(encoder: str, scales: bytes, data: bytes) -> Vectors:
    count = len(scales) // 4
    return Vectors(encoder, len(data) // max(1, count), count, data, scales)
