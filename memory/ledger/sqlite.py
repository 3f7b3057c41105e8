"""SQLite with its cipher: opening a sealed file, and what its codes mean to us."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import apsw

from memory.errors import Bug, DamagedLedger, OnceseenError, StoreTrouble
from memory.ledger.spelling import spelled
from memory.ledger.text import folded

BUSY_MS: Final = 10_000
"""How long a connection waits for another one's lock."""

READ_ALLOWED: Final = frozenset(
    (
        apsw.SQLITE_SELECT,
        apsw.SQLITE_READ,
        apsw.SQLITE_FUNCTION,
        apsw.SQLITE_RECURSIVE,
        apsw.SQLITE_TRANSACTION,
    )
)

PRAGMAS_ALLOWED: Final = frozenset(("data_version", "quick_check", "foreign_key_check"))
"""The full-text index asks for the first by itself, the others are the report's."""

WORLDS: Final = (
    apsw.FullError,
    apsw.IOError,
    apsw.ReadOnlyError,
    apsw.BusyError,
    apsw.LockedError,
    apsw.CantOpenError,
    apsw.PermissionsError,
)

REASONS: Final = {
    apsw.FullError: "the disk is full",
    apsw.IOError: "the disk fails",
    apsw.ReadOnlyError: "it is read-only",
    apsw.BusyError: "another program holds it",
    apsw.LockedError: "another program holds it",
    apsw.CantOpenError: "it cannot be opened",
    apsw.PermissionsError: "it may not be opened",
}


def connect(path: Path, key: bytes, *, make: bool = False) -> apsw.Connection:
    """A connection to the sealed file; nothing is read yet, so a wrong key shows at the first read.

    ChaCha20-Poly1305 page by page with `key` (32 bytes) as it is: a key that is random already needs no
    derivation, and opening takes microseconds.
    """
    if len(key) != 32:
        raise Bug(reason="a ledger's key has 32 bytes")
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if make else 0)
    try:
        connection = apsw.Connection(str(path), flags=flags)
        connection.set_busy_timeout(BUSY_MS)
        connection.pragma("cipher", "chacha20")
        connection.pragma("key", f"raw:{key.hex()}")
        connection.pragma("temp_store", "memory")
    except apsw.Error as error:
        raise told(error) from None
    return connection


def _teach(connection: apsw.Connection) -> None:
    """Functions for statements: `indexed` gives the terms that the full-text index has for a text."""
    connection.create_scalar_function("folded", lambda *of: folded(str(of[0])), 1, deterministic=True)
    connection.create_scalar_function("spelled", lambda *of: spelled(str(of[0])), 1, deterministic=True)
    cut = connection.fts5_tokenizer("porter", ["unicode61", "remove_diacritics", "2"])
    plain = {"include_offsets": False, "include_colocated": False}

    def indexed(*of: apsw.SQLiteValue) -> str:
        return " ".join(map(str, cut(str(of[0]).encode(), apsw.FTS5_TOKENIZE_QUERY, None, **plain)))

    connection.create_scalar_function("indexed", indexed, 1, deterministic=True)


def make_writer(connection: apsw.Connection) -> None:
    """Lets it write: every commit is on disk before it returns, and what is deleted is overwritten."""
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    connection.pragma("foreign_keys", True)
    connection.pragma("secure_delete", True)
    connection.pragma("journal_size_limit", 64 << 20)
    connection.pragma("cache_size", -16_384)
    connection.transaction_mode = "IMMEDIATE"
    _teach(connection)


def make_reader(connection: apsw.Connection) -> None:
    """Takes every right to write away, below whatever code might err."""
    connection.pragma("cache_size", -8_192)
    _teach(connection)
    connection.pragma("query_only", True)
    connection.authorizer = _only_reads


def _only_reads(action: int, one: str | None, _two: str | None, _db: str | None, _trigger: str | None) -> int:
    allowed = action in READ_ALLOWED or (action == apsw.SQLITE_PRAGMA and one in PRAGMAS_ALLOWED)
    return apsw.SQLITE_OK if allowed else apsw.SQLITE_DENY


def told(error: apsw.Error, sql: str = "") -> OnceseenError:
    """What an error of SQLite's means: the world's fault by its code, or ours.

    SQLite's own sentence is left out, since it may quote what was searched for; `sql` never holds content.
    """
    if isinstance(error, apsw.CorruptError | apsw.NotADBError):
        return DamagedLedger(reason="a page of it cannot be read")
    if isinstance(error, WORLDS):
        return StoreTrouble(reason=next(why for kind, why in REASONS.items() if isinstance(error, kind)))
    where = f" in {' '.join(sql.split())[:80]}" if sql else ""
    return Bug(reason=f"{type(error).__name__} {getattr(error, 'extendedresult', 0)}{where}")
