"""When something was that a time is told by, looked up in the small memory of the boatyard."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from memory.ledger.connection import Ledger
from memory.recall.retrieval.anchored import when
from memory.recall.retrieval.meant import understood_of
from memory.recall.retrieval.search import search
from memory.recall.understanding.anchors import Anchor
from memory.recall.understanding.spans import Span
from memory.records import Query, Understood
from tests.memory.recall.conftest import MONDAY, NOW, NoMeaning, SharedWords, show

TUESDAY = MONDAY + timedelta(days=1)
FILM = TUESDAY + timedelta(hours=6)


def told(ledger: Ledger, anchor: Anchor, named: Span | None = None) -> Span | None:
    with ledger.reading() as db:
        return when(db, NoMeaning(), anchor, NOW, named)


@pytest.mark.parametrize(
    ("anchor", "since", "until"),
    [
        (Anchor("caulk a deck", "during"), FILM, FILM + timedelta(minutes=4)),
        (Anchor("caulk a deck", "after", near=True), FILM + timedelta(minutes=4),
         FILM + timedelta(minutes=64)),
        (Anchor("caulk a deck", "after"), FILM + timedelta(minutes=4), TUESDAY + timedelta(hours=15)),
        (Anchor("caulk a deck", "before", near=True), FILM - timedelta(hours=1), FILM),
        (Anchor("caulk a deck", "before"), TUESDAY - timedelta(hours=9), FILM),
        (Anchor("caulk a deck", "before", away=timedelta(hours=2)), FILM - timedelta(minutes=150),
         FILM - timedelta(minutes=90)),
    ],
)  # fmt: skip
def test_how_a_span_lies_to_its_anchor(
    ledger: Ledger, yard: dict[str, int], anchor: Anchor, since: datetime, until: datetime
) -> None:
    assert told(ledger, anchor) == Span(since, until)


def test_what_nothing_shows_has_no_time(ledger: Ledger, yard: dict[str, int]) -> None:
    assert told(ledger, Anchor("xylophone quartet", "during")) is None
    assert told(ledger, Anchor("caulk a deck", "during"), Span(MONDAY, TUESDAY - timedelta(hours=1))) is None


def test_of_several_times_it_is_the_latest_or_the_one_that_is_named(
    ledger: Ledger, yard: dict[str, int]
) -> None:
    with ledger.writing() as db:
        show(db, MONDAY + timedelta(days=2, hours=3), "Firefox", "How to caulk a deck - Tube", ["Again"])
    latest = told(ledger, Anchor("caulk a deck", "during"))
    assert latest is not None
    assert latest.since == MONDAY + timedelta(days=2, hours=3)
    named = told(ledger, Anchor("caulk a deck", "during"), Span(TUESDAY, TUESDAY + timedelta(hours=9)))
    assert named == Span(FILM, FILM + timedelta(minutes=4))


def test_a_query_is_narrowed_by_what_was_done_then(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.writing() as db:
        beside = show(db, FILM + timedelta(minutes=2), "mousepad", "list.md - mousepad", ["oakum, pitch"])
    with ledger.reading() as db:
        meaning = SharedWords(db)
        query = Query("what did I note while I was watching how to caulk a deck", NOW)
        meant = understood_of(db, meaning, query)
        found = search(db, meaning, query)
    assert (meant.text, meant.anchor, meant.relation) == (
        "what did I note",
        "how to caulk a deck",
        "during",
    )
    assert meant.since is not None
    assert meant.until is not None
    assert meant.since <= FILM + timedelta(minutes=2) <= meant.until
    assert beside in {result.moment.id for result in found.results[:3]}


def test_an_anchor_of_the_user_is_looked_up_and_one_with_a_time_is_not(
    ledger: Ledger, yard: dict[str, int]
) -> None:
    with ledger.reading() as db:
        mine = Understood("oakum", anchor="caulk a deck", relation="during")
        meant = understood_of(db, NoMeaning(), Query("x", NOW, understood=mine))
        timed = Understood("oakum", anchor="caulk a deck", since=MONDAY)
        assert understood_of(db, NoMeaning(), Query("x", NOW, understood=timed)) == timed
        lost = Understood("oakum", anchor="xylophone", relation="after")
        assert understood_of(db, NoMeaning(), Query("x", NOW, understood=lost)) == lost
    assert (meant.since, meant.until) == (FILM, FILM + timedelta(minutes=4))
