"""The report: silent where all is well, one sentence for what is not, and nothing of what was seen."""

from __future__ import annotations

import pytest

from memory.ledger import readings, vectors
from memory.ledger.check import ORPHANS, check
from memory.ledger.connection import Ledger
from memory.records import Passage
from tests.support.builders import a_frame, a_kept_frame, some_vectors


class SomePictures:
    """Sealed pictures of which these are there."""

    def __init__(self, *places: tuple[str, str]) -> None:
        self.places = set(places)

    def there(self) -> set[tuple[str, str]]:
        return self.places


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    with ledger.writing() as db:
        id = a_kept_frame(db, a_frame(title="quixotic"), ["zebra"])
        ids = readings.add_passages(db, id, [Passage("zebra", (0,))])
        vectors.add(db, "passage", ids, some_vectors(1))
        vectors.add(db, "picture", [id], some_vectors(1))
    return ledger


def test_all_is_well(filled: Ledger) -> None:
    assert check(filled) == ()


BREAKS = {
    "moments without a frame": "insert into moments (started, ended, zone, monitor, app, title, single)"
    " values (0, 0, 0, 0, 'quixotic', 'zebra', 0)",
    "words of moments that are gone": "insert into words (rowid, title) values (99, 'quixotic')",
    "vectors of passages that are gone": "update vectors set owner = 99 where kind = 'passage'",
    "vectors of pictures that are gone": "update frames set picture = null, day = null",
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


def test_missing_pictures_are_counted(filled: Ledger) -> None:
    with filled.reading() as db:
        (place,) = [tuple(row) for row in db.rows("select day, picture from frames")]
    assert check(filled, SomePictures(place, ("2026-03-02", "orphan"))) == ()
    assert check(filled, SomePictures()) == ("pictures: 1 are missing",)
