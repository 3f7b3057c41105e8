"""What was seen in frames: their parts (the page and the pictures in it), and cues that words can find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from memory.ledger.connection import Db, Writer, as_list
from memory.records import Cue, Part

INSIDE = "in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class Hit:
    """A part of a frame, which of the labels that were looked for it has, and those that its page has."""

    frame: int
    labels: frozenset[str]
    page: frozenset[str]


def put(
    db: Writer, frame: int, maker: str, parts: Sequence[Part], cues: Sequence[Cue]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Keeps what was seen in a frame in place of what was before; `maker` names what made the cues.

    Gives the ids of the parts, in order, and those of parts that are gone; one with the same box stays.
    """
    before = {
        (x, y, w, h): id
        for id, x, y, w, h in db.rows("select id, x, y, w, h from parts where frame = ?", frame)
    }
    now = {part.box for part in parts}
    gone = tuple(id for box, id in before.items() if box not in now)
    _drop(db, gone)
    ids = tuple(_part(db, frame, part, before.get(part.box)) for part in parts)
    numbers = {part.n: id for part, id in zip(parts, ids, strict=True)}
    db.run("insert or replace into looks (frame, maker) values (?, ?)", frame, maker)
    db.many("delete from cues where part = ?", [(id,) for id in ids])
    db.many(
        "insert into cues (part, kind, label, confidence) values (?, ?, ?, ?)",
        [(numbers[cue.n], cue.kind, cue.label, cue.confidence) for cue in cues],
    )
    return ids, gone


def _part(db: Writer, frame: int, part: Part, id: int | None) -> int:
    if id is None:
        return db.insert(
            "insert into parts (frame, n, x, y, w, h) values (?, ?, ?, ?, ?, ?)", frame, part.n, *part.box
        )
    db.run("update parts set n = ? where id = ?", part.n, id)
    return id


def drop(db: Writer, frames: Iterable[int]) -> tuple[int, ...]:
    """Nothing is known any more of what these frames show; the parts that are gone, with their vectors."""
    inside = as_list(frames)
    parts = tuple(id for (id,) in db.rows(f"select id from parts where frame {INSIDE}", inside))
    _drop(db, parts)
    db.run(f"delete from looks where frame {INSIDE}", inside)
    return parts


def _drop(db: Writer, parts: Sequence[int]) -> None:
    db.run(f"delete from vectors where kind = 'picture' and owner {INSIDE}", as_list(parts))
    db.run(f"delete from parts where id {INSIDE}", as_list(parts))


def cues(db: Db, frame: int) -> tuple[Cue, ...]:
    """The cues of a frame: of the page first, then picture by picture."""
    rows = db.rows(
        "select p.n, p.x, p.y, p.w, p.h, c.kind, c.label, c.confidence from parts p"
        " join cues c on c.part = p.id where p.frame = ? order by p.n, c.kind, c.label",
        frame,
    )
    return tuple(Cue(n, (x, y, w, h), kind, label, sure) for n, x, y, w, h, kind, label, sure in rows)


def count(db: Db) -> int:
    """How many parts of frames there are."""
    return int(db.value("select count(*) from parts"))


def counts(db: Db, labels: Iterable[str]) -> dict[str, int]:
    """Of how many parts each label is said."""
    rows = db.rows(
        f"select label, count(*) from cues where label {INSIDE} group by label", json.dumps(list(labels))
    )
    return {label: int(count) for label, count in rows}


def having(db: Db, weights: Mapping[str, float], limit: int) -> tuple[Hit, ...]:
    """The pictures in frames whose labels weigh most together, best first, then latest."""
    wanted = json.dumps(list(weights.items()))
    rows = db.rows(
        "select p.frame, json_group_array(c.label) from json_each(?) w"
        " join cues c on c.label = w.value ->> 0 join parts p on p.id = c.part"
        " group by p.id order by sum(w.value ->> 1) desc, p.n = 0, p.frame desc limit ?",
        wanted,
        limit,
    )
    pages = _pages(db, [frame for frame, _ in rows])
    return tuple(
        Hit(frame, frozenset(json.loads(said)), pages.get(frame, frozenset())) for frame, said in rows
    )


def _pages(db: Db, frames: Sequence[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = db.rows(
        "select p.frame, c.label from parts p join cues c on c.part = p.id"
        f" where p.n = 0 and p.frame {INSIDE}",
        as_list(frames),
    )
    for frame, label in rows:
        found.setdefault(frame, set()).add(label)
    return {frame: frozenset(labels) for frame, labels in found.items()}


def without(db: Db, maker: str) -> tuple[int, ...]:
    """Frames with a picture that was read, of which this maker made no cues yet."""
    rows = db.rows(
        "select f.id from frames f join readings r on r.frame = f.id"
        " where f.picture is not null and f.faded is null"
        " and not exists (select 1 from looks l where l.frame = f.id and l.maker = ?) order by f.id",
        maker,
    )
    return tuple(id for (id,) in rows)


def latest(db: Db) -> tuple[int, ...]:
    """The last frame with a picture that was looked at; empty where there is none."""
    rows = db.rows(
        "select f.id from frames f join looks l on l.frame = f.id where f.picture is not null"
        " and f.faded is null order by f.id desc limit 1"
    )
    return tuple(id for (id,) in rows)


def unseen(db: Db) -> tuple[int, ...]:
    """Frames with a picture that was read and that nobody looked at yet, without a job for it."""
    rows = db.rows(
        "select f.id from frames f join readings r on r.frame = f.id"
        " where f.picture is not null and f.faded is null and f.id not in (select frame from looks)"
        " and f.id not in (select subject from jobs where stage = 'see') order by f.id"
    )
    return tuple(id for (id,) in rows)
