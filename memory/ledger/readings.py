"""Readings: the lines of frames, the passages made of them, and the words by which a moment is found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from memory.ledger.connection import Db, Row, Writer, as_list
from memory.ledger.spelling import spelled
from memory.records import Line, LineRow, Passage, Reading

LINE = "l.id, l.frame, l.n, l.text, l.x, l.y, l.w, l.h, l.confidence, l.window"

SECURE_DELETE = "insert into words (words, rank) values ('secure-delete', ?)"

AT_ONCE = 1_000
"""Moments whose lines are sorted at a time: that happens in memory."""


def add(db: Writer, frame_id: int, reading: Reading) -> None:
    """Writes down what was read in a frame, in place of an older reading of it."""
    db.run(
        "delete from vectors where kind = 'passage' and owner in (select id from passages where frame = ?)",
        frame_id,
    )
    db.run("delete from passages where frame = ?", frame_id)
    db.run("delete from lines where frame = ?", frame_id)
    db.run(
        "insert into readings values (?, ?) on conflict (frame) do update set engine = excluded.engine",
        frame_id,
        reading.engine,
    )
    db.many(
        "insert into lines (frame, n, text, x, y, w, h, confidence, window)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (frame_id, n, line.text, *line.box, line.confidence, line.window)
            for n, line in enumerate(reading.lines)
        ],
    )


def lines(db: Db, frame_id: int) -> tuple[LineRow, ...]:
    """The lines of one frame, in reading order."""
    rows = db.rows(f"select {LINE} from lines l where l.frame = ? order by l.n", frame_id)
    fronts = _fronts(db, [frame_id])
    return tuple(_row(row, fronts) for row in rows)


def texts(db: Db, frames: Sequence[int]) -> frozenset[str]:
    """What the lines of these frames say."""
    rows = db.rows(
        "select distinct text from lines where frame in (select value from json_each(?))", as_list(frames)
    )
    return frozenset(text for (text,) in rows)


def union(db: Db, moments: Sequence[int]) -> dict[int, tuple[LineRow, ...]]:
    """What was read in each moment: the lines of its best frame, then what only its other frames hold."""
    return _union(db, moments, "f.id != coalesce(m.best, 0), f.id")


def in_order(db: Db, moments: Sequence[int]) -> dict[int, tuple[LineRow, ...]]:
    """What was read in each moment, as it came: the lines of its first frame, then what others added."""
    return _union(db, moments, "f.id")


def _union(db: Db, moments: Sequence[int], order: str) -> dict[int, tuple[LineRow, ...]]:
    found: dict[int, list[LineRow]] = {moment: [] for moment in moments}
    for n in range(0, len(moments), AT_ONCE):
        _add_union(db, moments[n : n + AT_ONCE], order, found)
    return {moment: tuple(kept) for moment, kept in found.items()}


def _add_union(db: Db, moments: Sequence[int], order: str, found: dict[int, list[LineRow]]) -> None:
    rows = db.rows(
        f"select f.moment, {LINE} from frames f"
        " join moments m on m.id = f.moment join lines l on l.frame = f.id"
        f" where f.moment in (select value from json_each(?)) order by f.moment, {order}, l.n",
        as_list(moments),
    )
    fronts = _fronts(db, {row[2] for row in rows})
    first_in: dict[tuple[int, str], int] = {}
    for moment, *row in rows:
        frame, text = row[1], row[3]
        if first_in.setdefault((moment, text), frame) == frame:
            found[moment].append(_row(tuple(row), fronts))


def _row(row: Row, fronts: dict[int, set[int]]) -> LineRow:
    id, frame, n, text, x, y, w, h, confidence, window = row
    front = window is None or frame not in fronts or window in fronts[frame]
    return LineRow(id, frame, n, Line(text, (x, y, w, h), confidence, window), front)


def _fronts(db: Db, frames: Iterable[int]) -> dict[int, set[int]]:
    """By frame the windows that had the focus; frames in which none can be told are left out."""
    found: dict[int, set[int]] = {}
    for frame, n in db.rows(
        "select f.id, w.n from frames f"
        " join windows w on w.frame = f.id and w.app = f.app and w.title = f.title"
        " where f.id in (select value from json_each(?))",
        as_list(frames),
    ):
        found.setdefault(frame, set()).add(n)
    return found


# ------------------------------------------------------------------ passages


def add_passages(db: Writer, frame_id: int, passages: Sequence[Passage]) -> tuple[int, ...]:
    """Writes down what was new in a frame; the ids, in the same order."""
    return tuple(
        db.insert(
            "insert into passages (frame, text, lines) values (?, ?, ?)",
            frame_id,
            passage.text,
            json.dumps(passage.lines),
        )
        for passage in passages
    )


def passages(db: Db, ids: Sequence[int]) -> dict[int, tuple[int, int, str]]:
    """By id the moment, the frame and the text; ids that are not there are left out."""
    rows = db.rows(
        "select p.id, f.moment, p.frame, p.text from passages p join frames f on f.id = p.frame"
        " where p.id in (select value from json_each(?))",
        as_list(ids),
    )
    return {id: (moment, frame, text) for id, moment, frame, text in rows}


def passages_in(db: Db, moments: Sequence[int]) -> dict[int, dict[int, str]]:
    """The passages that were new in each of these moments, by id, and what they say."""
    found: dict[int, dict[int, str]] = {moment: {} for moment in moments}
    for moment, id, text in db.rows(
        "select f.moment, p.id, p.text from frames f join passages p on p.frame = f.id"
        " where f.moment in (select value from json_each(?)) order by p.id",
        as_list(moments),
    ):
        found[moment][id] = text
    return found


# ------------------------------------------------------------------ words


def index_words(db: Writer, moment_id: int) -> None:
    """Writes the row by which a moment is found by words: its titles, applications and lines.

    A moment that is not there (any more) has none.
    """
    named = db.rows(
        "select app, title from frames where moment = ? group by app, title order by min(id)", moment_id
    )
    texts = db.rows(
        "select l.text from frames f join lines l on l.frame = f.id where f.moment = ? order by f.id, l.n",
        moment_id,
    )
    row = (
        _joined(title for _, title in named),
        _joined(app for app, _ in named),
        _joined(text for (text,) in texts),
    )
    before = db.row("select title, app, text from words where rowid = ?", moment_id)
    if before == row:
        return
    if before is not None:
        db.run("delete from words where rowid = ?", moment_id)
        db.run("delete from spellings where rowid = ?", moment_id)
    if named:
        db.run("insert into words (rowid, title, app, text) values (?, ?, ?, ?)", moment_id, *row)
        db.run("insert into spellings (rowid, said) values (?, ?)", moment_id, spelled("\n".join(row)))


@contextmanager
def marked_deletes(db: Writer) -> Iterator[None]:
    """Within it replaced words are struck by a marker and not overwritten, at a fifth of the cost. For what
    the memory goes on holding: when that is forgotten, `Ledger.scrub` removes every trace.
    """
    db.run(SECURE_DELETE, 0)
    try:
        yield
    finally:
        db.run(SECURE_DELETE, 1)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))
