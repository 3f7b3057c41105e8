"""From a question to a picture on which the answer can be read, on web pages (webvoyager).

`python -m tests.bench.recall_frames [--fresh]`. Tuning half: sessions at even places of the file, from 0.
"""

from __future__ import annotations

from tests.bench.recall_baselines import ranked
from tests.bench.recall_memories import DATA, fresh, made, rows
from tests.bench.recall_tables import MRR, OURS, at, ranks, table

DEPTH = 20


def main() -> None:
    data = DATA / "webvoyager"
    memory = made("webvoyager", data, fresh=fresh(__doc__ or ""))
    sessions, questions = rows(data / "sessions.jsonl"), rows(data / "questions.jsonl")
    now = max(one["end"] for one in sessions) + "+01:00"
    asked = [one["question"] for one in questions]
    found, _ = memory.found([{"query": text, "at": now, "limit": DEPTH} for text in asked])
    wanted = [set(one["frames"]) for one in questions]
    ways = {OURS: found, **ranked(memory.corpus(), asked)}
    placed = {way: ranks(wanted, some) for way, some in ways.items()}
    tuned = {one["session"] for one in sessions[::2]}
    halves = {
        "all": range(len(questions)),
        "tuning half": [n for n, one in enumerate(questions) if one["session"] in tuned],
        "reporting half": [n for n, one in enumerate(questions) if one["session"] not in tuned],
    }
    for title, only in halves.items():
        table(f"question to frame, {title}", placed, (at(1), at(5), MRR), list(only))


if __name__ == "__main__":
    main()
