"""What is wrong with a ledger and its pictures: a report that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, Literal, Protocol

from memory import webp
from memory.errors import DamagedLedger, DamagedPicture, NotFound
from memory.ledger.connection import Db, Ledger, Row
from memory.ledger.frames import Place

ORPHANS = {
    "moments without a frame": "select count(*) from moments where id not in (select moment from frames)",
    "words of moments that are gone": "select count(*) from words"
    " where rowid not in (select id from moments)",
    "spellings of moments that are gone": "select count(*) from spellings"
    " where rowid not in (select id from moments)",
    "vectors of passages that are gone": "select count(*) from vectors where kind = 'passage'"
    " and owner not in (select id from passages)",
    "vectors of pictures that are gone": "select count(*) from vectors where kind = 'picture'"
    " and owner not in (select p.id from parts p join frames f on f.id = p.frame"
    " where f.picture is not null)",
    "facts without evidence": "select count(*) from facts where id not in (select fact from evidence)",
    "episodes without a moment": "select count(*) from episodes"
    " where id not in (select episode from episode_moments)",
    "moments that no search by words can find": "select count(*) from moments m"
    " where m.id not in (select rowid from words) and exists"
    " (select 1 from frames f join lines l on l.frame = f.id where f.moment = m.id)",
    "moments kept for answers that are gone": "select count(*) from pins where why = 'answer'"
    " and moment not in (select moment from turn_citations where n > 0)",
    "pictures whose ground is gone": "select count(*) from frames f join frames b on b.id = f.base"
    " where b.picture is null or b.faded is not null or b.day != f.day",
    "moments whose picture is not theirs": "select count(*) from moments m join frames f on f.id = m.best"
    " where f.moment != m.id or f.picture is null",
}

NAMED: Final = 10
"""Moments and pages that are named one by one; of moments the rest are counted."""

CHUNK: Final = 4096
"""Rows that are read at once where it is looked what is left of a table."""


class Sealed(Protocol):
    """The sealed pictures, as far as this report needs them."""

    def there(self) -> set[Place]:
        """Where pictures lie."""

    def get(self, day: str, name: str, kind: Literal["picture"]) -> bytes:
        """What was sealed; raises DamagedPicture, or NotFound where the key of its day is gone."""


def check(ledger: Ledger, pictures: Sealed | None = None) -> tuple[str, ...]:
    """One sentence for each thing that is wrong; empty where nothing is. Contents are never named.

    Every picture is opened, which takes about as long as reading their files. Where a page of the ledger
    cannot be read, it is said table by table what is left.
    """
    found: list[str] = []
    looks: list[Callable[[Db], list[str]]] = [_words, _pages, _references]
    looks += [partial(_orphans, what) for what in ORPHANS]
    damaged = False
    for look in looks:
        # Each in a transaction of its own: after a damaged page SQLite reads nothing more in the same one.
        try:
            with ledger.reading() as db:
                said = look(db)
        except DamagedLedger as error:
            said, damaged = [str(error)], True
        damaged = damaged or (look is _pages and bool(said))
        found += said
    if damaged:
        found += _left(ledger)
    if pictures:
        try:
            found += _pictures(ledger, pictures)
        except DamagedLedger as error:
            found.append(str(error))
    return tuple(dict.fromkeys(found))


def _words(db: Db) -> list[str]:
    """A connection that knew an index before `Ledger.scrub` has to search it once, or it calls it damaged."""
    for index in ("words", "spellings"):
        db.rows(f"select rowid from {index} where {index} match 'a' limit 1")
    return []


def _pages(db: Db) -> list[str]:
    said = [line for row in db.rows("pragma quick_check(10)") for line in row[0].splitlines()]
    return [f"ledger: {line}" for line in said if line != "ok" and not line.startswith("***")][:NAMED]


def _references(db: Db) -> list[str]:
    broken = len(db.rows("pragma foreign_key_check"))
    return [f"ledger: {broken} broken references"] if broken else []


def _orphans(what: str, db: Db) -> list[str]:
    count = db.value(ORPHANS[what])
    return [f"ledger: {count} {what}"] if count else []


# ------------------------------------------------------------------ what is left of a damaged ledger


def _left(ledger: Ledger) -> list[str]:
    """For the tables as they are stored: which can be read whole, in part or not at all, and their rows."""
    tables = _read(
        ledger,
        "select name, sql like '%without rowid%' from sqlite_master"
        " where type = 'table' and sql not like 'create virtual%' order by name",
    )
    if tables is None:
        return ["ledger: no table can be read"]
    whole, part, lost = [], [], []
    for name, keyed in tables:
        rows, ended = _readable(ledger, f'select * from "{name}" not indexed')
        if not ended and not keyed:
            rows += _readable(ledger, f'select * from "{name}" not indexed order by rowid desc')[0]
        if ended:
            whole.append(f"{name} ({rows})")
        elif rows:
            part.append(f"{name} (at least {rows})")
        else:
            lost.append(str(name))
    kinds = {"whole": whole, "in part": part, "not at all": lost}
    return [
        f"ledger: can be read {how}, with rows: {', '.join(names)}" for how, names in kinds.items() if names
    ]


def _readable(ledger: Ledger, sql: str) -> tuple[int, bool]:
    """How many rows a statement gives before a damaged page stops it, and whether it came to its end."""
    rows, chunk = 0, CHUNK
    while chunk:
        got = _read(ledger, f"{sql} limit ? offset ?", chunk, rows)
        if got is None:
            chunk //= 2
            continue
        rows += len(got)
        if len(got) < chunk:
            return rows, True
    return rows, False


def _read(ledger: Ledger, sql: str, *args: int) -> list[Row] | None:
    """The rows, or None where a page of them cannot be read."""
    try:
        with ledger.reading() as db:
            return db.rows(sql, *args)
    except DamagedLedger:
        return None


# ------------------------------------------------------------------ pictures


def _pictures(ledger: Ledger, pictures: Sealed) -> list[str]:
    """Opens every picture; no transaction is held meanwhile."""
    there = pictures.there()
    lost, damaged, keyless, layers = set(), set(), set(), set()
    for place in sorted(_wanted(ledger)):
        if place not in there:
            lost.add(place)
            continue
        try:
            if webp.is_layer(pictures.get(*place, "picture")):
                layers.add(place)
        except DamagedPicture:
            damaged.add(place)
        except NotFound:
            keyless.add(place)
    # What was forgotten or made smaller while it was looked is no trouble.
    now, above = _wanted(ledger), _above(ledger)
    groundless = layers.difference(*above.values())
    kinds = {
        "in part only, since what it rested on was forgotten": groundless,
        "missing": lost,
        "damaged or another one's": damaged,
        "sealed with a key that is gone": keyless,
    }
    return [
        line
        for what, places in kinds.items()
        for line in _named(what, {now.get(p, 0) for p in _with_above(places, above)})
    ]


def _wanted(ledger: Ledger) -> dict[Place, int]:
    """Where all pictures lie that are wanted, with the moment of each."""
    with ledger.reading() as db:
        rows = db.rows("select day, picture, moment from frames where picture is not null and faded is null")
    return {(day, name): moment for day, name, moment in rows}


def _above(ledger: Ledger) -> dict[Place, list[Place]]:
    """Where pictures lie on which others rest, and where those do."""
    with ledger.reading() as db:
        rows = db.rows(
            "select b.day, b.picture, f.day, f.picture from frames b join frames f on f.base = b.id"
            " where b.picture is not null and f.picture is not null"
        )
    found: dict[Place, list[Place]] = {}
    for day, name, its_day, its_name in rows:
        found.setdefault((day, name), []).append((its_day, its_name))
    return found


def _with_above(places: Iterable[Place], above: dict[Place, list[Place]]) -> set[Place]:
    """Pictures with all that rest on them: without one they cannot be shown either."""
    found: set[Place] = set()
    left = list(places)
    while left:
        place = left.pop()
        if place not in found:
            found.add(place)
            left += above.get(place, ())
    return found


def _named(what: str, ids: Iterable[int]) -> list[str]:
    """A sentence for each of the first moments, and one for all others; 0 is none."""
    moments = sorted(id for id in ids if id)
    said = [f"pictures: the picture of moment {id} is {what}" for id in moments[:NAMED]]
    if len(moments) > NAMED:
        said.append(f"pictures: those of {len(moments) - NAMED} more moments are {what}")
    return said
