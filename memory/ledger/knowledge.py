"""Episodes and facts: what consolidation made, replaced as a whole; what stayed the same keeps its id."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from memory.ledger import times
from memory.ledger.connection import Db, Writer
from memory.records import Episode, EpisodeDraft, Evidence, Fact, FactDraft

# ------------------------------------------------------------------ episodes


def replace_episodes(db: Writer, drafts: Sequence[EpisodeDraft]) -> tuple[int, ...]:
    """Puts these in place of all episodes; their ids, in the same order.

    A draft takes over the id of the episode of its level that it shares most moments with, so that an
    activity that goes on keeps its id.
    """
    ids = _taken_over(db, drafts)
    db.run("delete from episodes")
    return tuple(_add_episode(db, id, draft) for id, draft in zip(ids, drafts, strict=True))


def _taken_over(db: Db, drafts: Sequence[EpisodeDraft]) -> list[int | None]:
    held: dict[tuple[str, int], list[int]] = {}
    for level, episode, moment in db.rows(
        "select e.level, e.id, m.moment from episodes e join episode_moments m on m.episode = e.id"
    ):
        held.setdefault((level, moment), []).append(episode)
    shared = [
        (-count, episode, n)
        for n, draft in enumerate(drafts)
        for episode, count in Counter(
            episode for moment in draft.moments for episode in held.get((draft.level, moment), ())
        ).items()
    ]
    ids: list[int | None] = [None] * len(drafts)
    taken: set[int] = set()
    for _, episode, n in sorted(shared):
        if ids[n] is None and episode not in taken:
            ids[n] = episode
            taken.add(episode)
    return ids


def _add_episode(db: Writer, id: int | None, draft: EpisodeDraft) -> int:
    spans = [(times.ms(start), times.ms(end)) for start, end in draft.spans]
    added = db.insert(
        "insert into episodes (id, level, title, gist, started, ended, zone, apps, spans, keys)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        draft.level,
        draft.title,
        draft.gist,
        min(start for start, _ in spans),
        max(end for _, end in spans),
        times.zone(draft.spans[0][0]),
        json.dumps(draft.apps),
        json.dumps(spans),
        json.dumps(draft.key_moments),
    )
    db.many("insert into episode_moments (episode, moment) values (?, ?)", [(added, moment) for moment in set(draft.moments)])
    return added


def episodes(db: Db, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
    """Episodes one of whose spans touches the span asked for, in order of time; None is open."""
    first, last = times.span(since, until)
    rows = db.rows(
        "select id, title, gist, level, zone, apps, spans, keys from episodes e"
        " where started < ?2 and ended >= ?1 and exists (select 1 from json_each(e.spans) s"
        "   where json_extract(s.value, '$[0]') < ?2 and json_extract(s.value, '$[1]') >= ?1)"
        " order by started, id",
        first,
        last,
    )
    moments = _moments_of_episodes(db, [row[0] for row in rows])
    return tuple(
        Episode(
            id=id,
            title=title,
            gist=gist,
            spans=tuple((times.at(start, zone), times.at(end, zone)) for start, end in json.loads(spans)),
            level=level,
            apps=tuple(json.loads(apps)),
            moments=moments.get(id, ()),
            key_moments=tuple(json.loads(keys)),
        )
        for id, title, gist, level, zone, apps, spans, keys in rows
    )


def _moments_of_episodes(db: Db, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for episode, moment in db.rows(
        "select e.episode, e.moment from episode_moments e join moments m on m.id = e.moment"
        " where e.episode in (select value from json_each(?)) order by m.started, m.id",
        json.dumps(ids),
    ):
        found[episode] = (*found.get(episode, ()), moment)
    return found


# ------------------------------------------------------------------ facts


def replace_facts(db: Writer, drafts: Sequence[FactDraft]) -> tuple[int, ...]:
    """Puts these in place of all facts; their ids, in the same order.

    A draft takes over the id of the fact with the same kind, subject, relation and value.
    """
    rows = db.rows("select kind, subject, relation, value, id from facts order by id desc")
    before: dict[tuple[str, ...], int] = {tuple(row[:4]): row[4] for row in rows}
    db.run("delete from facts")
    ids = tuple(
        _add_fact(db, before.pop((draft.kind, draft.subject, draft.relation, draft.value), None), draft)
        for draft in drafts
    )
    db.many(
        "update facts set superseded_by = ? where id = ?",
        [
            (ids[draft.superseded_by], id)
            for id, draft in zip(ids, drafts, strict=True)
            if draft.superseded_by is not None
        ],
    )
    return ids


def _add_fact(db: Writer, id: int | None, draft: FactDraft) -> int:
    added = db.insert(
        "insert into facts"
        " (id, kind, statement, subject, relation, value, confidence, first_seen, last_seen, zone)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        draft.kind,
        draft.statement,
        draft.subject,
        draft.relation,
        draft.value,
        draft.confidence,
        times.ms(draft.first_seen),
        times.ms(draft.last_seen),
        times.zone(draft.first_seen),
    )
    db.many(
        "insert or ignore into evidence (fact, moment, line, quote) values (?, ?, ?, ?)",
        [(added, *evidence) for evidence in draft.evidence],
    )
    return added


def facts(db: Db) -> tuple[Fact, ...]:
    """All facts with their evidence, those that were seen last first."""
    evidence = _evidence(db)
    rows = db.rows(
        "select id, kind, statement, subject, relation, value, confidence, first_seen, last_seen, zone,"
        " superseded_by from facts order by last_seen desc, id"
    )
    return tuple(
        Fact(
            *(id, kind, statement, subject, relation, value, confidence),
            first_seen=times.at(first, zone),
            last_seen=times.at(last, zone),
            superseded_by=by,
            evidence=evidence.get(id, ()),
        )
        for id, kind, statement, subject, relation, value, confidence, first, last, zone, by in rows
    )


def _evidence(db: Db) -> dict[int, tuple[Evidence, ...]]:
    """By fact; the origin is that of the frame in which the line was read, or of the moment's first one."""
    found: dict[int, tuple[Evidence, ...]] = {}
    for fact, moment, quote, origin, line, x, y, w, h in db.rows(
        "select e.fact, e.moment, e.quote, coalesce(f.origin,"
        "   (select origin from frames where moment = e.moment and origin is not null order by id limit 1)),"
        " l.id, l.x, l.y, l.w, l.h from evidence e join moments m on m.id = e.moment"
        " left join lines l on l.id = e.line left join frames f on f.id = l.frame"
        " order by e.fact, m.started, e.moment, l.frame, l.n"
    ):
        box = None if line is None else (x, y, w, h)
        found[fact] = (*found.get(fact, ()), Evidence(moment, quote, origin, box))
    return found


def counts(db: Db) -> tuple[int, int]:
    """How many episodes and facts there are."""
    return int(db.value("select count(*) from episodes")), int(db.value("select count(*) from facts"))
