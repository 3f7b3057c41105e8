"""Forgetting in the ledger: which moments are meant, and all rows that rested on them alone."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from memory.errors import BadRequest
from memory.ledger import days, episodes, facts, looks, meta, times
from memory.ledger.connection import UNSCRUBBED, Db, Writer, as_list
from memory.ledger.text import folded
from memory.records import Topic, What

INSIDE = "in (select value from json_each(?))"

# All text of a moment as one: lines and what stands beside them, joined, so that a phrase may run over the
# end of a line. A phrase in a title, a window behind, an address or a passage is found as well, and one over
# lines of which folding dropped one.
HOLDS = """
select f.moment from frames f
  where instr(folded(f.title), ?1) or instr(folded(coalesce(f.url, '')), ?1)
union
select f.moment from frames f join windows w on w.frame = f.id where instr(folded(w.title), ?1)
union
select f.moment from frames f join (
    select frame, group_concat(text, ' ' order by n) as text from lines group by frame) l on l.frame = f.id
  where instr(folded(l.text), ?1)
union
select f.moment from frames f join passages p on p.frame = f.id where instr(folded(p.text), ?1)
union
select rowid from words where rowid in (select now from aliases) and instr(folded(text), ?1)
"""

# Of a moment whose text has faded, words are left in what rests on it: quotes, sightings, and what its span
# and episode were about. Those of a span are single words, in no order, and all its moments'.
HOLDS_FADED = """
with gist (moment) as (select distinct moment from frames where faded = 'gist')
select moment from evidence where moment in gist and instr(folded(quote), ?1)
union
select moment from sightings where moment in gist
  and instr(folded(quote || ' ' || subject || ' ' || value || ' ' || shown || ' ' || said || ' ' || thing
    || ' ' || label || ' ' || context || ' ' || place), ?1)
union
select m.moment from episode_moments m join spans s on s.id = m.span join episodes e on e.id = s.episode
  where m.moment in gist and not exists (select 1 from json_each(?2) w
    where not instr(folded(s.words || ' ' || s.digest || ' ' || e.title || ' ' || e.gist), w.value))
"""


WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Removed:
    """What is gone, for those who hold something beside the ledger: pictures as (day, name).

    `topics` are those whose facts went with it: what is left of them is to be inferred anew.
    """

    pictures: tuple[tuple[str, str], ...]
    passages: tuple[int, ...]
    parts: tuple[int, ...]
    topics: frozenset[Topic]


def select(db: Db, what: What) -> tuple[int, ...]:
    """The moments that are meant, in order of time; raises BadRequest unless exactly one thing is named.

    An application is that of the window that had the focus, whatever its case.
    """
    by_span = what.since is not None or what.until is not None
    named = [bool(what.moments), by_span, what.app is not None, what.text is not None]
    if sum(named) != 1:
        raise BadRequest(reason="name moments, a span, an application or words: one of them")
    if what.moments:
        found = _there(db, what.moments)
    elif by_span:
        first, last = times.span(what.since, what.until)
        found = db.rows("select id from moments where started < ? and ended >= ?", last, first)
    elif what.app is not None:
        found = db.rows("select distinct moment from frames where folded(app) = ?", folded(what.app))
    else:
        found = _holding(db, what.text or "")
    return _in_time(db, [id for (id,) in found])


def _there(db: Db, ids: Sequence[int]) -> list[tuple[int]]:
    return [
        (id,)
        for (id,) in db.rows(
            "select distinct coalesce(a.now, v.value) from json_each(?) v"
            " left join aliases a on a.moment = v.value",
            as_list(ids),
        )
    ]


def _holding(db: Db, text: str) -> list[tuple[int]]:
    needle = folded(text)
    if not needle:
        raise BadRequest(reason="there are no words to forget")
    found = {id for (id,) in db.rows(HOLDS, needle)}
    found |= {id for (id,) in db.rows(HOLDS_FADED, needle, json.dumps(WORD.findall(needle) or [needle]))}
    return [(id,) for id in sorted(found)]


def _in_time(db: Db, ids: Sequence[int]) -> tuple[int, ...]:
    rows = db.rows(f"select id from moments where id {INSIDE} order by started, id", as_list(ids))
    return tuple(id for (id,) in rows)


def forget(db: Writer, ids: Sequence[int]) -> Removed:
    """Removes moments and all that rested on them alone; `Ledger.scrub` is to follow the commit.

    Spans that held one of them, and facts that have no other evidence, go too; the moments that those spans
    shared are unsettled, so that the next consolidation makes anew what still holds.
    """
    gone = as_list(id for (id,) in _there(db, ids))
    frames = [row[0] for row in db.rows(f"select id from frames where moment {INSIDE}", gone)]
    if frames:
        db.touch("knowledge")
        meta.put(db, UNSCRUBBED, "yes")
    inside = as_list(frames)
    passages = [row[0] for row in db.rows(f"select id from passages where frame {INSIDE}", inside)]
    pictures = db.rows(f"select day, picture from frames where id {INSIDE} and picture is not null", inside)
    topics = facts.topics_of(db, ids)
    touched = episodes.forget(db, gone)
    resting = as_list(
        row[0] for row in db.rows(f"select distinct fact from evidence where moment {INSIDE}", gone)
    )
    _unsettle_unlearnt(db, resting)
    parts = looks.drop(db, frames)
    db.run(f"delete from vectors where kind = 'passage' and owner {INSIDE}", as_list(passages))
    db.run(f"delete from words where rowid {INSIDE}", gone)
    db.run(f"delete from frames where id {INSIDE}", inside)
    db.run(f"delete from moments where id {INSIDE}", gone)
    _forget_facts(db, resting)
    for day in touched:
        episodes.unsettle_after(db, day)
    days.drop_unused(db)
    return Removed(tuple((day, name) for day, name in pictures), tuple(passages), parts, topics)


def _unsettle_unlearnt(db: Writer, resting: str) -> None:
    """Of facts of before there were sightings what still holds is made anew by settling."""
    db.run(
        "update moments set settled = 0 where id in (select e.moment from evidence e"
        f" join facts f on f.id = e.fact where f.key = '' and f.id {INSIDE})",
        resting,
    )


def _forget_facts(db: Writer, resting: str) -> None:
    """Facts go with the last sighting of their value. Of others the words go, until they are inferred anew
    (`Removed.topics`).
    """
    db.run(
        f"delete from facts where id {INSIDE} and (kind, thing, topic_relation, key) not in"
        " (select kind, thing, relation, value from sightings)",
        resting,
    )
    db.run(
        f"update facts set statement = '', subject = '', relation = '', value = '' where id {INSIDE}", resting
    )
