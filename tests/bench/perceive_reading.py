"""Reading beside plain tesseract: word recall and CPU seconds a frame, all read and only what is new.

`python -m tests.bench.perceive_reading` reads every frame of the desktop recording with one reader that
remembers its strips, and every EVERY-th frame whole, by Onceseen and by the tesseract program (`--psm 3`, all
of the picture). CPU is of decoding, strips, engine, lines and secrets; not of encoding pictures. Recall is
by bag of words, small letters, outer signs off, against the exact texts, in what was read inside the window
that shows them.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from memory.adapters.ocr_tesserocr import TesserOcr
from memory.adapters.tesseract import environment, words_of_page
from memory.perceive import pixels
from memory.perceive.known import StripReader
from memory.perceive.lines import in_windows
from memory.perceive.reader import without_secrets
from memory.ports import Grey, Ocr, Word
from memory.records import Line, Window

DATA = Path(__file__).resolve().parents[3] / "shared/data/desktop"
KINDS = ("dom_viewport", "editor", "tmux_pane", "pdf_page")
TUNED_DAYS = ("2026-02-09", "2026-02-11")
EVERY = 8
"""Of the frames that are read whole: one in so many, through all days."""
LANGUAGES = "eng+deu"


class Counted:
    """An engine that counts the strips it is given, in second looks too."""

    def __init__(self, ocr: Ocr) -> None:
        self.name, self._ocr = ocr.name, ocr
        self.count = 0

    def words(self, strips: Sequence[Grey], until: float) -> tuple[tuple[Word, ...], ...]:
        self.count += len(strips)
        return self._ocr.words(strips, until)


@dataclass
class Tally:
    """What was right of what was there, by kind of text, and what it cost."""

    hits: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    frames: int = 0
    cpu: float = 0.0
    strips: int = 0
    looks: int = 0

    def add(self, other: Tally) -> None:
        self.hits.update(other.hits)
        self.there.update(other.there)
        self.frames += other.frames
        self.cpu += other.cpu
        self.strips += other.strips
        self.looks += other.looks

    def recall(self, kind: str) -> str:
        return f"{self.hits[kind] / self.there[kind]:.3f}" if self.there[kind] else "-"

    def row(self, name: str) -> str:
        cells = [name, str(self.frames), *map(self.recall, KINDS), f"{self.cpu / self.frames:.3f}"]
        return f"| {' | '.join(cells)} |"


def bag(texts: Iterable[str]) -> Counter[str]:
    """Words as they are compared, and how often each is there."""
    words = (re.sub(r"^\W+|\W+$", "", word.lower()) for text in texts for word in text.split())
    return Counter(word for word in words if word)


def score(frame: dict[str, Any], lines: Sequence[Line]) -> Tally:
    """What was read inside each window against what it shows."""
    windows = [
        Window(w["app"], w["title"], w["x"], w["y"], w["w"], w["h"], w["stack"]) for w in frame["windows"]
    ]
    placed = in_windows(lines, windows)
    tally = Tally(frames=1)
    for text in frame["texts"]:
        want = bag(text["lines"])
        got = bag(line.text for line in placed if line.window == text["window"])
        tally.hits[text["kind"]] += (want & got).total()
        tally.there[text["kind"]] += want.total()
    return tally


def by_onceseen(reader: StripReader, counted: Counted, frame: dict[str, Any]) -> Tally:
    """One frame as the reader reads it, up to lines without secrets."""
    content = (DATA / frame["file"]).read_bytes()
    counted.count = 0
    began = time.process_time()
    looks = reader.read(pixels.decoded(content))
    clean = without_secrets(looks).lines
    cpu = time.process_time() - began
    tally = score(frame, clean)
    tally.cpu, tally.strips, tally.looks = cpu, len(looks.words), counted.count
    return tally


def by_program(frame: dict[str, Any]) -> Tally:
    """One frame as the program reads it when it is given the picture and nothing else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Image.open(DATA / frame["file"]) as image:
        grey = image.convert("L")
    header = f"P5 {grey.width} {grey.height} 255\n".encode()
    command = ["tesseract", "-", "-", "-l", LANGUAGES, "--psm", "3", "tsv"]
    done = subprocess.run(
        command, input=header + grey.tobytes(), capture_output=True, env=environment(), check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = words_of_page(done.stdout.decode().splitlines())
    tally = score(frame, [Line(word.text, word.box) for word in words])
    tally.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return tally


def summed(
    frames: Sequence[dict[str, Any]], read: Sequence[Tally], wanted: Callable[[dict[str, Any]], bool]
) -> Tally:
    """Of all frames that are wanted."""
    total = Tally()
    for frame, tally in zip(frames, read, strict=True):
        if wanted(frame):
            total.add(tally)
    return total


def read_on(frames: Sequence[dict[str, Any]], ocr: Ocr) -> Iterator[Tally]:
    """All frames by one reader that remembers."""
    counted = Counted(ocr)
    reader = StripReader(counted)
    for n, frame in enumerate(frames, 1):
        print(f"\r{n} of {len(frames)}", end="", file=sys.stderr)
        yield by_onceseen(reader, counted, frame)


def read_whole(frames: Sequence[dict[str, Any]], ocr: Ocr) -> Iterator[Tally]:
    """Each frame by a reader that knows nothing."""
    for frame in frames:
        counted = Counted(ocr)
        yield by_onceseen(StripReader(counted), counted, frame)


def main() -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    frames = [json.loads(line) for line in (DATA / "frames.jsonl").read_text().splitlines()]
    sample = frames[::EVERY]
    ocr = TesserOcr(LANGUAGES)
    plain = [by_program(frame) for frame in sample]
    whole = list(read_whole(sample, ocr))
    kept = list(read_on(frames, ocr))
    head = f"| | frames | {' | '.join(KINDS)} | cpu s/frame |\n| --- {'| --- ' * (len(KINDS) + 2)}|"

    def every(_: dict[str, Any]) -> bool:
        return True

    def tuned(frame: dict[str, Any]) -> bool:
        return frame["t"][:10] in TUNED_DAYS

    print(f"\n{head}")
    print(summed(sample, plain, every).row(f"tesseract --psm 3, one frame in {EVERY}"))
    print(summed(sample, whole, every).row(f"Onceseen, each read whole, one in {EVERY}"))
    print(summed(sample, kept[::EVERY], every).row("Onceseen, only what is new, the same frames"))
    print(summed(frames, kept, every).row("Onceseen, only what is new, all frames"))
    print(summed(frames, kept, tuned).row("of these the days that were tuned on"))
    print(summed(frames, kept, lambda frame: not tuned(frame)).row("of these the others"))
    print(
        "\n| change | frames | strips a frame | looks by these | cpu s/frame |"
        "\n| --- | --- | --- | --- | --- |"
    )
    changes: dict[str, Tally] = defaultdict(Tally)
    for frame, tally in zip(frames, kept, strict=True):
        for name in (frame["change"], "all"):
            changes[name].add(tally)
    for name, one in sorted(changes.items(), key=lambda item: -item[1].frames):
        cells = [name, one.frames, round(one.strips / one.frames)]
        print(
            f"| {' | '.join(map(str, cells))} | {one.looks / one.strips:.3f} | {one.cpu / one.frames:.3f} |"
        )


if __name__ == "__main__":
    main()
