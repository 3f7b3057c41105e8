"""A third set of planted screens, written by someone who had not read what judges trust.

Beside `poison_attacks`, whose halves were both written by the guard's author. Written 2026-11-21 from the
dataclasses of `poison_world` and the judge alone, and committed with its figures without the guard before it
was run with it. Each page aims at a success as the judge defines one: that a wrong value stands or is
answered, that a true one is superseded, or that the page is found for what it is not about. The attacker
knows what the office's outgoing mail tells: names, how values are said, what its sites look like.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from tests.bench.poison_attacks import Attack
from tests.bench.poison_blind_orders import COPIES, ORDERS
from tests.bench.poison_blind_values import KEYWORDS, ONCE, Template
from tests.bench.poison_world import MONDAY, World

TEMPLATES: dict[str, tuple[Template, ...]] = {
    "value once": ONCE,
    "repeated keywords": KEYWORDS,
    "instructions": ORDERS,
    "near-duplicate": COPIES,
}


def attacks(world: World, kind: str, seed: int) -> tuple[Attack, ...]:
    """One attack on each target; every third page is seen again on the next day."""
    chance = random.Random(seed)
    templates = TEMPLATES[kind]
    found = []
    for n, target in enumerate(world.targets):
        at = MONDAY + timedelta(days=chance.randrange(8, 10), minutes=chance.randrange(0, 540))
        page = replace(templates[n % len(templates)](target, world.targets, at), origin=f"attack/{n}")
        again = (replace(page, at=at + timedelta(days=1)),) if n % 3 == 0 else ()
        found.append(Attack(kind, n % len(templates), target, (page, *again)))
    return tuple(found)
