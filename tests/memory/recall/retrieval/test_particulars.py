"""What a query names beside its words weighs, and empties no result."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from memory.ledger import moments
from memory.ledger.connection import Ledger
from memory.recall.retrieval.particulars import against, named, turns
from memory.recall.retrieval.search import search
from memory.records import Found, Query, Understood
from tests.memory.recall.conftest import MAIL, NOW, NoMeaning, show


@pytest.mark.parametrize(
    ("understood", "share"),
    [
        (Understood("", sites=("skerry.example",)), 1.0),
        (Understood("", sites=("other.example",)), 0.0),
        (Understood("", people=("Ole Brandt",)), 1.0),
        (Understood("", people=("Ole Brand",)), 0.0),
        (Understood("", files=("pdf",), people=("Nobody Else",)), 0.5),
        (Understood("", files=("xls",)), 0.0),
        (Understood(""), 0.0),
    ],
)
def test_the_share_of_what_is_named(ledger: Ledger, understood: Understood, share: float) -> None:
    with ledger.writing() as db:
        id = show(
            db, NOW, "Firefox", MAIL, ["From: Ole Brandt", "offer.pdf, list.xlsx", "www.skerry.example"]
        )
        assert named(understood, moments.get(db, id), moments.texts(db, [id])[id]) == share


def test_what_it_was_to_be_without(ledger: Ledger) -> None:
    with ledger.writing() as db:
        id = show(db, NOW, "Firefox", MAIL, ["From: Ole Brandt"])
        seen = moments.get(db, id), moments.texts(db, [id])[id]
    assert against(Understood("", without=("harbour mail", "teak")), *seen) == 0.5
    assert against(Understood("", without=("bran",)), *seen) == 0.0


def test_first_and_last_of_some(ledger: Ledger) -> None:
    with ledger.writing() as db:
        ids = [show(db, NOW + timedelta(days=n), "gimp", f"{n}", [f"sail {n}"]) for n in range(3)]
        seen = list(moments.many(db, ids).values())
    assert turns("first", seen) == dict(zip(ids, (1.0, 0.5, 0.0), strict=True))
    assert turns("last", seen) == dict(zip(ids, (0.0, 0.5, 1.0), strict=True))
    assert turns("last", seen[:1]) == {ids[0]: 1.0}


def look(ledger: Ledger, understood: Understood) -> Found:
    with ledger.reading() as db:
        return search(db, NoMeaning(), replace(Query("teak offer", NOW), understood=understood))


def test_they_order_the_results_and_leave_all_in(ledger: Ledger, yard: dict[str, int]) -> None:
    asked = Understood("teak offer")
    plain = [result.moment.id for result in look(ledger, asked).results]
    for changed, best in (
        (replace(asked, order="first"), "offer"),
        (replace(asked, order="last"), "newoffer"),
        (replace(asked, without=("second round",)), "offer"),
        (replace(asked, without=("1,180.50",)), "newoffer"),
    ):
        found = [result.moment.id for result in look(ledger, changed).results]
        assert found[0] == yard[best]
        assert set(found) == set(plain)
