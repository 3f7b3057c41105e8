"""The vocabulary of a memory: words as the full-text index has them, spellings, and counts of moments."""

from __future__ import annotations

import pytest

from memory.ledger import moments, vocabulary
from memory.ledger.connection import Ledger
from tests.support.builders import a_frame, a_kept_frame


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0), ["invoices of Häuser", "KD-2031-0417"])
        a_kept_frame(db, a_frame(600), ["an invoice, invoked", "KD-2O31-04l7"])
    return ledger


def test_words_are_counted_by_moments(filled: Ledger) -> None:
    with filled.reading() as db:
        assert vocabulary.counts(db, ["invoic", "invok", "zebra"], "vocabulary") == {"invoic": 2, "invok": 1}
        assert vocabulary.counts(db, ["kd20310417"], "spelt") == {"kd20310417": 2}
        assert vocabulary.counts(db, [], "spelt") == {}


def test_words_are_found_by_their_beginning_and_length(filled: Ledger) -> None:
    with filled.reading() as db:
        assert vocabulary.beginning(db, ["inv", "haus"], (5, 6), "vocabulary").keys() == {
            "invoic",
            "invok",
            "hauser",
        }
        assert vocabulary.beginning(db, ["inv"], (6, 6), "vocabulary").keys() == {"invoic"}
        assert vocabulary.beginning(db, ["kd"], (1, 99), "spelt").keys() == {"kd20310417"}


def test_a_word_as_the_index_has_it(filled: Ledger) -> None:
    with filled.reading() as db:
        assert vocabulary.indexed(db, ["Invoices", "Häuser", "a-b"]) == {
            "Invoices": "invoic",
            "Häuser": "hauser",
            "a-b": "a b",
        }


def test_what_is_forgotten_is_no_word_any_more(filled: Ledger) -> None:
    with filled.writing() as db:
        moments.forget(db, [2])
    with filled.reading() as db:
        assert vocabulary.counts(db, ["invok"], "vocabulary") == {}
        assert vocabulary.counts(db, ["kd20310417"], "spelt") == {"kd20310417": 1}
