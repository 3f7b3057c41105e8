"""Why nothing was found: not captured then, or captured and not found, with the nearest thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from memory.ledger import gaps, moments
from memory.ledger.connection import Db
from memory.recall.answering.draft import LONGEST, Missing, day, time
from memory.recall.answering.sights import masked
from memory.recall.language.words import stems
from memory.recall.retrieval.snippet import clip
from memory.recall.retrieval.terms import Terms
from memory.recall.understanding.times import find_times
from memory.records import Gap, Question, Result, Understood

_REASONS = {
    "paused": "recording was paused",
    "excluded": "an excluded window was visible",
    "locked": "the screen was locked",
    "idle": "nobody was there",
    "not running": "Onceseen was not running",
    "hours": "it was outside the recording hours",
    "trouble": "the screen could not be recorded",
}

# What is not there without a reason was not recorded, or was forgotten: the same is said of both.
_NO_REASON = "Onceseen was not running, or nothing of it is kept"

LASTS = timedelta(minutes=5)
"""A screen is said to have stayed until the next look, at most so long."""

SHORT = timedelta(hours=3)
"""In a span up to so long a look at its edge does not make it captured; a day is captured by its looks."""

CAPTURED = 0.2
"""Of a short span: where less was captured and most is known to be missing, it counts as not captured."""

LATER = timedelta(days=400)
"""How far ahead a date is read to find out that it lies ahead."""

_WAS = re.compile(
    r"\b(?:did|was|were|had|have|has|saw|read|wrote|happened|habe|hatte|hab|war|waren|wurde|hat|gab|sah)\b"
)
_AHEAD = re.compile(
    r"\b(?:tomorrow|tonight|übermorgen|(?:next|nächste[nrs]?|kommende[nrs]?) \w+"
    r"|(?<!\bam )(?<!\bheute )(?<!\bgestern )morgen(?: früh| vormittag| mittag| nachmittag| abend)?)\b"
)


def why_missing(
    db: Db, question: Question, understood: Understood, terms: Terms, nearest: Sequence[Result]
) -> Missing:
    """What is said where nothing is found. What was forgotten is told by nothing, nor what was excluded."""
    total = moments.count(db)
    if not total:
        return Missing("not captured", "Not found: nothing has been captured yet.")
    reason = _not_captured(db, question, understood)
    near = _nearest(nearest)
    if reason:
        return Missing("not captured", _fit(reason, near))
    parts = [f"Not found in {total} {'moment' if total == 1 else 'moments'}{_span(understood)}."]
    parts += _partly(db, question, understood)
    unknown = [word for word in understood.text.split() if _stem_of(word) in terms.unknown]
    if unknown:
        said = ", ".join(f"“{word.strip('?!.,;:')}”" for word in unknown[:3])
        parts.append(f"No screen showed {said}.")
    return Missing("not found", _fit(" ".join(parts), near))


def _fit(said: str, near: str) -> str:
    """With the nearest thing where there is room for it."""
    whole = f"{said} {near}".strip()
    return whole if len(whole) <= LONGEST else clip(said, LONGEST)


def _nearest(nearest: Sequence[Result]) -> str:
    if not nearest:
        return ""
    best = nearest[0]
    where = ", ".join(part for part in (best.moment.app, time(best.moment.start)) if part)
    return f"Nearest: “{clip(best.snippet or best.moment.title, 80)}” ({where})."


def _span(understood: Understood) -> str:
    if understood.since is None or understood.until is None:
        return ""
    last = understood.until
    if understood.since.date() == last.date() or (last - understood.since).total_seconds() <= 86_400:
        return f", {day(understood.since)} above all"
    return f", {day(understood.since)} to {day(last)} above all"


def _stem_of(word: str) -> str:
    found = stems(word)
    return found[0] if found else ""


# ------------------------------------------------------------------ whether it was captured


def reasons(db: Db, since: datetime | None, until: datetime | None) -> list[str]:
    """What kept the recorder from looking in a span, the longest first."""
    return _told(gaps.between(db, since, until), since, until)


def _told(there: Sequence[Gap], since: datetime | None, until: datetime | None) -> list[str]:
    lasted: dict[str, timedelta] = {}
    for gap in there:
        length = min(gap.end, until or gap.end) - max(gap.start, since or gap.start)
        lasted[gap.reason] = lasted.get(gap.reason, timedelta()) + length
    return [_REASONS[reason] for reason in sorted(lasted, key=lambda reason: -lasted[reason])]


def nothing_then(db: Db, question: Question, understood: Understood) -> bool:
    """Whether a short span was named in which nothing was captured: what is of another time is no answer."""
    since, until = understood.since, understood.until
    if since is None or until is None:
        return bool(_not_captured(db, question, understood))
    return until - since <= SHORT and bool(_not_captured(db, question, understood))


def _not_captured(db: Db, question: Question, understood: Understood) -> str:
    """Why nothing can be there; "" where something was captured, or no time was named."""
    if understood.since is None and understood.until is None:
        return "That is still to come." if _lies_ahead(question) else ""
    since, until = understood.since, understood.until or question.at
    if since is not None and since >= question.at:
        return "That is still to come."
    missed = gaps.between(db, since, until)
    if moments.left_in(db, since, until) != "nothing" and not _hardly(db, missed, since, until):
        return ""
    why = _told(missed, since, until)
    if why:
        return f"Nothing was captured then: {' and '.join(why[:2])}."
    first = moments.first(db)
    if first is not None and until <= first:
        return f"Nothing was captured before {time(first)}."
    return f"Nothing was captured then: {_NO_REASON}."


def _lies_ahead(question: Question) -> bool:
    """Whether it is asked what was on the screen at a time that is still to come: that names no span.

    What is to happen then may stand on a screen: so a question in the present tense is none of these.
    """
    text = masked(question.text)
    low = text.lower()
    if not _WAS.search(low):
        return False
    later = find_times(text, question.at + LATER).span
    dated = later is not None and later.since is not None and later.since > question.at
    return bool(_AHEAD.search(low)) or (dated and find_times(text, question.at).span is None)


def _hardly(db: Db, missed: Sequence[Gap], since: datetime | None, until: datetime) -> bool:
    """Whether of a short span nearly nothing was captured, and it is known why."""
    if since is None or until - since > SHORT or not missed:
        return False
    there = moments.between(db, since, until)
    ends = [*(moment.start for moment in there[1:]), until]
    shown = timedelta()
    for moment, following in zip(there, ends, strict=True):
        stayed = min([moment.end + LASTS, *(gap.start for gap in missed if gap.start >= moment.end)])
        end = min(max(moment.end, min(stayed, following)), until)
        shown += max(timedelta(), end - max(moment.start, since))
    lost = sum((min(gap.end, until) - max(gap.start, since) for gap in missed), timedelta())
    length = max(until - since, timedelta(seconds=1))
    return shown / length < CAPTURED and lost / length > 1 / 2


def _partly(db: Db, question: Question, understood: Understood) -> list[str]:
    """Of a time that was captured: that its text has faded, or why a part of it is missing."""
    if understood.since is None and understood.until is None:
        return []
    since, until = understood.since, understood.until or question.at
    if moments.left_in(db, since, until) == "gist":
        return ["The text of that time has faded."]
    why = reasons(db, since, until)
    return [f"For a part of that time {' and '.join(why[:2])}."] if why else []
