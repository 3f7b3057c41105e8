"""What a query or question means in this memory: taken apart, or as the user changed it."""

from __future__ import annotations

from memory.ledger import search
from memory.ledger.connection import Db
from memory.recall.meaning import Meaning
from memory.recall.understand import understand
from memory.records import Query, Question, Understood


def understood_of(db: Db, meaning: Meaning, asked: Query | Question) -> Understood:
    """The user's own understanding where there is one, else the text taken apart, with what is known here."""
    if asked.understood is not None:
        return asked.understood
    return understand(asked.text, asked.at, search.apps(db))
