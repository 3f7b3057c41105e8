"""What a query or question means in this memory: taken apart, or as the user changed it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from memory.ledger import names, search
from memory.ledger.connection import Db
from memory.recall.retrieval.anchored import when
from memory.recall.retrieval.meaning import Meaning
from memory.recall.understanding.anchors import Anchor
from memory.recall.understanding.understand import Names, understand
from memory.recall.understanding.zones import Then, settled
from memory.records import Query, Question, Understood


def understood_of(db: Db, meaning: Meaning, asked: Query | Question) -> Understood:
    """The user's own understanding where there is one, else the text taken apart, with what is known here.

    Times of day are those of the zone in which something was seen then. An anchor without a time is looked up
    where the user named it as well.
    """
    mine = asked.understood
    if mine is not None:
        if not mine.anchor or mine.since is not None or mine.until is not None:
            return mine
        span = when(db, meaning, Anchor(mine.anchor, mine.relation or "during"), asked.at, None)
        return replace(mine, since=span.since, until=span.until) if span else mine
    at = asked.at.astimezone(Then(asked.at, partial(names.zone_at, db)))
    known = Names(search.apps(db), partial(names.hosts, db), partial(names.people, db))
    meant = understand(asked.text, at, known, lambda anchor, span: when(db, meaning, anchor, at, span))
    return replace(meant, since=settled(meant.since), until=settled(meant.until))
