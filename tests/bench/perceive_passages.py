"""How fast a memory grows by text vectors: the desktop recording, beside plainer units.

`python -m tests.bench.perceive_passages` uses the memory that `make bench-recall` made of it, or makes it.
"""

from __future__ import annotations

import os
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from platformdirs import user_cache_path

from memory.keys import master as keys
from memory.keys import slots
from memory.ledger import readings
from memory.ledger.connection import Ledger
from memory.perceive.passages import passages
from memory.records import Line
from memory.stages.embed import BEFORE
from tests.bench.recall_memories import DATA, made

TOGETHER_MS = 300_000
"""Looks further apart are not one stretch of recorded time: nobody was there."""


def read(memory: Path) -> tuple[list[tuple[Line, ...]], float]:
    """The lines of every kept frame in order, and the hours recorded."""
    master = slots.open_with_file(memory / "profile", memory / "key")
    with (
        closing(Ledger.open(memory / "profile/ledger", keys.derive(master, "ledger"))) as ledger,
        ledger.reading() as db,
    ):
        times = [at for (at,) in db.rows("select at from frames order by at")]
        ids = [id for (id,) in db.rows("select frame from readings order by frame")]
        lines = [tuple(row.line for row in readings.lines(db, id)) for id in ids]
    return lines, sum(b - a for a, b in pairwise(times) if b - a <= TOGETHER_MS) / 3_600_000


def count(frames: list[tuple[Line, ...]], before: int) -> int:
    """Passages where a line is new against so many frames before."""
    total = 0
    for n, lines in enumerate(frames):
        shown = {line.text for frame in frames[max(0, n - before) : n] for line in frame}
        total += len(passages(lines, shown))
    return total


def main() -> None:
    """Prints one table."""
    folder = os.environ.get("ONCESEEN_BENCH_CACHE") or str(user_cache_path("onceseen-bench"))
    frames, hours = read(made("desktop", DATA / "desktop", Path(folder), fresh=False).folder)
    units = {
        "a vector a line, every kept frame": sum(len(lines) for lines in frames),
        "passages of all lines, every kept frame": count(frames, 0),
        "passages of what the last frame did not show": count(frames, 1),
        f"passages of what the last {BEFORE} frames did not show (Onceseen)": count(frames, BEFORE),
    }
    print(f"{len(frames)} kept frames, {hours:.2f} hours recorded\n")
    print("| text vectors | all | a recorded hour |\n| --- | --- | --- |")
    for unit, total in units.items():
        print(f"| {unit} | {total} | {total / hours:.0f} |")


if __name__ == "__main__":
    main()
