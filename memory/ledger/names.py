"""What the memory knows by name, hosts and people, and the zone in which it saw something."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from memory.ledger import times
from memory.ledger.connection import Db


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


def zone_at(db: Db, at: datetime) -> timedelta | None:
    """East of UTC, of what was seen last before a time, else first after it; None of an empty memory."""
    ms = times.ms(at)
    zone = db.value(
        "select coalesce((select zone from moments where started <= ?1 order by started desc limit 1),"
        " (select zone from moments where started > ?1 order by started limit 1))",
        ms,
    )
    return None if zone is None else timedelta(minutes=int(zone))
