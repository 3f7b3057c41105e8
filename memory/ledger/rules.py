"""Rules about what must not be looked at, as the user keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from memory.errors import NotFound
from memory.ledger.connection import Db, Writer
from memory.records import Rule


def all(db: Db) -> tuple[Rule, ...]:
    """All rules, in the order in which they came."""
    return tuple(
        Rule(field, pattern, mode, bool(seeded), id)
        for id, field, pattern, mode, seeded in db.rows(
            "select id, field, pattern, mode, seeded from rules order by id"
        )
    )


def add(db: Writer, rule: Rule) -> Rule:
    """Keeps a rule; returns it with its id."""
    id = db.insert(
        "insert into rules (field, pattern, mode, seeded) values (?, ?, ?, ?)",
        rule.field,
        rule.pattern,
        rule.mode,
        int(rule.seeded),
    )
    return replace(rule, id=id)


def remove(db: Writer, id: int) -> None:
    """Takes a rule away; raises NotFound."""
    if not db.run("delete from rules where id = ?", id):
        raise NotFound(what="rule", id=id)


def seed(db: Writer, rules: Sequence[Rule]) -> None:
    """Keeps those of `rules` that were never seeded here: one that the user removed stays away."""
    for rule in rules:
        if db.run(
            "insert into meta (key, value) values (?, 1) on conflict do nothing",
            f"seeded:{rule.field}:{rule.pattern}",
        ):
            add(db, replace(rule, seeded=True))
