"""Days and their salts: without its salt a day's pictures cannot be opened by any key."""

from __future__ import annotations

import secrets
from datetime import datetime

from memory.errors import NotFound
from memory.ledger.connection import Db, Ledger, Writer


def day_of(at: datetime) -> str:
    """The local date of then, as "2026-03-02"."""
    return at.date().isoformat()


def salt(db: Db, day: str) -> bytes:
    """The salt of a day; raises NotFound where it has none (any more)."""
    found = db.value("select salt from days where day = ?", day)
    if found is None:
        raise NotFound(what="picture of the day", id=day)
    return bytes(found)


def ensure(db: Writer, day: str) -> bytes:
    """The salt of a day, made if it has none: 32 random bytes."""
    db.run("insert into days values (?, ?) on conflict do nothing", day, secrets.token_bytes(32))
    return salt(db, day)


def salt_for_sealing(ledger: Ledger, day: str) -> bytes:
    """The salt of a day; made and safe on disk before anything is sealed with it."""
    with ledger.reading() as db:
        if db.value("select 1 from days where day = ?", day):
            return salt(db, day)
    with ledger.writing() as db:
        return ensure(db, day)


def drop(db: Writer, day: str) -> None:
    """Forgets the salt of a day: its pictures are gone for good, whoever keeps a copy of their files."""
    db.run("update frames set picture = null, day = null, base = null where day = ?", day)
    db.run("update moments set best = null where best in (select id from frames where picture is null)")
    db.run("delete from days where day = ?", day)


def drop_unused(db: Writer) -> None:
    """Forgets the salts of days that have no picture left."""
    db.run(
        """delete from days where not exists
             (select 1 from frames where frames.day = days.day and frames.picture is not null)"""
    )
