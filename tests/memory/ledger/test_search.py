"""Search in the ledger: words ranked, exact text, spans and applications."""

from __future__ import annotations

from datetime import timedelta

import pytest

from memory.ledger import moments, readings, search
from memory.ledger.connection import Ledger
from memory.records import Passage
from tests.support.builders import NINE, a_frame, a_kept_frame, a_look


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0, app="Firefox", title="budget"), ["plain words", "INV-2026-031"])
        a_kept_frame(db, a_frame(600, app="mousepad", title="notes"), ["the budget of the year", "100% done"])
        a_kept_frame(db, a_frame(1200, app="mousepad", title="letter"), ["dear friends", "inv 2026 31 a_b"])
    return ledger


def found(ledger: Ledger, match: str, **narrow: object) -> list[int]:
    given = {"limit": 9, "since": None, "until": None, "app": None} | narrow
    with ledger.reading() as db:
        return [moment for moment, _ in search.words(db, match, **given)]  # type: ignore[arg-type]


def test_a_title_counts_more_than_text(filled: Ledger) -> None:
    assert found(filled, "budget") == [1, 2]
    assert found(filled, "budget", limit=1) == [1]
    with filled.reading() as db:
        scores = [score for _, score in search.words(db, "budget", 9, None, None, None)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_words_are_stemmed_and_joined(filled: Ledger) -> None:
    assert found(filled, "budgets AND years") == [2]
    assert sorted(found(filled, "friend OR word")) == [1, 3]
    assert found(filled, '"plain words"') == [1]
    assert found(filled, "nowhere") == []


def test_spans_and_applications_narrow(filled: Ledger) -> None:
    assert found(filled, "budget", app="FIREFOX") == [1]
    assert found(filled, "budget", app="fire") == []
    assert found(filled, "budget", since=NINE + timedelta(seconds=1)) == [2]
    assert found(filled, "budget", until=NINE + timedelta(seconds=600)) == [1]
    assert found(filled, "budget", since=NINE, until=NINE + timedelta(hours=1), app="mousepad") == [2]
    assert found(filled, "budget", since=NINE, limit=1) == [1]


def test_a_narrowed_search_scores_as_the_whole_one(filled: Ledger) -> None:
    with filled.reading() as db:
        whole = dict(search.words(db, "budget OR friends", 9, None, None, None))
        narrowed = dict(search.words(db, "budget OR friends", 9, NINE - timedelta(days=1), None, None))
    assert narrowed == pytest.approx(whole)


def test_the_vocabulary_counts_moments(filled: Ledger) -> None:
    with filled.reading() as db:
        counts = search.vocabulary(db, ["budgets", "notes", "zebra", "---", "", 'a"b', "inv", "inv"])
    assert counts == {"budgets": 2, "notes": 1, "zebra": 0, "---": 0, "": 0, 'a"b': 1, "inv": 2}


def test_applications_and_titles(filled: Ledger) -> None:
    with filled.writing() as db:
        a_kept_frame(db, a_frame(9, active=None), [])
        assert search.apps(db) == ("Firefox", "mousepad")
        assert search.titles(db) == ("budget", "letter", "notes")


def test_an_empty_ledger_has_nothing(ledger: Ledger) -> None:
    with ledger.reading() as db:
        assert search.apps(db) == search.titles(db) == search.exact(db, "x", 9) == ()
        assert search.words(db, "x", 9, None, None, None) == []
        assert search.in_span(db, [1], None, None, None) == set()


@pytest.mark.parametrize(
    ("needle", "moments_found"),
    [
        ("INV-2026-031", (1,)),
        ("inv-2026", (1,)),
        ("nv-2026-03", (1,)),
        ("inv 2026", (3,)),
        ("2026", (3, 1)),
        ("100%", (2,)),
        ("0% d", (2,)),
        ("%", (2,)),
        ("a_b", (3,)),
        ("a-b", ()),
        ("iNV\\", ()),
        ('"', ()),
        ("budget of", (2,)),
    ],
)
def test_exact_text_letter_by_letter(needle: str, moments_found: tuple[int, ...], filled: Ledger) -> None:
    with filled.reading() as db:
        assert search.exact(db, needle, 9) == moments_found
        assert search.exact(db, needle, 1) == moments_found[:1]


def test_which_moment_holds_what(filled: Ledger) -> None:
    with filled.writing() as db:
        ids = readings.add_passages(db, 2, [Passage("x", (0,)), Passage("y", (1,))])
        moments.fold(db, 1, [2])
        assert search.moment_of_passages(db, [*ids, 99]) == dict.fromkeys(ids, 1)
        assert search.moment_of_frames(db, [1, 2, 3, 99]) == {1: 1, 2: 1, 3: 3}
        parts = [a_look(db, 2), a_look(db, 3), 99]
        assert search.moment_of_parts(db, parts) == {parts[0]: 1, parts[1]: 3}


def test_which_moments_are_in_a_span(filled: Ledger) -> None:
    with filled.reading() as db:
        assert search.in_span(db, [1, 2, 3, 99], None, None, None) == {1, 2, 3}
        assert search.in_span(db, [1, 2, 3], NINE + timedelta(seconds=600), None, None) == {2, 3}
        assert search.in_span(db, [1, 2], None, NINE + timedelta(seconds=600), None) == {1}
        assert search.in_span(db, [1, 2, 3], None, None, "Mousepad") == {2, 3}
        assert search.in_span(db, [], None, None, None) == set()
