"""Episodes and their spans: a day's are put in place of those it had; what goes on keeps its episode."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from memory.ledger import times
from memory.ledger.connection import Db, Row, Writer, as_list
from memory.records import Digest, Episode, Interruption, Named, Span, SpanDraft, Words

T = TypeVar("T")
Part = tuple[datetime, datetime]

INSIDE = "in (select value from json_each(?))"

LINKED_DAYS = 14
"""So many days back a day's spans are linked and its episodes named (likeness.RESUMED_WITHIN)."""

EPISODE = "id, title, gist, level, zone, apps, spans, keys, taken_part"

# ------------------------------------------------------------------ settling a day


def spans(db: Db, first_day: int, end_day: int) -> tuple[Span, ...]:
    """The spans of local days (since 1970-01-01) from the first to before the other, in order of time."""
    rows = db.rows(
        "select id, episode, started, zone, words, digest from spans where day >= ? and day < ?"
        " order by started, id",
        first_day,
        end_day,
    )
    return tuple(
        Span(
            id=id,
            episode=episode,
            start=times.at(started, zone),
            words=_made(words, Words),
            windows=tuple((app, parts) for app, parts, _, _ in _made(digest, Digest).windows),
        )
        for id, episode, started, zone, words, digest in rows
    )


def replace_day(
    db: Writer, day: int, drafts: Sequence[SpanDraft], links: Sequence[int]
) -> tuple[frozenset[int], bool]:
    """Puts these in place of the spans of a day; `links` are their episodes, a negative one is new.

    A new episode takes over the id of one that began on this day, of those the one that it shares most
    moments with. Returns the episodes that have to be named anew, and whether the spans differ from before.
    """
    db.touch("knowledge")
    before = _outline(db, day)
    held = _held(db, drafts)
    emptied = {episode for (episode,) in db.rows("select distinct episode from spans where day = ?", day)}
    db.run("delete from spans where day = ?", day)
    _drop_older(db, drafts)
    were = set(held.values()) | emptied
    ids = _ids(db, drafts, links, held, were - _begun_before(db, were, day))
    for draft, episode in zip(drafts, (ids[link] for link in links), strict=True):
        _add_span(db, day, episode, draft)
    db.run(
        f"delete from episodes where id {INSIDE}"
        " and not exists (select 1 from spans where episode = episodes.id)"
        " and not exists (select 1 from episode_moments where episode = episodes.id)",
        as_list(sorted(were)),
    )
    touched = frozenset(ids.values()) | (emptied & _there(db, emptied))
    return touched, _outline(db, day) != before


def digests(db: Db, episode: int) -> tuple[tuple[Digest, Part], ...]:
    """The digests of an episode's spans and when those were, in order of time."""
    rows = db.rows(
        "select digest, started, ended, zone from spans where episode = ? order by started, id", episode
    )
    return tuple(
        (_made(digest, Digest), (times.at(started, zone), times.at(ended, zone)))
        for digest, started, ended, zone in rows
    )


def last_days(db: Db, episodes: Collection[int]) -> dict[int, list[int]]:
    """Episodes by the last day that they have a span in."""
    found: dict[int, list[int]] = {}
    for episode, day in db.rows(
        "select episode, max(day) from spans where episode in (select value from json_each(?))"
        " group by episode order by episode",
        as_list(sorted(episodes)),
    ):
        found.setdefault(day, []).append(episode)
    return found


def stretch_of(db: Db, moment: int) -> Part | None:
    """When the stretch of one activity was that holds a moment; None of one that is not settled."""
    rows = db.rows(
        "select s.started, s.ended, s.zone from episode_moments e join spans s on s.id = e.span"
        " where e.moment = ? order by s.started limit 1",
        moment,
    )
    return next(((times.at(start, zone), times.at(end, zone)) for start, end, zone in rows), None)


def unnamed(db: Db) -> frozenset[int]:
    """Episodes whose name rested on something that was forgotten."""
    return frozenset(id for (id,) in db.rows("select id from episodes where title = '' and keys = '[]'"))


def name(db: Writer, episode: int, named: Named, parts: Sequence[Part]) -> None:
    """Writes what an episode is called, when it was, and what took part in it."""
    db.touch("knowledge")
    span_times = [(times.ms(start), times.ms(end)) for start, end in parts]
    taken_part = {
        "people": named.people,
        "sites": named.sites,
        "files": named.files,
        "interruptions": named.interruptions,
    }
    db.run(
        "update episodes set title = ?, gist = ?, started = ?, ended = ?, zone = ?, apps = ?, spans = ?,"
        " keys = ?, taken_part = ? where id = ?",
        named.title,
        named.gist,
        min(start for start, _ in span_times),
        max(end for _, end in span_times),
        times.zone(parts[0][0]),
        json.dumps(named.apps),
        json.dumps(span_times),
        json.dumps(named.key_moments),
        _text(taken_part),
        episode,
    )


def unsettle_after(db: Writer, day: int) -> None:
    """The days that were linked to this one are to be made anew. Not where text of one has faded: what it was
    about could not be told again.
    """
    db.run(
        "update moments as m set settled = 0 where settled = 1"
        f" and {times.DAY} > ?1 and {times.DAY} <= ?1 + ?2"
        f" and {times.DAY} not in (select {times.DAY} from moments m where id in"
        " (select moment from frames where faded = 'gist'))",
        day,
        LINKED_DAYS,
    )


def forget(db: Writer, moments: str) -> frozenset[int]:
    """Drops the spans that hold one of these moments (a JSON list), and what their episodes were called.

    The other moments of those days are unsettled, so that they are made anew; the days (since 1970-01-01).
    """
    rows = db.rows(
        "select distinct s.id, s.episode, s.day from spans s join episode_moments m on m.span = s.id"
        f" where m.moment {INSIDE}",
        moments,
    )
    db.run(f"delete from spans where id {INSIDE}", as_list(id for id, _, _ in rows))
    touched = as_list({episode for _, episode, _ in rows})
    db.run(f"delete from episodes where id {INSIDE} and id not in (select episode from spans)", touched)
    parts = "select started, ended from spans where episode = episodes.id order by started, id"
    db.run(
        "update episodes set title = '', gist = '', apps = '[]', keys = '[]', taken_part = '{}',"
        f" spans = (select json_group_array(json_array(started, ended)) from ({parts})),"
        f" started = (select min(started) from ({parts})), ended = (select max(ended) from ({parts}))"
        f" where id {INSIDE}",
        touched,
    )
    # Of an older version: an episode without spans goes whole.
    db.run(
        f"delete from episodes where id in (select episode from episode_moments where moment {INSIDE}"
        " and span is null)",
        moments,
    )
    days = frozenset(day for _, _, day in rows)
    db.run(f"update moments as m set settled = 0 where {times.DAY} {INSIDE}", as_list(days))
    return days


def _outline(db: Db, day: int) -> list[Row]:
    return db.rows("select episode, started, ended, words from spans where day = ? order by started, id", day)


def _held(db: Db, drafts: Sequence[SpanDraft]) -> dict[int, int]:
    """The episode that each moment belongs to now."""
    wanted = as_list(moment for draft in drafts for moment in draft.moments)
    return dict(
        db.rows(
            "select m.moment, e.id from episode_moments m join episodes e on e.id = m.episode"
            " where e.level = 'episode' and m.moment in (select value from json_each(?))",
            wanted,
        )
    )


def _drop_older(db: Writer, drafts: Sequence[SpanDraft]) -> None:
    """What an episode of an older version, which has no spans, holds of these moments."""
    wanted = as_list(moment for draft in drafts for moment in draft.moments)
    db.run(
        "delete from episode_moments where span is null and moment in (select value from json_each(?))",
        wanted,
    )


def _ids(
    db: Writer,
    drafts: Sequence[SpanDraft],
    links: Sequence[int],
    held: dict[int, int],
    free: set[int],
) -> dict[int, int]:
    """The id of each link: itself, one of those that are `free`, or a new one."""
    shared: Counter[tuple[int, int]] = Counter(
        (link, held[moment])
        for draft, link in zip(drafts, links, strict=True)
        if link < 0
        for moment in draft.moments
        if held.get(moment) in free
    )
    ids = {link: link for link in links if link > 0}
    for (link, episode), _ in sorted(shared.items(), key=lambda item: (-item[1], -item[0][0], item[0][1])):
        if link not in ids and episode in free:
            ids[link] = episode
            free.remove(episode)
    for link in sorted(set(links) - ids.keys(), reverse=True):
        ids[link] = db.insert(
            "insert into episodes (level, title, gist, started, ended, zone, apps, spans, keys)"
            " values ('episode', '', '', 0, 0, 0, '[]', '[]', '[]')"
        )
    return ids


def _add_span(db: Writer, day: int, episode: int, draft: SpanDraft) -> None:
    span = db.insert(
        "insert into spans (episode, day, started, ended, zone, words, digest) values (?, ?, ?, ?, ?, ?, ?)",
        episode,
        day,
        times.ms(draft.start),
        times.ms(draft.end),
        times.zone(draft.start),
        _text(draft.words),
        _text(draft.digest),
    )
    db.many(
        "insert into episode_moments (episode, moment, span) values (?, ?, ?)",
        [(episode, moment, span) for moment in draft.moments],
    )


def _begun_before(db: Db, ids: Collection[int], day: int) -> frozenset[int]:
    rows = db.rows(
        f"select distinct episode from spans where episode {INSIDE} and day < ?", as_list(sorted(ids)), day
    )
    return frozenset(id for (id,) in rows)


def _there(db: Db, ids: Collection[int]) -> frozenset[int]:
    rows = db.rows(
        "select id from episodes where id in (select value from json_each(?))", as_list(sorted(ids))
    )
    return frozenset(id for (id,) in rows)


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _made(text: str, kind: type[T]) -> T:
    return msgspec.json.decode(text, type=kind)


# ------------------------------------------------------------------ looking up


class _TakenPart(msgspec.Struct):
    people: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    interruptions: tuple[Interruption, ...] = ()


def between(db: Db, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
    """Episodes one of whose spans touches the span asked for, in order of time; None is open."""
    first, last = times.span(since, until)
    rows = db.rows(
        f"select {EPISODE} from episodes e"
        " where started < ?2 and ended >= ?1 and exists (select 1 from json_each(e.spans) s"
        "   where json_extract(s.value, '$[0]') < ?2 and json_extract(s.value, '$[1]') >= ?1)"
        " order by started, id",
        first,
        last,
    )
    moments = _moments(db, [row[0] for row in rows])
    return tuple(_episode(row, moments.get(row[0], ())) for row in rows)


def count(db: Db) -> int:
    return int(db.value("select count(*) from episodes"))


def _episode(row: Row, moments: tuple[int, ...]) -> Episode:
    id, title, gist, level, zone, apps, spans, keys, taken_part = row
    took = _made(taken_part, _TakenPart)
    return Episode(
        id=id,
        title=title,
        gist=gist,
        spans=tuple((times.at(start, zone), times.at(end, zone)) for start, end in json.loads(spans)),
        level=level,
        apps=tuple(json.loads(apps)),
        moments=moments,
        key_moments=tuple(json.loads(keys)),
        people=took.people,
        sites=took.sites,
        files=took.files,
        interruptions=took.interruptions,
    )


def _moments(db: Db, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for episode, moment in db.rows(
        "select e.episode, e.moment from episode_moments e join moments m on m.id = e.moment"
        " where e.episode in (select value from json_each(?)) order by m.started, m.id",
        as_list(ids),
    ):
        found.setdefault(episode, []).append(moment)
    return {episode: tuple(moments) for episode, moments in found.items()}
