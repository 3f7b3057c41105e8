"""The words of a query in lines: how many, how rare, and where on the screen."""

from __future__ import annotations

from datetime import timedelta

from memory.ledger import moments
from memory.ledger.connection import Ledger
from memory.recall.retrieval.placed import fits
from memory.recall.retrieval.terms import weigh
from memory.recall.understanding.understand import Names, understand
from tests.memory.recall.conftest import MONDAY, NOW, Row, show

BODY: list[Row | str] = [("sails and lines", 10, 200), ("ropes for every boat", 10, 400), ("end", 10, 780)]


def test_a_word_at_the_top_of_the_screen_counts_more_than_below(ledger: Ledger) -> None:
    with ledger.writing() as db:
        above = show(db, MONDAY, "Firefox", "a", [("chandlery", 10, 10), *BODY])
        below = show(db, MONDAY + timedelta(hours=1), "Firefox", "b", [("chandlery", 10, 600), *BODY])
        show(db, MONDAY + timedelta(hours=2), "Firefox", "c", BODY)
        terms = weigh(db, understand("chandlery", NOW, Names()), "chandlery")
        ids = (above, below)
        found = fits(moments.texts(db, ids), moments.many(db, ids), terms)
    assert found[above] == 1.0 > found[below] > 0


def test_a_title_counts_and_what_holds_no_word_fits_not(ledger: Ledger) -> None:
    with ledger.writing() as db:
        titled = show(db, MONDAY, "Firefox", "chandlery", BODY)
        other = show(db, MONDAY + timedelta(hours=1), "Firefox", "b", BODY)
        terms = weigh(db, understand("chandlery", NOW, Names()), "chandlery")
        ids = (titled, other)
        found = fits(moments.texts(db, ids), moments.many(db, ids), terms)
    assert found == {titled: 1.0, other: 0.0}
