"""What both tesseract adapters share: languages, measured settings, its table of words."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from memory.errors import NoOcr
from memory.ports import Word

PROGRAM = "tesseract"
SINGLE_BLOCK = 6
"""Page segmentation mode: one block of text, which a strip is."""
RESOLUTION = 144
"""Told to the engine so that it does not guess (dots an inch); measured to change nothing else."""

NOT_A_LANGUAGE = {"osd", "equ"}
FIRST = "eng"
"""Costs nothing beside others and every screen has some of it, so it goes first."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The folder of language data, and the languages to read in, joined with +."""

    data: Path
    languages: str


def environment() -> dict[str, str]:
    """Of the program: one thread, more of them wait for each other (measured: 5 times slower)."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}


def installed(languages: str) -> Installed:
    """What the tesseract program finds. `languages` is "auto" (all that are installed, "eng" first) or names
    with + between them; raises NoOcr where the program or one of them is missing.
    """
    try:
        done = subprocess.run(
            [PROGRAM, "--list-langs"],
            capture_output=True,
            text=True,
            timeout=20,
            env=environment(),
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoOcr(reason="the program tesseract does not start") from error
    folder = re.search(r'"(.+)"', done.stdout)
    there = {line.strip() for line in done.stdout.splitlines()[1:]} - NOT_A_LANGUAGE - {""}
    if folder is None or not there:
        raise NoOcr(reason="tesseract has no language data")
    if languages == "auto":
        plain = sorted((name for name in there if "/" not in name), key=lambda name: (name != FIRST, name))
        return Installed(Path(folder[1]), "+".join(plain))
    missing = [name for name in languages.split("+") if name not in there]
    if missing:
        raise NoOcr(reason=f"tesseract has no data for {', '.join(missing)}")
    return Installed(Path(folder[1]), languages)


def words_of_page(rows: Iterable[str]) -> tuple[Word, ...]:
    """Words out of TSV rows: level, page, block, paragraph, line, word, x, y, w, h, confidence, text."""
    words = []
    for row in rows:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            x, y, w, h = (int(cell) for cell in cells[6:10])
            words.append(Word(cells[11].strip(), (x, y, w, h), max(0.0, float(cells[10])) / 100))
    return tuple(words)
