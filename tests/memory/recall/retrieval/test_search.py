"""Search over a real ledger: words, meaning, times and applications, near-duplicates."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from memory.adapters.text_minilm import MiniLm
from memory.ledger import fading
from memory.ledger.connection import Db, Ledger
from memory.recall.retrieval.meaning import Meaning
from memory.recall.retrieval.retrieve import DEEPER, DEPTH
from memory.recall.retrieval.search import search
from memory.records import Found, Query
from tests.memory.recall.conftest import MONDAY, NOW, NoMeaning, SharedWords, show


def look(ledger: Ledger, text: str, meaning: Meaning | None = None, **rest: object) -> Found:
    with ledger.reading() as db:
        query = replace(Query(text, NOW), **rest)  # type: ignore[arg-type]
        return search(db, meaning or SharedWords(db), query)


def ids(found: Found) -> list[int]:
    return [result.moment.id for result in found.results]


def test_the_screen_with_the_words_comes_first(ledger: Ledger, yard: dict[str, int]) -> None:
    found = look(ledger, "tide at Heron Point")
    assert ids(found)[0] == yard["tides"]
    best = found.results[0]
    assert "Heron Point" in best.snippet
    assert 0 < best.score <= 1
    assert best.why["words"] > 0
    assert sum(best.why.values()) == pytest.approx(best.score, abs=0.01)


def test_identifiers_are_found_as_they_stand(ledger: Ledger, yard: dict[str, int]) -> None:
    assert ids(look(ledger, "H-204", NoMeaning()))[0] == yard["terminal"]


def test_words_and_their_other_forms_meet(ledger: Ledger, yard: dict[str, int]) -> None:
    assert ids(look(ledger, "stopping", NoMeaning()))[0] == yard["terminal"]


def test_nothing_of_what_was_asked_is_nothing(ledger: Ledger, yard: dict[str, int]) -> None:
    assert look(ledger, "xylophone quartet").results == ()


def test_an_empty_memory_finds_nothing(ledger: Ledger) -> None:
    assert look(ledger, "teak").results == ()


@pytest.mark.parametrize("text", ['"', "''", "AND OR NOT", "teak NEAR(", "*", "", "a" * 3000, "title:teak"])
def test_no_query_breaks_the_search(ledger: Ledger, yard: dict[str, int], text: str) -> None:
    look(ledger, text)


def test_a_time_that_was_named_weighs_and_never_empties(ledger: Ledger, yard: dict[str, int]) -> None:
    assert ids(look(ledger, "teak offer on Monday"))[0] == yard["offer"]
    assert ids(look(ledger, "teak offer on Wednesday"))[0] == yard["newoffer"]
    assert yard["offer"] in ids(look(ledger, "teak offer in January"))


def test_a_time_alone_gives_what_was_then(ledger: Ledger, yard: dict[str, int]) -> None:
    assert set(ids(look(ledger, "on Tuesday"))[:2]) == {yard["terminal"], yard["film"]}


@pytest.mark.parametrize("text", ["last Sunday", "in January", "today"])
def test_of_a_time_with_nothing_in_it_the_nearest_is_given(
    ledger: Ledger, yard: dict[str, int], text: str
) -> None:
    found = look(ledger, text, NoMeaning())
    assert found.understood.since
    assert set(ids(found)) == set(yard.values())
    only = look(ledger, text, NoMeaning(), app="xterm")
    assert ids(only) == [yard["terminal"]]
    assert look(ledger, text, NoMeaning(), since=NOW).results == ()


def test_the_nearest_before_and_after_an_empty_time_come_first(ledger: Ledger) -> None:
    with ledger.writing() as db:
        shown = [
            show(db, MONDAY - timedelta(days=n), "mousepad", f"page {n}", [f"row number {n} alone"])
            for n in (40, 9, 7, 2, 0)
        ]
    found = look(ledger, "on 12 May", NoMeaning())
    assert ids(found)[0] == shown[2]
    assert set(ids(found)) <= set(shown)
    assert shown[1] in ids(found)


def test_a_time_with_words_that_stand_nowhere_gives_nothing(ledger: Ledger, yard: dict[str, int]) -> None:
    assert look(ledger, "xylophone quartet last Sunday", NoMeaning()).results == ()


def test_since_until_and_app_exclude(ledger: Ledger, yard: dict[str, int]) -> None:
    after = MONDAY + timedelta(days=1)
    assert yard["offer"] not in ids(look(ledger, "teak offer", since=after))
    assert ids(look(ledger, "teak offer", until=after)) == [yard["offer"]]
    assert ids(look(ledger, "teak", app="xterm")) == []
    assert ids(look(ledger, "make hull", app="TERM")) == [yard["terminal"]]


def test_an_application_that_was_named_weighs(ledger: Ledger, yard: dict[str, int]) -> None:
    found = look(ledger, "hull in the terminal")
    assert found.understood.apps == ("XTerm",)
    assert found.results[0].why["app"] > 0


def test_the_same_screen_again_stands_behind_the_best(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.writing() as db:
        again = show(
            db,
            MONDAY + timedelta(hours=3),
            "mousepad",
            "plan.md - mousepad",
            ["Week plan", "call the sailmaker", "sand the keel"],
        )
    found = look(ledger, "sailmaker")
    assert {found.results[0].moment.id, *found.results[0].also} == {yard["plan"], again}
    assert len(found.results) == 1


def test_the_limit_holds(ledger: Ledger, yard: dict[str, int]) -> None:
    assert len(look(ledger, "teak offer film tide", limit=2).results) == 2


def test_the_same_question_gives_the_same_answer(ledger: Ledger, yard: dict[str, int]) -> None:
    assert look(ledger, "teak planks") == look(ledger, "teak planks")


class ManyNearer(SharedWords):
    """Passages of other screens, hundreds of them, are all nearer than those asked for."""

    def __init__(self, db: Db, last: int) -> None:
        rows = db.rows("select p.id, f.moment from passages p join frames f on f.id = p.frame order by p.id")
        self._order = [id for id, moment in rows if moment != last] + [
            id for id, moment in rows if moment == last
        ]
        self.asked: list[int] = []

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        self.asked.append(limit)
        return tuple((id, 0.9 - n / 10_000) for n, id in enumerate(self._order[:limit]))


def test_what_is_far_down_by_meaning_is_found_in_a_narrow_span(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.writing() as db:
        for n in range(DEPTH + 1):
            show(
                db,
                MONDAY - timedelta(days=9, minutes=9 * n),
                "mousepad",
                f"page {n}",
                [f"row {n} of hundreds"],
            )
    with ledger.reading() as db:
        for narrowed in ({"since": MONDAY + timedelta(days=1)}, {"app": "xterm"}):
            meaning = ManyNearer(db, yard["terminal"])
            query = replace(Query("vessel", NOW), **narrowed)
            found = search(db, meaning, query)
            assert yard["terminal"] in ids(found)
            assert meaning.asked == list(DEEPER[:2])
        meaning = ManyNearer(db, yard["terminal"])
        search(db, meaning, Query("vessel", NOW))
        assert meaning.asked == [DEPTH]


class Encoded:
    """Meaning by the real text encoder over all passages."""

    def __init__(self, db: Db) -> None:
        self._encoder = MiniLm(Path(sys.prefix) / "share/onceseen/text")
        rows = db.rows("select id, text from passages")
        self._ids = [id for id, _ in rows]
        self._vectors = self._encoder.encode([text for _, text in rows])

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        cosines = self._vectors @ self._encoder.encode([text])[0]
        order = np.argsort(-cosines)[:limit]
        return tuple((self._ids[k], float(cosines[k])) for k in order)

    def pictures(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def episodes(self, texts: Sequence[str], limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def nearness(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        return tuple(float(c) for c in self._encoder.encode(list(others)) @ self._encoder.encode([text])[0])

    def overlap(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        return tuple(map(float, self._encoder.overlap(text, others)))

    def cosines(self, text: str, passages: Sequence[int]) -> dict[int, float]:
        near = dict(self.passages(text, len(self._ids)))
        return {id: near[id] for id in passages if id in near}


def test_with_the_real_encoder_other_words_find_it(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.reading() as db:
        found = search(db, Encoded(db), Query("price of tropical wood boards", NOW))
    assert found.results[0].moment.id in (yard["offer"], yard["newoffer"])
    assert "words" not in found.results[0].why


class Remembers(NoMeaning):
    """An episode is near to whatever is asked."""

    def __init__(self, episode: int) -> None:
        self._episode = episode

    def episodes(self, texts: Sequence[str], limit: int) -> tuple[tuple[int, float], ...]:
        return ((self._episode, 0.5),)


def test_a_moment_whose_text_has_faded_is_found_by_its_episode(ledger: Ledger, yard: dict[str, int]) -> None:
    terminal, film = yard["terminal"], yard["film"]
    with ledger.writing() as db:
        episode = db.insert(
            "insert into episodes (level, title, gist, started, ended, zone, apps, spans, keys)"
            " values ('episode', 'Building the hull', '', 0, 0, 0, '[]', '[]', ?)",
            f"[{terminal}, {film}]",
        )
    asked = "which piece was not there when the ship was put together"
    assert ids(look(ledger, asked, Remembers(episode))) == ids(look(ledger, asked, NoMeaning()))
    with ledger.writing() as db:
        fading.fade(db, [terminal], "gist")
    assert terminal not in ids(look(ledger, asked, NoMeaning()))
    found = look(ledger, asked, Remembers(episode))
    assert terminal in ids(found)
    assert film not in ids(found)
    assert next(r.why for r in found.results if r.moment.id == terminal).keys() == {"meaning"}
    assert terminal not in ids(look(ledger, asked, Remembers(episode), app="Firefox"))


def test_what_was_seen_around_a_moment_lends_it_words(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.writing() as db:
        show(db, NOW, "XTerm", "sums", ["chandlery bill of Merrow"])
        beside = show(db, NOW + timedelta(seconds=40), "gimp", "sail 1", ["sketch of the jib"])
        show(db, NOW + timedelta(days=1), "gimp", "sail 2", ["sketch of the jib again"])
    found = look(ledger, "sketch of the jib, chandlery bill", NoMeaning())
    assert ids(found).index(beside) == 1
    assert found.results[1].why["context"] > 0


class Far(NoMeaning):
    """Everything is a little near to everything, as it is to a real encoder."""

    def __init__(self, db: Db) -> None:
        self._ids = [id for (id,) in db.rows("select id from passages")]

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return tuple((id, 0.2) for id in self._ids)


def test_what_only_chance_speaks_for_is_not_shown(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.reading() as db:
        assert search(db, Far(db), Query("xylophone quartet rehearsal", NOW)).results == ()
        teak = search(db, Far(db), Query("teak rehearsal", NOW))
        assert {result.moment.id for result in teak.results} == {yard["offer"], yard["newoffer"]}
        assert search(db, Far(db), Query("xylophone quartet on Tuesday", NOW)).results
