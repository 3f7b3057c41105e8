"""From the look to being found: the desktop recording, a frame each look, through all but the display.

Recorder, engine and readers run as on a user's machine.

`python -m tests.bench.perceive_live [--frames N] [--every SECONDS]`
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from capture import recording
from capture.adapters.screen_replay import Replay
from capture.items import Item
from capture.pace import Pace
from capture.recorder import Clock, Options, Recorder
from desktop import times
from desktop.processes import engine
from memory.api import Intake
from memory.keys import master as keys
from memory.keys import slots
from memory.ledger import frames, jobs, vectors
from memory.ledger.connection import Ledger
from memory.records import Frame, Gap, Orders, Taken
from memory.stages.way import SEARCHABLE, SEE

DATA = Path(__file__).resolve().parents[3] / "shared/data/desktop"
LOOKS_S = 0.02


@dataclass
class Watched:
    """The engine's intake; beside it a thread sees when the last frame that was kept can be found.

    `waits` are seconds from the beginning of the look, by frame.
    """

    engine: Intake
    ledger: Ledger
    waits: dict[int, float] = field(default_factory=dict)
    looked: float = 0.0
    _taken: dict[int, float] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def orders(self) -> Orders:
        return self.engine.orders()

    def known(self, digests: tuple[bytes, ...]) -> dict[bytes, bool]:
        return self.engine.known(digests)

    def gap(self, gap: Gap) -> None:
        self.engine.gap(gap)

    def idle(self, seconds: float) -> None:
        self.engine.idle(seconds)

    def offer(self, frame: Frame, picture: bytes) -> Taken:
        taken = self.engine.offer(frame, picture)
        if taken.outcome == "kept":
            with self.ledger.reading() as db:
                self._taken[frames.last(db)] = self.looked
        return taken

    def pending(self) -> int:
        with self.ledger.reading() as db:
            return jobs.subjects(db, SEARCHABLE)

    @contextmanager
    def watching(self) -> Iterator[None]:
        thread = threading.Thread(target=self._watch)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOKS_S):
            new = {id: began for id, began in list(self._taken.items()) if id not in self.waits}
            with self.ledger.reading() as db:
                left = {job.subject for stage in SEARCHABLE for job in jobs.next(db, stage, 10_000)}
            now = time.monotonic()
            self.waits |= {id: now - began for id, began in new.items() if id not in left}


def played(sink: Watched, every_s: float, most: int) -> int:
    """Plays the recording to the recorder, a recorded frame each look; how many looks."""
    items = [item for item in recording.read(DATA) if isinstance(item, Item)][:most]
    seconds = [0.0]
    replay = Replay(DATA, lambda: seconds[-1])
    recorder = Recorder(replay.eyes, sink, Clock(times.now, time.monotonic), Options(Pace(every_s)))
    for item in items:
        seconds.append((item.frame.at - items[0].frame.at).total_seconds())
        time.sleep(recorder.wait())
        sink.looked = time.monotonic()
        recorder.step()
    recorder.close()
    return len(items)


def cpu_s() -> float:
    """Processor seconds of this process (recorder, engine, and this bench) and of children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Prints one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--frames", type=int, default=10_000)
    options.add_argument("--every", type=float, default=3.0)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        profile = Path(name) / "profile"
        profile.mkdir(mode=0o700)
        engine.create(profile, slots.KeyFile(Path(name) / "key"))
        master = slots.open_with_file(profile, Path(name) / "key")
        began, cpu = time.monotonic(), cpu_s()
        with (
            closing(Ledger.open(profile / "ledger", keys.derive(master, "ledger"))) as ledger,
            engine.opened(profile, master, record=False) as opened,
        ):
            opened.consent()
            sink = Watched(opened, ledger)
            with sink.watching():
                looks = played(sink, asked.every, asked.frames)
                at_the_end = sink.pending()
                wall = time.monotonic() - began
                opened.wait_searchable(120.0)
                time.sleep(4 * LOOKS_S)
            with ledger.reading() as db:
                unseen = jobs.waiting(db).get(SEE, 0)
                passages = sum(vectors.count(db, "passage", e) for e in vectors.encoders(db, "passage"))
        # The children have ended now, and with them what they used can be told.
        used = cpu_s() - cpu
    tell(sorted(sink.waits.values()), looks, wall, used, at_the_end, unseen, passages)


def tell(waits: list[float], looks: int, wall: float, used: float, *counts: int) -> None:
    """The table; `counts` are pending, unseen and passages."""
    pending, unseen, passages = counts
    p95 = waits[min(len(waits) - 1, int(0.95 * len(waits)))]
    rows = {
        "looks / kept": f"{looks} / {len(waits)}",
        "look to searchable, p50": f"{statistics.median(waits):.2f} s",
        "look to searchable, p95": f"{p95:.2f} s",
        "look to searchable, worst": f"{waits[-1]:.2f} s",
        "frames pending with the last look": str(pending),
        "pictures without vectors when all was searchable": str(unseen),
        "processor, all processes": f"{used:.0f} s in {wall:.0f} s: {100 * used / wall:.0f} % of one core,"
        f" {100 * used / wall / (os.cpu_count() or 1):.0f} % of {os.cpu_count()}",
        "processor a frame kept": f"{used / len(waits):.2f} s",
        "text vectors": f"{passages}, {passages / wall * 3600:.0f} an hour of these looks",
    }
    print("| live | |\n| --- | --- |")
    for row, value in rows.items():
        print(f"| {row} | {value} |")


if __name__ == "__main__":
    main()
