"""Numbered migrations: each in one transaction, frozen by its digest, with a sealed back-up before."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import apsw

from memory.errors import Bug, NewerLedger
from memory.ledger.sqlite import connect

SCHEMA = Path(__file__).parent / "schema"

BACK_UP = r"\.before-\d{4}(?:-wal|-shm|-journal)?"
"""What stands behind the ledger's name in that of a back-up and of what SQLite puts beside it."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; `digest` is the SHA-256 of its text."""

    number: int
    sql: str
    digest: str


def migrations(folder: Path) -> tuple[Migration, ...]:
    """All steps in order; they are numbered 1, 2, 3 ... without a hole."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        text = path.read_text("utf-8")
        found.append(Migration(int(path.stem), text, hashlib.sha256(text.encode()).hexdigest()))
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise Bug(reason="the schema's steps are not numbered one by one")
    return tuple(found)


def version(connection: apsw.Connection) -> int:
    """How many steps a ledger has behind it."""
    return int(connection.pragma("user_version"))


def refuse(connection: apsw.Connection, steps: tuple[Migration, ...]) -> None:
    """Raises NewerLedger, or Bug where a step that was applied reads otherwise now; the ledger is left alone.

    Back-ups of interrupted migrations are removed beside one that lacks no step (OSError): none is needed any
    more, and what is forgotten would live on in them.
    """
    found = version(connection)
    if found > len(steps):
        raise NewerLedger(found=found, known=len(steps))
    rows = connection.execute("select key, value from meta where key glob 'schema:*'").fetchall()
    kept = {row[0]: row[1] for row in rows}
    for step in steps[:found]:
        if kept.get(_key(step)) != step.digest:
            raise Bug(reason=f"schema step {step.number} was changed after it had been applied")
    if found == len(steps):
        _drop_back_ups(Path(connection.filename))


def migrate(connection: apsw.Connection, steps: tuple[Migration, ...]) -> None:
    """Applies what is missing. A step that fails leaves the ledger as it was before it."""
    missing = steps[version(connection) :]
    # A step may rebuild a table that others refer to; what it leaves is checked before it is committed.
    connection.pragma("foreign_keys", False)
    for step in missing:
        with connection:
            connection.execute(step.sql)
            if connection.execute("pragma foreign_key_check").fetchone():
                raise Bug(reason=f"schema step {step.number} breaks references")
            connection.execute("insert into meta (key, value) values (?, ?)", (_key(step), step.digest))
            connection.pragma("user_version", step.number)
    connection.pragma("foreign_keys", True)


def back_up(connection: apsw.Connection, path: Path, key: bytes) -> Path:
    """Copies the ledger, sealed with the same key, to a file beside it; returns that file."""
    place = path.with_name(f"{path.name}.before-{version(connection):04}")
    place.unlink(missing_ok=True)
    place.touch(mode=0o600)
    target = connect(place, key)
    try:
        with target.backup("main", connection, "main") as copy:
            copy.step()
    finally:
        target.close()
    return place


def _drop_back_ups(ledger: Path) -> None:
    for left in ledger.parent.iterdir():
        if re.fullmatch(re.escape(ledger.name) + BACK_UP, left.name):
            left.unlink()


def _key(step: Migration) -> str:
    return f"schema:{step.number:04}"
