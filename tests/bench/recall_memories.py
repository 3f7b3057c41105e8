"""Memories of shared data for the benches of recall, made through the command line and kept for the next run.

A memory is kept below ONCESEEN_BENCH_CACHE (default: the user's cache folder); `--fresh` makes it anew.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

DATA = Path(__file__).resolve().parents[3] / "shared/data"
CACHE = Path(os.environ.get("ONCESEEN_BENCH_CACHE") or user_cache_path("onceseen-bench"))


@dataclass(frozen=True)
class Corpus:
    """What baselines rank: documents, each with what it is called and the lines that were read in it."""

    names: tuple[frozenset[str], ...]
    lines: tuple[tuple[str, ...], ...]

    def joined(self, of: Mapping[str, str]) -> Corpus:
        """Larger documents: the lines of all whose names `of` gives the same name, as (session of file)."""
        whole: dict[str, list[str]] = {name: [] for name in of.values()}
        for names, lines in zip(self.names, self.lines, strict=True):
            for larger in sorted({of[name] for name in names if name in of}):
                whole[larger] += lines
        return Corpus(tuple(frozenset((name,)) for name in whole), tuple(map(tuple, whole.values())))


@dataclass(frozen=True)
class Memory:
    """A memory that was made for the bench, used through the command line alone."""

    folder: Path

    def run(self, *words: str, given: str | None = None) -> str:
        """Standard output of one command; a failure ends the bench."""
        program = [sys.executable, "-m", "desktop"]
        place = ["--profile", str(self.folder / "profile"), "--key-file", str(self.folder / "key")]
        done = subprocess.run(
            [*program, *place, *words], input=given, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def batch(self, command: str, asked: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], float]:
        """The answers to many questions in order, and seconds for each, the start of the program included."""
        began = time.monotonic()
        given = "".join(json.dumps(one) + "\n" for one in asked)
        answers = [json.loads(line) for line in self.run(command, "--batch", "-", given=given).splitlines()]
        return answers, (time.monotonic() - began) / max(1, len(asked))

    def found(self, asked: Sequence[dict[str, Any]]) -> tuple[list[list[frozenset[str]]], float]:
        """The names of each result of each search, best first, and seconds for each search."""
        answers, seconds = self.batch("search", asked)
        return [[frozenset(r["origins"]) for r in answer["results"]] for answer in answers], seconds

    def corpus(self) -> Corpus:
        """Every moment with the names of its files and all its lines, as this memory has read them."""
        moments = json.loads(self.run("timeline", "--json"))["moments"]
        names = {one["moment"]: frozenset(one["origins"]) for one in moments}
        lines: dict[int, tuple[str, ...]] = {}
        ids = list(names)
        for start in range(0, len(ids), 200):
            some = [str(id) for id in ids[start : start + 200]]
            whole = json.loads(self.run("moment", *some, "--json"))
            for one in whole.get("moments", [whole]):
                lines[one["moment"]] = tuple(line["text"] for line in one["lines"])
        return Corpus(tuple(names[id] for id in lines), tuple(lines.values()))


def made(name: str, source: Path, cache: Path = CACHE, fresh: bool = False) -> Memory:
    """The memory of a recording: as the last run left it, or imported now. All its pictures are looked at."""
    memory, done = Memory(cache / name), cache / name / "import.json"
    if fresh or not done.exists() or json.loads(memory.run("status", "--json"))["unseen"]:
        shutil.rmtree(memory.folder, ignore_errors=True)
        memory.folder.mkdir(parents=True)
        memory.run("init")
        began = time.monotonic()
        counts = json.loads(memory.run("import", str(source), "--json"))
        seconds = time.monotonic() - began
        memory.run("consolidate")
        done.write_text(json.dumps({**counts, "seconds": seconds}), encoding="utf-8")
    counts = json.loads(done.read_text(encoding="utf-8"))
    a_minute = counts["imported"] / counts["seconds"] * 60
    print(
        f"{name}: {counts['imported']} imported, {len(counts['refused'])} refused, {a_minute:.0f} a minute\n"
    )
    return memory


def rows(path: Path) -> list[dict[str, Any]]:
    """A file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fresh(about: str) -> bool:
    """The one option of these benches."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--fresh", action="store_true", help="import anew")
    return bool(parser.parse_args().fresh)
