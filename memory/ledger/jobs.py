"""Jobs: what is still to be done with a frame. A row, written with the result that makes it necessary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from memory.ledger.connection import Db, Writer

MOST_ATTEMPTS = 3

SINGLES_AMONG = 200
"""Jobs among which single frames are looked for: the others are another reader's, and may be very many."""

LIFE_ATTEMPTS = 12
"""In all, however often the memory is opened: a picture that kills its reader does not do so for ever."""


@dataclass(frozen=True, slots=True)
class Job:
    """`subject` is a frame; `attempts` is how often it went wrong."""

    id: int
    stage: str
    subject: int
    attempts: int


def add(db: Writer, stage: str, subject: int) -> None:
    """A job for a frame; one that is there already waits as if it were new."""
    db.run(
        "insert into jobs (stage, subject) values (?, ?) on conflict (stage, subject)"
        " do update set state = 'waiting', attempts = 0, error = null",
        stage,
        subject,
    )


def add_missing(db: Writer, stage: str, subjects: Iterable[int]) -> None:
    """Jobs for frames; one that is there already is left as it is."""
    db.many(
        "insert or ignore into jobs (stage, subject) values (?, ?)",
        [(stage, subject) for subject in subjects],
    )


def next(db: Db, stage: str, n: int, singles: bool = False) -> tuple[Job, ...]:
    """The `n` oldest that wait in this stage, oldest first, then those that went wrong before: they keep
    nobody waiting. `singles`: of single frames alone, among the oldest SINGLES_AMONG.
    """
    found: list[Job] = []
    for tried in ("attempts = 0", "attempts > 0"):
        rows = db.rows(
            "select id, stage, subject, attempts from"
            f" (select * from jobs where stage = ? and state = 'waiting' and {tried} order by id limit ?)"
            " where not ? or exists (select 1 from frames f where f.id = subject and f.single = 1)"
            " order by id limit ?",
            stage,
            SINGLES_AMONG if singles else n,
            singles,
            n - len(found),
        )
        found += [Job(*row) for row in rows]
        if len(found) == n:
            break
    return tuple(found)


def oldest(db: Db, stage: str) -> int | None:
    """The first frame that waits in this stage, of those that did not go wrong before."""
    subject = db.value(
        "select min(subject) from jobs where stage = ? and state = 'waiting' and attempts = 0", stage
    )
    return None if subject is None else int(subject)


def done(db: Writer, job: Job) -> None:
    db.run("delete from jobs where id = ?", job.id)


def fail(db: Writer, job: Job, error: str, most: int = MOST_ATTEMPTS) -> None:
    """It went wrong, `error` is the error's code: it is tried again, not more than `most` times in all."""
    db.run(
        "update jobs set attempts = attempts + 1, error = ?,"
        " state = case when attempts + 1 >= ? then 'failed' else 'waiting' end where id = ?",
        error,
        most,
        job.id,
    )


def retry_failed(db: Writer) -> int:
    """Gives what failed one more chance, its attempts still counting; how many they are."""
    return db.run("update jobs set state = 'waiting' where state = 'failed' and attempts < ?", LIFE_ATTEMPTS)


def waiting(db: Db) -> dict[str, int]:
    """How many wait, by stage."""
    return dict(db.rows("select stage, count(*) from jobs where state = 'waiting' group by stage"))


def subjects(db: Db, stages: Sequence[str], last: int | None = None) -> int:
    """How many frames wait in any of these stages; with `last` those up to this frame alone."""
    marks = ", ".join("?" * len(stages))
    return int(
        db.value(
            f"select count(distinct subject) from jobs where state = 'waiting' and stage in ({marks})"
            " and subject <= coalesce(?, subject)",
            *stages,
            last,
        )
    )


def failed(db: Db) -> int:
    return int(db.value("select count(*) from jobs where state = 'failed'"))
