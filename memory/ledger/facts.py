"""Facts: the sightings that are kept for them, what the user said of them, and the facts inferred from both.

A day that is settled gives its sightings to `replace_sightings`, which says what topics they touch. The facts
of those are inferred from `sightings_of` and `verdicts_of` and given to `replace`: `memory.learning` does it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from memory.errors import NotFound
from memory.ledger import times
from memory.ledger.connection import Db, Row, Writer, as_list
from memory.ledger.text import folded
from memory.records import Evidence, Fact, FactDraft, Ruling, Sighting, Topic, Verdict

Choose = Callable[[Sequence[Sighting]], Sequence[Sighting]]
Alike = Callable[[str, Sequence[Sighting], Sequence[Verdict]], Collection[str]]

TOPICS = """(select json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
  from json_each(?1))"""
SIGHTED = """s.kind, s.thing, s.relation, s.value, s.moment, s.line, s.quote, m.started, m.ended, m.zone,
  s.stretch, s.context, s.subject, s.label, s.shown, s.said, s.type, s.weight, s.place"""
ONE_OF = "in (select value from json_each(?))"  # also for numbers beyond those of SQLite: they are not there
LINKED = 8
"""Facts that are named as linked to one."""

# ------------------------------------------------------------------ sightings


def replace_sightings(
    db: Writer, moments: Collection[int], drafts: Sequence[Sighting], choose: Choose
) -> frozenset[Topic]:
    """Puts these in place of the sightings of these moments; the topics that either touches.

    Of each value only what `choose` takes from those kept and the new ones stays. Sightings of a value of
    which the user said something stay beside the new ones, for what was said rests on them; so do those of
    moments whose text has faded: they cannot be made again. Facts of before there were sightings go with the
    moments that showed them.
    """
    inside = as_list(moments)
    here = "from sightings where moment in (select value from json_each(?))"
    touched = {*map(tuple, db.rows(f"select distinct kind, thing, relation {here}", inside))}
    touched |= {draft.topic for draft in drafts}
    db.run(
        f"delete {here} and (kind, thing, relation, value) not in"
        " (select kind, thing, relation, value from verdicts)"
        " and moment not in (select moment from frames where faded = 'gist')",
        inside,
    )
    db.run(
        "delete from facts where key = '' and id in"
        " (select fact from evidence where moment in (select value from json_each(?)))",
        inside,
    )
    _add(db, drafts)
    _trim(db, {(*draft.topic, draft.value) for draft in drafts}, choose)
    return frozenset(touched)


def _add(db: Writer, drafts: Iterable[Sighting]) -> None:
    columns = (
        "kind, thing, relation, value, moment, line, stretch, context, quote, subject, label, shown, said,"
        " type, weight, place"
    )
    db.many(
        f"insert into sightings ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict do update set line = excluded.line, stretch = excluded.stretch",
        [
            (
                *draft.topic,
                *(draft.value, draft.moment, draft.line, times.ms(draft.stretch), draft.context, draft.quote),
                *(draft.subject, draft.label, draft.shown, draft.said, draft.type, draft.weight),
                draft.place,
            )
            for draft in drafts
        ],
    )


def _trim(db: Writer, values: Collection[tuple[str, str, str, str]], choose: Choose) -> None:
    """Drops of each of these values what `choose` leaves."""
    found: dict[tuple[str, str, str, str], list[Sighting]] = {}
    for one in sightings_of(db, {value[:3] for value in values}):
        found.setdefault((*one.topic, one.value), []).append(one)
    dropped = []
    for value in values:
        all_of_it = found.get(value, [])
        kept = {one.moment for one in choose(all_of_it)}
        dropped += [(*value, one.moment) for one in all_of_it if one.moment not in kept]
    db.many(
        "delete from sightings where kind = ? and thing = ? and relation = ? and value = ? and moment = ?",
        dropped,
    )


def sightings_of(db: Db, topics: Collection[Topic]) -> tuple[Sighting, ...]:
    """All that is kept about these topics, in order of time."""
    rows = db.rows(
        f"select {SIGHTED} from sightings s join moments m on m.id = s.moment"
        f" where (s.kind, s.thing, s.relation) in {TOPICS} order by m.started, m.id, s.id",
        json.dumps(sorted(topics)),
    )
    return tuple(map(_sighting, rows))


def topics_of(db: Db, moments: Collection[int]) -> frozenset[Topic]:
    """The topics that these moments say something about."""
    rows = db.rows(
        "select distinct kind, thing, relation from sightings"
        " where moment in (select value from json_each(?))",
        as_list(moments),
    )
    return frozenset((kind, thing, relation) for kind, thing, relation in rows)


def _sighting(row: Row) -> Sighting:
    kind, thing, relation, value, moment, line, quote, started, ended, zone, stretch, *rest = row
    return Sighting(
        *(kind, thing, relation, value, moment, line, quote),
        times.at(started, zone),
        times.at(ended, zone),
        times.at(stretch, zone),
        *rest,
    )


# ------------------------------------------------------------------ verdicts


def verdicts_of(db: Db, topics: Collection[Topic]) -> tuple[Verdict, ...]:
    """What the user said about these topics."""
    rows = db.rows(
        f"select kind, thing, relation, value, ruling, said from verdicts"
        f" where (kind, thing, relation) in {TOPICS} order by kind, thing, relation, value",
        json.dumps(sorted(topics)),
    )
    return tuple(Verdict((kind, thing, relation), *rest) for kind, thing, relation, *rest in rows)


def rule(db: Writer, id: int, ruling: Ruling, said: str, now: datetime, alike: Alike) -> Topic:
    """Writes down what the user said of a fact, in place of what was said of it before; its topic.

    It is said of every value that the fact shows as one (`alike` tells them). To confirm what was corrected
    changes nothing: it is the right value that is confirmed. Raises NotFound; a fact that rests on no
    sighting (of before there were any) is not found either.
    """
    row = db.row(
        f"select f.kind, f.thing, f.topic_relation, f.key from facts f where f.id {ONE_OF} and exists"
        " (select 1 from sightings s where (s.kind, s.thing, s.relation, s.value)"
        "   = (f.kind, f.thing, f.topic_relation, f.key))",
        as_list((id,)),
    )
    if row is None:
        raise NotFound(what="fact", id=id)
    kind, thing, relation, key = row
    topic = (kind, thing, relation)
    before = verdicts_of(db, [topic])
    values = alike(key, sightings_of(db, [topic]), before)
    if ruling == "confirmed" and any(one.value in values and one.ruling == "corrected" for one in before):
        return topic
    db.many(
        "insert or replace into verdicts values (?, ?, ?, ?, ?, ?, ?)",
        [(*topic, value, ruling, said, times.ms(now)) for value in sorted(values)],
    )
    return topic


# ------------------------------------------------------------------ facts


def replace(
    db: Writer, topics: Collection[Topic], drafts: Sequence[FactDraft], now: datetime
) -> tuple[int, ...]:
    """Puts these in place of all facts about these topics; their ids, in the same order.

    A draft takes over the id, and since when it is known, of the fact with the same topic and value.
    """
    db.touch("knowledge")
    wanted = json.dumps(sorted(topics))
    before: dict[tuple[str, ...], int] = {
        (kind, thing, relation, key): id
        for kind, thing, relation, key, id in db.rows(
            "select kind, thing, topic_relation, key, id from facts"
            f" where (kind, thing, topic_relation) in {TOPICS} order by id desc",
            wanted,
        )
    }
    ids = tuple(_put(db, before.pop((*draft.topic, draft.key), None), draft, now) for draft in drafts)
    db.run(
        f"delete from facts where (kind, thing, topic_relation) in {TOPICS}"
        " and id not in (select value from json_each(?2))",
        *(wanted, as_list(ids)),
    )
    followers = [None if draft.superseded_by is None else ids[draft.superseded_by] for draft in drafts]
    known_to = "case when ?1 is null then null else coalesce(known_to, ?2) end"
    db.many(
        f"update facts set superseded_by = ?1, known_to = {known_to} where id = ?3",
        [(by, times.ms(now), id) for by, id in zip(followers, ids, strict=True)],
    )
    return ids


def _put(db: Writer, id: int | None, draft: FactDraft, now: datetime) -> int:
    columns = [
        *(
            "kind",
            "thing",
            "topic_relation",
            "key",
            "statement",
            "subject",
            "relation",
            "value",
            "confidence",
        ),
        *("first_seen", "last_seen", "zone", "type", "state", "valid_to", "known_from", "id"),
    ]
    changing = ", ".join(f"{name} = excluded.{name}" for name in columns[4:15])
    added = db.insert(
        f"insert into facts ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
        f" on conflict (id) do update set {changing}",
        *(*draft.topic, draft.key, draft.statement, draft.subject, draft.relation, draft.value),
        *(draft.confidence, times.ms(draft.first_seen), times.ms(draft.last_seen)),
        *(times.zone(draft.first_seen), draft.type, draft.state),
        None if draft.valid_to is None else times.ms(draft.valid_to),
        *(times.ms(now), id),
    )
    if id is not None:
        db.run("delete from evidence where fact = ?", id)
    fact = id or added
    db.many(
        "insert or ignore into evidence (fact, moment, line, quote) values (?, ?, ?, ?)",
        [(fact, *evidence) for evidence in draft.evidence],
    )
    return fact


def facts(db: Db) -> tuple[Fact, ...]:
    """All facts with their evidence, those that were seen last first."""
    return _facts(db, None)


def begun(db: Db, since: datetime, until: datetime) -> tuple[Fact, ...]:
    """Facts first seen in a span of time, and those that they replaced."""
    rows = db.rows(
        "with begun as (select id from facts where first_seen >= ?1 and first_seen < ?2)"
        " select id from facts where id in begun or superseded_by in begun",
        *times.span(since, until),
    )
    return _facts(db, [id for (id,) in rows])


def about(db: Db, words: str) -> tuple[Fact, ...]:
    """Facts whose subject, relation or value hold all these words, and what each is linked to."""
    wanted = folded(words).split()
    rows = db.rows("select id, folded(subject || ' ' || relation || ' ' || value) from facts")
    ids = [id for id, text in rows if wanted and all(word in text for word in wanted)]
    return tuple(dataclasses.replace(fact, linked=_linked(db, fact.id)) for fact in _facts(db, ids))


def _facts(db: Db, ids: Sequence[int] | None) -> tuple[Fact, ...]:
    chosen = None if ids is None else as_list(ids)
    one_of = "(?1 is null or {} in (select value from json_each(?1)))"
    evidence = _evidence(db, chosen, one_of.format("e.fact"))
    episodes = _episodes(db, chosen, one_of.format("e.fact"))
    places = _places(db, chosen, one_of.format("f.id"))
    rows = db.rows(
        "select zone, id, kind, statement, subject, relation, value, confidence, superseded_by, type, state,"
        " first_seen, last_seen, valid_to, known_from, known_to from facts"
        f" where {one_of.format('id')} order by last_seen desc, id",
        chosen,
    )
    return tuple(_fact(row, evidence, episodes, places) for row in rows)


def _fact(
    row: Row,
    evidence: dict[int, tuple[Evidence, ...]],
    episodes: dict[int, tuple[int, ...]],
    places: dict[int, tuple[str, ...]],
) -> Fact:
    zone, id, kind, statement, subject, relation, value, confidence, by, type, state, first, last, *ends = row
    valid_to, known_from, known_to = (None if end is None else times.at(end, zone) for end in ends)
    return Fact(
        *(id, kind, statement, subject, relation, value, confidence),
        first_seen=times.at(first, zone),
        last_seen=times.at(last, zone),
        superseded_by=by,
        evidence=evidence.get(id, ()),
        type=type,
        state=state,
        valid_to=valid_to,
        known_from=known_from,
        known_to=known_to,
        episodes=episodes.get(id, ()),
        places=places.get(id, ()),
    )


def _evidence(db: Db, chosen: str | None, inside: str) -> dict[int, tuple[Evidence, ...]]:
    """By fact; the origin is that of the frame in which the line was read, or of the moment's first one."""
    found: dict[int, list[Evidence]] = {}
    for fact, moment, quote, origin, line, x, y, w, h in db.rows(
        "select e.fact, e.moment, e.quote, coalesce(f.origin,"
        "   (select origin from frames where moment = e.moment and origin is not null order by id limit 1)),"
        " l.id, l.x, l.y, l.w, l.h from evidence e join moments m on m.id = e.moment"
        f" left join lines l on l.id = e.line left join frames f on f.id = l.frame where {inside}"
        " order by e.fact, m.started, e.moment, l.frame, l.n",
        chosen,
    ):
        box = None if line is None else (x, y, w, h)
        found.setdefault(fact, []).append(Evidence(moment, quote, origin, box))
    return {fact: tuple(pieces) for fact, pieces in found.items()}


def _episodes(db: Db, chosen: str | None, inside: str) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for fact, episode in db.rows(
        "select distinct e.fact, p.id from evidence e join episode_moments m on m.moment = e.moment"
        f" join episodes p on p.id = m.episode and p.level = 'episode' where {inside} order by e.fact, p.id",
        chosen,
    ):
        found.setdefault(fact, []).append(episode)
    return {fact: tuple(ids) for fact, ids in found.items()}


def _places(db: Db, chosen: str | None, inside: str) -> dict[int, tuple[str, ...]]:
    """By fact where it was read, once for each local day."""
    found: dict[int, list[str]] = {}
    for fact, place in db.rows(
        "select f.id, s.place from facts f"
        " join sightings s on (s.kind, s.thing, s.relation, s.value)"
        "   = (f.kind, f.thing, f.topic_relation, f.key)"
        f" join moments m on m.id = s.moment where s.place != '' and {inside}"
        f" group by f.id, s.place, {times.DAY} order by f.id, min(m.started)",
        chosen,
    ):
        found.setdefault(fact, []).append(place)
    return {fact: tuple(places) for fact, places in found.items()}


def _linked(db: Db, id: int) -> tuple[int, ...]:
    """Facts seen in the same episodes: first those in the same moments, then those in most of them."""
    rows = db.rows(
        "with mine as materialized (select moment from evidence where fact = ?1),"
        " shared as materialized (select distinct p.id from episode_moments m"
        "   join episodes p on p.id = m.episode and p.level = 'episode' where m.moment in mine)"
        " select e.fact from shared s join episode_moments m on m.episode = s.id"
        " join evidence e on e.moment = m.moment where e.fact != ?1 group by e.fact"
        " order by sum(e.moment in mine) desc, count(distinct s.id) desc, e.fact limit ?2",
        *(id, LINKED),
    )
    return tuple(fact for (fact,) in rows)


def count(db: Db) -> int:
    return int(db.value("select count(*) from facts"))
