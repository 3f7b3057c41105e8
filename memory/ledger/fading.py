"""Fading in the ledger: what the strength of moments is made of, what they hold, and letting go of a form."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from memory.ledger import days, looks, meta, readings, uses
from memory.ledger.connection import UNSCRUBBED, Db, Writer, as_list
from memory.ledger.frames import Place
from memory.records import Form, Trace, Why

DAY_MS = 86_400_000
INSIDE = "in (select value from json_each(?))"

# What has a picture is whole; else what is left of its frames.
TRACES = """
select m.id, m.ended, m.ended - m.started, m.app, m.title, m.settled,
  case when b.id is not null then coalesce(b.faded, 'picture')
    when exists (select 1 from frames f where f.moment = m.id and f.faded = 'gist') then 'gist'
    else 'text' end
from moments m left join frames b on b.id = m.best order by m.id
"""

CONFIRMED = """
select distinct s.moment from verdicts v join sightings s
  on s.kind = v.kind and s.thing = v.thing and s.relation = v.relation and s.value = v.value
where v.ruling != 'deleted'
union
select e.moment from facts f join evidence e on e.fact = f.id where f.state = 'confirmed'
"""

WAITING = "select f.moment from jobs j join frames f on f.id = j.subject where j.state = 'waiting'"

UNKNOWN_RARITY = 0.5


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A sealed picture of a moment: its frame, the one it rests on, where it lies, whether it has faded."""

    moment: int
    frame: int
    base: int | None
    place: Place
    faded: bool


@dataclass(frozen=True, slots=True)
class Let:
    """What is gone, for those who hold something beside the ledger: pictures with their thumbnails, pictures
    alone, passages, parts of frames.
    """

    pictures: tuple[Place, ...] = ()
    halves: tuple[Place, ...] = ()
    passages: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()


def traces(db: Db) -> tuple[Trace, ...]:
    """All moments by id, with what their strength is made of."""
    recalls = uses.recalls(db)
    spared = _spared(db)
    facts = _counts(db, "select moment, count(distinct fact) from evidence group by 1")
    passages = _counts(
        db, "select f.moment, count(*) from passages p join frames f on f.id = p.frame group by 1"
    )
    rarities: dict[int, float] = dict(db.rows("select moment, rarity from rarities"))
    keys = {id for (found,) in db.rows("select keys from episodes") for id in json.loads(found)}
    return tuple(
        Trace(
            moment=id,
            form=form,
            at=ended / DAY_MS,
            app=app,
            title=title,
            minutes=length / 60_000,
            recalls=tuple((at / DAY_MS, cited) for at, cited in recalls.get(id, ())),
            facts=facts.get(id, 0),
            key=id in keys,
            passages=passages.get(id, 0),
            rarity=rarities.get(id, UNKNOWN_RARITY),
            spared=spared.get(id, "" if settled else "unsettled"),
        )
        for id, ended, length, app, title, settled, form in db.rows(TRACES)
    )


def _counts(db: Db, sql: str) -> dict[int, int]:
    return dict(db.rows(sql))


def _spared(db: Db) -> dict[int, Why]:
    """What never fades and why; of several reasons the first in this order."""
    found: dict[int, Why] = {}
    for why, sql in (
        ("pinned", "select moment from pins where why = 'user'"),
        ("confirmed", CONFIRMED),
        ("cited", "select moment from pins where why = 'answer'"),
        ("unsettled", WAITING),
    ):
        for (moment,) in db.rows(sql):
            found.setdefault(moment, why)  # type: ignore[arg-type]
    return found


def pictures(db: Db) -> dict[int, tuple[PictureRow, ...]]:
    """The sealed pictures of each moment that has any, as they came."""
    found: dict[int, list[PictureRow]] = defaultdict(list)
    for moment, frame, base, day, name, faded in db.rows(
        "select moment, id, base, day, picture, faded is not null from frames where picture is not null"
        " order by id"
    ):
        found[moment].append(PictureRow(moment, frame, base, (day, name), bool(faded)))
    return {moment: tuple(rows) for moment, rows in found.items()}


def unweighed(db: Db, limit: int) -> dict[int, str]:
    """Settled moments whose words were not weighed yet, the oldest first, with what was new in them."""
    rows = db.rows(
        "select m.id, group_concat(p.text, char(10)) from"
        " (select id from moments where settled = 1 and id not in (select moment from rarities)"
        "   order by id limit ?) m"
        " join frames f on f.moment = m.id left join passages p on p.frame = f.id group by m.id",
        limit,
    )
    return {id: text or "" for id, text in rows}


def keep_rarities(db: Writer, rarities: Mapping[int, float]) -> None:
    """Writes down how rare the words of moments are; those that are gone meanwhile are passed over."""
    db.many(
        "insert or ignore into rarities select id, ? from moments where id = ?",
        [(rarity, moment) for moment, rarity in rarities.items()],
    )


def known_in(db: Db, term: str, most: int) -> int:
    """In how many moments a word stands, counted up to `most`."""
    return int(
        db.value(
            "select count(*) from (select rowid from words where words match ? limit ?)", f'"{term}"', most
        )
    )


# ------------------------------------------------------------------ letting go


def free_to_go(db: Db, ids: Iterable[int]) -> tuple[int, ...]:
    """Of these moments those that nothing spares, and on whose pictures nothing rests that stays."""
    spared = _spared(db)
    settled = {id for (id,) in db.rows("select id from moments where settled = 1")}
    going = {id for id in ids if id in settled and id not in spared}
    while held := {
        moment
        for (moment,) in db.rows(
            f"select distinct b.moment from frames b join frames f on f.base = b.id"
            f" where b.moment {INSIDE} and f.moment not {INSIDE}",
            as_list(going),
            as_list(going),
        )
    }:
        going -= held
    return tuple(sorted(going))


def fade(db: Writer, ids: Collection[int], form: Form) -> Let:
    """These moments come down to a form from the one above it. Their rows stay, and what is derived from
    them: evidence keeps its quotes without the lines they were read in.

    Nothing that stays may rest on their pictures (`free_to_go`).
    """
    match form:
        case "thumbnail":
            return _without_pictures(db, ids)
        case "text":
            return _without_thumbnails(db, ids, "text")
        case "gist":
            return _without_text(db, ids)
    return Let()


def _without_pictures(db: Writer, ids: Collection[int]) -> Let:
    """The thumbnail of the picture that stands for a moment stays, the others go."""
    inside = as_list(ids)
    halves = db.rows(
        "select f.day, f.picture from moments m join frames f on f.id = m.best"
        f" where m.id {INSIDE} and f.faded is null",
        inside,
    )
    others = (
        f"moment {INSIDE} and picture is not null and id not in"
        " (select best from moments where best is not null)"
    )
    pictures = db.rows(f"select day, picture from frames where {others}", inside)
    frames = [id for (id,) in db.rows(f"select id from frames where {others}", inside)]
    # Under each other they rest no more; what stays does not rest on them.
    db.run(f"update frames set base = null where moment {INSIDE} and base is not null", inside)
    db.run(f"update frames set picture = null, day = null where id {INSIDE}", as_list(frames))
    parts = looks.drop(db, frames)
    db.run(
        "update frames set faded = 'thumbnail' where faded is null and id in"
        f" (select best from moments where id {INSIDE})",
        inside,
    )
    return Let(pictures=tuple(pictures), halves=tuple(halves), parts=parts)


def _without_thumbnails(db: Writer, ids: Collection[int], left: Form) -> Let:
    inside = as_list(ids)
    frames = [
        id
        for (id,) in db.rows(f"select id from frames where moment {INSIDE} and picture is not null", inside)
    ]
    pictures = db.rows(f"select day, picture from frames where id {INSIDE}", as_list(frames))
    parts = looks.drop(db, frames)
    db.run(f"update frames set picture = null, day = null, base = null where id {INSIDE}", as_list(frames))
    db.run(f"update moments set best = null where id {INSIDE}", inside)
    db.run(
        f"update frames set faded = ? where moment {INSIDE.replace('?', '?2')} and faded is not 'gist'",
        left,
        inside,
    )
    days.drop_unused(db)
    return Let(pictures=tuple(pictures), parts=parts)


def _without_text(db: Writer, ids: Collection[int]) -> Let:
    """What is left are titles and applications, by which words still find it."""
    let = _without_thumbnails(db, ids, "gist")
    meta.put(db, UNSCRUBBED, "yes")
    inside = as_list(ids)
    frames = as_list(id for (id,) in db.rows(f"select id from frames where moment {INSIDE}", inside))
    passages = [id for (id,) in db.rows(f"select id from passages where frame {INSIDE}", frames)]
    db.run(f"delete from vectors where kind = 'passage' and owner {INSIDE}", as_list(passages))
    db.run(f"delete from passages where frame {INSIDE}", frames)
    db.run(
        f"update evidence set line = null where line in (select id from lines where frame {INSIDE})", frames
    )
    db.run(f"delete from lines where frame {INSIDE}", frames)
    db.run(f"delete from windows where frame {INSIDE}", frames)
    for id in ids:
        readings.index_words(db, id)
    return Let(let.pictures, let.halves, tuple(passages), let.parts)
