"""What was made of it: moments, episodes, facts, and their drafts before they have an id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memory.records.seen import Box, Gap, Line, Window


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
