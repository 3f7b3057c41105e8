"""Rules: kept in their order, seeded once, gone when the user takes them away."""

from __future__ import annotations

import pytest

from memory.errors import Bug, NotFound
from memory.ledger import rules
from memory.ledger.connection import Ledger
from memory.records import Rule


def test_rules_are_kept_and_removed(ledger: Ledger) -> None:
    with ledger.writing() as db:
        one = rules.add(db, Rule("app", "keepass"))
        two = rules.add(db, Rule("any", "größer", "black"))
        assert rules.all(db) == (one, two)
        assert (one.id, two.id) == (1, 2)
        rules.remove(db, 1)
        assert rules.all(db) == (Rule("any", "größer", "black", False, 2),)
        with pytest.raises(NotFound):
            rules.remove(db, 1)


def test_a_rule_of_another_kind_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Bug), ledger.writing() as db:
        rules.add(db, Rule("colour", "red"))  # type: ignore[arg-type]


def test_seeds_come_once(ledger: Ledger) -> None:
    seeds = [Rule("app", "keepass"), Rule("title", "private browsing", "black")]
    with ledger.writing() as db:
        rules.seed(db, seeds)
        rules.seed(db, seeds)
        assert [(rule.pattern, rule.seeded) for rule in rules.all(db)] == [
            ("keepass", True),
            ("private browsing", True),
        ]
        rules.remove(db, 1)
        rules.seed(db, [*seeds, Rule("app", "newer")])
        assert [rule.pattern for rule in rules.all(db)] == ["private browsing", "newer"]
