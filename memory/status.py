"""What the memory holds, what waits and what runs, in one record."""

from __future__ import annotations

from datetime import datetime

from memory import orders
from memory.course import kept
from memory.index.client import Index
from memory.ledger import episodes, facts, frames, jobs, meta, moments, vectors
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.ports import Kind
from memory.records import Settling, Status
from memory.stages.way import SEARCHABLE, SEE

KINDS: tuple[Kind, ...] = ("passage", "picture")


def settling(ledger: Ledger, at: tuple[int, int] | None, why: str) -> Settling:
    """How settling stands: `at` is how far a run in hand is, `why` it waits, where something does."""
    with ledger.reading() as db:
        last, waits = kept(db).last, bool(moments.count_unsettled(db))
    if at:
        return Settling("running", *at, last=last)
    if not waits:
        return Settling(last=last)
    return Settling("stopped" if last and last.state == "stopped" else "waiting", why=why, last=last)


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
        settled = meta.get(db, "settled_at")
        return Status(
            frames=frames.count(db),
            moments=moments.count(db),
            episodes=episodes.count(db),
            facts=facts.count(db),
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
