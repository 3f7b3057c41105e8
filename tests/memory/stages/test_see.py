"""Seeing over a real ledger: parts and cues are kept, and an upgrade looks at everything again, resumably."""

from __future__ import annotations

import pytest

from memory import intake
from memory.index.client import Index
from memory.ledger import jobs, looks, vectors
from memory.ledger.check import check
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.pipeline import Claims, work
from memory.records import Base, Cue, Line, Part, Reading, Seen, Small, Vectors
from memory.stages.see import wanted
from memory.stages.way import READ, SEE, Way
from tests.support.builders import a_frame, a_reading, some_vectors

WHOLE, CORNER = (0, 0, 1280, 800), (900, 500, 300, 200)


class Eye:
    """A reader that sees a red chart in every frame; without an encoder only says so."""

    def __init__(self, maker: str = "eye 1", encoder: str = "one") -> None:
        self.maker, self.encoder = maker, encoder
        self.looked: list[tuple[bytes, tuple[Line, ...]]] = []

    def read(self, picture: bytes, bases: tuple[Base, ...] = ()) -> Reading:
        return a_reading(picture.decode())

    def rest(self, picture: bytes, bases: tuple[Base, ...]) -> Small:
        raise AssertionError("nothing rests on what was only said")

    def see(self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]) -> Seen:
        self.looked += zip(pictures, lines, strict=True)
        cues = (Cue(0, WHOLE, "form", "light", 1.0), Cue(1, CORNER, "form", "chart", 1.0))
        parts = tuple(
            Part(of, n, box) for of in range(len(pictures)) for n, box in enumerate((WHOLE, CORNER))
        )
        encoded = some_vectors(len(parts), encoder=self.encoder) if self.encoder else None
        return Seen(self.maker, (cues,) * len(pictures), parts, encoded)

    def encode_texts(self, texts: tuple[str, ...]) -> Vectors:
        return some_vectors(len(texts))

    def encode_words(self, texts: tuple[str, ...]) -> None:
        return None


def way(ledger: Ledger, pictures: Pictures, eye: Eye) -> Way:
    return Way(ledger, pictures, Index(ledger), eye)


def take(ledger: Ledger, pictures: Pictures, first: int, count: int) -> None:
    for n in range(first, first + count):
        intake.take(ledger, pictures, a_frame(600 * n, app=f"app {n}"), b"words of picture %d" % n)


def do(way: Way, *stages: str, most: int = 99) -> int:
    """Works at most so many batches; how many they were."""
    claims, done = Claims(), 0
    while done < most and work(way, stages, claims):
        done += 1
    return done


def held(ledger: Ledger) -> tuple[dict[str, int], int]:
    """Vectors by encoder, and frames that wait to be looked at."""
    with ledger.reading() as db:
        names = vectors.encoders(db, "picture")
        return {name: vectors.count(db, "picture", name) for name in names}, jobs.subjects(db, (SEE,))


def test_the_page_and_its_pictures_are_parts(ledger: Ledger, pictures: Pictures) -> None:
    eye = Eye()
    take(ledger, pictures, 0, 2)
    seeing = way(ledger, pictures, eye)
    do(seeing, READ, SEE)
    assert [said[0].text for _, said in eye.looked] == ["words of picture 0", "words of picture 1"]
    assert held(ledger) == ({"one": 4}, 0)
    assert seeing.index.count("picture", "one") == 4
    with ledger.reading() as db:
        assert [(cue.n, cue.label) for cue in looks.cues(db, 2)] == [(0, "light"), (1, "chart")]
    assert check(ledger, pictures) == ()


def test_without_an_encoder_there_are_cues(ledger: Ledger, pictures: Pictures) -> None:
    take(ledger, pictures, 0, 1)
    do(way(ledger, pictures, Eye(encoder="")), READ, SEE)
    assert held(ledger) == ({}, 0)
    with ledger.reading() as db:
        assert looks.counts(db, ["chart"]) == {"chart": 1}


def test_a_new_encoder_has_all_looked_at_again_and_the_old_vectors_go_last(
    ledger: Ledger, pictures: Pictures
) -> None:
    take(ledger, pictures, 0, 6)
    do(way(ledger, pictures, Eye()), READ, SEE)
    take(ledger, pictures, 6, 1)
    new = Eye(encoder="two")
    upgrading = way(ledger, pictures, new)
    assert do(upgrading, READ) == 1
    assert do(upgrading, SEE, most=1) == 1
    assert held(ledger) == ({"one": 12, "two": 2}, 6)
    # The program ends here and is started again: what waits is in the ledger.
    again = way(ledger, pictures, Eye(encoder="two"))
    do(again, SEE)
    assert held(ledger) == ({"two": 14}, 0)
    assert (again.index.count("picture", "one"), again.index.count("picture", "two")) == (0, 14)
    assert check(ledger, pictures) == ()


def test_new_cues_alone_are_an_upgrade_too(ledger: Ledger, pictures: Pictures) -> None:
    take(ledger, pictures, 0, 2)
    do(way(ledger, pictures, Eye()), READ, SEE)
    take(ledger, pictures, 2, 1)
    later = Eye(maker="eye 2")
    do(way(ledger, pictures, later), READ, SEE)
    assert len(later.looked) == 3
    assert held(ledger) == ({"one": 6}, 0)
    with ledger.reading() as db:
        assert looks.without(db, "eye 2") == ()


def test_a_change_of_settings_begins_an_upgrade(ledger: Ledger, pictures: Pictures) -> None:
    take(ledger, pictures, 0, 3)
    wanted(ledger, "packaged")
    do(way(ledger, pictures, Eye()), READ, SEE)
    wanted(ledger, "packaged")
    assert held(ledger) == ({"one": 6}, 0)
    wanted(ledger, "open_clip")
    assert held(ledger) == ({"one": 6}, 1)
    do(way(ledger, pictures, Eye(encoder="two")), SEE)
    assert held(ledger) == ({"two": 6}, 0)


def test_what_was_seen_without_weights_is_looked_at_again_with_them(
    ledger: Ledger, pictures: Pictures
) -> None:
    for first, eye in ((0, Eye()), (2, Eye("eye without", "")), (3, Eye())):
        take(ledger, pictures, first, 1)
        do(way(ledger, pictures, eye), READ, SEE)
    assert held(ledger) == ({"one": 6}, 0)
    with ledger.reading() as db:
        assert looks.without(db, "eye 1") == ()


@pytest.mark.parametrize(("asked", "count"), [("one", 2), ("two", 2), ("three", 0)])
def test_a_search_meets_vectors_of_its_own_encoder_only(
    ledger: Ledger, pictures: Pictures, asked: str, count: int
) -> None:
    take(ledger, pictures, 0, 1)
    do(way(ledger, pictures, Eye()), READ, SEE)
    with ledger.writing() as db:
        vectors.add(db, "picture", (1, 2), some_vectors(2, dim=5, encoder="two"))
    dim = {"one": 8, "two": 5}.get(asked, 8)
    found = Index(ledger).find("picture", some_vectors(1, dim, asked), 9)
    assert len(found) == count
