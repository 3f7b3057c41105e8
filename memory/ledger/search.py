"""Search in the ledger: by words, by exact text, and what narrows a search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from memory.ledger import times
from memory.ledger.connection import Db, as_list
from memory.ledger.text import folded
from memory.ledger.vocabulary import counts, indexed

WEIGHTS = "3.0, 1.0, 1.0"
"""bm25 weights of title, application and text."""


def words(
    db: Db, match: str, limit: int, since: datetime | None, until: datetime | None, app: str | None
) -> list[tuple[int, float]]:
    """(moment, score) of what matches an FTS5 expression, best first; a higher score is better.

    Only moments that touch the span and are of the application, whatever its case.
    """
    if since is None and until is None and app is None:
        return db.rows(
            f"select rowid, -rank from words where words match ? and rank match 'bm25({WEIGHTS})'"
            " order by rank limit ?",
            match,
            limit,
        )
    first, last = times.span(since, until)
    return db.rows(
        f"select w.rowid, -bm25(words, {WEIGHTS}) as score from words w join moments m on m.id = w.rowid"
        " where words match ?1 and m.started < ?3 and m.ended >= ?2 and (?4 is null or folded(m.app) = ?4)"
        " order by score desc, w.rowid limit ?5",
        match,
        first,
        last,
        None if app is None else folded(app),
        limit,
    )


def spelled(
    db: Db,
    weights: Mapping[str, float],
    limit: int,
    since: datetime | None,
    until: datetime | None,
    app: str | None,
) -> list[tuple[int, float]]:
    """(moment, sum of the weights of those spellings that stand in it), best first.

    A spelling is one of `memory.ledger.spelling.spelled`. Only moments that touch the span and are of the
    application, whatever its case.
    """
    first, last = times.span(since, until)
    return db.rows(
        "select s.rowid, sum(w.value) as score from json_each(?1) w"
        " cross join spellings s on s.spellings match '\"' || w.key || '\"'"
        " cross join moments m on m.id = s.rowid"
        " where m.started < ?3 and m.ended >= ?2 and (?4 is null or folded(m.app) = ?4)"
        " group by s.rowid order by score desc, s.rowid desc limit ?5",
        json.dumps(dict(weights)),
        first,
        last,
        None if app is None else folded(app),
        limit,
    )


def in_time(
    db: Db, match: str, limit: int, since: datetime | None, until: datetime | None, last: bool = False
) -> tuple[int, ...]:
    """Moments that match an FTS5 expression and touch the span in order of time: the first so many, or the
    last.
    """
    order = "desc" if last else "asc"
    found = db.rows(
        "select m.id from words w join moments m on m.id = w.rowid where words match ?1"
        f" and m.started < ?3 and m.ended >= ?2 order by m.started {order}, m.id {order} limit ?4",
        match,
        *times.span(since, until),
        limit,
    )
    return tuple(id for (id,) in (reversed(found) if last else found))


def vocabulary(db: Db, terms: Iterable[str]) -> dict[str, int]:
    """In how many moments each term stands, stemmed as the words are; 0 for one that stands nowhere."""
    stemmed = indexed(db, dict.fromkeys(terms))
    known = counts(db, stemmed.values(), "vocabulary")
    return {term: known.get(one, 0) if " " not in one else _count(db, term) for term, one in stemmed.items()}


def _count(db: Db, phrase: str) -> int:
    return int(db.value("select count(*) from words where words match ?", quoted(phrase)))


def quoted(text: str) -> str:
    """An FTS5 expression for a phrase."""
    return '"' + text.replace('"', '""') + '"'


def apps(db: Db) -> tuple[str, ...]:
    """All applications; one step of the index for each, however many moments it has."""
    rows = db.rows(
        "with recursive a (app) as (select min(app) from moments union all"
        " select (select min(app) from moments where app > a.app) from a where app is not null)"
        " select app from a where app != ''"
    )
    return tuple(app for (app,) in rows)


def titles(db: Db) -> tuple[str, ...]:
    """All titles of moments."""
    return tuple(
        title for (title,) in db.rows("select distinct title from moments where title != '' order by 1")
    )


def moment_of_passages(db: Db, ids: Sequence[int]) -> dict[int, int]:
    """The moment of each passage; what is not there is left out."""
    return dict(
        db.rows(
            "select p.id, f.moment from passages p join frames f on f.id = p.frame"
            " where p.id in (select value from json_each(?))",
            as_list(ids),
        )
    )


def moment_of_frames(db: Db, ids: Sequence[int]) -> dict[int, int]:
    """The moment of each frame; what is not there is left out."""
    return dict(
        db.rows("select id, moment from frames where id in (select value from json_each(?))", as_list(ids))
    )


def moment_of_parts(db: Db, ids: Sequence[int]) -> dict[int, int]:
    """The moment of each part of a frame; what is not there is left out."""
    return dict(
        db.rows(
            "select p.id, f.moment from parts p join frames f on f.id = p.frame"
            " where p.id in (select value from json_each(?))",
            as_list(ids),
        )
    )


def any_faded(db: Db) -> bool:
    """Whether there is a moment of which only the gist is left."""
    return bool(db.value("select exists (select 1 from frames where faded = 'gist')"))


def faded_in(db: Db, episodes: Sequence[int]) -> dict[int, int]:
    """The key moments of these episodes of which only the gist is left, each with its episode."""
    return dict(
        db.rows(
            "select k.value, e.id from episodes e join json_each(e.keys) k"
            " where e.id in (select value from json_each(?))"
            " and exists (select 1 from frames where moment = k.value and faded = 'gist')",
            as_list(episodes),
        )
    )


def in_span(
    db: Db, ids: Sequence[int], since: datetime | None, until: datetime | None, app: str | None
) -> set[int]:
    """Those of these moments that touch the span and are of the application, whatever its case."""
    first, last = times.span(since, until)
    rows = db.rows(
        "select id from moments where id in (select value from json_each(?1))"
        " and started < ?3 and ended >= ?2 and (?4 is null or folded(app) = ?4)",
        as_list(ids),
        first,
        last,
        None if app is None else folded(app),
    )
    return {id for (id,) in rows}


def holding(db: Db, ids: Sequence[int], needle: str) -> tuple[int, ...]:
    """Those of these moments in whose titles or lines `needle` stands letter by letter, case aside."""
    rows = db.rows(
        "select rowid from words where rowid in (select value from json_each(?1))"
        " and (instr(lower(text), lower(?2)) or instr(lower(title), lower(?2)))",
        as_list(ids),
        needle,
    )
    return tuple(id for (id,) in rows)


def exact(db: Db, needle: str, limit: int) -> tuple[int, ...]:
    """Moments in one of whose lines `needle` stands letter by letter (case of A-Z aside), latest first.

    The words narrow it where the needle begins with one; only where that finds nothing is all text read.
    """
    pattern = "%" + needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    if any(map(str.isalnum, needle)):
        found = db.rows(
            "select rowid from words where words match ? and text like ? escape '\\'"
            " order by rowid desc limit ?",
            f"text : {quoted(needle)} *",
            pattern,
            limit,
        )
        if found:
            return tuple(id for (id,) in found)
    rows = db.rows(
        "select rowid from words where text like ? escape '\\' order by rowid desc limit ?", pattern, limit
    )
    return tuple(id for (id,) in rows)
