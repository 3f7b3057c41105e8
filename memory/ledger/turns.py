"""Turns of chats: questions and answers that are kept, as far as all stands that lent them words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from memory.errors import NotFound
from memory.ledger import meta, moments, names, times, uses
from memory.ledger.connection import UNSCRUBBED, Db, Row, Writer, as_list
from memory.ledger.text import folded
from memory.records import Answer, Citation, Grade, Question, Thread, Turn, Understood, What

MOST_TURNS = 50
"""Of one thread. A follow-up needs the last few; the rest is there to be read, and a screen shows no more."""

MOST_THREADS = 100
"""What is cited never fades: with three citations a turn, chats keep at most 15,000 moments from it."""

# Words of what was understood may be those of an earlier answer, so they count as well.
HOLDS = """
select id from turns where instr(folded(thread), ?1) or instr(folded(question), ?1)
  or instr(folded(json_extract(answer, '$.text')), ?1)
  or instr(folded((select group_concat(value, ' ') from json_tree(understood) where type = 'text')), ?1)
union
select turn from turn_citations where instr(folded(quote), ?1)
"""

# "The browser" is understood as the browsers that are known, a first name as the people who have it.
NAMES = """
select id from turns where exists (select 1 from json_tree(understood)
  where path in ('$.apps', '$.sites', '$.people', '$.without') and value in (select value from json_each(?)))
"""

INSIDE = "in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class _Said:
    """What is kept of an answer beside its citations; what another version wrote besides is passed over."""

    found: bool
    text: str
    confidence: float
    grade: Grade
    missing: Literal["not captured", "not found", ""]
    deep: bool


def keep(db: Writer, answer: Answer, lent: Collection[int]) -> bool:
    """Keeps an answer as the last turn of its question's thread, and its cited moments from fading.

    `lent` are moments that gave words to what was understood or said without being cited. False, and nothing
    is kept, where one of all these was forgotten meanwhile. What is beyond the bounds goes, the oldest first.
    """
    asked, cited = answer.question, [citation.moment.id for citation in answer.citations]
    there = moments.many(db, (*cited, *lent))
    if not there.keys() >= {*cited, *lent}:
        return False
    understood = answer.understood
    if understood.anchor:
        # Its span was looked up: times of moments on which the turn does not rest.
        understood = replace(understood, since=None, until=None)
    said = _Said(answer.found, answer.text, answer.confidence, answer.grade, answer.missing, answer.deep)
    turn = db.insert(
        "insert into turns (thread, asked, zone, question, understood, answer) values (?, ?, ?, ?, ?, ?)",
        asked.thread,
        times.ms(asked.at),
        times.zone(asked.at),
        asked.text,
        msgspec.json.encode(understood).decode(),
        msgspec.json.encode(said).decode(),
    )
    others = sorted({there[id].id for id in lent} - {there[id].id for id in cited})
    rests = [(turn, -k, moment, "") for k, moment in enumerate(others)]
    rests += [(turn, one.n, there[one.moment.id].id, one.quote) for one in answer.citations]
    db.many("insert into turn_citations (turn, n, moment, quote) values (?, ?, ?, ?)", rests)
    uses.pin(db, cited, "answer", asked.at)
    _bound(db, asked.thread)
    return True


def _bound(db: Writer, thread: str) -> None:
    db.run(
        "delete from turns where thread = ?1 and id not in"
        " (select id from turns where thread = ?1 order by id desc limit ?2)",
        thread,
        MOST_TURNS,
    )
    db.run(
        "delete from turns where thread not in"
        " (select thread from turns group by thread order by max(id) desc limit ?)",
        MOST_THREADS,
    )


def of(db: Db, thread: str) -> tuple[Turn, ...]:
    """The turns of a thread as they were asked; none where there is none of that name."""
    rows = db.rows(
        "select id, thread, asked, zone, question, understood, answer from turns"
        " where thread = ? order by id",
        thread,
    )
    rests = db.rows(
        f"select turn, n, moment, quote from turn_citations where turn {INSIDE} order by turn, n",
        as_list(row[0] for row in rows),
    )
    there = moments.many(db, [moment for _, _, moment, _ in rests])
    cited: dict[int, list[Citation]] = {row[0]: [] for row in rows}
    lent: dict[int, list[int]] = {row[0]: [] for row in rows}
    for turn, n, moment, quote in rests:
        lent[turn].append(moment)
        if n > 0:
            cited[turn].append(Citation(n, there[moment], quote))
    return tuple(_made(row, cited[row[0]], lent[row[0]]) for row in rows)


def _made(row: Row, cited: Iterable[Citation], rests: Iterable[int]) -> Turn:
    id, thread, asked, zone, question, understood, answer = row
    said = msgspec.json.decode(answer, type=_Said)
    return Turn(
        id,
        Answer(
            Question(question, times.at(asked, zone), thread),
            msgspec.json.decode(understood, type=Understood),
            said.found,
            said.text,
            said.confidence,
            tuple(cited),
            (),
            said.grade,
            said.missing,
            said.deep,
        ),
        tuple(dict.fromkeys(rests)),
    )


def threads(db: Db) -> tuple[Thread, ...]:
    """All threads, the one that was asked last first."""
    rows = db.rows(
        "select t.thread, g.turns, f.question, t.asked, t.zone from"
        " (select min(id) as first, max(id) as last, count(*) as turns from turns group by thread) g"
        " join turns t on t.id = g.last join turns f on f.id = g.first order by t.id desc"
    )
    return tuple(
        Thread(thread, turns, first, times.at(asked, zone)) for thread, turns, first, asked, zone in rows
    )


def select(db: Db, what: What, forgotten: Collection[int]) -> tuple[int, ...]:
    """The turns that are meant when `what` is forgotten, and with it these moments.

    Those that rest on one of them; those that were understood with a name that no other moment tells; those
    that hold the words, also where no moment does any more; of a span those that were asked in it.
    """
    found = {
        turn
        for (turn,) in db.rows(f"select turn from turn_citations where moment {INSIDE}", as_list(forgotten))
    }
    found |= {id for (id,) in db.rows(NAMES, json.dumps(sorted(names.told_by(db, forgotten))))}
    if what.text is not None:
        found |= {id for (id,) in db.rows(HOLDS, folded(what.text))}
    if what.since is not None or what.until is not None:
        first, last = times.span(what.since, what.until)
        found |= {id for (id,) in db.rows("select id from turns where asked >= ? and asked < ?", first, last)}
    return tuple(sorted(found))


def forget(db: Writer, ids: Collection[int]) -> None:
    """Removes turns; `Ledger.scrub` is to follow the commit."""
    if ids:
        db.run(f"delete from turns where id {INSIDE}", as_list(ids))
        meta.put(db, UNSCRUBBED, "yes")


def forget_thread(db: Writer, thread: str) -> None:
    """Removes all turns of a thread; raises NotFound. `Ledger.scrub` is to follow the commit."""
    ids = [id for (id,) in db.rows("select id from turns where thread = ?", thread)]
    if not ids:
        raise NotFound(what="thread", id=thread)
    forget(db, ids)
