"""What was looked at and what was read and seen in it: frames, rules, readings, vectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Box = tuple[int, int, int, int]


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
    (empty: what was handed over is already the smallest). `base` is as in Small.
    """

    lines: tuple[Line, ...]
    engine: str
    thumbnail: bytes = b""
    picture: bytes = b""
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """A screen kept before, as WebP, on which a new one may rest; `depth` layers lie in it already."""

    picture: bytes
    depth: int


@dataclass(frozen=True, slots=True)
class Small:
    """The smallest form of a screen: whole, or a layer over one of the bases on offer (its number)."""

    picture: bytes
    base: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A few lines that belong together and were new on their screen: the unit of text vectors."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing that can be said of a picture in a frame, or of the whole page (`n` 0; pictures from 1).

    `kind` is what `label` is: a form (dark, light; photo, drawing, chart, map, picture), a colour by its
    plain name, or a tag (what is to be seen). `confidence` 0..1; of a colour its share.
    """

    n: int
    box: Box
    kind: Literal["form", "colour", "tag"]
    label: str
    confidence: float


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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a frame: of which of those looked at, its number (0 the whole, then pictures), its box."""

    of: int
    n: int
    box: Box


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in some frames: the cues of each, by `maker` (name and version); all parts, frame by
    frame; and one vector a part, None where no picture encoder is there.
    """

    maker: str
    cues: tuple[tuple[Cue, ...], ...]
    parts: tuple[Part, ...]
    vectors: Vectors | None = None
