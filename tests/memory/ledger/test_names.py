"""What the memory knows by name: hosts by steps of the index, people of facts, zones of then."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from memory.ledger import names
from memory.ledger.connection import Ledger
from tests.support.builders import NINE, a_frame, a_kept_frame

URLS = [
    "https://yard.example/",
    "https://yard.example/teak?q=1",
    "https://yard.example/varnish",
    "https://yard.example.evil/",
    "https://tides.example",
    "https://mail.yard.example:8080/inbox",
    "http://yard.example/old",
    "about:blank",
    "https://[broken/",
    None,
]


def test_hosts_each_once(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n, url in enumerate(URLS):
            a_kept_frame(db, a_frame(600 * n, url=url, title=f"page {n}"), [f"line {n}"])
    with ledger.reading() as db:
        assert sorted(names.hosts(db)) == [
            "mail.yard.example",
            "tides.example",
            "yard.example",
            "yard.example.evil",
        ]


def test_hosts_are_found_by_the_index_alone(ledger: Ledger) -> None:
    with ledger.reading() as db:
        plan = " ".join(
            row[3]
            for row in db.rows("explain query plan select min(m.url) from moments m where m.url >= 'a'")
        )
    assert "moments_by_url" in plan


def test_an_empty_memory_knows_nobody(ledger: Ledger) -> None:
    with ledger.reading() as db:
        assert names.hosts(db) == names.people(db) == ()
        assert names.zone_at(db, NINE) is None


@pytest.mark.parametrize(("hours", "east"), [(-50, 9), (0, 9), (3, 9), (10, 2), (99, 2)])
def test_the_zone_is_that_of_what_was_seen_last_before(ledger: Ledger, hours: int, east: int) -> None:
    with ledger.writing() as db:
        for n, zone in ((0, 9), (5, 2)):
            at = (NINE + timedelta(hours=n)).astimezone(timezone(timedelta(hours=zone)))
            a_kept_frame(db, a_frame(at=at, title=f"page {n}"), ["a line"])
    with ledger.reading() as db:
        assert names.zone_at(db, NINE + timedelta(hours=hours)) == timedelta(hours=east)
