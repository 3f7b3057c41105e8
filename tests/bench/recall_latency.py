"""How long a search and a question take at 1,000 and at 100,000 moments, through the engine's door.

`python -m tests.bench.recall_latency [SIZE ...]`. Everything is in: the question's embedding, the ledger, the
answer's check. The encoder and the index are warm, and each question is asked once before it is measured.
Baseline in the same run: a bare FTS5 query of the words joined by OR, and exact cosine over all passages. The
questions are those of the simulated days; the memories are those of recall_world.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from desktop.processes.engine import looked_at
from memory.adapters.text_minilm import MiniLm
from memory.keys import slots
from memory.ledger import vectors
from memory.records import Query, Question
from memory.vectors import restore
from tests.bench.recall_memories import DATA, made, rows
from tests.bench.recall_world import MODEL, SIZES, scaled
from tests.bench.recordings import opened

EVERY = 4
"""Of the questions every so-manieth is asked."""

TARGETS = {1_000: 150, 100_000: 400}
"""Milliseconds within which 95 % are to be answered."""

Ask = Callable[[str, datetime], bool | None]
"""Asks one question; whether it went the deep way, None where there is none."""

Figures = tuple[tuple[list[float], list[float]], float | None]
"""Seconds by the clock and of the processor, of all threads; and the share that went the deep way."""


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [SIZES[0], SIZES[-1]]
    memory = made("desktop", DATA / "desktop")
    asked = [
        (one["q"], datetime.fromisoformat(one["asked_at"])) for one in rows(DATA / "desktop/questions.jsonl")
    ]
    asked = asked[::EVERY]
    print(
        f"| {len(asked)} questions | moments | p50 ms | p95 ms | target p95 | of processor p50 | p95 | deep |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        folder = scaled(memory, size)
        for name, (took, deep) in {**engine(folder, asked), **plain(folder, asked)}.items():
            (middle, late), (cost, most) = (np.percentile(times, (50, 95)) * 1000 for times in took)
            target = f"{TARGETS[size]}" if size in TARGETS and deep is not None else ""
            share = "" if deep is None else f"{deep:.2f}"
            waited, worked = f"{middle:.0f} | {late:.0f}", f"{cost:.0f} | {most:.0f}"
            print(f"| {name} | {size:,} | {waited} | {target} | {worked} | {share} |", flush=True)


def engine(folder: Path, asked: Sequence[tuple[str, datetime]]) -> dict[str, Figures]:
    """Seconds of each search and each question, and the share of them that went the deep way."""
    profile = folder / "profile"
    with looked_at(profile, slots.open_with_file(profile, folder / "key")) as door:
        return {
            "search": timed(asked, lambda text, at: door.search(Query(text, at)).deep),
            "ask": timed(asked, lambda text, at: door.ask(Question(text, at)).deep),
        }


def plain(folder: Path, asked: Sequence[tuple[str, datetime]]) -> dict[str, Figures]:
    """The same of what anybody would write first."""
    encoder = MiniLm(MODEL)
    with opened(folder) as memory, memory.ledger.reading() as db:
        held = [restore(vectors.all(db, "passage", encoder.name, 0, 10_000_000)[1])]

        def by_words(text: str, at: datetime) -> None:
            match = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text.lower())))
            db.rows("select rowid from words where words match ? order by rank limit 10", match)

        def by_meaning(text: str, at: datetime) -> None:
            near = held[0] @ encoder.encode([text])[0]
            np.argpartition(-near, 10)[:10]

        return {"FTS5, OR": timed(asked, by_words), "exact cosine": timed(asked, by_meaning)}


def timed(asked: Sequence[tuple[str, datetime]], ask: Callable[[str, datetime], bool | None]) -> Figures:
    """What each took when asked again; the processor's time counts other work beside it less."""
    waited, worked, deep = [], [], []
    for text, at in asked:
        ask(text, at)
        began, worked_before = time.perf_counter(), time.process_time()
        deep.append(ask(text, at))
        waited.append(time.perf_counter() - began)
        worked.append(time.process_time() - worked_before)
    return (waited, worked), None if None in deep else sum(map(bool, deep)) / len(deep)


if __name__ == "__main__":
    main()
