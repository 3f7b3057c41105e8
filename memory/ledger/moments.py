"""Moments: stretches of an unchanged screen, looked up, folded and settled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from memory.errors import NotFound
from memory.ledger import frames, readings, times
from memory.ledger.connection import Db, Row, Writer, as_list
from memory.ledger.forgetting import Removed, forget, select
from memory.records import Line, LineRow, Moment, MomentText, MomentWhole

__all__ = [
    "Removed",
    "around",
    "best_frame",
    "between",
    "count",
    "count_unsettled",
    "days",
    "first",
    "fold",
    "following",
    "forget",
    "get",
    "left_in",
    "many",
    "of_day",
    "picture_of",
    "pile_of",
    "select",
    "settle",
    "spare_pictures",
    "stamps",
    "starts",
    "texts",
    "unsettle",
    "unsettled_days",
    "whole",
]

COLUMNS = "m.id, m.started, m.ended, m.zone, m.monitor, m.app, m.title, m.url, m.best"

CLEARLY_MORE = 1.15
"""Text of another frame against that of a moment's first one from which its picture is the better one. Others
rest on the first: to take the one with most text in any case costs 4 % of the bytes of pictures, this 1 %
(desktop recording).
"""

# A frame whose picture still waits to be read: what its moment says is not known yet.
UNREAD = """select f.moment from jobs j join frames f on f.id = j.subject
  where j.state = 'waiting' and f.picture is not null and f.id not in (select frame from readings)"""

# ------------------------------------------------------------------ looking up


def get(db: Db, id: int) -> Moment:
    """A moment; an id that was folded into another leads to that one. Raises NotFound."""
    found = many(db, (id,))
    if not found:
        raise NotFound(what="moment", id=id)
    return found[id]


def many(db: Db, ids: Sequence[int]) -> dict[int, Moment]:
    """Moments by the ids they were asked for, folded ones included; what is not there is left out."""
    now = _now(db, ids)
    rows = db.rows(
        f"select {COLUMNS} from moments m where m.id in (select value from json_each(?))",
        as_list(now.values()),
    )
    found = {moment.id: moment for moment in _made(db, rows)}
    return {id: found[now[id]] for id in ids if now[id] in found}


def between(db: Db, since: datetime | None, until: datetime | None) -> tuple[Moment, ...]:
    """Moments that touch the span, in order of time; None is open."""
    first, last = times.span(since, until)
    return _made(
        db,
        db.rows(
            f"select {COLUMNS} from moments m"
            " where m.started >= ?1 - coalesce((select max(ended - started) from moments), 0)"
            " and m.started < ?2 and m.ended >= ?1 order by m.started, m.id",
            first,
            last,
        ),
    )


def around(db: Db, ids: Sequence[int], many: int, away_s: float) -> dict[int, tuple[int, ...]]:
    """Of each moment those of its monitor that came at most `away_s` seconds before and after it, at most
    `many` on either side. Single pictures have none: they follow nothing.
    """
    near = (
        "select json_group_array(id) from (select n.id from moments n where n.single = 0"
        " and n.monitor = m.monitor and n.started {} order by n.started {}, n.id {} limit ?2)"
    )
    after = near.format("> m.started and n.started <= m.ended + ?3", "asc", "asc")
    before = near.format("< m.started and n.started >= m.started - ?3", "desc", "desc")
    rows = db.rows(
        f"select m.id, ({before}), ({after}) from moments m"
        " where m.single = 0 and m.id in (select value from json_each(?1))",
        as_list(ids),
        many,
        int(away_s * 1000),
    )
    return {id: (*json.loads(earlier), *json.loads(later)) for id, earlier, later in rows}


def first(db: Db) -> datetime | None:
    """When the earliest of all began; None where there is none."""
    row = db.row("select started, zone from moments order by started limit 1")
    return times.at(*row) if row else None


def left_in(db: Db, since: datetime | None, until: datetime | None) -> Literal["nothing", "gist", "text"]:
    """What is left of a span: no moment, only such whose text has faded, or text."""
    touching = (
        "select 1 from moments m where m.started < ?2 and m.ended >= ?1"
        " and m.started >= ?1 - coalesce((select max(ended - started) from moments), 0)"
    )
    span = times.span(since, until)
    if not db.rows(f"{touching} limit 1", *span):
        return "nothing"
    faded = "exists (select 1 from frames f where f.moment = m.id and f.faded = 'gist')"
    return "text" if db.rows(f"{touching} and not {faded} limit 1", *span) else "gist"


def starts(db: Db, ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these moments began."""
    rows = db.rows(
        "select id, started, zone from moments where id in (select value from json_each(?))", as_list(ids)
    )
    return {id: times.at(started, zone) for id, started, zone in rows}


def following(db: Db, ids: Sequence[int]) -> dict[int, datetime]:
    """When the next moment of the same monitor began; the last ones are left out."""
    rows = db.rows(
        "select m.id, (select min(n.started) from moments n where n.started > m.started"
        " and n.monitor = m.monitor) as next, m.zone from moments m"
        " where m.id in (select value from json_each(?)) and next is not null",
        as_list(ids),
    )
    return {id: times.at(started, zone) for id, started, zone in rows}


def whole(db: Db, id: int) -> MomentWhole:
    """A moment with the union of its lines; windows and size are those of its best frame.

    Boxes are in pixels of the frame that a line was read in: lines of the best frame come first. `window`
    of a line from another frame is None.
    """
    moment = get(db, id)
    best = best_frame(db, moment.id)
    rows = readings.union(db, (moment.id,))[moment.id]
    lines = tuple(
        row.line if row.frame == best else Line(row.line.text, row.line.box, row.line.confidence)
        for row in rows
    )
    if best is None:
        return MomentWhole(moment, lines, (), 0, 0)
    frame = frames.meta_of(db, best)
    return MomentWhole(moment, lines, frame.windows, frame.width, frame.height)


def texts(db: Db, ids: Sequence[int]) -> dict[int, tuple[LineRow, ...]]:
    """The union of lines of each moment, by the ids they were asked for."""
    now = _now(db, ids)
    found = readings.union(db, sorted(set(now.values())))
    return {id: found[now[id]] for id in ids}


def best_frame(db: Db, id: int) -> int | None:
    """The frame that stands for a moment: that of its picture, or its first one; None without a moment."""
    frame = db.value(
        "select coalesce(m.best, (select min(id) from frames where moment = m.id)) from moments m"
        " where m.id = ?",
        _now(db, (id,))[id],
    )
    return None if frame is None else int(frame)


def picture_of(db: Db, id: int) -> frames.Place | None:
    """Where the thumbnail of a moment lies, and its picture beside it unless that has faded."""
    frame = best_frame(db, id)
    return None if frame is None else frames.thumbnail_of(db, frame)


def pile_of(db: Db, id: int) -> tuple[frames.Place, ...]:
    """Where the picture of a moment and what it rests on lie, the lowest first; empty where it has none."""
    frame = best_frame(db, id)
    return () if frame is None else frames.pile_of(db, frame)


def days(db: Db) -> dict[str, int]:
    """Moments a day, by the local date of then."""
    rows = db.rows(f"select {times.DAY} as day, count(*) from moments m group by 1 order by 1")
    return {times.day(number): n for number, n in rows}


def count(db: Db) -> int:
    return int(db.value("select count(*) from moments"))


def _now(db: Db, ids: Sequence[int]) -> dict[int, int]:
    """Where each id leads now; one that was never folded leads to itself."""
    aliases: dict[int, int] = dict(
        db.rows(
            "select moment, now from aliases where moment in (select value from json_each(?))", as_list(ids)
        )
    )
    return {id: aliases.get(id, id) for id in ids}


def _made(db: Db, rows: Sequence[Row]) -> tuple[Moment, ...]:
    """Moments of rows of COLUMNS, with what their frames say, in three statements however many they are."""
    wanted = as_list(row[0] for row in rows)
    inside = "moment in (select value from json_each(?))"
    counts: dict[int, int] = dict(
        db.rows(f"select moment, count(*) from frames where {inside} group by moment", wanted)
    )
    origins: dict[int, list[str]] = {}
    for moment, origin in db.rows(
        f"select moment, origin from frames where {inside} and origin is not null order by moment, id", wanted
    ):
        origins.setdefault(moment, []).append(origin)
    faded = _faded(db, wanted)
    return tuple(
        Moment(
            id=id,
            start=times.at(started, zone),
            end=times.at(ended, zone),
            monitor=monitor,
            app=app,
            title=title,
            url=url,
            frames=counts.get(id, 0),
            picture=best is not None,
            origins=tuple(origins.get(id, ())),
            faded=faded.get(id, ""),
        )
        for id, started, ended, zone, monitor, app, title, url, best in rows
    )


def _faded(db: Db, wanted: str) -> dict[int, Literal["thumbnail", "text", "gist"]]:
    """What is left of those that have faded."""
    return dict(
        db.rows(
            "select m.id, case when b.id is not null then b.faded when max(f.faded = 'gist') then 'gist'"
            " else 'text' end from frames f join moments m on m.id = f.moment"
            " left join frames b on b.id = m.best where f.faded is not null"
            " and f.moment in (select value from json_each(?)) and (b.id is null or b.faded is not null)"
            " group by m.id",
            wanted,
        )
    )


# ------------------------------------------------------------------ settling


def of_day(db: Db, day: int) -> tuple[MomentText, ...]:
    """A local day's moments (days since 1970-01-01) as consolidation gets them, in order of time, without
    those that wait to be read.
    """
    rows = db.rows(
        f"select {COLUMNS} from moments m where {times.DAY} = ? and m.id not in ({UNREAD})"
        " order by m.started, m.id",
        day,
    )
    found = _made(db, rows)
    lines = readings.in_order(db, [moment.id for moment in found])
    firsts = {
        moment: (change, bool(single))
        for moment, change, single, _ in db.rows(
            "select moment, change, single, min(id) from frames"
            " where moment in (select value from json_each(?)) group by moment",
            as_list(moment.id for moment in found),
        )
    }
    return tuple(MomentText(moment, lines[moment.id], *firsts[moment.id]) for moment in found)


def unsettled_days(db: Db) -> tuple[int, ...]:
    """Local days with a moment that consolidation has not seen as it is and that does not wait to be read."""
    rows = db.rows(
        f"select distinct {times.DAY} from moments m where m.settled = 0"
        f" and m.id not in ({UNREAD}) order by 1"
    )
    return tuple(day for (day,) in rows)


def count_unsettled(db: Db) -> int:
    return int(db.value("select count(*) from moments where settled = 0"))


def stamps(db: Db, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """What tells whether a moment is as it was: its span, how many frames it has, how many are read."""
    rows = db.rows(
        "select m.id, m.started, m.ended, count(f.id), count(r.frame) from moments m"
        " join frames f on f.moment = m.id left join readings r on r.frame = f.id"
        " where m.id in (select value from json_each(?)) group by m.id",
        as_list(ids),
    )
    return {id: tuple(stamp) for id, *stamp in rows}


def unsettle(db: Writer, id: int) -> None:
    """Something of it became known that consolidation has not seen."""
    db.run("update moments set settled = 0 where id = ?", id)


def settle(db: Writer, ids: Iterable[int]) -> None:
    """Consolidation has seen these as they are now."""
    db.run("update moments set settled = 1 where id in (select value from json_each(?))", as_list(ids))


# ------------------------------------------------------------------ folding


ALL_OF_THEM = "moments where id = ?1 or id in (select value from json_each(?2))"

MOST_TEXT = f"""select f.id from frames f join lines l on l.frame = f.id
  where f.id in (select best from {ALL_OF_THEM}) group by f.id
  order by sum(length(l.text))
    * case when f.id = (select min(id) from frames where moment = ?1) then {CLEARLY_MORE} else 1 end desc,
    f.id desc limit 1"""


def fold(db: Writer, into: int, gone: Sequence[int]) -> None:
    """Makes one moment of several: `into` takes their frames, their span and what rests on them.

    Its picture is the one with most text, or the first where none has clearly more. A line whose text an
    earlier frame holds is dropped, and evidence that named it names the one that stays; no word is lost. The
    ids in `gone` lead to `into` from now on.
    """
    left = as_list(id for id in gone if id != into)
    inside = "in (select value from json_each(?))"
    db.run(
        f"update moments set started = (select min(started) from {ALL_OF_THEM}),"
        f" ended = (select max(ended) from {ALL_OF_THEM}),"
        f" best = coalesce(({MOST_TEXT}), best, (select min(best) from {ALL_OF_THEM})), settled = 0"
        " where id = ?1",
        into,
        left,
    )
    db.run(f"update frames set moment = ? where moment {inside}", into, left)
    for table in ("episode_moments", "evidence", "sightings", "recalls", "pins", "turn_citations"):
        db.run(f"update or ignore {table} set moment = ? where moment {inside}", into, left)
    db.run(f"update aliases set now = ? where now {inside}", into, left)
    db.run("insert into aliases select value, ? from json_each(?)", into, left)
    _drop_repeated(db, into)
    db.run(f"delete from words where rowid {inside}", left)
    db.run(f"delete from moments where id {inside}", left)
    readings.index_words(db, into)


def _drop_repeated(db: Writer, moment: int) -> None:
    """Lines whose text an earlier frame of the moment holds go, but for those of its best frame: its picture
    is shown with them.
    """
    stays: dict[str, tuple[int, int]] = {}
    drop: list[tuple[int, int]] = []
    for text, line, frame, best in db.rows(
        "select l.text, l.id, f.id, f.id is m.best from moments m"
        " join frames f on f.moment = m.id join lines l on l.frame = f.id where m.id = ? order by f.id, l.n",
        moment,
    ):
        kept, kept_in = stays.setdefault(text, (line, frame))
        if kept_in != frame and not best:
            drop.append((kept, line))
    db.many("update evidence set line = ? where line = ?", drop)
    db.many("delete from lines where id = ?", [(line,) for _, line in drop])


def spare_pictures(db: Db, ids: Sequence[int]) -> tuple[tuple[int, frames.Place], ...]:
    """Frames of these moments whose picture neither stands for its moment nor lies below another, and where
    those lie.
    """
    rows = db.rows(
        "select f.id, f.day, f.picture from frames f join moments m on m.id = f.moment"
        " where f.moment in (select value from json_each(?)) and f.picture is not null and f.id is not m.best"
        " and not exists (select 1 from frames above where above.base = f.id) order by f.id",
        as_list(ids),
    )
    return tuple((frame, (day, name)) for frame, day, name in rows)
