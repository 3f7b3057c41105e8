"""What the memory holds, what waits and what runs, in one record."""

from __future__ import annotations

from datetime import datetime

from memory import orders
from memory.index.client import Index
from memory.ledger import frames, jobs, knowledge, meta, moments, vectors
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.ports import Kind
from memory.records import Status
from memory.stages.way import SEARCHABLE, SEE

KINDS: tuple[Kind, ...] = ("passage", "picture")


def status(
    ledger: Ledger,
    pictures: Pictures,
    index: Index,
    processes: dict[str, str],
    trouble: str,
    now: datetime,
) -> Status:
    """Counts and states as of `now`; `trouble` is why what waits is not being read, "" where it is."""
    with ledger.reading() as db:
        episodes, facts = knowledge.counts(db)
        settled = meta.get(db, "settled_at")
        return Status(
            frames=frames.count(db),
            moments=moments.count(db),
            episodes=episodes,
            facts=facts,
            pending=jobs.subjects(db, SEARCHABLE),
            unsettled=moments.count_unsettled(db),
            failed=jobs.failed(db),
            bytes={"ledger": ledger.size(), "pictures": pictures.size()},
            processes=processes,
            recording=orders.recording(db, now, processes.get("recorder", "")),
            paused_until=orders.paused_until(db, now),
            search=index.state(),
            encoders={kind: ", ".join(vectors.encoders(db, kind)) for kind in KINDS},
            last_settled=datetime.fromisoformat(str(settled)) if settled else None,
            trouble=trouble,
            unseen=jobs.subjects(db, (SEE,)),
        )
