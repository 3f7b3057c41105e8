"""What "not found" says: what was searched, and why it may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from memory.ledger import gaps, moments
from memory.ledger.connection import Db
from memory.recall.draft import LONGEST, day
from memory.recall.snippet import clip
from memory.recall.terms import Terms
from memory.recall.words import stems
from memory.records import Question, Result, Understood

_REASONS = {
    "paused": "recording was paused",
    "excluded": "an excluded window was visible",
    "locked": "the screen was locked",
    "idle": "nobody was there",
    "not running": "Onceseen was not running",
    "hours": "it was outside the recording hours",
    "trouble": "the screen could not be recorded",
}


def why_missing(
    db: Db, question: Question, understood: Understood, terms: Terms, nearest: Sequence[Result]
) -> str:
    """One or two sentences, at most 300 characters."""
    total = moments.count(db)
    if not total:
        return "Not found: nothing has been captured yet."
    parts = [f"Not found in {total} {'moment' if total == 1 else 'moments'}{_span(understood)}."]
    if understood.since is not None or understood.until is not None:
        parts += _captured_then(db, understood.since, understood.until or question.at)
    unknown = [word for word in understood.text.split() if _stem_of(word, terms) in terms.unknown]
    if unknown:
        said = ", ".join(f"“{word.strip('?!.,;:')}”" for word in unknown[:3])
        parts.append(f"No screen showed {said}.")
    if nearest:
        parts.append("The nearest screens are listed.")
    return clip(" ".join(parts), LONGEST)


def _span(understood: Understood) -> str:
    if understood.since is None or understood.until is None:
        return ""
    last = understood.until
    if understood.since.date() == last.date() or (last - understood.since).total_seconds() <= 86_400:
        return f", {day(understood.since)} above all"
    return f", {day(understood.since)} to {day(last)} above all"


def reasons(db: Db, since: datetime | None, until: datetime | None) -> list[str]:
    """What kept the recorder from looking in a span, each reason once, in order of time."""
    return list(dict.fromkeys(_REASONS[gap.reason] for gap in gaps.between(db, since, until)))


def _captured_then(db: Db, since: datetime | None, until: datetime) -> list[str]:
    """Whether anything was captured in the span that was named, and what kept the recorder from it."""
    why = reasons(db, since, until)
    if not moments.between(db, since, until):
        return [f"Nothing was captured then: {' and '.join(why) or 'Onceseen was not running'}."]
    return [f"For a part of that time {' and '.join(why)}."] if why else []


def _stem_of(word: str, terms: Terms) -> str:
    found = stems(word)
    return found[0] if found else ""
