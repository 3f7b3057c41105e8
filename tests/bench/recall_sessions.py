"""From a task to the session in which it was worked on, replayed in order (screenagent).

`python -m tests.bench.recall_sessions [--fresh]`. Tuning half: sessions of even order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.bench.recall_baselines import ranked
from tests.bench.recall_memories import DATA, Corpus, Memory, fresh, made, rows
from tests.bench.recall_tables import MRR, OURS, at, ranks, table

DEPTH = 50
"""Moments that are asked for: what they belong to are the sessions found, in that order."""

WAYS = ("FTS5 BM25, porter, OR", "BM25, stemmed", "MiniLM, best passage", "RRF of BM25 and MiniLM")


def main() -> None:
    data = DATA / "screenagent"
    memory = made("screenagent", data, fresh=fresh(__doc__ or ""))
    sessions = rows(data / "sessions.jsonl")
    of = {file: one["session"] for one in sessions for file in one["frames"]}
    whole = memory.corpus().joined(of)
    wanted = [{one["session"], *one["same_task"]} for one in sessions]
    for language in ("task", "task_zh"):
        ways = found(memory, whole, of, [one[language] for one in sessions], sessions)
        placed = {way: ranks(wanted, some) for way, some in ways.items()}
        halves = {
            "all": range(len(sessions)),
            "tuning half": [n for n, one in enumerate(sessions) if one["order"] % 2 == 0],
            "reporting half": [n for n, one in enumerate(sessions) if one["order"] % 2],
        }
        for title, only in halves.items():
            table(f"{language} to session, {title}", placed, (at(1), at(5), MRR), list(only))


def found(
    memory: Memory, whole: Corpus, of: dict[str, str], tasks: Sequence[str], sessions: Sequence[Any]
) -> dict[str, list[list[frozenset[str]]]]:
    """By way the sessions of each task, best first; it is asked when all of it is over."""
    now = max(one["end"] for one in sessions) + "+01:00"
    moments, _ = memory.found([{"query": task, "at": now, "limit": DEPTH} for task in tasks])
    ours = []
    for results in moments:
        some = dict.fromkeys(of[file] for files in results for file in sorted(files) if file in of)
        ours.append([frozenset((session,)) for session in some])
    return {OURS: ours, **ranked(whole, tasks, WAYS)}


if __name__ == "__main__":
    main()
