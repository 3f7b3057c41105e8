"""Answers over the desktop recording: right, cited, abstained, and whether the confidence means anything.

`python -m tests.bench.recall_answers` asks `questions.jsonl` of the shared recording and own_questions.jsonl
through the command line, in one memory. An answer is right where an accepted pattern is in it, a citation
where one of its frames is evidence; the marks [1] and, but for questions of time, the time of the evidence
are not looked at. Tuned on: questions whose first evidence is of the first or third day, and of those without
an answer the 1st, 3rd, ... of each file; the rest is reported.

Baselines: a constant confidence under the same answers, and the line of the best moment by BM25 that holds
most of the question's words, answered where it holds a share of them that was chosen on the tuning half.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from tests.bench.measures import Graded, answered, constant, reliability
from tests.bench.recall_baselines import ranked
from tests.bench.recall_memories import DATA, Memory, made

OWN = Path(__file__).with_name("own_questions.jsonl")
KINDS = ("content", "update", "time", "application", "order", "duration", "count", "multi", "picture")
TUNED_DAYS = ("2026-02-09", "2026-02-11")
SHARES = tuple(n / 10 for n in range(11))
WORDS = "FTS5 BM25, porter, OR"

MARK = re.compile(r"\[\d\]")
SEEN = re.compile(r"\(\w{3} \d{1,2} \w{3} \d{4}, \d\d:\d\d\)")

Json = dict[str, Any]


def desktop(cache: Path, fresh: bool) -> None:
    data = DATA / "desktop"
    memory = made("desktop", data, cache, fresh)
    days = {one["frame"]: datetime.fromisoformat(one["t"]).date() for one in _lines(data / "frames.jsonl")}
    sets = {"shared": _lines(data / "questions.jsonl"), "own": _lines(OWN)}
    questions = [one for some in sets.values() for one in some]
    tuned = [half for some in sets.values() for half in halves(some, days)]
    asked = [{"query": one["q"], "at": one["asked_at"]} for one in questions]
    answers, seconds = memory.batch("ask", asked)
    graded = [grade(one, answer) for one, answer in zip(questions, answers, strict=True)]
    plain = _plain(memory, questions, tuned)
    print(f"{len(questions)} questions, {seconds * 1000:.0f} ms each, the start of the program included\n")
    own = [n >= len(sets["shared"]) for n in range(len(questions))]
    _table("shared and own", _parts(graded, tuned))
    for name, belongs in (("shared", False), ("own", True)):
        at = [n for n, is_own in enumerate(own) if is_own == belongs]
        if at:
            _table(name, _parts([graded[n] for n in at], [tuned[n] for n in at]))
    _table("best line by BM25", _parts(plain, tuned))
    _calibration([g for g, half in zip(graded, tuned, strict=True) if not half])


def grade(question: Json, answer: Json) -> Graded:
    """An answer of the command line against its question."""
    wanted = evidence(question)
    cited = any(wanted & {*one["origins"], one["origin"]} for one in answer["citations"])
    right = _accepted(question, answer["answer"])
    return Graded(question["type"], bool(wanted), answer["found"], right, cited, float(answer["confidence"]))


def evidence(question: Json) -> set[str]:
    return {f"frames/{frame:05d}.webp" for frame in question["evidence"] or ()}


def halves(questions: Sequence[Json], days: dict[int, date]) -> list[bool]:
    """Whether each question belongs to the half on which constants were tuned."""
    found, unanswerable = [], 0
    for one in questions:
        if one["evidence"]:
            found.append(str(days[one["evidence"][0]]) in TUNED_DAYS)
        else:
            found.append(unanswerable % 2 == 0)
            unanswerable += 1
    return found


def _accepted(question: Json, text: str) -> bool:
    """Whether an accepted pattern is in the answer, apart from numbers that would fit by chance."""
    text = MARK.sub("", text)
    if question["type"] not in ("time", "order"):
        text = SEEN.sub("", text)
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in question["accept"] or ())


def _plain(memory: Memory, questions: Sequence[Json], tuned: Sequence[bool]) -> list[Graded]:
    """The baseline's answers; the share of words from which on it answers is the best of the tuning half."""
    corpus = memory.corpus()
    said = {name: lines for names, lines in zip(corpus.names, corpus.lines, strict=True) for name in names}
    best = ranked(corpus, [one["q"] for one in questions], [WORDS])[WORDS]
    tries = []
    for one, found in zip(questions, best, strict=True):
        words = set(re.findall(r"\w+", one["q"].lower()))
        lines = said[min(found[0])] if found and found[0] else ("",)
        line = max(lines, key=lambda line: len(words & set(re.findall(r"\w+", line.lower()))))
        share = len(words & set(re.findall(r"\w+", line.lower()))) / max(1, len(words))
        wanted = evidence(one)
        cited = bool(found) and bool(wanted & set(found[0]))
        tries.append(Graded(one["type"], bool(wanted), True, _accepted(one, line[:300]), cited, share))

    def at(share: float) -> list[Graded]:
        return [
            Graded(g.kind, g.answerable, g.confidence >= share, g.right, g.cited, g.confidence) for g in tries
        ]

    def worth(share: float) -> float:
        figures = answered([g for g, half in zip(at(share), tuned, strict=True) if half])
        return figures["answered"] + figures["abstained"]

    return at(max(SHARES, key=worth))


# ------------------------------------------------------------------ printing


def _parts(graded: Sequence[Graded], tuned: Sequence[bool]) -> dict[str, list[Graded]]:
    reported = [g for g, half in zip(graded, tuned, strict=True) if not half]
    parts = {
        "reporting half": reported,
        "the same without picture": [g for g in reported if g.kind != "picture"],
        "tuning half": [g for g, half in zip(graded, tuned, strict=True) if half],
    }
    return parts | {f"reporting, {kind}": [g for g in reported if g.kind == kind] for kind in KINDS}


def _table(title: str, parts: dict[str, list[Graded]]) -> None:
    print(f"| {title} | n | answered right | cited right | both | abstained right | Brier | of a constant |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, some in parts.items():
        if some:
            print(f"| {name} | {len(some)} | {_figures(some)} | {constant(some):.3f} |")
    print()


def _figures(some: Sequence[Graded]) -> str:
    found = answered(some)
    can, cannot = any(g.answerable for g in some), any(not g.answerable for g in some)
    shown = [f"{found[name]:.3f}" if can else "" for name in ("answered", "cited", "both")]
    shown += [f"{found['abstained']:.3f}" if cannot else "", f"{found['brier']:.3f}"]
    return " | ".join(shown)


def _calibration(some: Sequence[Graded]) -> None:
    """What the confidence of those answered is worth, and what another threshold would have given."""
    print("| confidence (reporting half) | answers | mean confidence | right |\n| --- | --- | --- | --- |")
    for low, high, count, mean, right in reliability([g for g in some if g.found]):
        print(f"| {low:.1f} to {high:.1f} | {count} | {mean:.2f} | {right:.2f} |")
    print()


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recall_answers", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="import anew")
    options = parser.parse_args()
    desktop(Path(os.environ.get("ONCESEEN_BENCH_CACHE") or user_cache_path("onceseen-bench")), options.fresh)


if __name__ == "__main__":
    main()
