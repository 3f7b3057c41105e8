"""Found by words however they are spelt: codes and amounts misread, inflected and mistyped words, Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from memory.ledger import moments
from memory.ledger.connection import Ledger
from memory.recall.retrieval.search import search
from memory.recall.retrieval.terms import weigh
from memory.recall.retrieval.wording import by_words
from memory.records import Query, Understood
from tests.memory.recall.conftest import MONDAY, NOW, NoMeaning, show

AROUND = "page that says something about harbour and weather"

OTHERS = 12


def shown(ledger: Ledger, texts: Sequence[str]) -> list[int]:
    """A screen for each text, and others, with words around it; the moments of the texts."""
    with ledger.writing() as db:
        for n in range(OTHERS):
            show(db, MONDAY - timedelta(hours=n + 1), "mousepad", f"list {n}", [f"{AROUND} {n}"])
        return [
            show(db, MONDAY + timedelta(hours=n), "mousepad", f"sheet {n}", [f"{AROUND} {n}", text])
            for n, text in enumerate(texts)
        ]


def by_words_of(ledger: Ledger, query: str) -> list[int]:
    with ledger.reading() as db:
        terms = weigh(db, Understood(query), query)
        return [moment for moment, _ in by_words(db, terms, 20, None, None, None)]


def found(ledger: Ledger, query: str) -> list[int]:
    with ledger.reading() as db:
        return [result.moment.id for result in search(db, NoMeaning(), Query(query, NOW)).results]


# As it is asked for, as it was read, and another one that looks like it.
CODES = [
    ("KD-2031-0417", "KD-2O31-04l7", "KD-2031-0418"),
    ("KD-2031-0417", "KD2031-0417", "KD-2031-0471"),
    ("KD-2031-0417", "KO-2031-0417", "KD-2032-0417"),
    ("KD-2031-0417", "KD-203-0417", "KD-2033-0411"),
    ("web-eu-02", "web-eu-O2", "web-eu-03"),
    ("SB-8801-ZX", "5B-880l-2X", "SB-8802-ZX"),
    ("inv_20310417", "inv 20310417", "inv_20310418"),
    ("4,318.60", "4.318,60", "4,318.70"),
    ("4,318.60", "4318.60", "4,381.60"),
    ("4318.60", "4'318.60", "4319.60"),
    ("4,318.00", "4,318", "4,319.00"),
    ("12 480,50 EUR", "12.480,50 EUR", "12.481,50 EUR"),
    ("12,480.50", "12,48O.5O", "12,490.50"),
    ("v3.14.2", "v3.l4.2", "v3.14.3"),
    ("/srv/data/run_0417/out.csv", "/srv/data/run_O417/out.csv", "/srv/data/run_0418/out.csv"),
    ("mara.lind42@skerry.example", "mara.lind4Z@skerry.example", "mara.lund43@skerry.example"),
    ("https://skerry.example/t/8841-b7", "https://skerry.example/t/884l-b7", "https://skerry.example/t/8842-b7"),
    ("0b1f77ac-90de", "Oblf77ac-9Ode", "0b1f77ac-91de"),
    ("DE89 3704", "DE8937O4", "DE88 3704"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "read", "other"), CODES)
def test_a_code_is_found_as_it_stands_then_misread_then_others(
    code: str, read: str, other: str, ledger: Ledger
) -> None:
    stands, misread, wrong = shown(ledger, [f"ref {code} open", f"ref {read} open", f"ref {other} open"])
    for way in (by_words_of, found):
        order = [id for id in way(ledger, f"ref {code}") if id in (stands, misread, wrong)]
        assert order[:2] == [stands, misread], way.__name__


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("Rechnung", "Offene Rechnungen vom Juni"),
        ("Rechnungen", "Eine Rechnung vom Juni"),
        ("Haus", "Alte Häuser am Hafen"),
        ("Häuser", "Ein altes Haus am Hafen"),
        ("Haeuser", "Ein altes Haus am Hafen"),
        ("Haus", "Alte Haeuser am Hafen"),
        ("schreiben", "Das hat er gestern geschrieben"),
        ("geschrieben", "Bitte schreiben Sie bald"),
        ("unterschrieben", "bis Freitag unterschreiben"),
        ("Verträge", "Der Vertrag liegt bereit"),
        ("invoices", "One invoice is open"),
        ("paid", "we pay tomorrow"),
        ("write", "she wrote it down"),
        ("Strasse", "Lange Straße 4"),
        ("Straße", "Lange Strasse 4"),
        ("overdue", "twenty days 0verdue"),
        ("modern", "a modem harbour"),
        ("embarkation", "time of embarkatlon"),
        ("quartermster", "the quartermaster signs"),
        ("quatrermaster", "the quartermaster signs"),
        ("预算", "我们今天讨论预算问题"),
        ("预算问题", "我们今天讨论预算问题"),
        ("手机", "新的iPhone手机很贵"),
        ("iphone", "新的iPhone手机很贵"),
        ("東京", "明日は東京へ行きます"),
        ("회의", "오늘 회의록을 보냈다"),
    ],
)
def test_another_form_of_a_word_is_found(asked: str, stands: str, ledger: Ledger) -> None:
    *_, wanted, _ = shown(ledger, ["Something else", stands, "And more of it"])
    assert by_words_of(ledger, asked) == [wanted]
    assert found(ledger, asked) == [wanted]


def test_a_code_whose_digits_were_all_read_as_letters_comes_before_another_code(ledger: Ledger) -> None:
    read, _ = shown(ledger, ["the berth grebell", "the berth grebe01"])
    assert found(ledger, "grebe11")[0] == read


def test_the_exact_word_comes_before_its_other_forms(ledger: Ledger) -> None:
    ids = shown(ledger, ["quartermasten", "quartermaster", "quartermester"])
    assert by_words_of(ledger, "quartermaster")[0] == ids[1]
    assert set(by_words_of(ledger, "quartermaster")) == set(ids)


def test_a_word_that_is_known_is_not_diluted(ledger: Ledger) -> None:
    shown(ledger, ["furniture"] * 5 + ["fumiture"])
    assert len(by_words_of(ledger, "furniture")) == 5


def test_an_unknown_name_is_not_taken_for_another(ledger: Ledger) -> None:
    shown(ledger, ["the quartermaster signs"])
    with ledger.reading() as db:
        named = weigh(db, Understood("who is Quartermaister"), "who is Quartermaister")
        typed = weigh(db, Understood("quartermaister"), "quartermaister")
    assert named.known() == 0
    assert typed.known() == 1


def test_letters_that_stand_together_come_before_those_that_do_not(ledger: Ledger) -> None:
    apart, together = shown(ledger, ["预备金已经算好", "年度预算已经批准"])
    assert by_words_of(ledger, "预算") == [together]
    assert by_words_of(ledger, "算好的预算")[0] in (apart, together)


def test_a_folded_moment_is_found_by_what_the_other_one_said(ledger: Ledger) -> None:
    one, other = shown(ledger, ["code KD-2O31-04l7", "讨论预算问题"])
    with ledger.writing() as db:
        moments.fold(db, one, [other])
    assert by_words_of(ledger, "KD-2031-0417") == by_words_of(ledger, "预算") == [one]
    with ledger.writing() as db:
        moments.forget(db, [one])
    assert by_words_of(ledger, "KD-2031-0417") == by_words_of(ledger, "预算") == []


def test_spans_and_applications_narrow_other_spellings_too(ledger: Ledger) -> None:
    first, last = shown(ledger, ["code KD-2O31-04l7", "code KD-2031-O417"])
    with ledger.reading() as db:
        terms = weigh(db, Understood("KD-2031-0417"), "KD-2031-0417")
        later = MONDAY + timedelta(minutes=30)
        assert [id for id, _ in by_words(db, terms, 9, later, None, None)] == [last]
        assert [id for id, _ in by_words(db, terms, 9, None, later, "Mousepad")] == [first]
        assert by_words(db, terms, 9, None, None, "xterm") == []
        assert len(by_words(db, terms, 1, None, None, None)) == 1
