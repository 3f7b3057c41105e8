"""How often a cited line has said something else, counted anew from every line of its form; for the check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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


def recounted(
    db: Db, said: str, lines: Sequence[str], first: Moment, last: Moment
) -> tuple[set[int], set[int]]:
    """How many changes and how many values there may have been, out of what lines of the form of these say.

    `said` is the sentence that tells the count with the first value, `lines` are what it quotes; `last` is a
    moment with the newest value.
    """
    value = _VALUE.search(said)
    words = _words(value["value"]) if value else set()
    line = next((line for line in lines if words <= _words(line)), "")
    labels = [one for one in lines if one != line]
    if labels and _words(line) <= words:
        told = _in_cells(db, line, labels, first, last)
        return {len(set(told)) - 1, _runs(told) - 1}, {len(set(told))}
    # Numbers are of a value, or of when it was told.
    form = {word for word in _words(line) - words if word.isalpha()}
    return _in_lines(db, form & _nearest(db, form, last), first, last)


def _in_lines(db: Db, form: set[str], first: Moment, last: Moment) -> tuple[set[int], set[int]]:
    """The same for lines that share the words of a form."""
    runs, before, every = list[frozenset[str]](), dict[tuple[str, str], set[str]](), set[str]()
    for moment, text in _of_form(db, form, first, last):
        shown = before.setdefault((moment.app, moment.title), set())
        rest = frozenset(_words(text)) - form
        if not runs or (text not in shown and rest != runs[-1]):
            runs.append(rest)
        shown.add(text)
        every.add(text)
    lasts = {moment.id: text for moment, text in _of_form(db, form, first, last)}
    values = {len(set(runs)), len(every)}
    return {n - 1 for n in (*values, len(runs), _runs(list(lasts.values())))}, values


def _runs(said: Sequence[str]) -> int:
    """How many runs of the same there are, moment after moment."""
    return 1 + sum(one != other for one, other in pairwise(said)) if said else 0


def _in_cells(db: Db, line: str, labels: Sequence[str], first: Moment, last: Moment) -> list[str]:
    """What stood in a cell, moment after moment: at the height of one of its labels, where it stood first."""
    match = " AND ".join(search.quoted(word) for word in sorted(_words(" ".join(labels))))
    ids = search.in_time(db, match, MOST, None, None) if match else ()
    found, texts = moments.many(db, ids), moments.texts(db, ids)
    cell = next((row.line.box for row in texts.get(first.id, ()) if row.line.text == line), None)
    said = []
    for id in ids:
        rows = texts[id] if cell and found[id].title in (first.title, last.title) else ()
        heights = [row.line.box for row in rows if row.line.text in labels]
        said += [
            row.line.text
            for row in rows
            if cell and abs(row.line.box[0] - cell[0]) <= cell[3]
            if any(abs(row.line.box[1] - y) <= h / 2 for _, y, _, h in heights)
            if row.line.text not in labels
        ][:1]
    return said


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _nearest(db: Db, wanted: set[str], last: Moment) -> set[str]:
    """The words of that line of a moment which has most of these."""
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
