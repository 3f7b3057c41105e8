"""Settling as it goes on: how far it is, why it waits, what the last one did, what a schedule decides by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settled:
    """What one consolidation did: moments before and after folding, episodes and facts that now stand.

    `days` of the `of` that waited were settled; where some are left it was ended between two. `unpolished`
    episodes still wait for the local language model.
    """

    moments_before: int
    moments_after: int
    episodes: int
    facts: int
    dry_run: bool = False
    refused: int = 0
    days: int = 0
    of: int = 0
    unpolished: int = 0


@dataclass(frozen=True, slots=True)
class LastSettling:
    """The last one in counts alone. It ended at `at`, for `failed`, an error's code, where it is not empty.

    `refused` are merges that were not committed, `rejected` what the local language model said and nobody
    saw: it named what the evidence does not.
    """

    at: datetime
    seconds: float
    state: Literal["done", "stopped", "failed"]
    moments_before: int = 0
    moments_after: int = 0
    episodes: int = 0
    facts: int = 0
    refused: int = 0
    days: int = 0
    of: int = 0
    polished: int = 0
    rejected: int = 0
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Settling:
    """How settling stands: `done` of `of` days while it runs; `why` it waits, a sentence."""

    state: Literal["settled", "waiting", "running", "stopped"] = "settled"
    done: int = 0
    of: int = 0
    why: str = ""
    last: LastSettling | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What a schedule decides by: for so long nobody was there, what is unsettled, and what is not read yet.

    `settled` is when all was settled the last time, `nightly` when the last night's work was done.
    """

    quiet_s: float
    unsettled: int
    unread: int
    settled: datetime | None
    nightly: datetime | None


@dataclass(frozen=True, slots=True)
class Probe:
    """A question to a moment that is about to be folded. "words": it is found by the phrase `texts[0]`;
    "title": by one in its title; "app": it is of this application; "shown": its picture shows most of the
    lines `texts`.
    """

    moment: int
    kind: Literal["words", "title", "app", "shown"]
    texts: tuple[str, ...]
