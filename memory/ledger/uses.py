"""What is done with moments: when they were opened or cited, and what is pinned so that it never fades."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from memory.errors import NotFound
from memory.ledger import times
from memory.ledger.connection import Db, Writer, as_list

How = Literal["opened", "cited"]

# Each id as the moment that it leads to now; what is not there (any more) is left out.
NOW = """select distinct m.id from json_each(?) v left join aliases a on a.moment = v.value
  join moments m on m.id = coalesce(a.now, v.value)"""


def recalled(db: Writer, uses: Iterable[tuple[int, datetime, How]]) -> None:
    """Notes that moments were opened or cited at these times; what was forgotten meanwhile is passed over."""
    db.many(
        f"insert or ignore into recalls (moment, at, how) select id, ?2, ?3 from ({NOW.replace('?', '?1')})",
        [(as_list((moment,)), times.ms(at), how) for moment, at, how in uses],
    )


def recalls(db: Db) -> dict[int, tuple[tuple[int, bool], ...]]:
    """By moment when it was used, in UTC milliseconds, with True for a citation."""
    found: dict[int, tuple[tuple[int, bool], ...]] = {}
    for moment, at, how in db.rows("select moment, at, how from recalls order by moment, at, how"):
        found[moment] = (*found.get(moment, ()), (at, how == "cited"))
    return found


def pin(db: Writer, ids: Sequence[int], why: Literal["user", "answer"], at: datetime) -> tuple[int, ...]:
    """These never fade from now on; the moments that were meant. Raises NotFound, and pins none."""
    there = _there(db, ids)
    db.many(
        "insert or ignore into pins (moment, why, at) values (?, ?, ?)",
        [(moment, why, times.ms(at)) for moment in there],
    )
    return there


def unpin(db: Writer, ids: Sequence[int], why: Literal["user", "answer"]) -> tuple[int, ...]:
    """These may fade again, unless something else keeps them; the moments. Raises NotFound."""
    there = _there(db, ids)
    db.run(
        "delete from pins where why = ? and moment in (select value from json_each(?))", why, as_list(there)
    )
    return there


def _there(db: Db, ids: Sequence[int]) -> tuple[int, ...]:
    for id in ids:
        if not db.rows(NOW, as_list((id,))):
            raise NotFound(what="moment", id=id)
    return tuple(id for (id,) in db.rows(f"{NOW} order by 1", as_list(ids)))
