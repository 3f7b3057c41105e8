"""How well search alone finds the evidence of questions over the simulated days (desktop).

`python -m tests.bench.recall_evidence [--fresh]`. Halves as in recall_answers.
"""

from __future__ import annotations

from datetime import datetime

from tests.bench.recall_answers import evidence, halves
from tests.bench.recall_baselines import ranked
from tests.bench.recall_memories import DATA, fresh, made, rows
from tests.bench.recall_tables import MRR, OURS, at, ranks, table

DEPTH = 20


def main() -> None:
    data = DATA / "desktop"
    memory = made("desktop", data, fresh=fresh(__doc__ or ""))
    days = {one["frame"]: datetime.fromisoformat(one["t"]).date() for one in rows(data / "frames.jsonl")}
    every = rows(data / "questions.jsonl")
    tuned = [half for one, half in zip(every, halves(every, days), strict=True) if one["evidence"]]
    questions = [one for one in every if one["evidence"]]
    asked = [{"query": one["q"], "at": one["asked_at"], "limit": DEPTH} for one in questions]
    found, seconds = memory.found(asked)
    others = ranked(memory.corpus(), [one["q"] for one in questions])
    wanted = [evidence(one) for one in questions]
    ways = {way: ranks(wanted, some) for way, some in {OURS: found, **others}.items()}
    print(f"desktop, {len(questions)} questions, {seconds * 1000:.0f} ms each\n")
    parts = {
        "all": list(range(len(questions))),
        "tuning half": [n for n, half in enumerate(tuned) if half],
        "reporting half": [n for n, half in enumerate(tuned) if not half],
    }
    for title, only in parts.items():
        table(f"question to evidence, {title}", ways, (at(1), at(5), at(10), MRR), only)


if __name__ == "__main__":
    main()
