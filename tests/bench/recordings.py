"""Recordings imported and not yet settled, kept for the next run, and copies of them to settle.

A profile is kept below ONCESEEN_BENCH_CACHE (default: the user's cache folder), in `unsettled`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from desktop import cli
from memory.index.client import Index
from memory.keys import master as keys
from memory.keys import slots
from memory.ledger import days
from memory.ledger.connection import Ledger
from memory.pictures import Pictures

SHARED = Path(__file__).resolve().parents[3] / "shared/data"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
"""When the copies are settled: nothing that is measured depends on it."""


@dataclass(frozen=True)
class Opened:
    """A copy of an imported recording, to be settled and looked at."""

    folder: Path
    ledger: Ledger
    pictures: Pictures
    index: Index


def imported(name: str, data: Path | None = None) -> Path:
    """The folder of profile and key of a recording, imported now if it is not kept."""
    cache = Path(os.environ.get("ONCESEEN_BENCH_CACHE") or user_cache_path("onceseen-bench"))
    folder = cache / "unsettled" / name
    if not folder.exists():
        making = folder.with_name(f"{name}.making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        for words in (["init"], ["import", str(data or SHARED / name)]):
            if cli.main(["--profile", str(making / "profile"), "--key-file", str(making / "key"), *words]):
                raise SystemExit(f"{name} could not be imported")
        making.rename(folder)
    return folder


@contextmanager
def a_copy(name: str, place: Path) -> Iterator[Opened]:
    """The recording as it was imported, copied to a new folder `place` and opened."""
    leave = shutil.ignore_patterns("*.sock", "engine")
    shutil.copytree(imported(name), place, ignore=leave)
    with opened(place) as copy:
        yield copy


@contextmanager
def opened(folder: Path) -> Iterator[Opened]:
    """The memory in a folder of profile and key."""
    profile = folder / "profile"
    master = slots.open_with_file(profile, folder / "key")
    with ExitStack() as stack:
        ledger = stack.enter_context(closing(Ledger.open(profile / "ledger", keys.derive(master, "ledger"))))
        pictures = Pictures(
            profile / "pictures", lambda day: keys.key_of_day(master, days.salt_for_sealing(ledger, day))
        )
        index = Index(ledger)
        stack.callback(index.close)
        yield Opened(folder, ledger, pictures, index)


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
