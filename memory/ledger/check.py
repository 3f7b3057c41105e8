"""What is wrong with a ledger and its pictures: a report that changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from memory.errors import DamagedLedger
from memory.ledger.connection import Db, Ledger
from memory.ledger.frames import Place, pictures_all

ORPHANS = {
    "moments without a frame": "select count(*) from moments where id not in (select moment from frames)",
    "words of moments that are gone": "select count(*) from words"
    " where rowid not in (select id from moments)",
    "vectors of passages that are gone": "select count(*) from vectors where kind = 'passage'"
    " and owner not in (select id from passages)",
    "vectors of pictures that are gone": "select count(*) from vectors where kind = 'picture'"
    " and owner not in (select id from frames where picture is not null)",
    "facts without evidence": "select count(*) from facts where id not in (select fact from evidence)",
    "episodes without a moment": "select count(*) from episodes"
    " where id not in (select episode from episode_moments)",
    "moments that no search by words can find": "select count(*) from moments m"
    " where m.id not in (select rowid from words) and exists"
    " (select 1 from frames f join lines l on l.frame = f.id where f.moment = m.id)",
    "moments whose picture is not theirs": "select count(*) from moments m join frames f on f.id = m.best"
    " where f.moment != m.id or f.picture is null",
}


class Sealed(Protocol):
    """The sealed pictures, as far as this report needs them."""

    def there(self) -> set[Place]:
        """Where pictures lie."""


def check(ledger: Ledger, pictures: Sealed | None = None) -> tuple[str, ...]:
    """One sentence for each thing that is wrong; empty where nothing is. Contents are never named."""
    found: list[str] = []
    looks: list[Callable[[Db], list[str]]] = [_pages, _references]
    looks += [partial(_orphans, what) for what in ORPHANS]
    if pictures:
        looks.append(partial(_pictures, pictures))
    for look in looks:
        # Each in a transaction of its own: after a damaged page SQLite reads nothing more in the same one.
        try:
            with ledger.reading() as db:
                found += look(db)
        except DamagedLedger as error:
            found.append(str(error))
    return tuple(dict.fromkeys(found))


def _pages(db: Db) -> list[str]:
    said = [row[0] for row in db.rows("pragma quick_check(10)")]
    return [f"ledger: {line}" for line in said if line != "ok"]


def _references(db: Db) -> list[str]:
    broken = len(db.rows("pragma foreign_key_check"))
    return [f"ledger: {broken} broken references"] if broken else []


def _orphans(what: str, db: Db) -> list[str]:
    count = db.value(ORPHANS[what])
    return [f"ledger: {count} {what}"] if count else []


def _pictures(pictures: Sealed, db: Db) -> list[str]:
    lost = len(pictures_all(db) - pictures.there())
    return [f"pictures: {lost} are missing"] if lost else []
