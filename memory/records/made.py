"""What was made of it: moments, episodes, facts, and their drafts before they have an id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memory.records.seen import Box, Gap, Line, Window


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time in which one screen stayed essentially the same.

    `faded` is the form it has faded to, "" where it is whole; `picture` where there is one or its thumbnail.
    """

    id: int
    start: datetime
    end: datetime
    monitor: int
    app: str
    title: str
    url: str | None
    frames: int
    picture: bool
    origins: tuple[str, ...] = ()
    faded: Literal["", "thumbnail", "text", "gist"] = ""


@dataclass(frozen=True, slots=True)
class MomentWhole:
    """A moment with the union of what was read in it, and the size of its picture in pixels."""

    moment: Moment
    lines: tuple[Line, ...]
    windows: tuple[Window, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    moments: tuple[Moment, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A moment and the words in it that support something derived; `box` where they stand."""

    moment: int
    quote: str
    origin: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Interruption:
    """A short look at something else within a span, folded into it."""

    start: datetime
    end: datetime
    app: str
    title: str


@dataclass(frozen=True, slots=True)
class Episode:
    """Moments of one activity, possibly interrupted and resumed (several spans).

    `people`, `sites` and `files` took part in it, those seen longest first. What is `polished` a language
    model of this machine said; it is shown beside title and gist.
    """

    id: int
    title: str
    gist: str
    spans: tuple[tuple[datetime, datetime], ...]
    level: Literal["episode", "hour", "day", "week"]
    apps: tuple[str, ...]
    moments: tuple[int, ...]
    key_moments: tuple[int, ...]
    people: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    title_polished: str = ""
    gist_polished: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as the ledger holds it: its id, its frame, and its place `n` in the frame's reading.

    `front` is False for a line that stands in another window than the one that had the focus.
    """

    id: int
    frame: int
    n: int
    line: Line
    front: bool = True


@dataclass(frozen=True, slots=True)
class MomentText:
    """A moment as consolidation gets it: all its lines, and its first frame's `change` (see Frame)."""

    moment: Moment
    lines: tuple[LineRow, ...]
    change: float
    single: bool


@dataclass(frozen=True, slots=True)
class Words:
    """In how many of a span's `moments` each word stands in the title, and in the text."""

    moments: int
    titles: dict[str, int]
    text: dict[str, int]


@dataclass(frozen=True, slots=True)
class Digest:
    """What naming an episode needs of one of its spans; times that something was looked at are in seconds.

    `windows` are (application, parts of the title, seconds, the moment seen longest), `mails` (application,
    parts, subject, seconds), `phrases` (line, how often, height in pixels against the usual one).
    """

    windows: tuple[tuple[str, tuple[str, ...], float, int], ...]
    mails: tuple[tuple[str, tuple[str, ...], str, float], ...]
    phrases: tuple[tuple[str, int, float], ...]
    people: dict[str, float]
    sites: dict[str, float]
    files: dict[str, float]
    interruptions: tuple[Interruption, ...]


@dataclass(frozen=True, slots=True)
class SpanDraft:
    """A stretch of one activity within a day, before it belongs to an episode."""

    start: datetime
    end: datetime
    moments: tuple[int, ...]
    words: Words
    digest: Digest


@dataclass(frozen=True, slots=True)
class Span:
    """A span of the ledger, as linking needs it."""

    id: int
    episode: int
    start: datetime
    words: Words
    windows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What an episode is called and who and what took part in it: made of the digests of its spans."""

    title: str
    gist: str
    apps: tuple[str, ...]
    key_moments: tuple[int, ...]
    people: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
