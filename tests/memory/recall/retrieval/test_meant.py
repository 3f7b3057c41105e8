"""What is meant in this memory: the user's own understanding is taken as it is, in searches and questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from memory.api import Memory
from memory.ledger.connection import Ledger
from memory.recall.answering.answer import answer
from memory.recall.retrieval.meant import understood_of
from memory.recall.retrieval.search import search
from memory.records import Answer, Found, Query, Question, Understood
from memory.wire import client
from tests.memory.recall.conftest import MONDAY, NOW, SharedWords
from tests.support.desks import served


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


class Asked:
    """The two verbs that a client asks by, over a real ledger and a real socket."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def search(self, query: Query) -> Found:
        with self._ledger.reading() as db:
            return search(db, SharedWords(db), query)

    def ask(self, question: Question) -> Answer:
        with self._ledger.reading() as db:
            return answer(db, SharedWords(db), question)


def test_over_the_wire_it_is_told_whole_and_taken_back_changed(ledger: Ledger, yard: dict[str, int]) -> None:
    with served(Memory, Asked(ledger)) as sock:
        door = client(sock, Memory, 20)
        found = door.search(Query("the teak offer in Firefox on Monday", NOW))
        assert (found.understood.apps, found.understood.text) == (("Firefox",), "the teak offer")
        assert found.results[0].moment.id == yard["offer"]
        changed = replace(
            found.understood,
            since=MONDAY + timedelta(days=2),
            until=MONDAY + timedelta(days=3),
            files=("pdf",),
            without=("draft",),
            order="last",
            anchor="the second round",
            relation="after",
        )
        again = door.search(Query(found.query.text, NOW, understood=changed))
        assert again.understood == changed
        assert again.query.understood == changed
        assert again.results[0].moment.id == yard["newoffer"]
        assert door.ask(Question("What does teak cost?", NOW, understood=changed)).understood == changed
