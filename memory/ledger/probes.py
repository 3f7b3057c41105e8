"""What is found of some moments: asked before and after they become one, and nothing may be missing then."""

from __future__ import annotations

from collections.abc import Sequence

from memory.ledger.connection import Db, as_list
from memory.ledger.search import quoted
from memory.records import Probe

MOST = 0.5
"""Of the lines that were asked for, those which the picture of a moment shows. Measured on the recordings of
desktop and ScreenAgent: at least .75 in moments that fold, at most .32 in nine of ten pairs drawn at random.
"""

INSIDE = "in (select value from json_each(?))"

# What rests on moments, each row as a tuple that stays the same wherever it is moved.
HELD = (
    "select 'line', l.text from frames f join lines l on l.frame = f.id where f.moment {inside}",
    "select 'look', id from frames where moment {inside}",
    "select 'passage', p.id, v.encoder from frames f join passages p on p.frame = f.id"
    " join vectors v on v.kind = 'passage' and v.owner = p.id where f.moment {inside}",
    "select 'part', p.id, v.encoder from frames f join parts p on p.frame = f.id"
    " join vectors v on v.kind = 'picture' and v.owner = p.id where f.moment {inside}",
    "select 'evidence', fact, quote from evidence where moment {inside}",
    "select 'sighting', kind, thing, relation, value from sightings where moment {inside}",
    "select 'time', min(started), max(ended) from moments where id {inside}",
)

Answer = tuple[object, ...]


def answered(db: Db, moments: Sequence[int], probes: Sequence[Probe]) -> frozenset[Answer]:
    """The probes that are answered by the moment they are put to, and all that rests on the moments; an id
    that was folded into another means that one.
    """
    now = {id: _now(db, id) for id in moments}
    there = as_list(sorted(set(now.values())))
    found: set[Answer] = set()
    for rows in HELD:
        found.update(db.rows(rows.format(inside=INSIDE), there))
    found.update((probe,) for probe in probes if _answers(db, now[probe.moment], probe))
    return frozenset(found)


def _now(db: Db, id: int) -> int:
    now = db.value("select now from aliases where moment = ?", id)
    return id if now is None else int(now)


def _answers(db: Db, moment: int, probe: Probe) -> bool:
    match probe.kind:
        case "words":
            return _says(db, moment, f"text : {quoted(probe.texts[0])}")
        case "title":
            return _says(db, moment, f"title : {quoted(probe.texts[0])}")
        case "app":
            return db.rows("select app from moments where id = ?", moment) == [probe.texts]
        case "shown":
            return _shows(db, moment, probe.texts)


def _says(db: Db, moment: int, match: str) -> bool:
    return bool(db.rows("select 1 from words where rowid = ? and words match ?", moment, match))


def _shows(db: Db, moment: int, lines: Sequence[str]) -> bool:
    """Whether most of the lines stand in the frame whose picture is the moment's."""
    shown = {
        text
        for (text,) in db.rows(
            "select l.text from moments m join lines l on l.frame = m.best where m.id = ?", moment
        )
    }
    return sum(line in shown for line in lines) >= MOST * len(lines)
