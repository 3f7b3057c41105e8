"""What settling costs: many days made of the desktop recording, settled in one go, and then one more day.

`python -m tests.bench.consolidate_cost [--moments N]`. Each round of four days follows the one before by a
week, with other digits in all words, so that every round brings other keys, dates and amounts.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from memory.index.client import Index
from memory.ledger import frames, moments, readings
from memory.ledger.connection import Db, Ledger, Writer
from memory.pictures import Pictures
from memory.records import Active, Frame, Line, Reading
from memory.settling import settle
from tests.bench import recordings

KEY = bytes(range(32))
DIGITS = "0123456789"

Screen = tuple[Frame, tuple[Line, ...]]


def screens(db: Db) -> list[Screen]:
    """Every frame of the recording that was read, with its lines."""
    found = []
    for (id,) in db.rows("select frame from readings order by frame"):
        row = frames.meta_of(db, id)
        frame = Frame(
            at=row.at,
            digest=b"",
            monitor=row.monitor,
            width=row.width,
            height=row.height,
            active=Active(row.app, row.title, row.url),
            windows=row.windows,
            change=row.change,
        )
        found.append((frame, tuple(row.line for row in readings.lines(db, id))))
    return found


def add_round(db: Writer, shown: Sequence[Screen], n: int) -> None:
    """The recording once more, `n` weeks later and with other digits."""
    other = str.maketrans(DIGITS, DIGITS[n % 10 :] + DIGITS[: n % 10])
    for at, (frame, lines) in enumerate(shown):
        active = frame.active or Active("", "")
        here = replace(
            frame,
            at=frame.at + timedelta(weeks=n),
            digest=f"{n}-{at}".encode(),
            active=replace(active, title=active.title.translate(other)),
            windows=tuple(
                replace(window, title=window.title.translate(other)) for window in frame.windows or ()
            ),
        )
        id = frames.add(db, here, None)
        readings.add(
            db, id, Reading(tuple(replace(one, text=one.text.translate(other)) for one in lines), "bench")
        )
        readings.index_words(db, frames.moment_of(db, id))


def timed(ledger: Ledger, pictures: Pictures, index: Index) -> str:
    """Settles what is pending: CPU seconds, the longest day, and how much the process has grown by."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = last = time.process_time()
    longest = 0.0
    days = 0

    def tell(done: int, of: int) -> bool:
        nonlocal last, longest, days
        longest, last, days = max(longest, time.process_time() - last), time.process_time(), done
        return True

    done = settle(ledger, pictures, index, recordings.NOW, False, tell)
    spent = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    return (
        f"| {done.moments_before:,} | {done.moments_after:,} | {days} | {spent:.1f} | {longest:.2f} |"
        f" {grown} | {done.episodes:,} | {done.facts:,} |"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--moments", type=int, default=10_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        with recordings.a_copy("desktop", Path(place) / "desktop") as copy, copy.ledger.reading() as db:
            shown = screens(db)
        rounds = -(-chosen.moments // len(shown))
        with closing(Ledger.create(Path(place) / "ledger", KEY)) as ledger, closing(Index(ledger)) as index:
            pictures = Pictures(Path(place) / "pictures", lambda day: KEY)
            with ledger.writing() as db:
                for n in range(rounds):
                    add_round(db, shown, n)
            print("| moments | after | days | CPU s | longest day | RSS grown MB | episodes | facts |")
            print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
            print(timed(ledger, pictures, index), "in one go")
            with ledger.writing() as db:
                add_round(db, shown[: len(shown) // 4], rounds)
            print(timed(ledger, pictures, index), "then one more day")
            print(timed(ledger, pictures, index), "then nothing new")
            with ledger.writing() as db:
                moments.unsettle(db, int(db.value("select max(id) from moments")))
            print(timed(ledger, pictures, index), "then one moment of the last day")


if __name__ == "__main__":
    main()
