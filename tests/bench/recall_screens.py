"""From a caption to its screen, among screens of which only what was read in them is known (docs_screens).

`python -m tests.bench.recall_screens [--fresh]`. Tuning half: sources at even places of their names' order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tests.bench.measures import mean_over
from tests.bench.recall_baselines import ranked
from tests.bench.recall_memories import DATA, fresh, made, rows
from tests.bench.recall_tables import MRR, OURS, at, ranks, table

DEPTH = 20


def main() -> None:
    memory = made("docs_screens", DATA / "docs_screens/images", fresh=fresh(__doc__ or ""))
    queries = rows(DATA / "docs_screens/queries.jsonl")
    found, seconds = memory.found([{"query": one["query"], "limit": DEPTH} for one in queries])
    others = ranked(memory.corpus(), [one["query"] for one in queries])
    wanted = [{one["image"]} for one in queries]
    ways = {way: ranks(wanted, some) for way, some in {OURS: found, **others}.items()}
    tuned = set(sorted({one["source"] for one in queries})[::2])
    print(f"docs_screens, {len(queries)} captions, {seconds * 1000:.0f} ms each\n")
    parts = {
        "all": [True for _ in queries],
        "tier A": [one["tier"] == "A" for one in queries],
        "tuning half": [one["source"] in tuned for one in queries],
        "reporting half": [one["source"] not in tuned for one in queries],
    }
    for title, belongs in parts.items():
        only = [n for n, inside in enumerate(belongs) if inside]
        table(title, ways, (at(1), at(5), at(10), MRR), only)
    over_sources([one["source"] for one in queries], ways)


def over_sources(sources: Sequence[str], ways: dict[str, list[int | None]]) -> None:
    """Each source counts the same, however many captions it has."""
    print("| mean over sources | R@1 | R@5 | R@10 |\n| --- | --- | --- | --- |")
    for way, found in ways.items():
        groups: dict[str, list[int | None]] = defaultdict(list)
        for source, rank in zip(sources, found, strict=True):
            groups[source].append(rank)
        print(f"| {way} | {' | '.join(f'{mean_over(groups, depth):.3f}' for depth in (1, 5, 10))} |")
    print()


if __name__ == "__main__":
    main()
