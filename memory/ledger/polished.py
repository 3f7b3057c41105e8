"""What a local language model made of titles and gists, and which episodes it has not seen yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from memory.ledger.connection import Db, Writer, as_list
from memory.records import Episode, Polished, Words

# What another model said and was rejected may be asked again.
WAITING = """from episodes e left join polished p on p.episode = e.id
  where e.level = 'episode' and e.title <> ''
    and (p.episode is null or (p.title is null and p.model <> ?))"""


def waiting(db: Db, model: str, limit: int) -> tuple[int, ...]:
    """Episodes that this model may be asked about, the latest first."""
    rows = db.rows(f"select e.id {WAITING} order by e.ended desc, e.id limit ?", model, limit)
    return tuple(id for (id,) in rows)


def count_waiting(db: Db, model: str) -> int:
    return int(db.value(f"select count(*) {WAITING}", model))


def named(db: Db, episode: int) -> tuple[str, str]:
    """Title and gist; empty ones where the episode is gone."""
    row = db.row("select title, gist from episodes where id = ?", episode)
    return (row[0], row[1]) if row else ("", "")


def words(db: Db, episode: int) -> frozenset[str]:
    """All words of an episode's spans, case-folded."""
    found: set[str] = set()
    for (text,) in db.rows("select words from spans where episode = ?", episode):
        counted = msgspec.json.decode(text, type=Words)
        found.update(counted.titles, counted.text)
    return frozenset(found)


def put(db: Writer, episode: int, made: Polished | None, model: str) -> None:
    """Keeps it in place of an older one; None: what was said was rejected."""
    db.touch("knowledge")
    db.run(
        "insert into polished (episode, title, gist, model) values (?, ?, ?, ?) on conflict (episode)"
        " do update set title = excluded.title, gist = excluded.gist, model = excluded.model",
        episode,
        made.title if made else None,
        made.gist if made else None,
        model,
    )


def beside(db: Db, episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """The same episodes with what was made of their titles and gists beside them."""
    rows = db.rows(
        "select episode, title, gist from polished where title is not null"
        " and episode in (select value from json_each(?))",
        as_list(episode.id for episode in episodes),
    )
    made = {episode: (title, gist) for episode, title, gist in rows}
    return tuple(
        replace(episode, title_polished=made[episode.id][0], gist_polished=made[episode.id][1])
        if episode.id in made
        else episode
        for episode in episodes
    )


def clear(db: Writer) -> None:
    """Drops all, as the user wants it who turns the model off."""
    db.run("delete from polished")
