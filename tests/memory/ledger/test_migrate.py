"""Migrations: each whole or not at all, frozen once applied, with a sealed back-up while they run."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from memory.errors import Bug, NewerLedger, StoreTrouble
from memory.keys import master, slots
from memory.ledger import days, episodes, facts, frames, meta, migrate, moments, search, turns
from memory.ledger.check import check
from memory.ledger.connection import Ledger
from memory.ledger.sqlite import connect
from memory.pictures import Pictures
from tests.fixtures.make_profile import LEDGERS
from tests.support.builders import KEY, a_frame, a_kept_frame

SECOND = "alter table meta add column note text; update meta set note = 'seen' where key = 'planted';"


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """The real steps, as a folder in which more can be planted."""
    return Path(shutil.copytree(migrate.SCHEMA, tmp_path / "schema"))


@pytest.fixture
def path(tmp_path: Path, schema: Path) -> Path:
    """A ledger with something in it, at the version of today."""
    (tmp_path / "profile").mkdir()
    path = tmp_path / "profile" / "ledger.db"
    with closing(Ledger.create(path, KEY, schema)) as ledger, ledger.writing() as db:
        meta.put(db, "planted", "quixotic-zebra")
        a_kept_frame(db, a_frame(), ["words"])
    return path


def plant(schema: Path, sql: str) -> None:
    number = len(list(schema.iterdir())) + 1
    (schema / f"{number:04}.sql").write_text(sql)


def test_steps_are_numbered_one_by_one(schema: Path) -> None:
    known = migrate.migrations(schema)
    assert [step.number for step in known] == list(range(1, len(known) + 1))
    (schema / "0009.sql").write_text("select 1")
    with pytest.raises(Bug):
        migrate.migrations(schema)


def test_an_old_ledger_is_brought_up(path: Path, schema: Path) -> None:
    before = len(migrate.migrations(schema))
    plant(schema, SECOND)
    plant(schema, "create table third (id integer primary key) strict;")
    with closing(Ledger.open(path, KEY, schema)) as ledger, ledger.reading() as db:
        assert db.value("select note from meta where key = 'planted'") == "seen"
        assert db.value("select count(*) from third") == 0
        assert db.value("select count(*) from words where words match 'words'") == 1
    with closing(connect(path, KEY)) as plain:
        assert migrate.version(plain) == before + 2
    assert [file.name for file in path.parent.iterdir()] == ["ledger.db"]
    Ledger.open(path, KEY, schema).close()


def test_a_step_that_fails_leaves_the_ledger_and_a_sealed_back_up(path: Path, schema: Path) -> None:
    before = len(migrate.migrations(schema))
    plant(schema, SECOND + "insert into nowhere values (1);")
    with pytest.raises(Bug):
        Ledger.open(path, KEY, schema)
    (schema / f"{before + 1:04}.sql").unlink()
    back_up = path.with_name(f"ledger.db.before-{before:04}")
    assert back_up.stat().st_mode & 0o777 == 0o600
    assert b"quixotic" not in back_up.read_bytes()
    for file in (back_up, path):
        with closing(Ledger.open(file, KEY, schema)) as ledger, ledger.reading() as db:
            assert meta.get(db, "planted") == "quixotic-zebra"
            assert "note" not in [row[1] for row in db.rows("select * from frames where 0") or [(0, "")]]


def test_a_back_up_that_an_interrupted_migration_left_goes_once_the_ledger_opens(
    path: Path, schema: Path
) -> None:
    before = len(migrate.migrations(schema))
    plant(schema, SECOND + "insert into nowhere values (1);")
    with pytest.raises(Bug):
        Ledger.open(path, KEY, schema)
    assert path.with_name(f"ledger.db.before-{before:04}").exists()
    (schema / f"{before + 1:04}.sql").unlink()
    Ledger.open(path, KEY, schema).close()
    assert [file.name for file in path.parent.iterdir()] == ["ledger.db"]


def test_a_step_that_breaks_references_is_undone(path: Path, schema: Path) -> None:
    before = len(migrate.migrations(schema))
    plant(schema, "delete from moments;")
    with pytest.raises(Bug, match="references"):
        Ledger.open(path, KEY, schema)
    (schema / f"{before + 1:04}.sql").unlink()
    with closing(Ledger.open(path, KEY, schema)) as ledger, ledger.reading() as db:
        assert db.value("select count(*) from moments") == 1


def test_earlier_steps_of_a_failed_run_stay(path: Path, schema: Path) -> None:
    before = len(migrate.migrations(schema))
    plant(schema, SECOND)
    plant(schema, "nonsense;")
    with pytest.raises(Bug):
        Ledger.open(path, KEY, schema)
    (schema / f"{before + 2:04}.sql").write_text("create table third (id integer primary key) strict;")
    with closing(Ledger.open(path, KEY, schema)) as ledger, ledger.reading() as db:
        assert db.value("select note from meta where key = 'planted'") == "seen"
        assert db.value("select count(*) from third") == 0


def test_foreign_keys_hold_after_a_migration(path: Path, schema: Path) -> None:
    plant(schema, SECOND)
    with closing(Ledger.open(path, KEY, schema)) as ledger, ledger.writing() as db, pytest.raises(Bug):
        db.run("insert into jobs (stage, subject) values ('read', 99)")


def test_an_edited_old_step_is_refused(path: Path, schema: Path) -> None:
    first = schema / "0001.sql"
    first.write_text(first.read_text() + "\n-- a harmless word\n")
    before = path.read_bytes()
    with pytest.raises(Bug, match="step 1 was changed"):
        Ledger.open(path, KEY, schema)
    assert path.read_bytes() == before


def test_a_newer_ledger_is_refused_and_left_alone(path: Path, schema: Path) -> None:
    known = len(migrate.migrations(schema))
    plant(schema, SECOND)
    Ledger.open(path, KEY, schema).close()
    before = path.read_bytes()
    with pytest.raises(NewerLedger, match=f"schema {known + 1}, known {known}"):
        Ledger.open(path, KEY)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["ledger.db"]


def test_without_room_for_the_back_up_nothing_is_changed(path: Path, schema: Path) -> None:
    before = len(migrate.migrations(schema))
    plant(schema, SECOND)
    (path.parent / f"ledger.db.before-{before:04}").mkdir()
    with pytest.raises(StoreTrouble):
        Ledger.open(path, KEY, schema)
    with closing(connect(path, KEY)) as plain:
        assert migrate.version(plain) == before


def test_a_back_up_is_whole(path: Path, schema: Path) -> None:
    with closing(connect(path, KEY)) as plain:
        place = migrate.back_up(plain, path, KEY)
    with closing(connect(place, KEY)) as copy:
        assert copy.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert copy.execute("select value from meta where key = 'planted'").fetchone() == ("quixotic-zebra",)
    with closing(connect(place, bytes(32))) as stranger, pytest.raises(apsw.NotADBError):
        stranger.pragma("user_version")


# ------------------------------------------------------------------ every version that was ever written


def test_each_version_is_kept() -> None:
    known = {f"v{step.number}" for step in migrate.migrations(migrate.SCHEMA)}
    assert {folder.name for folder in LEDGERS.iterdir()} == known


@pytest.mark.parametrize("kept", sorted(LEDGERS.iterdir()), ids=lambda folder: folder.name)
def test_a_kept_profile_opens_with_all_it_held(kept: Path, tmp_path: Path) -> None:
    """Opened with its key file, migrated, searched, and its pictures unsealed."""
    shutil.copytree(kept, tmp_path / "kept")
    profile, expected = tmp_path / "kept/profile", json.loads((kept / "expected.json").read_text())
    key = slots.open_with_file(profile, tmp_path / "kept/key")
    with closing(Ledger.open(profile / "ledger", master.derive(key, "ledger"))) as ledger:
        pictures = Pictures(
            profile / "pictures", lambda day: master.key_of_day(key, days.salt_for_sealing(ledger, day))
        )
        assert check(ledger, pictures) == ()
        with ledger.reading() as db:
            assert (moments.count(db), frames.count(db)) == (expected["moments"], expected["frames"])
            for words, moment in expected["words"].items():
                assert dict(search.words(db, words, 9, None, None, None)).keys() == {moment} - {None}, words
            said = db.rows("select rowid, spelled(title || char(10) || app || char(10) || text) from words")
            assert db.rows("select rowid from spellings") == [(moment,) for moment, _ in said]
            spelt = {term for (term,) in db.rows("select term from spelt")}
            assert spelt == {form for _, forms in said for form in forms.split()}
            assert list(moments.get(db, 3).origins) == expected["origins"]
            folded, into = expected["alias"]
            assert moments.get(db, folded).id == into
            assert [episode.title for episode in episodes.between(db, None, None)] == [expected["episode"]]
            assert [[fact.value, fact.evidence[0].quote] for fact in facts.facts(db)] == [expected["fact"]]
            kept_turns = [turn.answer.text for turn in turns.of(db, "budget")]
            assert kept_turns == expected.get("turns", [])
            piles = {id: moments.pile_of(db, int(id)) for id in expected["pictures"]}
        for id, pile in piles.items():
            assert hashlib.sha256(pictures.whole(pile)).hexdigest() == expected["pictures"][id]
            assert pictures.thumbnail(*pile[-1]).startswith(b"RIFF")
        with ledger.writing() as db:
            a_kept_frame(db, a_frame(9_000), ["it goes on"])
