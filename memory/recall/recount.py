"""How often a cited line has said something else, counted anew from every line of its form; for the check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from memory.ledger import moments, search
from memory.ledger.connection import Db
from memory.records import Moment

MOST = 4_000
"""Moments that are read."""

TELLING = 4
"""Words that lines must share to be of one form wherever they stand; with fewer they are of one screen."""

_WORD = re.compile(r"[^\W_]+")
_VALUE = re.compile(r"First (?P<value>.*?):")


def recounted(db: Db, said: str, line: str, first: Moment, last: Moment) -> tuple[set[int], set[int]]:
    """How many changes and how many values there may have been, out of what lines of the form of `line` say.

    `said` is the sentence that tells the count with the first value; `last` is a moment with the newest one.
    """
    value = _VALUE.search(said)
    form = _words(line) & _nearest(db, line, last)
    form -= _words(value["value"]) if value else set()
    runs, before, lines = list[frozenset[str]](), dict[tuple[str, str], set[str]](), set[str]()
    for moment, text in _of_form(db, form, first, last):
        shown = before.setdefault((moment.app, moment.title), set())
        rest = frozenset(_words(text)) - form
        if not runs or (text not in shown and rest != runs[-1]):
            runs.append(rest)
        shown.add(text)
        lines.add(text)
    again = _alternations(db, form, first, last)
    values = {len(set(runs)), len(lines)}
    return {n - 1 for n in (*values, len(runs), again)}, values


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _nearest(db: Db, line: str, last: Moment) -> set[str]:
    """The words of that line of a moment which shares most with this one."""
    wanted = _words(line)
    rows = moments.texts(db, [last.id])[last.id]
    return max((_words(row.line.text) for row in rows), key=lambda words: len(words & wanted), default=set())


def _of_form(db: Db, form: set[str], first: Moment, last: Moment) -> Iterator[tuple[Moment, str]]:
    match = " AND ".join(search.quoted(word) for word in sorted(form))
    ids = search.in_time(db, match, MOST, None, None) if match else ()
    found, texts = moments.many(db, ids), moments.texts(db, ids)
    titles = {first.title, last.title}
    for id in ids:
        if len(form) >= TELLING or found[id].title in titles:
            yield from ((found[id], row.line.text) for row in texts[id] if form <= _words(row.line.text))


def _alternations(db: Db, form: set[str], first: Moment, last: Moment) -> int:
    """How many runs of the same there are, moment after moment, by the last line of the form in each."""
    told = {moment.id: text for moment, text in _of_form(db, form, first, last)}
    said = list(told.values())
    return 1 + sum(one != other for one, other in pairwise(said)) if said else 0
