"""What is kept and what fades: the form of a moment, what its strength is made of, limits, what a run did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Form = Literal["picture", "thumbnail", "text", "gist"]
"""What is left of a moment: all; a thumbnail and the text; the text; its title and place in its episode."""

Why = Literal["", "pinned", "confirmed", "cited", "unsettled"]
"""Why a moment does not fade: the user pinned it or confirmed a fact on it, a kept answer cites it, or not
all of it was read and settled yet."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept: bytes of ledger and pictures, days of pictures, days of text; 0 is without limit."""

    size: int = 0
    picture_days: int = 0
    text_days: int = 0


@dataclass(frozen=True, slots=True)
class Layer:
    """A picture of a moment: its frame, the frame on whose picture it rests, and the bytes of its file."""

    frame: int
    base: int | None
    bytes: int


@dataclass(frozen=True, slots=True)
class Trace:
    """What the strength of a moment is made of. Times are days since 1970-01-01 UTC, with fractions.

    `recalls` are times with True for a citation; `app` and `title` tell a screen that comes back; `facts`
    rest on it; `key` where its episode shows it; `passages` were new in it; `rarity` 0..1 of its words.
    """

    moment: int
    form: Form
    at: float
    app: str
    title: str
    minutes: float = 0.0
    recalls: tuple[tuple[float, bool], ...] = ()
    facts: int = 0
    key: bool = False
    passages: int = 0
    rarity: float = 0.5
    spared: Why = ""


@dataclass(frozen=True, slots=True)
class FadedForm:
    """Moments that came down to a form, about how many bytes that frees, and the oldest of them."""

    form: Form
    moments: int
    bytes: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Faded:
    """What faded (or, in a dry run, would): by the form it came to, and how many moments are spared and why.

    `bytes` is what ledger and pictures take now, `limit` the most they may (0: any). `finished` is False
    where it was interrupted; `over` are bytes above the limit that nothing but what is spared could free.
    """

    forms: tuple[FadedForm, ...]
    spared: dict[str, int]
    bytes: int
    limit: int
    dry_run: bool
    finished: bool = True
    over: int = 0
