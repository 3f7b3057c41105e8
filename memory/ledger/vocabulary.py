"""The vocabulary of the memory: which words and spellings stand in it, and in how many moments each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final, Literal

from memory.ledger.connection import Db

Of = Literal["vocabulary", "spelt"]
"""Words as the full-text index stems them, or spellings (`memory.ledger.spelling`)."""

MOST: Final = 2_000
"""Entries that one look gives: what begins so often tells nothing apart."""


def indexed(db: Db, words: Iterable[str]) -> dict[str, str]:
    """Each word as the full-text index has it: stemmed; several terms with spaces between them."""
    return dict(db.rows("select value, indexed(value) from json_each(?)", json.dumps(list(words))))


def counts(db: Db, terms: Iterable[str], of: Of) -> dict[str, int]:
    """In how many moments each entry stands; what stands nowhere is left out."""
    return dict(
        db.rows(
            f"select v.term, v.doc from json_each(?) t cross join {of} v on v.term = t.value",
            json.dumps(list(dict.fromkeys(terms))),
        )
    )


def beginning(db: Db, starts: Iterable[str], lengths: tuple[int, int], of: Of) -> dict[str, int]:
    """Entries that begin with one of `starts` and have at least and at most so many letters, with counts."""
    return dict(
        db.rows(
            f"select v.term, v.doc from json_each(?) s cross join {of} v"
            " on v.term >= s.value and v.term < s.value || char(0x10ffff)"
            " where length(v.term) between ? and ? limit ?",
            json.dumps(list(dict.fromkeys(starts))),
            *lengths,
            MOST,
        )
    )
