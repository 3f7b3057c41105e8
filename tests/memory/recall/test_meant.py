"""What is meant in this memory: the user's own understanding is taken as it is, in searches and questions."""

from __future__ import annotations

from datetime import timedelta

from memory.ledger.connection import Ledger
from memory.recall.answer import answer
from memory.recall.meant import understood_of
from memory.recall.search import search
from memory.records import Query, Question, Understood
from tests.memory.recall.conftest import MONDAY, NOW, SharedWords


def test_applications_of_this_memory_are_known(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.reading() as db:
        meant = understood_of(db, SharedWords(db), Query("the error in the terminal on Tuesday", NOW))
    assert (meant.text, meant.apps) == ("the error", ("XTerm",))
    assert meant.since == MONDAY.replace(hour=0) + timedelta(days=1)


def test_what_the_user_changed_is_used_instead_of_the_words(ledger: Ledger, yard: dict[str, int]) -> None:
    said = "the teak offer on Wednesday"
    mine = Understood("teak offer", since=MONDAY, until=MONDAY + timedelta(hours=1))
    with ledger.reading() as db:
        meaning = SharedWords(db)
        found = search(db, meaning, Query(said, NOW, understood=mine))
        answered = answer(db, meaning, Question(said, NOW, understood=mine))
        unchanged = search(db, meaning, Query(said, NOW))
    assert found.understood == answered.understood == mine
    assert found.results[0].moment.id == yard["offer"]
    assert unchanged.results[0].moment.id == yard["newoffer"]
