"""Builders of what tests need: frames, readings, and a real sealed ledger with moments in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from memory.ledger import days, episodes, frames, looks, moments, readings
from memory.ledger.connection import Db, Ledger, Writer
from memory.records import (
    Active,
    Answer,
    Citation,
    Cue,
    Digest,
    Frame,
    Line,
    Named,
    Part,
    Question,
    Reading,
    Sighting,
    SpanDraft,
    Understood,
    Vectors,
    Window,
    Words,
)

KEY = bytes(range(32))
"""The ledger's key in tests."""

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday at nine, the time at which builders begin."""


def a_frame(
    after_s: float = 0, app: str = "mousepad", title: str = "notes", url: str | None = None, **rest: Any
) -> Frame:
    """A frame `after_s` seconds after nine; `rest` are further fields of Frame."""
    at = rest.pop("at", NINE + timedelta(seconds=after_s))
    seed = repr((at, app, title, rest.get("origin"), rest.get("monitor", 0)))
    given = {
        "at": at,
        "digest": hashlib.sha256(seed.encode()).digest(),
        "width": 1280,
        "height": 800,
        "active": Active(app, title, url),
        "windows": (Window(app, title, 0, 0, 1280, 800, 0),),
    }
    return Frame(**(given | rest))


def a_reading(*texts: str, engine: str = "test") -> Reading:
    """A reading of one line for each text, one below the other, all in window 0."""
    lines = tuple(Line(text, (10, 20 * n, 8 * len(text), 16), 0.9, 0) for n, text in enumerate(texts))
    return Reading(lines, engine)


def some_vectors(count: int, dim: int = 8, encoder: str = "test", first: int = 1) -> Vectors:
    """`count` different vectors."""
    data = bytes((first + n + k) % 127 for n in range(count) for k in range(dim))
    return Vectors(encoder, dim, count, data, b"\x00\x00\x80\x3f" * count)


def a_ledger(tmp_path: Path) -> Ledger:
    """An empty ledger on disk, sealed with KEY; close it, or let `closing` do so."""
    return Ledger.create(tmp_path / "ledger.db", KEY)


def a_kept_frame(db: Writer, frame: Frame, texts: Sequence[str], picture: str | None = "picture") -> int:
    """A frame that was taken and read, with its words indexed; the frame's id."""
    if picture:
        days.ensure(db, days.day_of(frame.at))
    id = frames.add(db, frame, picture and f"{picture}-{frame.digest.hex()[:8]}")
    readings.add(db, id, a_reading(*texts))
    readings.index_words(db, frames.moment_of(db, id))
    return id


def a_sighting(value: str, moment: int, at: datetime = NINE, **rest: Any) -> Sighting:
    """A value seen in a moment as the total of a page; `rest` are further fields of Sighting."""
    given = {
        "kind": "value",
        "thing": "page",
        "relation": "total",
        "value": value,
        "moment": moment,
        "line": None,
        "quote": f"Total: {value}",
        "start": at,
        "end": at + timedelta(seconds=10),
        "stretch": at,
        "context": "Browser - Page",
        "subject": "Page",
        "label": "Total",
        "shown": value,
        "said": f"Total: {value}",
        "type": "word",
        "weight": 0.5,
    }
    return Sighting(**(given | rest))


def a_look(db: Writer, frame: int, cues: Sequence[Cue] = ()) -> int:
    """A frame was looked at: the id of its page among the parts; pictures of which cues tell are some too."""
    whole = Part(0, 0, (0, 0, 1280, 800))
    pictures = {cue.n: Part(0, cue.n, cue.box) for cue in cues if cue.n}
    ids, _ = looks.put(db, frame, "test 1", (whole, *pictures.values()), cues)
    return ids[0]


def some_episodes(db: Writer, *told: tuple[str, str, str, Sequence[int]]) -> None:
    """Episodes of one day, each a title, a gist, an application and moments; their digests hold the first."""
    drafts = []
    for title, gist, app, ids in told:
        held = sorted(moments.many(db, ids).values(), key=lambda moment: moment.start)
        digest = Digest(((app, (title,), 60.0, held[0].id),), (), ((gist, 1, 1.0),), {}, {}, {}, ())
        words = Words(len(held), {title: 1}, {})
        drafts.append(SpanDraft(held[0].start, held[-1].end, tuple(ids), words, digest))
    day = (drafts[0].start.date() - date(1970, 1, 1)).days
    episodes.replace_day(db, day, drafts, range(-1, -len(drafts) - 1, -1))
    for draft, (title, gist, app, ids) in zip(drafts, told, strict=True):
        ((episode,),) = db.rows("select episode from episode_moments where moment = ?", ids[0])
        episodes.name(db, episode, Named(title, gist, (app,), tuple(ids[:1])), [(draft.start, draft.end)])


def an_answer(db: Db, *cited: int, asked: str = "Who said it?", after_s: float = 0, **rest: Any) -> Answer:
    """An answer of the chat "tea" that cites these moments; `rest` are further fields of Answer."""
    question = Question(asked, NINE + timedelta(seconds=after_s), rest.pop("thread", "tea"))
    there = moments.many(db, cited)
    given = {
        "question": question,
        "understood": Understood("said"),
        "found": bool(cited),
        "text": "Somebody [1].",
        "confidence": 0.7,
        "citations": tuple(Citation(n, there[id], f"quote {id}") for n, id in enumerate(cited, 1)),
        "nearest": (),
    }
    return Answer(**(given | rest))
