"""The report: silent where all is well, one sentence for what is not, and nothing of what was seen."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from memory.errors import NotFound
from memory.ledger import days, frames, moments, readings, vectors
from memory.ledger.check import NAMED, ORPHANS, check
from memory.ledger.connection import Ledger
from memory.ledger.sqlite import connect
from memory.pictures import Pictures
from memory.records import Passage
from tests.support.builders import KEY, a_frame, a_kept_frame, a_ledger, a_look, a_reading, some_vectors


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    with ledger.writing() as db:
        id = a_kept_frame(db, a_frame(title="quixotic"), ["zebra"])
        ids = readings.add_passages(db, id, [Passage("zebra", (0,))])
        vectors.add(db, "passage", ids, some_vectors(1))
        frames.add(db, a_frame(1, new=False), None)
        vectors.add(db, "picture", [a_look(db, id)], some_vectors(1))
    return ledger


def test_all_is_well(filled: Ledger) -> None:
    assert check(filled) == ()


def test_words_that_were_scrubbed_since_the_last_look_are_well(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n in range(3):
            id = frames.add(db, a_frame(60 * n, app=f"writer {n}"), None)
            readings.index_words(db, id)
    for n in range(3):
        with ledger.writing() as db:
            readings.add(db, n + 1, a_reading("words of", str(3952 + 4 * n)))
            readings.index_words(db, n + 1)
    assert check(ledger) == ()
    with ledger.writing() as db:
        moments.forget(db, [2])
    ledger.scrub()
    assert check(ledger) == ()


BREAKS = {
    "moments without a frame": "insert into moments (started, ended, zone, monitor, app, title, single)"
    " values (0, 0, 0, 0, 'quixotic', 'zebra', 0)",
    "words of moments that are gone": "insert into words (rowid, title) values (99, 'quixotic')",
    "spellings of moments that are gone": "insert into spellings (rowid, said) values (99, 'quixotic')",
    "vectors of passages that are gone": "update vectors set owner = 99 where kind = 'passage'",
    "vectors of pictures that are gone": "update frames set picture = null, day = null",
    "moments kept for answers that are gone": "insert into pins (moment, why, at) values (1, 'answer', 0)",
    "pictures whose ground is gone": "update frames set base = 2 where id = 1",
    "facts without evidence": "insert into facts (kind, statement, subject, relation, value, confidence,"
    " first_seen, last_seen, zone) values ('quixotic', 'zebra', '', '', '', 1.0, 0, 0, 0)",
    "episodes without a moment": "insert into episodes (level, title, gist, started, ended, zone, apps,"
    " spans, keys) values ('day', 'quixotic', 'zebra', 0, 0, 0, '[]', '[]', '[]')",
    "moments that no search by words can find": "delete from words",
    "moments whose picture is not theirs": "update frames set picture = null, day = null",
}


@pytest.mark.parametrize("what", ORPHANS)
def test_what_is_wrong_is_named_without_its_content(what: str, filled: Ledger) -> None:
    with filled.writing() as db:
        db.run(BREAKS[what])
    found = check(filled)
    assert f"ledger: 1 {what}" in found
    assert "quixotic" not in str(found)
    assert "zebra" not in str(found)


DAYS_KEY = bytes(range(32, 64))


@pytest.fixture
def sealed(tmp_path: Path) -> Pictures:
    return Pictures(tmp_path, lambda day: DAYS_KEY)


def with_pictures(ledger: Ledger, folder: Path, count: int) -> list[tuple[int, Path]]:
    """So many moments with a real picture each: their ids and the files."""
    made, sealed = [], Pictures(folder, lambda day: DAYS_KEY)
    with ledger.writing() as db:
        days.ensure(db, "2026-03-02")
        for n in range(count):
            name = sealed.put("2026-03-02", "picture", b"pixels %d" % n)
            id = frames.add(db, a_frame(9 * n, title=f"page {n}"), name)
            made.append((frames.moment_of(db, id), folder / "2026-03-02" / name))
    return made


def test_whole_pictures_are_well_and_files_without_a_row_are_none_of_its_business(
    ledger: Ledger, sealed: Pictures, tmp_path: Path
) -> None:
    with_pictures(ledger, tmp_path, 3)
    sealed.put("2026-03-02", "picture", b"orphan")
    assert check(ledger, sealed) == ()


def test_the_moments_of_missing_damaged_and_swapped_pictures_are_named(
    ledger: Ledger, sealed: Pictures, tmp_path: Path
) -> None:
    (_, one), (second, two), (third, three), (fourth, four), (fifth, five) = with_pictures(
        ledger, tmp_path, 5
    )
    two.unlink()
    three.write_bytes(three.read_bytes()[:-1] + bytes([three.read_bytes()[-1] ^ 1]))
    kept = four.read_bytes()
    four.write_bytes(five.read_bytes())
    five.write_bytes(kept)
    assert one.exists()
    assert check(ledger, sealed) == (
        f"pictures: the picture of moment {second} is missing",
        *(
            f"pictures: the picture of moment {id} is damaged or another one's"
            for id in (third, fourth, fifth)
        ),
    )


def test_many_lost_pictures_are_not_listed_one_by_one(
    ledger: Ledger, sealed: Pictures, tmp_path: Path
) -> None:
    for _, file in with_pictures(ledger, tmp_path, NAMED + 7):
        file.write_bytes(b"")
    found = check(ledger, sealed)
    assert len(found) == NAMED + 1
    assert found[-1] == "pictures: those of 7 more moments are damaged or another one's"


def test_a_picture_whose_day_has_no_key_is_named(ledger: Ledger, tmp_path: Path) -> None:
    ((id, _),) = with_pictures(ledger, tmp_path, 1)

    def keyless(day: str) -> bytes:
        raise NotFound(what="day", id=day)

    found = check(ledger, Pictures(tmp_path, keyless))
    assert found == (f"pictures: the picture of moment {id} is sealed with a key that is gone",)


def test_of_a_ledger_with_a_damaged_page_it_is_said_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(a_ledger(tmp_path)) as ledger, ledger.writing() as db:
        for n in range(60):
            a_kept_frame(db, a_frame(9 * n), [f"zebra {n} {k} " + "word " * 20 for k in range(20)])
    with closing(connect(path, KEY)) as plain:
        size = int(plain.pragma("page_size"))
        rows = plain.execute("select name, rootpage from sqlite_master where type = 'table'").fetchall()
        roots = {str(name): int(str(page)) for name, page in rows}
    whole = path.read_bytes()

    def without(page: int) -> tuple[str, ...]:
        """The report where this page is overwritten."""
        path.write_bytes(whole[: (page - 1) * size] + bytes(size) + whole[page * size :])
        with closing(Ledger.open(path, KEY)) as damaged:
            return check(damaged)

    emptied = without(roots["gaps"])
    assert "ledger: can be read not at all, with rows: gaps" in emptied
    assert any("whole" in line and "lines (1200)" in line for line in emptied)
    rootless = without(roots["lines"])
    assert "ledger: can be read not at all, with rows: lines" in rootless
    assert any("whole" in line and "frames (60), " in line for line in rootless)
    # A leaf of the lines is somewhere behind the pages that the schema takes.
    tried = (" ".join(without(page)) for page in range(max(roots.values()) + 20, len(whole) // size))
    parted = next(said for said in tried if "in part, with rows: lines" in said)
    assert 1100 < int(re.findall(r"lines \(at least (\d+)\)", parted)[0]) < 1200
    assert "zebra" not in f"{emptied}{rootless}{parted}"
