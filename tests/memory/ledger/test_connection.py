"""The sealed file: made whole, opened by its key alone, read without a way to write, kept through a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from memory.errors import Bug, DamagedLedger, Locked, NoProfile, ProfileExists, StoreTrouble, WrongKey
from memory.ledger import meta
from memory.ledger.check import check
from memory.ledger.connection import IDLE_READERS, Ledger
from memory.ledger.sqlite import connect
from tests.support.builders import KEY, a_frame, a_kept_frame, a_ledger

MARKER = "quixotic-zebra"


def test_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(a_ledger(tmp_path)) as ledger, ledger.writing() as db:
            meta.put(db, "x", 1)
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"ledger.db": 0o600, "ledger.db-wal": 0o600, "ledger.db-shm": 0o600}
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_nothing_can_be_read_in_its_files(tmp_path: Path, ledger: Ledger) -> None:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(title=MARKER), [MARKER, "more"])
        meta.put(db, MARKER, MARKER)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert len(written) > 50_000
    assert MARKER.encode() not in written
    assert b"SQLite" not in written
    assert b"create table" not in written


def test_is_never_made_over_another(tmp_path: Path) -> None:
    a_ledger(tmp_path).close()
    before = (tmp_path / "ledger.db").read_bytes()
    with pytest.raises(ProfileExists):
        a_ledger(tmp_path)
    assert (tmp_path / "ledger.db").read_bytes() == before


def test_what_a_killed_making_left_is_no_hindrance(tmp_path: Path) -> None:
    for name in ("ledger.db.new", "ledger.db.new-wal"):
        (tmp_path / name).write_bytes(b"half")
    a_ledger(tmp_path).close()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_no_room_for_a_new_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        Ledger.create(tmp_path / "nowhere" / "ledger.db", KEY)


def test_a_missing_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoProfile):
        Ledger.open(tmp_path / "ledger.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_key_opens_and_writes_nothing(tmp_path: Path) -> None:
    a_ledger(tmp_path).close()
    before = (tmp_path / "ledger.db").read_bytes()
    with pytest.raises(WrongKey):
        Ledger.open(tmp_path / "ledger.db", bytes(32))
    assert (tmp_path / "ledger.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]
    with pytest.raises(Bug):
        Ledger.open(tmp_path / "ledger.db", b"short")


def test_an_empty_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    with pytest.raises(DamagedLedger):
        Ledger.open(tmp_path / "ledger.db", KEY)
    assert (tmp_path / "ledger.db").stat().st_size == 0


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with closing(a_ledger(tmp_path)) as ledger, ledger.writing() as db:
        for n in range(200):
            a_kept_frame(db, a_frame(n), [f"line {n} {k} and some more words" for k in range(10)])
    return tmp_path / "ledger.db"


def test_a_flipped_bit_is_told_and_the_rest_stays(filled: Path) -> None:
    with closing(connect(filled, KEY)) as plain:
        (page,) = plain.execute(
            "select min(pageno) from dbstat where name = 'lines' and pagetype = 'leaf'"
        ).fetchone()
    data = bytearray(filled.read_bytes())
    data[(page - 1) * 4096 + 2000] ^= 1
    filled.write_bytes(data)
    with closing(Ledger.open(filled, KEY)) as ledger:
        with ledger.reading() as db, pytest.raises(DamagedLedger):
            db.rows("select text from lines")
        with ledger.reading() as db:
            assert len(db.rows("select title from frames")) == 200
        with ledger.writing() as db:
            a_kept_frame(db, a_frame(1000), ["what comes after"])
        assert any(f"page {page}" in found for found in check(ledger))


def test_a_cut_file_is_told(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[: filled.stat().st_size // 2])
    with pytest.raises(DamagedLedger):
        Ledger.open(filled, KEY)


# ------------------------------------------------------------------ transactions


def test_what_fails_is_undone(ledger: Ledger) -> None:
    generation = ledger.generation()
    with pytest.raises(KeyError), ledger.writing() as db:  # noqa: PT012
        meta.put(db, "x", 1)
        raise KeyError
    with ledger.reading() as db:
        assert meta.get(db, "x") is None
    assert ledger.generation() == generation


def test_an_inner_one_is_undone_alone(ledger: Ledger) -> None:
    with ledger.writing() as db:
        meta.put(db, "outer", 1)
        with pytest.raises(KeyError), ledger.writing() as inner:  # noqa: PT012
            meta.put(inner, "inner", 1)
            raise KeyError
    with ledger.reading() as db:
        assert (meta.get(db, "outer"), meta.get(db, "inner")) == (1, None)


def test_what_was_touched_is_told_from_its_commit_on(ledger: Ledger) -> None:
    first = ledger.generation()
    with ledger.writing() as db:
        meta.put(db, "one", "1")
    assert not ledger.touched("knowledge", first)
    with suppress(KeyError), ledger.writing() as db:
        db.touch("knowledge")
        raise KeyError
    assert not ledger.touched("knowledge", first)
    with ledger.writing() as db, ledger.writing() as inner:
        inner.touch("knowledge")
        meta.put(db, "one", "2")
    assert ledger.touched("knowledge", first)
    assert ledger.touched("knowledge", first - 1)
    assert not ledger.touched("knowledge", ledger.generation())
    assert not ledger.touched("rules", first)
    assert ledger.touched("rules", first - 1)


def test_a_look_is_consistent(ledger: Ledger) -> None:
    with ledger.reading() as db:
        assert meta.get(db, "x") is None
        with ledger.writing() as writer:
            meta.put(writer, "x", 1)
        assert meta.get(db, "x") is None
    with ledger.reading() as db:
        assert meta.get(db, "x") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "insert into meta values ('x', 1)",
        "update meta set value = 1",
        "delete from frames",
        "delete from words",
        "insert into words (words) values ('optimize')",
        "drop table frames",
        "create table x (y)",
        "create temp table x (y)",
        "attach ':memory:' as x",
        "vacuum",
        "pragma journal_mode = delete",
        "pragma query_only = off",
        "pragma key = 'x'",
        "pragma rekey = 'x'",
    ],
)
def test_a_reading_connection_cannot_write(sql: str, ledger: Ledger) -> None:
    generation = ledger.generation()
    with ledger.reading() as db, pytest.raises(Bug):
        db.rows(sql)
    assert ledger.generation() == generation


def test_what_goes_wrong_tells_no_content(ledger: Ledger) -> None:
    with ledger.reading() as db, pytest.raises(Bug) as found:
        db.rows("select rowid from words where words match ?", f"{MARKER} AND AND")
    assert MARKER not in str(found.value)
    assert "words match" in str(found.value)


def test_threads_write_one_after_the_other(ledger: Ledger) -> None:
    def count() -> None:
        for _ in range(25):
            with ledger.writing() as db:
                meta.put(db, "n", int(meta.get(db, "n") or 0) + 1)
            with ledger.reading() as db:
                meta.get(db, "n")

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ledger.reading() as db:
        assert meta.get(db, "n") == 150


def test_more_readers_than_are_kept(ledger: Ledger) -> None:
    def nested(depth: int) -> Iterator[object]:
        if depth:
            with ledger.reading() as db:
                yield meta.get(db, "x")
                yield from nested(depth - 1)

    assert list(nested(IDLE_READERS + 3)) == [None] * (IDLE_READERS + 3)


# ------------------------------------------------------------------ generations


def test_a_generation_is_a_commit_that_changed_something(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.generation() == 0
    with ledger.writing() as db:
        meta.get(db, "x")
    assert ledger.generation() == 0
    with ledger.writing() as db:
        meta.put(db, "x", 1)
        with ledger.writing() as inner:
            meta.put(inner, "y", 1)
    assert ledger.generation() == 1
    ledger.close()
    with closing(Ledger.open(tmp_path / "ledger.db", KEY)) as again:
        assert again.generation() == 1


def test_a_commit_wakes_who_waits(ledger: Ledger) -> None:
    heard: list[int] = []
    waiting = threading.Thread(target=lambda: heard.append(ledger.wait_newer(0, 60)))
    waiting.start()
    with ledger.writing() as db:
        meta.put(db, "x", 1)
    waiting.join(60)
    assert heard == [1]
    assert ledger.wait_newer(1, 0) == 1


def test_closing_wakes_who_waits_and_locks(ledger: Ledger) -> None:
    waiting = threading.Thread(target=lambda: ledger.wait_newer(0, 60))
    waiting.start()
    with ledger.reading():
        ledger.close()
    waiting.join(60)
    assert not waiting.is_alive()
    with pytest.raises(Locked), ledger.reading():
        pass
    with pytest.raises(Locked), ledger.writing():
        pass
    with pytest.raises(Locked):
        ledger.scrub()
    ledger.close()


def test_the_size_is_that_of_its_files(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as db:
        meta.put(db, "x", b"x" * 100_000)
    assert ledger.size() == sum(path.stat().st_size for path in tmp_path.iterdir()) > 100_000


def test_scrubbing_empties_the_log(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as db:
        meta.put(db, "x", b"x" * 100_000)
    assert (tmp_path / "ledger.db-wal").stat().st_size > 100_000
    ledger.scrub()
    assert (tmp_path / "ledger.db-wal").stat().st_size == 0


def test_scrubbing_waits_for_who_still_reads(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.reading() as db:
        meta.get(db, "x")
        with ledger.writing() as writer:
            meta.put(writer, "x", 1)
        scrubbing = threading.Thread(target=ledger.scrub)
        scrubbing.start()
        assert meta.get(db, "x") is None
    scrubbing.join(60)
    assert (tmp_path / "ledger.db-wal").stat().st_size == 0


# ------------------------------------------------------------------ faults

WRITES = """
import sys
from pathlib import Path
from memory.ledger.connection import Ledger
from tests.support.builders import KEY, a_frame, a_kept_frame
ledger = Ledger.open(Path(sys.argv[1]), KEY)
for n in range(10_000):
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(n), [f"line {n}"] * 5, picture=None)
    print(n, flush=True)
"""


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    a_ledger(tmp_path).close()
    for _ in range(3):
        path.unlink()
        a_ledger(tmp_path).close()
        writer = subprocess.Popen([sys.executable, "-c", WRITES, path], stdout=subprocess.PIPE, text=True)
        assert writer.stdout
        for _ in range(25):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        acknowledged = 25 + len(writer.stdout.read().split())
        writer.stdout.close()
        writer.wait()
        with closing(Ledger.open(path, KEY)) as ledger, ledger.reading() as db:
            there = db.value("select count(*) from frames")
            assert acknowledged <= there <= acknowledged + 1
            assert db.value("select count(*) from lines") == 5 * there
            assert db.value("select count(*) from words where words match 'line'") == there
            assert db.rows("pragma quick_check") == [("ok",)]


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """The limit is the process's own on the size of a file: SQLite meets it as a disk that takes no more."""
    path = tmp_path / "ledger.db"
    a_ledger(tmp_path).close()
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n"
    )
    writer = subprocess.run(
        [sys.executable, "-c", limited + WRITES, path], capture_output=True, text=True, check=False
    )
    assert writer.returncode == 1
    assert "StoreTrouble" in writer.stderr
    acknowledged = len(writer.stdout.split())
    assert acknowledged > 5
    with closing(Ledger.open(path, KEY)) as ledger:
        with ledger.reading() as db:
            assert db.value("select count(*) from frames") == acknowledged
        with ledger.writing() as db:
            a_kept_frame(db, a_frame(20_000), ["room again"])
