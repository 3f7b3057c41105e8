"""Learning: facts follow from what is kept of what was seen and from what the user said, by whole topics.

`learn` takes the sightings of moments that were settled anew, `rule` what the user said, `learn_again` only
infers. All within the transaction in which those changed, so that no fact ever rests on what is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from memory.consolidate.facts import infer, shown_alike
from memory.consolidate.sightings import keep
from memory.ledger import facts
from memory.ledger.connection import Writer
from memory.records import Ruling, Sighting, Topic


def learn(db: Writer, moments: Collection[int], drafts: Sequence[Sighting], now: datetime) -> None:
    """Puts `drafts` in place of the sightings of these moments (all of a day), and infers what they touch.

    Given the same moments and drafts it leaves the same facts, with the same ids.
    """
    learn_again(db, facts.replace_sightings(db, moments, drafts, keep), now)


def rule(db: Writer, id: int, ruling: Ruling, said: str, now: datetime) -> None:
    """Writes down what the user said of a fact, and infers its topic anew. Raises NotFound."""
    learn_again(db, [facts.rule(db, id, ruling, said, now, shown_alike)], now)


def learn_again(db: Writer, topics: Collection[Topic], now: datetime) -> None:
    """Infers these topics anew: sightings of theirs are gone, or the user said something about them."""
    drafts = infer(facts.sightings_of(db, topics), facts.verdicts_of(db, topics))
    facts.replace(db, topics, drafts, now)
