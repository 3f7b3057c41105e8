"""What the memory knows by name, hosts and people, and the zone in which it saw something."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from memory.ledger import times
from memory.ledger.connection import Db, as_list


def hosts(db: Db) -> tuple[str, ...]:
    """All hosts of pages that were looked at; one step of the index for each."""
    rows = db.rows(
        "with recursive page (url) as (select min(url) from moments where url is not null union all select"
        " (select min(m.url) from moments m where m.url is not null and m.url >="
        # What follows the first slash after the scheme is passed over: "0" is the sign after "/".
        "   case when instr(substr(page.url, instr(page.url, '://') + 3), '/') = 0 then page.url || char(1)"
        "   else substr(page.url, 1, instr(page.url, '://') + 1"
        "     + instr(substr(page.url, instr(page.url, '://') + 3), '/')) || '0' end)"
        " from page where page.url is not null) select url from page where url is not null"
    )
    return tuple(dict.fromkeys(host for (url,) in rows if (host := _host(url))))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def people(db: Db) -> tuple[str, ...]:
    """Names of all people of whom a fact is known, in the order in which they became known."""
    rows = db.rows("select subject from facts where kind = 'person' group by subject order by min(id)")
    return tuple(name for (name,) in rows)


def told_by(db: Db, ids: Collection[int]) -> set[str]:
    """Names of applications, hosts and people that these moments tell and no other does."""
    inside = "in (select value from json_each(?1))"
    apps = db.rows(
        f"select app from moments where id {inside} except select app from moments where id not {inside}",
        as_list(ids),
    )
    urls = db.rows(f"select distinct url, id {inside} from moments where url is not null", as_list(ids))
    theirs = {_host(url) for url, gone in urls if gone} - {_host(url) for url, gone in urls if not gone}
    known = (
        "select f.subject from facts f join evidence e on e.fact = f.id where f.kind = 'person' and e.moment"
    )
    named = db.rows(f"{known} {inside} except {known} not {inside}", as_list(ids))
    return ({name for (name,) in (*apps, *named)} | theirs) - {""}


def zone_at(db: Db, at: datetime) -> timedelta | None:
    """East of UTC, of what was seen last before a time, else first after it; None of an empty memory."""
    ms = times.ms(at)
    zone = db.value(
        "select coalesce((select zone from moments where started <= ?1 order by started desc limit 1),"
        " (select zone from moments where started > ?1 order by started limit 1))",
        ms,
    )
    return None if zone is None else timedelta(minutes=int(zone))
