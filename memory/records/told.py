"""What is told of a day, of a week, and of what comes again: the journal and routines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Accounted:
    """Where a stretch of time went: whole seconds by reason; their sum is the length of the stretch.

    Always these reasons: recorded, paused, excluded, locked, idle, not running.
    """

    since: datetime
    until: datetime
    seconds: dict[str, int]


@dataclass(frozen=True, slots=True)
class Used:
    """A window that was looked at, and for how many seconds; `title` without marks and counts."""

    app: str
    title: str
    seconds: int


@dataclass(frozen=True, slots=True)
class LeftAt:
    """Where an activity was left: its last moment then, and the last line on it that tells something."""

    moment: int
    at: datetime
    app: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An episode as far as it fell into the time told of.

    `seconds` are recorded ones, each in one entry alone. `windows` are those looked at longest then; people,
    sites and files are the whole episode's. `before` and `after` are the local dates of its nearest parts
    before and after that time; None: there is none.
    """

    episode: int
    title: str
    gist: str
    seconds: int
    spans: tuple[tuple[datetime, datetime], ...]
    apps: tuple[str, ...]
    windows: tuple[Used, ...]
    people: tuple[str, ...]
    sites: tuple[str, ...]
    files: tuple[str, ...]
    left: LeftAt | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A fact that was first seen in the time told of; `before` is the value that it replaced."""

    fact: int
    statement: str
    value: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A page of a day or a week: its days' time, what was done (longest first), and what became known.

    `apart` are recorded seconds that belong to no episode, because they are not settled yet.
    """

    days: tuple[Accounted, ...]
    entries: tuple[JournalEntry, ...]
    apart: int
    facts: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a routine: an application at a site or document (`name`), and how long it usually takes."""

    app: str
    name: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Routine:
    """What is done again and again in one order, about one time of day.

    `days` are the local dates on which it was seen, of `of` that it could have been seen on; `weekdays` those
    it belongs to (0 is Monday); `begins` the usual local time in minutes after midnight, `spread` the mean
    distance from it in minutes; `evidence` the first moment of each step on each of the days.
    `confidence` is the chance to see it on the next of such days.
    """

    id: int
    title: str
    statement: str
    steps: tuple[Step, ...]
    days: tuple[str, ...]
    of: int
    weekdays: tuple[int, ...]
    begins: int
    spread: int
    confidence: float
    evidence: tuple[int, ...]
