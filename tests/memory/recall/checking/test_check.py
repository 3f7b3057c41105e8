"""Planted wrong answers are refused; right ones get the boxes of their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from memory.ledger import moments
from memory.ledger.connection import Ledger
from memory.recall.checking.check import checked
from memory.records import Citation, Moment
from tests.memory.recall.conftest import MONDAY
from tests.support.builders import a_ledger
from tests.support.pottery import PLANTED, RIGHT, fill
from tests.support.pottery import held as passes

QUOTE = "We offer teak planks at EUR 1,180.50 per cubic metre."
TEXT = f"EUR 1,180.50: “{QUOTE}” [1]."


def held(ledger: Ledger, text: str, *quotes: str, moment: int) -> tuple[Citation, ...] | None:
    with ledger.reading() as db:
        at = moments.get(db, moment)
        return checked(db, text, [Citation(n, at, quote) for n, quote in enumerate(quotes, start=1)])


def test_a_quote_that_stands_there_holds_and_leads_to_its_line(ledger: Ledger, yard: dict[str, int]) -> None:
    found = held(ledger, TEXT, QUOTE, moment=yard["offer"])
    assert found is not None
    assert found[0].boxes == ((10, 80, 7 * len(QUOTE), 14),)


def test_pieces_of_lines_and_the_title_hold(ledger: Ledger, yard: dict[str, int]) -> None:
    found = held(ledger, "“Ole Brandt … teak planks” [1]", "Ole Brandt … teak planks", moment=yard["offer"])
    assert found is not None
    assert len(found[0].boxes) == 2
    named = held(ledger, "“Inbox - Harbour Mail” [1]", "Inbox - Harbour Mail", moment=yard["offer"])
    assert named is not None
    assert named[0].boxes == ()


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (TEXT.replace("1,180.50", "1,180.60"), (QUOTE.replace("1,180.50", "1,180.60"),)),
        (TEXT, (QUOTE.replace("teak", "oak"),)),
        (TEXT, (QUOTE.lower(),)),
        (TEXT, ("Week plan",)),
        (TEXT, ("",)),
        (TEXT, (" … ",)),
        (TEXT, ()),
        ("“We offer oak planks” [1]", (QUOTE,)),
        ("“” [1]", (QUOTE,)),
        (f"“{QUOTE}”", (QUOTE,)),
        (f"“{QUOTE}” [2]", (QUOTE,)),
        (f"“{QUOTE}” [1] [2]", (QUOTE,)),
        (f"“{QUOTE}” [1]", (QUOTE, QUOTE)),
        (f"“{QUOTE}” [1] [2] [3] [4]", (QUOTE,) * 4),
        (f"“{QUOTE}” [1]" + "." * 300, (QUOTE,)),
        ("“offer teak planks … We now offer” [1]", ("offer teak planks … We now offer",)),
    ],
)
def test_what_does_not_hold_is_refused(
    ledger: Ledger, yard: dict[str, int], text: str, quotes: tuple[str, ...]
) -> None:
    assert held(ledger, text, *quotes, moment=yard["offer"]) is None


def test_a_quote_of_another_moment_is_refused(ledger: Ledger, yard: dict[str, int]) -> None:
    assert held(ledger, TEXT, QUOTE, moment=yard["newoffer"]) is None


def test_fifty_planted_wrong_amounts_are_refused(ledger: Ledger, yard: dict[str, int]) -> None:
    for cents in range(50):
        wrong = f"EUR 1,180.{cents:02}"
        quote = QUOTE.replace("EUR 1,180.50", wrong)
        assert (held(ledger, f"“{quote}” [1]", quote, moment=yard["offer"]) is None) == (cents != 50)


def test_a_moment_that_is_gone_is_no_evidence(ledger: Ledger, yard: dict[str, int]) -> None:
    with ledger.reading() as db:
        at = moments.get(db, yard["offer"])
    gone = replace(at, id=99_999, start=MONDAY)
    with ledger.reading() as db:
        assert checked(db, TEXT, [Citation(1, gone, QUOTE)]) is None


# ------------------------------------------------------------------ planted at a pottery


Pottery = tuple[Ledger, dict[str, Moment]]


@pytest.fixture(scope="module")
def pottery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pottery]:
    ledger = a_ledger(tmp_path_factory.mktemp("pottery"))
    with ledger.writing() as db:
        made = fill(db)
    yield ledger, made
    ledger.close()


@pytest.mark.parametrize("name", RIGHT)
def test_right_answers_of_every_form_are_let_through(pottery: Pottery, name: str) -> None:
    assert passes(*pottery, RIGHT[name])


@pytest.mark.parametrize("name", PLANTED)
def test_planted_wrong_answers_are_refused(pottery: Pottery, name: str) -> None:
    assert not passes(*pottery, PLANTED[name])


def test_there_are_fifty_and_thirty() -> None:
    assert len(PLANTED) >= 50
    assert len(RIGHT) >= 30
