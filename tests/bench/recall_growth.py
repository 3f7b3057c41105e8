"""Whether what was found among few moments is still found among 100,000 that speak alike.

`python -m tests.bench.recall_growth [SIZE ...]`. The answerable questions of the simulated days are searched
in the memories of recall_world, which grow by moments with the same applications, people, vocabulary, forms
of numbers; right is a moment of the recording that is evidence. Baselines in the same run: FTS5 BM25 with OR
over the ledger's own index, and the cosine of the nearest passage, exact.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from desktop.processes.engine import looked_at
from memory.adapters.text_minilm import MiniLm
from memory.keys import slots
from memory.ledger import moments, search, vectors
from memory.records import Query
from memory.vectors import restore
from tests.bench.measures import gain, hits, rank_of
from tests.bench.recall_answers import evidence
from tests.bench.recall_memories import DATA, made, rows
from tests.bench.recall_world import MODEL, SIZES, scaled
from tests.bench.recordings import opened

DEEPEST = 20
"""Results that are asked for."""

DEPTHS = (1, 2, 3, 5, 10, 15, 20)

Ranks = list[int | None]
Asked = Sequence[tuple[str, datetime, set[str]]]
"""Question, when it is asked, and the names of what is right."""


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    memory = made("desktop", DATA / "desktop")
    asked = [
        (one["q"], datetime.fromisoformat(one["asked_at"]), evidence(one))
        for one in rows(DATA / "desktop/questions.jsonl")
        if one["evidence"]
    ]
    print(f"| recall of {len(asked)} questions | moments | {' | '.join(f'@{depth}' for depth in DEPTHS)} |")
    print(f"| --- | --- |{' --- |' * len(DEPTHS)}")
    found: dict[str, list[Ranks]] = {}
    for size in sizes:
        folder = scaled(memory, size)
        for way, places in {"Onceseen": ours(folder, asked), **others(folder, asked)}.items():
            found.setdefault(way, []).append(places)
            shares = " | ".join(f"{np.mean(hits(places, depth)):.3f}" for depth in DEPTHS)
            print(f"| {way} | {size:,} | {shares} |", flush=True)
    print()
    for way, by_size in found.items():
        less, low, high = gain(hits(by_size[-1], 10), hits(by_size[0], 10))
        print(f"{way}: recall@10 from {sizes[0]:,} to {sizes[-1]:,} {less:+.3f} [{low:+.3f}, {high:+.3f}]")


def ours(folder: Path, asked: Asked) -> Ranks:
    """The place of the first right result of each question, through the engine's door."""
    profile = folder / "profile"
    with looked_at(profile, slots.open_with_file(profile, folder / "key")) as door:
        return [
            rank_of(right, [r.moment.origins for r in door.search(Query(text, at, DEEPEST)).results])
            for text, at, right in asked
        ]


def others(folder: Path, asked: Asked) -> dict[str, Ranks]:
    encoder = MiniLm(MODEL)
    with opened(folder) as memory, memory.ledger.reading() as db:
        owners, held = vectors.all(db, "passage", encoder.name, 0, 10_000_000)
        numbers = restore(held)

        def by_words(text: str) -> list[int]:
            match = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text.lower())))
            order = "select rowid from words where words match ? order by rank limit ?"
            return [id for (id,) in db.rows(order, match, DEEPEST)]

        def by_meaning(text: str) -> list[int]:
            near = np.argsort(-(numbers @ encoder.encode([text])[0]), kind="stable")[: 20 * DEEPEST]
            passages = [owners[row] for row in near]
            places = search.moment_of_passages(db, passages)
            return list(dict.fromkeys(places[passage] for passage in passages))[:DEEPEST]

        def ranks(way: Callable[[str], list[int]]) -> Ranks:
            places: Ranks = []
            for text, _, right in asked:
                ids = way(text)
                there = moments.many(db, ids)
                places.append(rank_of(right, [there[id].origins for id in ids]))
            return places

        return {"FTS5 BM25, OR": ranks(by_words), "MiniLM, best passage": ranks(by_meaning)}


if __name__ == "__main__":
    main()
