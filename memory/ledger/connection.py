"""The ledger's door: one sealed SQLite file, one writing connection, reading ones that cannot write."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import apsw

from memory.errors import DamagedLedger, Locked, NoProfile, ProfileExists, StoreTrouble, WrongKey
from memory.ledger import migrate
from memory.ledger.sqlite import connect, make_reader, make_writer, told

Row = tuple[Any, ...]

IDLE_READERS: Final = 4
"""Reading connections kept for the next question; each holds a cache of its own."""

GENERATION = """insert into meta (key, value) values ('generation', 1)
  on conflict (key) do update set value = value + 1"""

REWRITE = """insert into words (rowid, text) values (0, 'x');
  insert into words (words) values ('optimize');
  delete from words where rowid = 0;
  insert into spellings (rowid, said) values (0, 'x');
  insert into spellings (spellings) values ('optimize');
  delete from spellings where rowid = 0"""
"""Rewrites the full-text indexes. A segment that is alone is left as it is by optimize: so there are two."""

UNSCRUBBED: Final = "unscrubbed"
"""The key in meta that stands from a deletion's own transaction until `Ledger.scrub` is through."""


def as_list(ids: Iterable[int]) -> str:
    """Ids for `in (select value from json_each(?))`: one statement, however many they are."""
    return json.dumps(list(ids))


class Db:
    """A connection within a transaction, as the functions of this room get it."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, *args: Any) -> list[Row]:
        try:
            return self._connection.execute(sql, args).fetchall()
        except apsw.Error as error:
            raise told(error, sql) from None

    def row(self, sql: str, *args: Any) -> Row | None:
        found = self.rows(sql, *args)
        return found[0] if found else None

    def value(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, *args)
        return found[0] if found else None


class Writer(Db):
    """A connection that may write; what is `touching` is told to those who wait for changes."""

    def __init__(self, connection: apsw.Connection, touching: set[str]) -> None:
        super().__init__(connection)
        self._touching = touching

    def touch(self, what: str) -> None:
        """This transaction changes what goes by that name (see Ledger.touched)."""
        self._touching.add(what)

    def run(self, sql: str, *args: Any) -> int:
        """Executes; the number of rows it changed."""
        before = self._connection.total_changes()
        self.rows(sql, *args)
        return self._connection.total_changes() - before

    def insert(self, sql: str, *args: Any) -> int:
        """Executes; the id of the row that was inserted."""
        self.rows(sql, *args)
        return self._connection.last_insert_rowid()

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Executes once for each of `rows`."""
        try:
            self._connection.executemany(sql, rows)
        except apsw.Error as error:
            raise told(error, sql) from None


class Ledger:
    """The only truth. Safe to use from several threads."""

    def __init__(self, path: Path, key: bytes, writer: apsw.Connection, generation: int) -> None:
        """Made by `create` and `open`."""
        self._path, self._key, self._writer, self._generation = path, bytearray(key), writer, generation
        self._first, self._touching = generation, set[str]()
        self._touched: dict[str, int] = {}
        self._writing = threading.RLock()
        self._lending = threading.Lock()
        self._idle: list[apsw.Connection] = []
        self._closed = False
        self._news = threading.Condition()

    # ------------------------------------------------------------------ opening

    @classmethod
    def create(cls, path: Path, key: bytes, schema: Path = migrate.SCHEMA) -> Ledger:
        """A new ledger at `path`, sealed with `key` (32 bytes); raises ProfileExists, StoreTrouble.

        It gets its name when it is whole: there never is half a ledger.
        """
        if path.exists():
            raise ProfileExists(path=path)
        making = path.with_name(f"{path.name}.new")
        try:
            for left in (making, *_beside(making)):
                left.unlink(missing_ok=True)
            making.touch(mode=0o600)
            connection = connect(making, key, make=True)
            with contextlib.closing(connection):
                make_writer(connection)
                migrate.migrate(connection, migrate.migrations(schema))
            making.rename(path)
            _sync_folder(path.parent)
        except apsw.Error as error:
            raise told(error) from None
        except OSError as error:
            raise StoreTrouble(reason=error.strerror or error) from error
        return cls.open(path, key, schema)

    @classmethod
    def open(cls, path: Path, key: bytes, schema: Path = migrate.SCHEMA) -> Ledger:
        """The ledger at `path`, brought up to date.

        Raises NoProfile, WrongKey (SQLite cannot tell it from a damaged first page), NewerLedger,
        DamagedLedger, StoreTrouble; then nothing was changed.
        """
        if not path.exists():
            raise NoProfile(path=path.parent)
        if not path.stat().st_size:
            raise DamagedLedger(reason="it is empty")
        steps = migrate.migrations(schema)
        connection = connect(path, key)
        with contextlib.ExitStack() as undo:
            undo.callback(connection.close)
            try:
                connection.pragma("user_version")
            except apsw.NotADBError:
                raise WrongKey(slot="ledger") from None
            except apsw.Error as error:
                raise told(error) from None
            opened = cls(path, key, connection, _bring_up(connection, path, key, steps))
            undo.pop_all()
        return opened

    def close(self) -> None:
        """Ends all connections and forgets the key; those who wait or ask afterwards get Locked."""
        with self._writing, self._lending:
            self._closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            self._writer.close()
            self._key[:] = bytes(len(self._key))
        with self._news:
            self._news.notify_all()

    # ------------------------------------------------------------------ using

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction that is on disk when this returns, or undone by any error.

        Within one of the same thread it is a part of that one, undone alone.
        """
        with self._writing:
            if self._closed:
                raise Locked
            connection = self._writer
            inner = connection.in_transaction
            before = connection.total_changes()
            try:
                with connection:
                    yield Writer(connection, self._touching)
                    changed = connection.total_changes() > before and not inner
                    if changed:
                        connection.execute(GENERATION)
            except apsw.Error as error:
                raise told(error) from None
            finally:
                touched = () if inner else tuple(self._touching)
                if not inner:
                    self._touching.clear()
            if changed:
                with self._news:
                    self._generation += 1
                    self._touched |= dict.fromkeys(touched, self._generation)
                    self._news.notify_all()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Db]:
        """One consistent look, which no writing disturbs; nothing can be written through it."""
        connection = self._borrow()
        try:
            connection.execute("begin")
            yield Db(connection)
        except apsw.Error as error:
            raise told(error) from None
        finally:
            self._give_back(connection)

    def generation(self) -> int:
        """Grows with every commit that changed something, for the life of the file."""
        with self._news:
            return self._generation

    def wait_newer(self, since: int, seconds: float) -> int:
        """Waits at most `seconds` until the generation is above `since`; returns it."""
        with self._news:
            self._news.wait_for(lambda: self._generation > since or self._closed, seconds)
            return self._generation

    def touched(self, what: str, since: int) -> bool:
        """Whether something changed what goes by that name after this generation; also where that was before
        it was opened, and nobody knows.
        """
        with self._news:
            return self._touched.get(what, self._first) > since

    def size(self) -> int:
        """Bytes on disk."""
        files = (self._path, *_beside(self._path))
        return sum(file.stat().st_size for file in files if file.exists())

    def used(self) -> int:
        """Bytes of the pages that hold something: free ones are written to first, the log is emptied."""
        with self._writing:
            if self._closed:
                raise Locked
            try:
                pages, free, size = (
                    int(str(self._writer.pragma(name)))
                    for name in ("page_count", "freelist_count", "page_size")
                )
            except apsw.Error as error:
                raise told(error) from None
            return (pages - free) * size

    def scrub(self) -> None:
        """After forgetting: no page, free or used, and no log holds what was deleted.

        SQLite overwrites what is deleted (secure_delete), the full-text index does so but for the words that
        head its pages: only rewriting it removes those. Raises StoreTrouble where that cannot be done now.
        """
        with self._writing:
            if self._closed:
                raise Locked
            try:
                with self._writer:
                    self._writer.execute(REWRITE)
                self._empty_log()
                self._writer.execute("delete from meta where key = ?", (UNSCRUBBED,))
            except apsw.Error as error:
                raise told(error, "scrub") from None

    def _empty_log(self) -> None:
        until = time.monotonic() + 30
        while True:
            busy = self._writer.execute("pragma wal_checkpoint(truncate)").fetchall()[0][0]
            if not busy:
                return
            if time.monotonic() > until:
                raise StoreTrouble(reason="a question that still runs holds on to what was forgotten")

    # ------------------------------------------------------------------ readers

    def _borrow(self) -> apsw.Connection:
        with self._lending:
            if self._closed:
                raise Locked
            if self._idle:
                return self._idle.pop()
            connection = connect(self._path, bytes(self._key))
        make_reader(connection)
        return connection

    def _give_back(self, connection: apsw.Connection) -> None:
        if connection.in_transaction:
            connection.execute("rollback")
        with self._lending:
            if self._closed or len(self._idle) >= IDLE_READERS:
                connection.close()
            else:
                self._idle.append(connection)


def _bring_up(
    connection: apsw.Connection, path: Path, key: bytes, steps: tuple[migrate.Migration, ...]
) -> int:
    """Makes it writable and current; returns its generation."""
    try:
        if not migrate.version(connection):
            raise DamagedLedger(reason="it holds nothing")
        migrate.refuse(connection, steps)
        make_writer(connection)
        if migrate.version(connection) < len(steps):
            kept = migrate.back_up(connection, path, key)
            migrate.migrate(connection, steps)
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            kept.unlink()
        found = connection.execute("select value from meta where key = 'generation'").fetchone()
        return int(found[0]) if found else 0
    except apsw.Error as error:
        raise told(error) from None
    except OSError as error:
        raise StoreTrouble(reason=error.strerror or error) from error


def _beside(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
