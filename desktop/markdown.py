"""The journal as Markdown: what was seen stands in it as text, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from memory.records import Accounted, Journal, JournalEntry, LeftAt

MOST_ENTRIES = 40
MOST_FACTS = 30

# An underscore within a word and a tilde before a path mark nothing, and file names are full of them.
_MARKS = re.compile(r"([\\`*\[\]<>|]|(?<!\w)_|_(?!\w)|~(?!/))")
_ORDINAL = re.compile(r"^(\s*\d+)([.)])")
_BULLET = re.compile(r"^(\s*)([-+#])(?=[\s#])")


def page(journal: Journal) -> str:
    """A page of a day, or of several."""
    return "\n".join(_page(journal)) + "\n"


def _page(journal: Journal) -> Iterator[str]:
    days = journal.days
    first, last = days[0].since, days[-1].until - timedelta(microseconds=1)
    several = last.date() > first.date()
    yield f"# {_day(first)} to {_day(last)}" if several else f"# {_day(first)}"
    yield ""
    yield from _time(days, several)
    yield from _entries(journal, several)
    if journal.facts:
        yield "## Became known"
        yield ""
        for noted in journal.facts[:MOST_FACTS]:
            before = f" (before: {_plain(noted.before)})" if noted.before else ""
            yield f"- {_plain(noted.statement)}{before}"
        yield from _more(len(journal.facts) - MOST_FACTS)
        yield ""


def _time(days: Sequence[Accounted], several: bool) -> Iterator[str]:
    """A table: a row for each reason that took time, and for several days a column for each."""
    reasons = [reason for reason in days[0].seconds if any(day.seconds[reason] for day in days)]
    columns = [*(f"{day.since:%a %d}" for day in days if several), "all" if several else "time"]
    yield "| | " + " | ".join(columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for reason in [*reasons, "wall clock"]:
        spent = [_of(day, reason) for day in days]
        shown = [_clock(seconds) for seconds in (spent if several else [])] + [_clock(sum(spent))]
        yield f"| {reason} | " + " | ".join(shown) + " |"
    yield ""


def _of(day: Accounted, reason: str) -> int:
    return sum(day.seconds.values()) if reason == "wall clock" else day.seconds[reason]


def _entries(journal: Journal, several: bool) -> Iterator[str]:
    yield "## What was done"
    yield ""
    if not journal.entries:
        yield "Nothing that is settled."
        yield ""
    for entry in journal.entries[:MOST_ENTRIES]:
        yield f"### {_plain(entry.title or 'Untitled')} ({_clock(entry.seconds)})"
        yield ""
        yield from _entry(entry, several)
        yield ""
    yield from _more(len(journal.entries) - MOST_ENTRIES)
    if journal.apart:
        yield f"{_clock(journal.apart)} of what was recorded is not settled yet."
        yield ""


def _entry(entry: JournalEntry, several: bool) -> Iterator[str]:
    yield f"- When: {', '.join(_span(*span, several) for span in entry.spans)}"
    used = [f"{_window(one.app, one.title)} {_clock(one.seconds)}" for one in entry.windows]
    yield f"- With: {'; '.join(used)}"
    for name, values in (("Sites", entry.sites), ("Documents", entry.files), ("People", entry.people)):
        if values:
            yield f"- {name}: {', '.join(_plain(value) for value in values)}"
    if entry.left is not None:
        yield f"- Left at {entry.left.at:%H:%M}: {_left(entry.left)}"
    if entry.before:
        yield f"- Resumed from {entry.before}"
    if entry.after:
        yield f"- Goes on {entry.after}"


def _left(left: LeftAt) -> str:
    line = f": “{_plain(left.line)}”" if left.line else ""
    return f"{_window(left.app, left.title)}{line} (moment {left.moment})"


def _window(app: str, title: str) -> str:
    return _plain(f"{app}, {title}" if app and title else app or title or "a picture")


def _span(start: datetime, end: datetime, several: bool) -> str:
    return f"{start:%a %H:%M}–{end:%H:%M}" if several else f"{start:%H:%M}–{end:%H:%M}"


def _more(left: int) -> Iterator[str]:
    if left > 0:
        yield f"- and {left} more"


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


def _clock(seconds: int) -> str:
    """Hours, minutes and seconds: 1:02:03."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _plain(text: str) -> str:
    """What was seen as text on one line: no link, no markup, no heading comes of it."""
    joined = " ".join(text.split())
    return _BULLET.sub(r"\1\\\2", _ORDINAL.sub(r"\1\\\2", _MARKS.sub(r"\\\1", joined)))
