"""The nouns of Onceseen, in the order of the way: frame, reading, moment, episode, fact, question, answer.

Times are aware datetimes in the zone of then. Boxes are (x, y, width, height) in pixels of the frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Box = tuple[int, int, int, int]

# ------------------------------------------------------------------ what was looked at


@dataclass(frozen=True, slots=True)
class Active:
    """The window that had the focus; `url` only where an address was known."""

    app: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A visible window: outer box relative to its monitor, `stack` 0 lowest."""

    app: str
    title: str
    x: int
    y: int
    w: int
    h: int
    stack: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One look at one monitor.

    `windows` is None where they are not known (an imported picture). `text` holds lines read elsewhere
    (a note, a chat turn) and then there is no picture. `digest` identifies content and time: the same
    frame is never taken twice. `change` is the share of tiles that differ from the last frame kept of
    this monitor (1.0 for the first); `new` False means that it showed nothing new: counted, not kept.
    `single` marks what is never folded into a neighbour: pictures without a recording, and text.
    """

    at: datetime
    digest: bytes
    monitor: int = 0
    width: int = 0
    height: int = 0
    active: Active | None = None
    windows: tuple[Window, ...] | None = None
    origin: str | None = None
    text: tuple[str, ...] | None = None
    change: float = 1.0
    new: bool = True
    single: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which nothing was recorded, and why."""

    start: datetime
    end: datetime
    reason: Literal["paused", "excluded", "locked", "idle", "not running", "hours", "trouble"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not be looked at. `pattern` is matched case-folded as whole words in the named field.

    `mode` "leave": the whole frame is left out; "black": the window's area is blacked out with a margin.
    """

    field: Literal["app", "title", "site", "any"]
    pattern: str
    mode: Literal["leave", "black"] = "leave"
    seeded: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Orders:
    """What the recorder has to obey at its next look."""

    allowed: bool
    paused_until: datetime | None
    rules: tuple[Rule, ...]


# ------------------------------------------------------------------ what was read and seen


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text read in a frame; confidence 0..1; `window` is an index into the frame's windows."""

    text: str
    box: Box
    confidence: float = 1.0
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a frame says: lines in reading order, by `engine` (name, version, languages).

    `thumbnail` and `picture` are WebP bytes: a small look, and the smallest legible form of the frame
    (empty: what was handed over is already the smallest).
    """

    lines: tuple[Line, ...]
    engine: str
    thumbnail: bytes = b""
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Passage:
    """A few lines that belong together and were new on their screen: the unit of text vectors."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Vectors:
    """`count` vectors of `dim` int8 numbers, each with one float32 scale (value = int8 * scale).

    Of one encoder: vectors of different encoders never meet in one search.
    """

    encoder: str
    dim: int
    count: int
    data: bytes
    scales: bytes


# ------------------------------------------------------------------ what was made of it


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time in which one screen stayed essentially the same."""

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
class Episode:
    """Moments of one activity, possibly interrupted and resumed (several spans)."""

    id: int
    title: str
    gist: str
    spans: tuple[tuple[datetime, datetime], ...]
    level: Literal["episode", "hour", "day", "week"]
    apps: tuple[str, ...]
    moments: tuple[int, ...]
    key_moments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds beyond one episode. `superseded_by` names the newer fact that replaced it."""

    id: int
    kind: str
    statement: str
    subject: str
    relation: str
    value: str
    confidence: float
    first_seen: datetime
    last_seen: datetime
    superseded_by: int | None
    evidence: tuple[Evidence, ...]


# ------------------------------------------------------------------ between the ledger and consolidation


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
    """A moment as consolidation gets it: the union of its lines, and its first frame's `change` (see Frame)."""

    moment: Moment
    lines: tuple[LineRow, ...]
    change: float
    single: bool


@dataclass(frozen=True, slots=True)
class EpisodeDraft:
    """An episode before it has an id."""

    title: str
    gist: str
    spans: tuple[tuple[datetime, datetime], ...]
    level: Literal["episode", "hour", "day", "week"]
    apps: tuple[str, ...]
    moments: tuple[int, ...]
    key_moments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactDraft:
    """A fact before it has an id; `superseded_by` is an index into the list that holds it.

    `evidence` is (moment, line id or None, quote).
    """

    kind: str
    statement: str
    subject: str
    relation: str
    value: str
    confidence: float
    first_seen: datetime
    last_seen: datetime
    superseded_by: int | None
    evidence: tuple[tuple[int, int | None, str], ...]


# ------------------------------------------------------------------ asking


@dataclass(frozen=True, slots=True)
class Query:
    """A search. `since`, `until` and `app` exclude; what is named in the words only weighs. `at` is now."""

    text: str
    at: datetime
    limit: int = 10
    since: datetime | None = None
    until: datetime | None = None
    app: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query was taken to mean: the words left to look for, a span, applications, quoted phrases."""

    text: str
    since: datetime | None = None
    until: datetime | None = None
    apps: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    kind: str = "what"


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
    query: Query
    understood: Understood
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence of an answer, numbered from 1; `boxes` are the quoted lines in the moment's picture."""

    n: int
    moment: Moment
    quote: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """At most 300 characters and three citations, or not found with the nearest results."""

    question: Question
    understood: Understood
    found: bool
    text: str
    confidence: float
    citations: tuple[Citation, ...]
    nearest: tuple[Result, ...]


# ------------------------------------------------------------------ saying


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
    """The moments that are gone (or, in a dry run, would be)."""

    moments: tuple[Moment, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What one consolidation did: moments before and after folding, episodes and facts that now stand."""

    moments_before: int
    moments_after: int
    episodes: int
    facts: int
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to an offered frame."""

    outcome: Literal["kept", "counted", "already"]


@dataclass(frozen=True, slots=True)
class Status:
    """Counts, bytes on disk by part, each process's state, and whether it records or why not."""

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


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a generation of the memory: pages redraw by this."""

    generation: int
    what: tuple[Literal["frames", "moments", "knowledge", "rules", "recording"], ...] = field(default=())
