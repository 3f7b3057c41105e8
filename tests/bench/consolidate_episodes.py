"""Moments and episodes beside plain ways to divide time, on two recordings with known activities.

`python -m tests.bench.consolidate_episodes` settles copies of the imported recordings. A boundary is the
start of every span, right within 60 s; the adjusted Rand index is over frames. Constants were tuned on the
first and third day of the desktop recording; its other days and the sessions were looked at for the report.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import comb
from pathlib import Path
from typing import Any

from memory.ledger import episodes, moments, readings
from memory.records import Episode, Moment
from memory.settling import settle
from tests.bench import recordings

NEAR = timedelta(seconds=60)
TUNED = ("2026-02-09", "2026-02-11")


@dataclass(frozen=True)
class Look:
    """A frame of the recording and what is true of it; `part` changes where a boundary is."""

    name: str
    at: datetime
    part: str
    activity: str
    app: str = ""
    title: str = ""


@dataclass(frozen=True)
class Parts:
    """A way to divide the looks: a label for each, and where its spans begin."""

    labels: Sequence[Hashable]
    starts: Sequence[datetime]


# ------------------------------------------------------------------ what is true


def desktop() -> list[Look]:
    """The looks that are not private, with scenes and activities."""
    folder = recordings.SHARED / "desktop"
    scenes = {scene["scene"]: scene["activity"] for scene in _lines(folder / "scenes.jsonl")}
    return [
        Look(
            frame["file"],
            datetime.fromisoformat(frame["t"]),
            frame["scene"],
            scenes[frame["scene"]],
            frame["active"]["app"],
            frame["active"]["title"],
        )
        for frame in _lines(folder / "frames.jsonl")
        if not frame["private"]
    ]


def screenagent() -> list[Look]:
    """The steps of all sessions in order of time; a session is both its part and its activity."""
    folder = recordings.SHARED / "screenagent"
    zone = datetime.fromisoformat(_lines(folder / "frames.jsonl")[0]["t"]).tzinfo
    found = [
        Look(
            session["frames"][step["frame"]],
            datetime.fromisoformat(step["time"]).replace(tzinfo=zone),
            session["session"],
            session["session"],
        )
        for session in _lines(folder / "sessions.jsonl")
        for step in session["steps"]
    ]
    return sorted(found, key=lambda look: look.at)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


# ------------------------------------------------------------------ dividing time


def baselines(seen: Sequence[Look]) -> dict[str, Parts]:
    """The rules of others, and the true parts without resumption as what cutting alone could reach."""

    def gap(a: Look, b: Look) -> bool:
        return b.at - a.at > timedelta(minutes=5)

    def quarter(look: Look) -> int:
        return int(look.at.timestamp() // 900)

    return {
        "gaps of 5 min": _cut(seen, gap),
        "application runs": _cut(seen, lambda a, b: a.app != b.app),
        "15-minute windows": _cut(seen, lambda a, b: quarter(a) != quarter(b)),
        "app + title, 5 min (Hindsight)": _cut(
            seen, lambda a, b: (a.app, a.title) != (b.app, b.title) or gap(a, b)
        ),
        "(true parts, never resumed)": _cut(seen, lambda a, b: a.part != b.part),
    }


def ours(seen: Sequence[Look], told: Sequence[Episode], kept: Sequence[Moment]) -> Parts:
    """Frames take the episode of the moment that names them as an origin; others stand alone."""
    of_moment = {moment: episode.id for episode in told for moment in episode.moments}
    of_frame = {origin: of_moment.get(moment.id) for moment in kept for origin in moment.origins}
    first, last = seen[0].at, seen[-1].at
    days = {look.at.date() for look in seen}
    starts = [start for episode in told for start, _ in episode.spans]
    return Parts(
        labels=[of_frame.get(look.name) or look.name for look in seen],
        starts=[start for start in starts if first <= start <= last and start.date() in days],
    )


def _cut(seen: Sequence[Look], parts: Callable[[Look, Look], bool]) -> Parts:
    labels: list[Hashable] = []
    starts: list[datetime] = []
    for before, look in zip([None, *seen], seen, strict=False):
        if before is None or parts(before, look):
            starts.append(look.at)
        labels.append(len(starts))
    return Parts(labels, starts)


def f1(true: Sequence[datetime], said: Sequence[datetime]) -> tuple[float, float, float]:
    """F1, precision and recall of boundaries; each is matched once, to the nearest within NEAR."""
    left, hits = sorted(said), 0
    for start in sorted(true):
        nearest = min(left, key=lambda one: abs(one - start), default=None)
        if nearest is not None and abs(nearest - start) <= NEAR:
            left.remove(nearest)
            hits += 1
    precision, recall = hits / max(1, len(said)), hits / max(1, len(true))
    return (2 * precision * recall / (precision + recall) if hits else 0.0), precision, recall


def rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """The adjusted Rand index of two labellings (Hubert and Arabie 1985)."""
    both = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    first, second = (sum(comb(n, 2) for n in Counter(labels).values()) for labels in (one, other))
    expected = first * second / comb(len(one), 2)
    highest = (first + second) / 2
    return (both - expected) / (highest - expected) if highest != expected else 1.0


# ------------------------------------------------------------------ the report


def table(seen: Sequence[Look], parts: dict[str, Parts]) -> list[str]:
    true = _cut(seen, lambda a, b: a.part != b.part).starts
    rows = [
        "| | boundary F1 | precision | recall | adjusted Rand | spans | episodes |",
        "| --- | " + "---: | " * 6,
    ]
    for name, part in parts.items():
        score, precision, recall = f1(true, part.starts)
        index = rand([look.activity for look in seen], part.labels)
        counts = f"{len(part.starts)} | {len(set(part.labels))}"
        rows.append(f"| {name} | {score:.3f} | {precision:.2f} | {recall:.2f} | {index:.3f} | {counts} |")
    return rows


def report(name: str, seen: Sequence[Look], halves: dict[str, Sequence[Look]], folder: Path) -> None:
    with recordings.a_copy(name, folder / name) as copy:
        with copy.ledger.reading() as db:
            words, bytes_before = _words(moments.between(db, None, None), db), copy.pictures.size()
        done = settle(copy.ledger, copy.pictures, copy.index, recordings.NOW, False)
        with copy.ledger.reading() as db:
            told, kept = episodes.between(db, None, None), moments.between(db, None, None)
            lost = words - _words(kept, db)
        print(
            f"\n{name}: {len(seen)} frames, {done.moments_before} showed something new, {done.moments_after}"
            f" moments; pictures {bytes_before:,} -> {copy.pictures.size():,} bytes;"
            f" {len(lost)} lines of {len(words)} lost; {len(told)} episodes"
        )
    for half, looks in halves.items():
        print(
            f"\n{name}, {half}\n",
            *table(looks, {**baselines(looks), "Onceseen": ours(looks, told, kept)}),
            sep="\n",
        )
    print(f"\n{name}, settled one day a run: {stable(name, told, folder)}")


def stable(name: str, told: Sequence[Episode], folder: Path) -> str:
    """Whether the same comes out when every day is settled anew, and when it was settled day by day."""
    with recordings.a_copy(name, folder / f"{name}-days") as copy:
        going = True
        rounds = 0
        while going:
            rounds += 1
            going = _one_day(copy)
        with copy.ledger.reading() as db:
            days = episodes.between(db, None, None)
    same = "the same" if _said(days) == _said(told) else "NOT the same"
    return f"{same} after {rounds - 1} runs of one day each"


def _one_day(copy: recordings.Opened) -> bool:
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> bool:
        told.append((done, of))
        return False

    settle(copy.ledger, copy.pictures, copy.index, recordings.NOW, False, stop)
    return bool(told)


def _said(told: Iterable[Episode]) -> list[Episode]:
    return [replace(episode, id=0) for episode in told]


def _words(kept: Sequence[Moment], db: Any) -> set[tuple[str, str]]:
    """Every line by the day it was read on: folding may move it to another moment, not lose it."""
    union = readings.union(db, [moment.id for moment in kept])
    return {(str(moment.start.date()), row.line.text) for moment in kept for row in union[moment.id]}


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        seen = desktop()
        tuned = [look for look in seen if str(look.at.date()) in TUNED]
        kept_back = [look for look in seen if str(look.at.date()) not in TUNED]
        report("desktop", seen, {"all days": seen, "tuned on": tuned, "kept back": kept_back}, Path(place))
        steps = screenagent()
        report("screenagent", steps, {"all sessions": steps}, Path(place))


if __name__ == "__main__":
    main()
