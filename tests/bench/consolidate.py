"""Consolidation beside its baselines on a recording with known scenes, activities and facts.

`python -m tests.bench.consolidate` imports the recording by the program's own command line into a new profile
and judges what `timeline`, `episodes` and `facts` then say; `--profile` judges one that is there. Constants
were tuned on the first and third day; the others were looked at for the report alone. A boundary is the start
of every span, right within 60 s; the adjusted Rand index is over frames.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import comb
from pathlib import Path
from typing import Any

from memory.consolidate.values import normal

DATA = Path(__file__).resolve().parents[3] / "shared/data/desktop"
NEAR = timedelta(seconds=60)
TUNED = ("2026-02-09", "2026-02-11")
SHOWN = 50


@dataclass(frozen=True)
class Look:
    """A frame of the recording and what is true of it."""

    name: str
    number: int
    at: datetime
    scene: str
    activity: str
    app: str
    title: str


@dataclass(frozen=True)
class Parts:
    """A way to divide the looks: a label for each, and where its spans begin."""

    labels: Sequence[Hashable]
    starts: Sequence[datetime]


def looks(data: Path) -> list[Look]:
    scenes = {scene["scene"]: scene["activity"] for scene in _lines(data / "scenes.jsonl")}
    return [
        Look(
            name=frame["file"],
            number=frame["frame"],
            at=datetime.fromisoformat(frame["t"]),
            scene=frame["scene"],
            activity=scenes[frame["scene"]],
            app=frame["active"]["app"],
            title=frame["active"]["title"],
        )
        for frame in _lines(data / "frames.jsonl")
        if not frame["private"]
    ]


# ------------------------------------------------------------------ dividing time


def baselines(seen: Sequence[Look]) -> dict[str, Parts]:
    """The rules of others, and the true scenes without resumption as what cutting alone could reach."""

    def gap(a: Look, b: Look) -> bool:
        return b.at - a.at > timedelta(minutes=5)

    def quarter(look: Look) -> int:
        return int(look.at.timestamp() // 900)

    return {
        "gaps of 5 min": _cut(seen, gap),
        "application runs": _cut(seen, lambda a, b: a.app != b.app),
        "15-minute windows": _cut(seen, lambda a, b: quarter(a) != quarter(b)),
        "app + title, 5 min": _cut(seen, lambda a, b: (a.app, a.title) != (b.app, b.title) or gap(a, b)),
        "(true scenes)": _cut(seen, lambda a, b: a.scene != b.scene),
    }


def ours(
    seen: Sequence[Look], episodes: Sequence[dict[str, Any]], moments: Sequence[dict[str, Any]]
) -> Parts:
    """Frames take the episode of the moment that names them as an origin; others stand alone."""
    of_moment = {moment: episode["id"] for episode in episodes for moment in episode["moments"]}
    of_frame = {origin: of_moment.get(moment["moment"]) for moment in moments for origin in moment["origins"]}
    first, last = seen[0].at, seen[-1].at
    starts = [datetime.fromisoformat(start) for episode in episodes for start, _ in episode["spans"]]
    days = {look.at.date() for look in seen}
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


def table(seen: Sequence[Look], parts: dict[str, Parts]) -> list[str]:
    true = _cut(seen, lambda a, b: a.scene != b.scene).starts
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


# ------------------------------------------------------------------ facts


def facts_found(
    data: Path, facts: Sequence[dict[str, Any]], moments: Sequence[dict[str, Any]]
) -> tuple[dict[str, int], list[str]]:
    """Listed facts that one of ours meets with evidence in a listed frame: same value, or within it."""
    shown = {moment["moment"]: set(moment["origins"]) for moment in moments}
    counts = {"listed": 0, "same value": 0, "value within": 0}
    missed = []
    for listed in _lines(data / "facts.jsonl"):
        frames = {f"frames/{number:05}.webp" for number in listed["evidence"]}
        near = [
            normal(fact["value"])
            for fact in facts
            if any(shown.get(piece["moment"], set()) & frames for piece in fact["evidence"])
        ]
        value = normal(listed["value"])
        same = value in near
        within = same or any(_within(one, value) or _within(value, one) for one in near)
        counts["listed"] += 1
        counts["same value"] += same
        counts["value within"] += within
        if not within:
            missed.append(f"{listed['statement']}: {listed['value']}")
    return counts, missed


def _within(part: str, whole: str) -> bool:
    return len(part) > 1 and f" {part} " in f" {whole} "


def drawn(facts: Sequence[dict[str, Any]]) -> list[str]:
    """SHOWN facts drawn at random, application and site left out, to be judged by hand."""
    pool = [fact for fact in facts if fact["kind"] not in ("application", "site")]
    chosen = random.Random(11).sample(pool, min(SHOWN, len(pool)))
    return [f"{fact['kind']} | {fact['statement']} | {fact['confidence']:.2f}" for fact in chosen]


# ------------------------------------------------------------------ running the program


class Program:
    """The command line on one profile."""

    def __init__(self, profile: Path, key_file: Path) -> None:
        self._start = [
            sys.executable,
            "-m",
            "desktop",
            "--profile",
            str(profile),
            "--key-file",
            str(key_file),
        ]

    def __call__(self, *words: str) -> Any:
        done = subprocess.run([*self._start, *words, "--json"], stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)


def imported(data: Path, folder: Path) -> Program:
    program = Program(folder / "profile", folder / "key")
    program("init")
    program("import", str(data))
    program("consolidate")
    return program


def report(data: Path, program: Program) -> None:
    moments = program("timeline")["moments"]
    episodes = [episode for episode in program("episodes")["episodes"] if episode["level"] == "episode"]
    facts = program("facts")["facts"]
    seen = looks(data)
    print(f"{len(seen)} frames, {len(moments)} moments, {len(episodes)} episodes, {len(facts)} facts")
    tuned = [look for look in seen if str(look.at.date()) in TUNED]
    kept_back = [look for look in seen if str(look.at.date()) not in TUNED]
    parts = {"all days": seen, "tuned on": tuned, "kept back": kept_back}
    for name, days in ((name, days) for name, days in parts.items() if days):
        print(
            f"\n{name}\n",
            *table(days, {**baselines(days), "Onceseen": ours(days, episodes, moments)}),
            sep="\n",
        )
    counts, missed = facts_found(data, facts, moments)
    print("\nfacts", counts, "missed:", *missed, sep="\n  ")
    print("\ndrawn, to be judged by hand:", *drawn(facts), sep="\n  ")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--profile", type=Path)
    options.add_argument("--key-file", type=Path)
    chosen = options.parse_args()
    if chosen.profile:
        report(chosen.data, Program(chosen.profile, chosen.key_file))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(chosen.data, imported(chosen.data, Path(folder)))


if __name__ == "__main__":
    main()
