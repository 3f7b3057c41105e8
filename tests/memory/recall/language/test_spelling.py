"""Other spellings out of a memory's own vocabulary: which, what they weigh, and when none is looked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

import pytest

from memory.ledger.connection import Ledger
from memory.recall.language.spelling import ALIKE, MISREAD, MISTYPED, Spellings, other_spellings, rarity
from tests.memory.recall.conftest import show
from tests.support.builders import NINE


def spellings(ledger: Ledger, text: str, counts: Mapping[str, int], names: Collection[str] = ()) -> Spellings:
    with ledger.reading() as db:
        return other_spellings(db, text, counts, 20, names)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    words = ["Rechnungen liegen bereit", "quartermaster", "quarterrnaster", "quartermaster"]
    texts = [*words, "KD-2031-0417 is open", "KD-2031-0419 is open", "total 4,318", "预算"]
    with ledger.writing() as db:
        for n, text in enumerate(texts):
            show(db, NINE + timedelta(hours=n), "mousepad", f"sheet {n}", [text])
    return ledger


def test_forms_of_a_word_weigh_nearly_as_much(filled: Ledger) -> None:
    found = spellings(filled, "Rechnung", {"rechnung": 0})
    assert found.words == {"rechnungen": ALIKE}
    assert found.held == {"rechnung": 1}


def test_a_rare_word_brings_its_misreadings_and_a_frequent_one_none(filled: Ledger) -> None:
    assert spellings(filled, "quartermaster", {"quartermaster": 2}).words == {"quarterrnast": MISREAD}
    assert spellings(filled, "quartermaster", {"quartermaster": 9}).words == {}


def test_an_unknown_word_is_taken_for_the_nearest_but_a_name_is_not(filled: Ledger) -> None:
    typed = spellings(filled, "quatermaster", {"quatermaster": 0})
    assert typed.words["quartermast"] == MISTYPED
    assert typed.same["quartermast"] == "quatermast"
    named = spellings(filled, "Quatermaster", {"quatermaster": 0}, {"quatermast"})
    assert named.words == typed.words
    assert named.same == {}
    assert named.held == {"quatermaster": 0}


def test_a_whole_code_weighs_more_than_one_of_its_series(filled: Ledger) -> None:
    found = spellings(filled, "KD-2031-0417", {"kd": 2, "2031": 2, "0417": 1})
    assert found.spelled["kd20310417"] > 3 * found.spelled["kd20310419"] > 0
    assert found.literal["KD-2031-0417"] == found.spelled["kd20310417"]
    assert found.codes["kd20310417"] == ("kd", "2031", "0417")


def test_an_amount_is_found_with_and_without_its_cents(filled: Ledger) -> None:
    assert spellings(filled, "4,318.00", {}).spelled.keys() == {"4318"}
    assert spellings(filled, "4,318.50", {}).spelled.keys() == set()


def test_chinese_weighs_what_it_tells(filled: Ledger) -> None:
    assert spellings(filled, "预算", {"预算": 1}).spelled == {"预算": rarity(1, 20)}
    assert rarity(1, 20) > rarity(10, 20) > rarity(20, 20) > 0
