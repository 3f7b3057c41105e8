"""Asking and saying: queries and answers, forgetting, status."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from memory.records.made import Moment
from memory.records.seen import Box
from memory.records.settled import Settling


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query was taken to mean: the words left to look for, a span, applications, quoted phrases.

    `sites` are hosts, `people` names, `files` endings without a dot ("pdf"), `shown` what is to have been
    shown and not written ("chart", "photo"), `without` words that speak against a moment, `order` which of
    several is meant: "first", "last", or "" for the one that fits best. `anchor` says of what the span is the
    time ("the call with Bo"), `relation` how it lies to that; `since` and `until` hold what came out.
    """

    text: str
    since: datetime | None = None
    until: datetime | None = None
    apps: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    kind: str = "what"
    sites: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    order: Literal["first", "last", ""] = ""
    anchor: str = ""
    relation: Literal["during", "before", "after", ""] = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A search. `since`, `until` and `app` exclude; what is named in the words only weighs. `at` is now.

    `understood` is what the user changed the understanding to: the text is not taken apart then.
    """

    text: str
    at: datetime
    limit: int = 10
    since: datetime | None = None
    until: datetime | None = None
    app: str | None = None
    understood: Understood | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One ranked moment. `also` are near-identical moments it stands for; `why` each channel's part."""

    moment: Moment
    snippet: str
    also: tuple[int, ...]
    score: float
    why: dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """Ranked moments; `deep` tells whether the second, dearer look was taken."""

    query: Query
    understood: Understood
    results: tuple[Result, ...]
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `at` is now. With a `thread` it is a turn of a chat of that name, which is kept."""

    text: str
    at: datetime
    thread: str = ""
    understood: Understood | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence of an answer, numbered from 1; `boxes` are the quoted lines in the moment's picture."""

    n: int
    moment: Moment
    quote: str
    boxes: tuple[Box, ...] = ()


Grade = Literal["seen", "doubtful", "inferred", ""]
"""Seen word for word and read again, read doubtfully, inferred by rule; "" where nothing was found."""


@dataclass(frozen=True, slots=True)
class Answer:
    """At most 300 characters and three citations, or not found with the nearest results.

    `missing` tells why nothing was found: "not captured" then, or captured and "not found". `deep` tells
    whether the second, dearer look was taken.
    """

    question: Question
    understood: Understood
    found: bool
    text: str
    confidence: float
    citations: tuple[Citation, ...]
    nearest: tuple[Result, ...]
    grade: Grade = ""
    missing: Literal["not captured", "not found", ""] = ""
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a chat as it was answered, without its nearest results and without boxes.

    `rests` are the moments that it goes with: those that are cited, and those that lent words to what was
    understood or said.
    """

    id: int
    answer: Answer
    rests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A chat: how many turns are kept of it, the first question of those, when the last was asked."""

    id: str
    turns: int
    first: str
    asked: datetime


@dataclass(frozen=True, slots=True)
class What:
    """What is to be forgotten: exactly one of moments, a span, an application, or words in the text."""

    moments: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    app: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The moments that are gone (or, in a dry run, would be), and how many turns of chats."""

    moments: tuple[Moment, ...]
    dry_run: bool
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to an offered frame."""

    outcome: Literal["kept", "counted", "already"]


@dataclass(frozen=True, slots=True)
class Status:
    """Counts, bytes on disk by part, each process's state, and whether it records or why not.

    `unseen` frames were read and wait to be looked at: they are new, or were seen by another encoder.
    """

    frames: int
    moments: int
    episodes: int
    facts: int
    pending: int
    unsettled: int
    failed: int
    bytes: dict[str, int]
    processes: dict[str, str]
    recording: str
    paused_until: datetime | None
    search: Literal["chroma", "exact"]
    encoders: dict[str, str]
    last_settled: datetime | None
    trouble: str = ""
    unseen: int = 0
    settling: Settling = field(default_factory=Settling)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a generation of the memory: pages redraw by this."""

    generation: int
    what: tuple[Literal["frames", "moments", "knowledge", "rules", "recording"], ...] = field(default=())
