"""Whether "seen" can be trusted: in a copy 5 % of the lines are made wrong, and what quotes them is graded.

`python -m tests.bench.recall_grade [SET ...]`. Of each recording (desktop, docs_screens) 300 lines that are
as they were read and 300 that were made wrong are quoted, each in an answer of its own, and read again in the
kept picture. Baseline in the same run: the confidence of the first reading alone, from such a value on that
as many of the lines that are as they were count as seen. Nothing was tuned on any of it but that value, which
the baseline is given. Then the questions of the desktop recording are asked: right answers by grade, by the
halves of recall_answers, and answers that quote a wrong line.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from desktop.processes.engine import looked_at
from desktop.processes.reader import reader
from desktop.settings import Settings
from memory.keys import slots
from memory.ledger import moments, readings
from memory.ledger.connection import Db, Writer
from memory.recall.checking.grade import crops, graded
from memory.records import Answer, Citation, Grade, LineRow, Question, Understood
from memory.rereading import Rereading
from tests.bench.recall_answers import OWN, grade, halves
from tests.bench.recall_memories import DATA, made, rows
from tests.bench.recordings import Opened, opened

SOURCES = {"desktop": DATA / "desktop", "docs_screens": DATA / "docs_screens/images"}
SHARE, MOST, SEED = 0.05, 300, 14
LONG_S = 60.0
NOW = datetime.fromisoformat("2026-11-21T12:00:00+01:00")


# ------------------------------------------------------------------ wrong lines


def digit(text: str, chance: random.Random) -> str:
    """Another digit in the place of one."""
    at = chance.choice([n for n, mark in enumerate(text) if mark.isdigit()])
    other = chance.choice([mark for mark in "0123456789" if mark != text[at]])
    return text[:at] + other + text[at + 1 :]


def letter(text: str, chance: random.Random) -> str:
    """Another letter in the place of one."""
    at = chance.choice([n for n, mark in enumerate(text) if mark.isalpha()])
    other = chance.choice([mark for mark in "abcdefghijklmnopqrstuvwxyz" if mark != text[at].casefold()])
    return text[:at] + other + text[at + 1 :]


def left_out(text: str, chance: random.Random) -> str:
    """A word is missing."""
    words = text.split()
    del words[chance.randrange(len(words))]
    return " ".join(words)


def exchanged(text: str, chance: random.Random) -> str:
    """Two neighbouring signs have changed places."""
    pairs = [n for n in range(len(text) - 1) if text[n : n + 2].isalnum() and text[n] != text[n + 1]]
    at = chance.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


Wrong = Callable[[str, random.Random], str]
KINDS: dict[str, tuple[Wrong, str]] = {
    "a digit": (digit, r"\d"),
    "a letter": (letter, r"[^\W\d_]{2}"),
    "a word left out": (left_out, r"\w{2}\S*\s+\w{2}"),
    "two signs exchanged": (exchanged, r"([^\W_])(?!\1)[^\W_]"),
}
"""How a line is made wrong, and what has to stand in it for that."""


def spoilt(db: Writer, chance: random.Random) -> dict[int, str]:
    """5 % of the lines of a copy are made wrong; by line of which kind."""
    found: dict[int, str] = {}
    lines = db.rows("select id, text from lines where w > 0 order by id")
    for id, text in chance.sample(lines, round(SHARE * len(lines))):
        kinds = [name for name, (_, least) in KINDS.items() if re.search(least, text)]
        if not kinds:
            continue
        name = chance.choice(kinds)
        new = KINDS[name][0](text, chance)
        if letters(new) != letters(text):
            db.run("update lines set text = ? where id = ?", new, id)
            found[id] = name
    return found


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


# ------------------------------------------------------------------ lines, each quoted alone


@dataclass(frozen=True)
class Tried:
    """A line that was quoted: how it was made wrong, if it was, its first confidence, whether it is seen."""

    kind: str
    confidence: float
    seen: bool


def quoted_alone(copy: Opened, wrong: dict[int, str], chance: random.Random) -> list[Tried]:
    """Lines whose picture is there, MOST that are as they were and MOST that were made wrong, graded."""
    settings = Settings(copy.folder / "profile/settings.toml")
    rereading = Rereading(copy.pictures, reader(settings.perceive()), LONG_S)
    with copy.ledger.reading() as db:
        candidates = candidate_lines(db)
        chosen = chance.sample([row for row in candidates if row[1].id in wrong], MOST)
        chosen += chance.sample([row for row in candidates if row[1].id not in wrong], MOST)
        quoted = [(row, crops(db, answer(db, moment, row.line.text))) for moment, row in chosen]
    tried, times, cpu = [], list[float](), time.process_time()
    for row, found in quoted:
        began = time.monotonic()
        again = rereading.read(found)
        times.append(time.monotonic() - began)
        is_seen = graded(answered(), found, again).grade == "seen"
        tried.append(Tried(wrong.get(row.id, ""), row.line.confidence, bool(found) and is_seen))
    spent = (time.process_time() - cpu) / len(quoted)
    middle, late = np.percentile(times, (50, 95)) * 1000
    print(f"one line of one picture: cpu {spent * 1000:.0f} ms, p50 {middle:.0f} ms, p95 {late:.0f} ms\n")
    return tried


def candidate_lines(db: Db) -> list[tuple[int, LineRow]]:
    """Lines with a word or a number in moments' best pictures."""
    found = []
    for moment in moments.between(db, None, None):
        best = moments.best_frame(db, moment.id) if moment.picture else None
        for row in moments.texts(db, [moment.id])[moment.id]:
            if row.frame == best and len(letters(row.line.text)) >= 4 and "…" not in row.line.text:
                found.append((moment.id, row))
    return found


def answer(db: Db, moment: int, quote: str) -> Answer:
    return answered(Citation(1, moments.get(db, moment), quote))


def answered(*citations: Citation) -> Answer:
    return Answer(Question("?", NOW), Understood("?"), True, "“…” [1]", 1.0, citations, ())


def table(name: str, tried: Sequence[Tried]) -> None:
    """Shares that count as seen, of right and of wrong lines, beside confidence alone."""
    right = [one for one in tried if not one.kind]
    share = sum(one.seen for one in right) / len(right)
    least = float(np.quantile([one.confidence for one in right], 1 - share))
    print(f"| {name}: lines | n | not seen, read again | not seen, confidence >= {least:.2f} alone |")
    print("| --- | --- | --- | --- |")
    wrong = [one for one in tried if one.kind]
    parts = {"made wrong": wrong, **{kind: [one for one in wrong if one.kind == kind] for kind in KINDS}}
    for title, some in {"as they were read": right, **parts}.items():
        again = sum(not one.seen for one in some) / max(1, len(some))
        alone = sum(one.confidence < least for one in some) / max(1, len(some))
        print(f"| {title} | {len(some)} | {again:.3f} | {alone:.3f} |")
    print(flush=True)


# ------------------------------------------------------------------ questions


def questions(folder: Path, wrong: dict[int, str]) -> None:
    """The desktop questions, asked at the engine's door: right by grade, and how many quote a wrong line.

    What is quoted is read again by a reader that has all the time it needs: the grade is not that of how busy
    the machine is.
    """
    asked = [*rows(DATA / "desktop/questions.jsonl"), *rows(OWN)]
    looks = rows(DATA / "desktop/frames.jsonl")
    days = {one["frame"]: datetime.fromisoformat(one["t"]).date() for one in looks}
    tuned = [*halves(rows(DATA / "desktop/questions.jsonl"), days), *halves(rows(OWN), days)]
    profile, key = folder / "profile", folder / "key"
    with looked_at(profile, slots.open_with_file(profile, key)) as door:
        answers = [door.ask(Question(one["q"], datetime.fromisoformat(one["asked_at"]))) for one in asked]
    counts: Counter[tuple[str, str, bool]] = Counter()
    quoting: Counter[str] = Counter()
    times = list[float]()
    with opened(folder) as beside:
        rereading = Rereading(beside.pictures, reader(Settings(profile / "settings.toml").perceive()), LONG_S)
        for one, half, said in zip(asked, tuned, answers, strict=True):
            if not said.found:
                continue
            with beside.ledger.reading() as db:
                found = crops(db, said)
            began = time.process_time()
            again = rereading.read(found)
            times.append(time.process_time() - began)
            rule: Grade = "inferred" if said.grade == "inferred" else ""
            name = graded(replace(said, grade=rule), found, again).grade
            told = {"answer": said.text, "found": True, "confidence": 0, "citations": []}
            right = bool(one["evidence"]) and grade(one, told).right
            counts[name, "tuning" if half else "reporting", right] += 1
            quoting[name] += any(crop.row.id in wrong for crop in found)
    middle, late = np.percentile(times, (50, 95)) * 1000
    print(f"what an answer quotes, read again: cpu p50 {middle:.0f} ms, p95 {late:.0f} ms\n")
    title = f"{sum(counts.values())} answers" + (", 5 % of the lines made wrong" if wrong else "")
    print(f"| {title} | n | right, tuning half | right, reporting half | quote a wrong line |")
    print("| --- | --- | --- | --- | --- |")
    for name in ("seen", "doubtful", "inferred"):
        shares = []
        for half in ("tuning", "reporting"):
            all_of_it = counts[name, half, True] + counts[name, half, False]
            shares.append(f"{counts[name, half, True] / all_of_it:.3f} of {all_of_it}" if all_of_it else "")
        number = sum(n for (grade_, _, _), n in counts.items() if grade_ == name)
        print(f"| {name} | {number} | {' | '.join(shares)} | {quoting[name]} |")
    print(flush=True)


def lines(folder: Path, name: str, chance: random.Random) -> dict[int, str]:
    """Makes lines of a copy wrong and grades what quotes them; which those are."""
    with opened(folder) as copy:
        with copy.ledger.writing() as db:
            wrong = spoilt(db, chance)
            for moment in moments.between(db, None, None):
                readings.index_words(db, moment.id)
        table(name, quoted_alone(copy, wrong, chance))
    return wrong


def main() -> None:
    for name in sys.argv[1:] or SOURCES:
        memory, chance = made(name, SOURCES[name]), random.Random(SEED)
        with tempfile.TemporaryDirectory(prefix="onceseen-bench-") as room:
            folder = Path(room) / name
            shutil.copytree(memory.folder, folder, ignore=shutil.ignore_patterns("*.sock", "engine"))
            if name == "desktop":
                questions(folder, {})
            wrong = lines(folder, name, chance)
            if name == "desktop":
                questions(folder, wrong)


if __name__ == "__main__":
    main()
