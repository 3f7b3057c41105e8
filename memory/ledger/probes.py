"""What is found of some moments: asked before and after they become one, and nothing may be missing then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from memory.ledger.connection import Db, as_list
from memory.ledger.search import quoted
from memory.records import Probe

MOST = 0.6
"""Of the lines that were asked for, those which the picture of a moment shows. Measured on the recordings of
desktop and ScreenAgent: at least .75 in moments that fold, at most .32 in nine of ten pairs drawn at random.
"""

INSIDE = "in (select value from json_each(?))"

# What rests on moments, each row as a tuple that stays the same wherever it is moved. Joined crosswise: in
# this order, from few moments to their vectors.
HELD = (
    "select 'line', l.text from frames f join lines l on l.frame = f.id where f.moment {inside}",
    "select 'look', id from frames where moment {inside}",
    "select 'passage', p.id, v.encoder from frames f cross join passages p on p.frame = f.id"
    " cross join vectors v on v.kind = 'passage' and v.owner = p.id where f.moment {inside}",
    "select 'part', p.id, v.encoder from frames f cross join parts p on p.frame = f.id"
    " cross join vectors v on v.kind = 'picture' and v.owner = p.id where f.moment {inside}",
    "select 'pin', why from pins where moment {inside}",
    "select 'evidence', fact, quote from evidence where moment {inside}",
    "select 'sighting', kind, thing, relation, value from sightings where moment {inside}",
    "select 'time', min(started), max(ended) from moments where id {inside}",
)

_WORD = re.compile(r"\w+")

Holding = tuple[object, ...]


def held(db: Db, moments: Sequence[int]) -> frozenset[Holding]:
    """All that rests on some moments; an id that was folded into another means that one."""
    there = as_list(sorted({_now(db, id) for id in moments}))
    return frozenset(row for rows in HELD for row in db.rows(rows.format(inside=INSIDE), there))


def unanswered(db: Db, probes: Sequence[Probe]) -> frozenset[Probe]:
    """Those that the moments they are put to do not answer as these are now."""
    now = {moment: _now(db, moment) for moment in {probe.moment for probe in probes}}
    asked: dict[int, list[Probe]] = {}
    for probe in probes:
        asked.setdefault(now[probe.moment], []).append(probe)
    return frozenset(probe for moment, some in asked.items() for probe in _unanswered(db, moment, some))


def _now(db: Db, id: int) -> int:
    now = db.value("select now from aliases where moment = ?", id)
    return id if now is None else int(now)


def _unanswered(db: Db, moment: int, probes: Sequence[Probe]) -> list[Probe]:
    phrases = {probe: _phrase(probe) for probe in probes if probe.kind in ("words", "title")}
    # The index is asked one question, the row that it is made of for all; only where one fails each is asked.
    all_said = _holds(db, moment, phrases) and _says(db, moment, next(iter(phrases.values())))
    app = db.value("select app from moments where id = ?", moment)
    best = "select l.text from moments m join lines l on l.frame = m.best where m.id = ?"
    shown = {text for (text,) in db.rows(best, moment)}

    def answers(probe: Probe) -> bool:
        match probe.kind:
            case "words" | "title":
                return all_said or _says(db, moment, phrases[probe])
            case "app":
                return probe.texts == (app,)
            case "shown":
                return sum(line in shown for line in probe.texts) >= MOST * len(probe.texts)

    return [probe for probe in probes if not answers(probe)]


def _phrase(probe: Probe) -> str:
    column = "title" if probe.kind == "title" else "text"
    return f"{column} : {quoted(probe.texts[0])}"


def _holds(db: Db, moment: int, probes: Iterable[Probe]) -> bool:
    """Whether the indexed text and title hold the words of all of these; not where there are none."""
    row = db.row("select title, text from words where rowid = ?", moment)
    if row is None:
        return False
    title, text = map(_plain, row)
    asked = [(title if probe.kind == "title" else text, _plain(probe.texts[0])) for probe in probes]
    return bool(asked) and all(words in held for held, words in asked)


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _says(db: Db, moment: int, match: str) -> bool:
    return bool(db.rows("select 1 from words where rowid = ? and words match ?", moment, match))
