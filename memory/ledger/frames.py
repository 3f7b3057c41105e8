"""Frames: single looks at a monitor, and how they make or join moments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.errors import NotFound
from memory.ledger import looks, times
from memory.ledger.connection import Db, Writer, as_list
from memory.ledger.days import day_of
from memory.records import Active, Frame, Window

APART_MS = 5 * 60_000
"""Frames further apart than this never share a moment (contract)."""

Place = tuple[str, str]
"""Where a sealed picture lies: day and name."""


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A frame as the ledger holds it."""

    id: int
    moment: int
    at: datetime
    monitor: int
    width: int
    height: int
    app: str
    title: str
    url: str | None
    origin: str | None
    change: float
    kept: bool
    single: bool
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class BaseRow:
    """A frame on whose picture another may rest: its window in front, and how many lie below its own."""

    id: int
    app: str
    title: str
    depth: int


def add(db: Writer, frame: Frame, picture: str | None) -> int:
    """Writes a frame down and returns its id; `picture` is the name of its sealed file.

    A frame that shows something new opens a moment. One that does not joins the moment of the frame before
    it in its stream (its monitor; what was looked at and what was imported are two), unless any frame of that
    moment lies more than 5 minutes apart. A picture needs the salt of its day (`days.ensure`) in the ledger.
    """
    active = frame.active or Active("", "")
    at = times.ms(frame.at)
    moment = None if frame.new or frame.single else _join(db, frame, at)
    if moment is None:
        moment = _open(db, frame, active)
    id = db.insert(
        "insert into frames (digest, at, zone, monitor, width, height, app, title, url, origin, change, kept,"
        " single, picture, day, moment) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        frame.digest,
        at,
        times.zone(frame.at),
        frame.monitor,
        frame.width,
        frame.height,
        active.app,
        active.title,
        active.url,
        frame.origin,
        frame.change,
        int(frame.new),
        int(frame.single),
        picture,
        day_of(frame.at) if picture else None,
        moment,
    )
    if picture:
        db.run("update moments set best = ? where id = ? and best is null", id, moment)
    _add_windows(db, id, frame.windows or ())
    return id


def _join(db: Writer, frame: Frame, at: int) -> int | None:
    last = db.row(
        "select m.id, m.started, m.ended from frames f join moments m on m.id = f.moment"
        " where f.monitor = ? and (f.origin is null) = ? and f.single = 0 order by f.id desc limit 1",
        frame.monitor,
        int(frame.origin is None),
    )
    if last is None or max(at, last[2]) - min(at, last[1]) > APART_MS:
        return None
    moment = int(last[0])
    db.run(
        "update moments set started = min(started, ?1), ended = max(ended, ?1), settled = 0 where id = ?2",
        at,
        moment,
    )
    return moment


def _open(db: Writer, frame: Frame, active: Active) -> int:
    at = times.ms(frame.at)
    return db.insert(
        "insert into moments (started, ended, zone, monitor, app, title, url, single)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        at,
        at,
        times.zone(frame.at),
        frame.monitor,
        active.app,
        active.title,
        active.url,
        int(frame.single),
    )


def _add_windows(db: Writer, frame: int, windows: Iterable[Window]) -> None:
    db.many(
        "insert into windows values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(frame, n, w.app, w.title, w.x, w.y, w.w, w.h, w.stack) for n, w in enumerate(windows)],
    )


def known(db: Db, digests: Sequence[bytes]) -> dict[bytes, bool]:
    """Which of these frames are there; True where they showed something new."""
    found: dict[bytes, bool] = {}
    for n in range(0, len(digests), 10_000):
        part = digests[n : n + 10_000]
        marks = ", ".join("?" * len(part))
        rows = db.rows(f"select digest, kept from frames where digest in ({marks})", *part)
        found.update((digest, bool(kept)) for digest, kept in rows)
    return found


def meta_of(db: Db, frame_id: int) -> FrameRow:
    """What is known of a frame; raises NotFound."""
    row = db.row(
        "select id, moment, at, zone, monitor, width, height, app, title, url, origin, change, kept, single"
        " from frames where id = ?",
        frame_id,
    )
    if row is None:
        raise NotFound(what="frame", id=frame_id)
    id, moment, at, zone, monitor, width, height, app, title, url, origin, change, kept, single = row
    return FrameRow(
        id,
        moment,
        times.at(at, zone),
        monitor,
        width,
        height,
        app,
        title,
        url,
        origin,
        change,
        bool(kept),
        bool(single),
        windows_of(db, id),
    )


def windows_of(db: Db, frame_id: int) -> tuple[Window, ...]:
    """The windows of a frame, in the order in which its lines number them."""
    rows = db.rows("select app, title, x, y, w, h, stack from windows where frame = ? order by n", frame_id)
    return tuple(Window(*row) for row in rows)


def moment_of(db: Db, frame_id: int) -> int:
    """The moment of a frame; raises NotFound."""
    moment = db.value("select moment from frames where id = ?", frame_id)
    if moment is None:
        raise NotFound(what="frame", id=frame_id)
    return int(moment)


def shown_before(db: Db, frame_id: int, most: int) -> tuple[int, ...]:
    """The frames of the same stream that last showed something new before this one, the nearest first;
    a single one has none.
    """
    rows = db.rows(
        "select p.id from frames f join frames p on p.monitor = f.monitor"
        " and (p.origin is null) = (f.origin is null) and p.single = 0 and p.kept = 1 and p.id < f.id"
        " where f.id = ? and f.single = 0 order by p.id desc limit ?",
        frame_id,
        most,
    )
    return tuple(id for (id,) in rows)


def sizes(db: Db, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Width and height of these frames in pixels."""
    rows = db.rows(
        "select id, width, height from frames where id in (select value from json_each(?))", as_list(ids)
    )
    return {id: (width, height) for id, width, height in rows}


def count(db: Db) -> int:
    return int(db.value("select count(*) from frames"))


def last(db: Db) -> int:
    """The frame that came last; 0 where there is none."""
    return int(db.value("select coalesce(max(id), 0) from frames"))


def there(db: Db, ids: Iterable[int]) -> set[int]:
    """Which of these frames are (still) there."""
    rows = db.rows("select id from frames where id in (select value from json_each(?))", as_list(ids))
    return {id for (id,) in rows}


# ------------------------------------------------------------------ pictures


def picture_of(db: Db, frame_id: int) -> Place | None:
    """Where the picture of a frame lies; None where it has none (any more)."""
    found = db.row(
        "select day, picture from frames where id = ? and picture is not null and faded is null", frame_id
    )
    return (found[0], found[1]) if found else None


def thumbnail_of(db: Db, frame_id: int) -> Place | None:
    """Where the thumbnail of a frame lies: beside its picture, or where that was before it faded."""
    found = db.row("select day, picture from frames where id = ? and picture is not null", frame_id)
    return (found[0], found[1]) if found else None


def pile_of(db: Db, frame_id: int) -> tuple[Place, ...]:
    """Where the picture of a frame and what it rests on lie, the lowest first; empty where it has none."""
    rows = db.rows(
        "with recursive pile (day, picture, base, above) as ("
        "   select day, picture, base, 0 from frames where id = ? and picture is not null and faded is null"
        "   union all select f.day, f.picture, f.base, above + 1 from pile p join frames f on f.id = p.base"
        "   where above < 64) select day, picture from pile order by above desc",
        frame_id,
    )
    return tuple((day, name) for day, name in rows)


def bases_near(db: Db, frame_id: int, most: int) -> tuple[BaseRow, ...]:
    """The last read pictures of a frame's stream and day before it, the last first; a single one has none."""
    rows = db.rows(
        "select p.id, p.app, p.title from frames f join frames p on p.monitor = f.monitor"
        " and (p.origin is null) = (f.origin is null) and p.single = 0 and p.kept = 1 and p.id < f.id"
        " where f.id = ? and f.single = 0 and p.day = f.day and p.faded is null"
        " and p.id in (select frame from readings)"
        # Without this the whole stream is walked at the beginning of each day.
        " and p.id >= (select min(id) from frames where day = f.day and picture is not null)"
        " order by p.id desc limit ?",
        frame_id,
        most,
    )
    below = depths(db, [row[0] for row in rows])
    return tuple(BaseRow(id, app, title, below[id]) for id, app, title in rows)


def depths(db: Db, ids: Sequence[int]) -> dict[int, int]:
    """How many pictures lie below that of each frame."""
    rows = db.rows(
        "with recursive pile (top, base, below) as ("
        "   select id, base, 0 from frames where id in (select value from json_each(?))"
        "   union all select top, f.base, below + 1 from pile p join frames f on f.id = p.base"
        "   where below < 64) select top, max(below) from pile group by top",
        as_list(ids),
    )
    return dict(rows)


def base_of(db: Db, frame_id: int) -> int | None:
    """The frame on whose picture that of this one rests."""
    base = db.value("select base from frames where id = ?", frame_id)
    return None if base is None else int(base)


def resting_on(db: Db, ids: Iterable[int]) -> tuple[int, ...]:
    """Frames whose pictures rest on those of these moments, without the moments' own; as they came."""
    inside = "(select value from json_each(?1))"
    rows = db.rows(
        f"select f.id from frames b join frames f on f.base = b.id"
        f" where b.moment in {inside} and f.moment not in {inside} order by f.id",
        as_list(ids),
    )
    return tuple(id for (id,) in rows)


def set_picture(db: Writer, frame_id: int, picture: str, base: int | None = None) -> bool:
    """The picture of a frame lies under another name now, in the same day, and rests on that of `base`.

    False, and nothing is written, where that one's picture is gone. Raises NotFound.
    """
    if base is not None and picture_of(db, base) is None:
        return False
    changed = db.run(
        "update frames set picture = ?, base = ? where id = ? and picture is not null and faded is null",
        picture,
        base,
        frame_id,
    )
    if not changed:
        raise NotFound(what="picture of frame", id=frame_id)
    return True


def drop_picture(db: Writer, frame_id: int) -> tuple[int, ...]:
    """The picture of a frame is no longer wanted, nor what was seen in it; the parts that go with it."""
    db.run("update frames set base = null where base = ?", frame_id)
    db.run("update frames set picture = null, day = null, base = null where id = ?", frame_id)
    parts = looks.drop(db, (frame_id,))
    db.run(
        "update moments set best ="
        " (select min(id) from frames where moment = moments.id and picture is not null)"
        " where best = ?1 and id = (select moment from frames where id = ?1)",
        frame_id,
    )
    return parts


def pictures_all(db: Db) -> set[Place]:
    """Where all pictures lie that are wanted."""
    return _places(db, "faded is null")


def thumbnails_all(db: Db) -> set[Place]:
    """Where the thumbnails lie of pictures that have faded."""
    return _places(db, "faded is not null")


def _places(db: Db, which: str) -> set[Place]:
    rows = db.rows(f"select day, picture from frames where picture is not null and {which}")
    return {(day, name) for day, name in rows}
