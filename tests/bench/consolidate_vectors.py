"""Continuous memory: how many vectors an episode needs to be found, as memory grows, and without its text.

`python -m tests.bench.consolidate_vectors` settles copies of recordings (see tests.bench.recordings) and asks
for episodes: desktop by questions and by facts, the right ones hold a frame of the evidence; screenagent by
the task, each session an episode. Distractors are stretches of what docs_screens shows, as long as the
episodes, most of them with noise (seeded). Tuned on questions whose first evidence is of the first or third
day of desktop; the other half is reported.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.bench.recall import TUNED_DAYS, _lines

from memory.adapters.text_minilm import MiniLm
from memory.consolidate.trajectory import pooled
from memory.index.episodes import MEAN, Episodes
from memory.ledger import fading, trajectories
from memory.ledger.connection import Db
from memory.questions import Questions
from memory.recall.language.words import content
from memory.recall.retrieval.retrieve import PIECE
from memory.recall.retrieval.search import search
from memory.records import Query
from memory.settling import settle
from memory.vectors import quantise, restore
from tests.bench.recordings import NOW, SHARED, Opened, a_copy, imported, opened

Floats = NDArray[np.float32]

MODEL = Path(sys.prefix) / "share/onceseen/text"
COUNTS = (1, 2, 4, 8, 16, 0)
"""Vectors an episode; 0: all of its frames."""
GROWTH = (0, 1, 10, 100)
"""Distractors for each episode."""
DEPTHS = (1, 2, 3, 5, 10, 20)
NOISE = 0.6
"""Length of the noise that is added to a unit vector."""
SEED = 5


@dataclass(frozen=True)
class Asked:
    """Questions to some episodes: texts, which episodes are right, whether each is of the reporting half."""

    name: str
    texts: Sequence[str]
    right: Sequence[set[int]]
    reported: Sequence[bool]
    episodes: Sequence[Floats]


def unit(rows: Floats) -> Floats:
    made: Floats = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return made


# ------------------------------------------------------------------ what is asked


def by_origin(db: Db, column: str) -> dict[str, int]:
    """Of each frame's file its episode, or itself."""
    return dict(
        db.rows(
            f"select f.origin, {column} from frames f join episode_moments e on e.moment = f.moment"
            " where f.origin is not null"
        )
    )


def passages(db: Db) -> list[tuple[str, Floats]]:
    """All vectors of text in order of time, each with the file of its frame."""
    rows = db.rows(
        "select f.origin, v.data from vectors v join passages p on p.id = v.owner join frames f"
        " on f.id = p.frame where v.kind = 'passage' order by f.at, f.id, p.id"
    )
    return [(origin, np.frombuffer(data, np.int8).astype(np.float32)) for origin, data in rows]


def grouped(db: Db, group: dict[str, int]) -> dict[int, Floats]:
    parts: dict[int, list[Floats]] = {}
    for origin, vector in passages(db):
        if origin in group:
            parts.setdefault(group[origin], []).append(vector)
    return {key: unit(np.stack(rows)) for key, rows in parts.items()}


def desktop(memory: Opened) -> list[Asked]:
    data = SHARED / "desktop"
    days = {frame["frame"]: frame["t"][:10] for frame in _lines(data / "frames.jsonl")}
    with memory.ledger.reading() as db:
        episode = by_origin(db, "e.episode")
        held = grouped(db, episode)
    place = {id: n for n, id in enumerate(held)}

    def asked(name: str, rows: Sequence[dict[str, Any]], text: str) -> Asked:
        right = [
            {place[episode[file]] for n in row["evidence"] if (file := f"frames/{n:05}.webp") in episode}
            for row in rows
        ]
        reported = [days[row["evidence"][0]] not in TUNED_DAYS for row in rows]
        return Asked(name, [row[text] for row in rows], right, reported, list(held.values()))

    questions = [row for row in _lines(data / "questions.jsonl") if row["evidence"]]
    return [asked("questions", questions, "q"), asked("facts", _lines(data / "facts.jsonl"), "statement")]


def screenagent(memory: Opened) -> Asked:
    sessions = _lines(SHARED / "screenagent/sessions.jsonl")
    session = {file: n for n, row in enumerate(sessions) for file in row["frames"]}
    names = {row["session"]: n for n, row in enumerate(sessions)}
    with memory.ledger.reading() as db:
        held = grouped(db, session)
    episodes = [held.get(n, np.zeros((1, 384), np.float32)) for n in range(len(sessions))]
    right = [{n, *(names[other] for other in row["same_task"])} for n, row in enumerate(sessions)]
    reported = [n % 2 == 1 for n in range(len(sessions))]
    return Asked("tasks", [row["task"] for row in sessions], right, reported, episodes)


def distractors(memory: Opened, like: Sequence[Floats], times: int) -> list[Floats]:
    with memory.ledger.reading() as db:
        shown = unit(np.stack([vector for _, vector in passages(db)]))
    chance = np.random.default_rng(SEED)
    made: list[Floats] = []
    as_they_are = len(shown) // int(np.mean([len(one) for one in like]))
    for n in range(len(like) * times):
        length = min(len(like[n % len(like)]), len(shown) - 1)
        first = chance.integers(0, len(shown) - length)
        part = shown[first : first + length]
        if n >= as_they_are:
            noise = chance.normal(size=part.shape) * NOISE / np.sqrt(part.shape[1])
            part = unit((part + noise).astype(np.float32))
        made.append(part)
    return made


# ------------------------------------------------------------------ finding


def kept(episodes: Sequence[Floats], count: int) -> list[Floats]:
    """At most `count` vectors of each; 0: all."""
    if not count:
        return list(episodes)
    return [pooled(one, np.ones(len(one), np.float32), count)[0] for one in episodes]


class Asking:
    """Questions as vectors: each whole, and in pieces."""

    def __init__(self, encoder: MiniLm) -> None:
        self._encoder = encoder
        self._known: dict[str, Floats] = {}

    def __call__(self, text: str) -> Floats:
        if text not in self._known:
            words = content(text)
            pieces = (" ".join(words[n : n + PIECE]) for n in range(0, len(words), PIECE))
            self._known[text] = self._encoder.encode([text, *pieces])
        return self._known[text]


def ranks(asked: Asked, held: Sequence[Floats], asking: Asking, whole: bool = False) -> list[int]:
    """The rank of the first right episode of each question; `whole`: the nearest to it as it stands alone."""
    numbers = np.concatenate(held)
    starts = np.cumsum([0, *(len(one) for one in held)])[:-1]
    counts = np.diff([*starts, len(numbers)])
    found = []
    for text, right in zip(asked.texts, asked.right, strict=True):
        vectors = asking(text)[: 1 if whole else None]
        cosines = vectors @ numbers.T
        near = np.maximum.reduceat(cosines, starts, axis=1)
        if not whole:
            near = near + MEAN * np.add.reduceat(cosines, starts, axis=1) / counts
        weights = np.array([1.0, *[1.0 / max(1, len(vectors) - 1)] * (len(vectors) - 1)])
        scores = weights @ near
        best = max((scores[n] for n in right), default=-np.inf)
        found.append(1 + int((scores > best).sum()))
    return found


def share(found: Sequence[int], asked: Asked, depth: int, reported: bool | None = True) -> str:
    chosen = [
        rank
        for rank, right, half in zip(found, asked.right, asked.reported, strict=True)
        if right and reported in (None, half)
    ]
    return f"{np.mean([rank <= depth for rank in chosen]):.3f}"


# ------------------------------------------------------------------ tables


def by_count(all_asked: Sequence[Asked], asking: Asking) -> None:
    for reported, title in ((True, "reporting half"), (None, "all")):
        sizes = [
            sum(bool(r) and reported in (None, h) for r, h in zip(a.right, a.reported, strict=True))
            for a in all_asked
        ]
        heads = " | ".join(f"{a.name} ({n}) R@1 | R@5" for a, n in zip(all_asked, sizes, strict=True))
        print(
            f"| {title}: vectors an episode | {heads} | bytes |\n| --- |" + " ---: |" * (2 * len(sizes) + 1)
        )
        for count in COUNTS:
            shown, size = [], 0.0
            for asked in all_asked:
                held = kept(asked.episodes, count)
                found = ranks(asked, held, asking)
                shown += [share(found, asked, depth, reported) for depth in (1, 5)]
                size = float(np.mean([len(one) for one in kept(all_asked[0].episodes, count)])) * 388
            name = {0: "all of its frames", 1: "1 (mean)"}.get(count, str(count))
            print(f"| {name} | {' | '.join(shown)} | {size:,.0f} |")
        print()


def by_growth(asked: Asked, others: Sequence[Floats], asking: Asking) -> None:
    heads = " | ".join(f"x{1 + times} R@1 | R@5" for times in GROWTH)
    print(f"| {asked.name}, reporting half: vectors | {heads} |\n| --- |" + " ---: |" * (2 * len(GROWTH)))
    ways = [(1, False), (8, False), (16, False), (16, True), (0, False), (0, True)]
    for count, whole in ways:
        held, away = kept(asked.episodes, count), kept(others, count)
        shown = []
        for times in GROWTH:
            found = ranks(asked, [*held, *away[: len(held) * times]], asking, whole)
            shown += [share(found, asked, depth) for depth in (1, 5)]
        name = {0: "all of its frames", 1: "1 (mean)"}.get(count, str(count))
        print(f"| {name}{', whole question alone' if whole else ''} | {' | '.join(shown)} |")
    print()


def by_depth(asked: Asked, others: Sequence[Floats], asking: Asking) -> None:
    print(f"| {asked.name}, all, 16 vectors | " + " | ".join(f"R@{depth}" for depth in DEPTHS) + " |")
    print("| --- |" + " ---: |" * len(DEPTHS))
    held, away = kept(asked.episodes, 16), kept(others, 16)
    for times in GROWTH:
        found = ranks(asked, [*held, *away[: len(held) * times]], asking)
        shown = [share(found, asked, depth, None) for depth in DEPTHS]
        print(f"| {len(held) * (1 + times):,} episodes | {' | '.join(shown)} |")
    print()


class Forgetful(Questions):
    """Without what is kept of episodes: what there was before."""

    def episodes(self, texts: Sequence[str], limit: int) -> tuple[tuple[int, float], ...]:
        return ()


def faded(memory: Opened) -> None:
    """Search in the real memory when the text of all of it is gone."""
    questions = [row for row in _lines(SHARED / "desktop/questions.jsonl") if row["evidence"]]
    with memory.ledger.writing() as db:
        episode = by_origin(db, "e.episode")
        of_moment = dict(db.rows("select moment, episode from episode_moments"))
        fading.fade(db, [id for (id,) in db.rows("select id from moments")], "gist")
    memory.index.rebuild()
    print("| desktop, all text gone: search finds a moment of the right episode | R@1 | R@5 | R@10 |")
    print("| --- | ---: | ---: | ---: |")
    for name, kind in (("titles alone", Forgetful), ("and what episodes keep", Questions)):
        meaning = kind(memory.index, lambda: MiniLm(MODEL), None)
        found = []
        with memory.ledger.reading() as db:
            for row in questions:
                right = {episode.get(f"frames/{n:05}.webp") for n in row["evidence"]}
                query = Query(row["q"], datetime.fromisoformat(row["asked_at"]), 10)
                results = search(db, meaning, query).results
                ranked = [of_moment[result.moment.id] for result in results]
                found.append(next((n for n, one in enumerate(ranked, 1) if one in right), 99))
        shown = " | ".join(f"{np.mean([rank <= depth for rank in found]):.3f}" for depth in (1, 5, 10))
        print(f"| {name} ({len(found)}) | {shown} |")
    print()


def as_kept(memory: Opened, asked: Asked, asking: Asking) -> None:
    """What the ledger holds after settling: pooled by spans, int8, searched as the program does."""
    index = Episodes(memory.ledger)
    with memory.ledger.reading() as db:
        episode = by_origin(db, "e.episode")
        order = list(grouped(db, episode))
        name = db.value("select encoder from episode_vectors where kind = 'passage' limit 1")
        rows = trajectories.read(db, sorted(trajectories.ids(db, "passage", name)))
        size = db.value("select sum(length(data) + length(scales)) from episode_vectors")
        spans = db.value("select sum(length(data) + length(scales) + length(weights)) from span_vectors")
    found = []
    for text, right in zip(asked.texts, asked.right, strict=True):
        near = [one for one, _ in index.find("passage", quantise(asking(text), name), 99)]
        found.append(next((n for n, one in enumerate(near, 1) if order.index(one) in right), 99))
    shown = [share(found, asked, depth, half) for half in (True, None) for depth in (1, 5)]
    count = max(len(restore(vectors)) for _, vectors in rows.values())
    print(
        f"As kept by the ledger (at most {count} each), {asked.name}: reporting half R@1 {shown[0]}, R@5"
        f" {shown[1]}; all {shown[2]}, {shown[3]}. Bytes an episode: {size / len(rows):,.0f} of text and"
        f" pictures, and {spans / len(rows):,.0f} of its spans, from which it is made again.\n"
    )


def cost(others: Sequence[Floats]) -> None:
    began = time.process_time()
    held = kept(others[:500], 16)
    pooling = (time.process_time() - began) / len(others[:500])
    print(f"Pooling takes {pooling * 1000:.1f} ms of processor time an episode ({len(held)} tried).\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as room:
        rooms = Path(room)
        asking = Asking(MiniLm(MODEL))
        shutil.copytree(imported("docs_screens", SHARED / "docs_screens/images"), rooms / "docs")
        with (
            opened(rooms / "docs") as docs,
            a_copy("screenagent", rooms / "agent") as agent,
            a_copy("desktop", rooms / "desktop") as desk,
        ):
            for memory in (desk, agent):
                settle(memory.ledger, memory.pictures, memory.index, NOW, dry_run=False)
            questions, facts = desktop(desk)
            by_count([questions, facts, screenagent(agent)], asking)
            as_kept(desk, questions, asking)
            others = distractors(docs, questions.episodes, max(GROWTH))
            by_growth(questions, others, asking)
            by_growth(facts, others, asking)
            by_depth(questions, others, asking)
            cost(others)
            faded(desk)


if __name__ == "__main__":
    main()
