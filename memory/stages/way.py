"""What every stage has in hand, and which stage follows which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from memory.index.client import Index
from memory.ledger import jobs
from memory.ledger.connection import Ledger, Writer
from memory.ledger.jobs import Job
from memory.pictures import Pictures
from memory.ports import Reader

READ, EMBED, SEE = "read", "embed", "see"
SEARCHABLE = (READ, EMBED)
"""While a frame has one of these before it, it is pending."""

NEXT = {READ: (EMBED, SEE), EMBED: (), SEE: ()}


@dataclass(frozen=True, slots=True)
class Way:
    """What every stage needs."""

    ledger: Ledger
    pictures: Pictures
    index: Index
    reader: Reader


def close(db: Writer, taken: Sequence[Job]) -> None:
    """Ends jobs and makes their successors, in the transaction that writes their result."""
    for job in taken:
        jobs.done(db, job)
        for stage in NEXT[job.stage]:
            jobs.add(db, stage, job.subject)
