"""What the guard against planted pages costs where nobody planted any: a recording's questions and facts.

`python -m tests.bench.poison_cost [FOLDER]` takes the memory below FOLDER (profile and key; where the
benchmark of recall left it) into a copy of its own, settles it with and without the guard, and asks all
questions of the desktop recording. A listed fact is met by one with the same value and a listed frame as
evidence; the guard costs it where that one is told as in doubt.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from memory.consolidate.values import normal
from memory.engine import Engine
from memory.keys import slots
from memory.records import Answer, Fact, Question
from tests.bench.consolidate_poison import opened

DATA = Path(__file__).resolve().parents[3] / "shared/data/desktop"


def asked(memory: Engine, questions: Sequence[dict[str, Any]]) -> list[Answer]:
    return [memory.ask(Question(one["q"], datetime.fromisoformat(one["asked_at"]))) for one in questions]


def figures(questions: Sequence[dict[str, Any]], answers: Sequence[Answer]) -> str:
    """Shares answered right, cited right and both of those that can be answered, abstained of the others."""
    right, cited, both, abstained = [], [], [], []
    for one, answer in zip(questions, answers, strict=True):
        if not one["evidence"]:
            abstained.append(not answer.found)
            continue
        frames = {f"frames/{frame:05d}.webp" for frame in one["evidence"]}
        accepted = any(re.search(pattern, answer.text, re.IGNORECASE) for pattern in one["accept"] or ())
        right.append(answer.found and accepted)
        cited.append(answer.found and any(frames & set(c.moment.origins) for c in answer.citations))
        both.append(right[-1] and cited[-1])
    return " | ".join(f"{sum(hits) / len(hits):.3f}" for hits in (right, cited, both, abstained))


def met(facts: Sequence[Fact], listed: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """How many listed facts are met, and how many of those by one that is not in doubt."""
    found = [
        [
            fact.doubt
            for fact in facts
            if normal(fact.value) == normal(one["value"])
            and {piece.origin for piece in fact.evidence} & {f"frames/{n:05d}.webp" for n in one["evidence"]}
        ]
        for one in listed
    ]
    return sum(map(bool, found)), sum("" in doubts for doubts in found)


def report(folder: Path) -> None:
    questions, listed = _lines("questions.jsonl"), _lines("facts.jsonl")
    print(
        f"| {len(questions)} questions, guard | right | cited | both | abstained | facts | in doubt | met |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for guarded in (False, True):
        with tempfile.TemporaryDirectory() as place:
            copy = shutil.copytree(folder, Path(place) / "copy", ignore=_sockets)
            master = slots.open_with_file(copy / "profile", copy / "key")
            with opened(copy / "profile", master, guarded) as memory:
                shown = figures(questions, asked(memory, questions))
                facts = [fact for fact in memory.facts() if fact.kind == "value"]
        doubts = sum(bool(fact.doubt) for fact in facts)
        all_met, sure = met(facts, listed)
        name = "with" if guarded else "without"
        print(f"| {name} | {shown} | {len(facts)} | {doubts} | {sure} of {all_met} |", flush=True)


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_socket()]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.poison_cost", description=__doc__)
    cache = Path(os.environ.get("ONCESEEN_BENCH_CACHE") or user_cache_path("onceseen-bench"))
    parser.add_argument("folder", type=Path, nargs="?", default=cache / "desktop")
    report(parser.parse_args().folder)


if __name__ == "__main__":
    main()
