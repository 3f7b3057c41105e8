"""The second look: what the words found gets its meaning, and an unsure order is looked at token by token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from memory.ledger.connection import Db, Ledger
from memory.recall.retrieval.looking import Looked, look_again, unsure
from memory.recall.retrieval.rank import order
from memory.recall.retrieval.retrieve import Signals, retrieve
from memory.recall.retrieval.terms import weigh
from memory.records import Query, Understood
from tests.memory.recall.conftest import NOW, SharedWords, show


class Tokens(SharedWords):
    """Nearest of all is nothing; token by token it is `held` that says how near."""

    def __init__(self, db: Db, held: str) -> None:
        super().__init__(db)
        self._held = held

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def overlap(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        return tuple(0.9 if self._held in other else 0.2 for other in others)


def looked(ledger: Ledger, text: str, held: str) -> tuple[list[int], dict[int, Signals], Looked]:
    with ledger.reading() as db:
        meaning, understood = Tokens(db, held), Understood(text)
        terms = weigh(db, understood, text)
        found = retrieve(db, meaning, Query(text, NOW), understood, terms)
        seen = look_again(db, meaning, found, understood, terms)
        return order(found, understood), found, seen


def two_alike(ledger: Ledger) -> tuple[int, int]:
    with ledger.writing() as db:
        return (
            show(db, NOW, "gimp", "one", ["mainsail sketch, red"]),
            show(db, NOW + timedelta(days=1), "gimp", "two", ["mainsail sketch, blue"]),
        )


def test_an_unsure_order_is_decided_token_by_token(ledger: Ledger, yard: dict[str, int]) -> None:
    red, blue = two_alike(ledger)
    assert looked(ledger, "mainsail sketch", "red")[0][:2] == [red, blue]
    best, found, seen = looked(ledger, "mainsail sketch", "blue")
    assert seen.deep
    assert best[:2] == [blue, red]
    assert found[red].tokens == 0 < found[blue].tokens


def test_a_sure_order_is_not_looked_at_deeper(ledger: Ledger, yard: dict[str, int]) -> None:
    best, found, seen = looked(ledger, "tide at Heron Point", "nothing")
    assert best[0] == yard["tides"]
    assert not seen.deep
    assert not any(signals.tokens for signals in found.values())


def test_what_words_found_has_its_meaning_though_it_was_not_among_the_nearest(
    ledger: Ledger, yard: dict[str, int]
) -> None:
    _, found, _ = looked(ledger, "tide at Heron Point", "nothing")
    assert found[yard["tides"]].meaning > 0
    assert len(found[yard["tides"]].passages) == 1


def test_one_alone_is_sure() -> None:
    assert not unsure({1: Signals(words=1.0)}, Understood("a"))
    assert unsure({1: Signals(words=1.0), 2: Signals(words=1.0)}, Understood("a"))
