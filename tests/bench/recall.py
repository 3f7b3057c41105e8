"""Search and answers beside their baselines, over what the program's own command line made of shared data.

`python -m tests.bench.recall [docs_screens] [desktop]` imports each set into a memory of its own below
ONCESEEN_BENCH_CACHE (default: the user's cache folder) and keeps it for the next run; `--fresh` imports anew.
Baselines use the same reading in the same run: FTS5 BM25 (porter, OR of the terms), and MiniLM with one
vector for a picture's whole text, cut at the model's 128 tokens.

Constants were tuned on one half: of docs_screens the sources at even places of their names' order, of desktop
the questions whose first evidence is of the first or third day, and every other unanswerable one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from platformdirs import user_cache_path
from tokenizers import Tokenizer

from memory.adapters.text_minilm import MiniLm
from tests.bench.measures import Graded, answered, mean_over, rank_of, recall, reciprocal

DATA = Path(__file__).resolve().parents[3] / "shared/data"
MODEL = Path(sys.prefix) / "share/onceseen/text"
DEPTH = 20
TUNED_DAYS = ("2026-02-09", "2026-02-11")

Ranks = list[int | None]


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
        lines = "".join(json.dumps(one) + "\n" for one in asked)
        answers = [json.loads(line) for line in self.run(command, "--batch", "-", given=lines).splitlines()]
        return answers, (time.monotonic() - began) / max(1, len(asked))

    def texts(self) -> dict[int, tuple[list[str], str]]:
        """By moment the names of its files, and all its lines as one text."""
        moments = json.loads(self.run("timeline", "--json"))["moments"]
        found = {one["moment"]: one["origins"] for one in moments}
        said: dict[int, tuple[list[str], str]] = {}
        ids = list(found)
        for start in range(0, len(ids), 200):
            some = [str(id) for id in ids[start : start + 200]]
            whole = json.loads(self.run("moment", *some, "--json"))
            for one in whole.get("moments", [whole]):
                said[one["moment"]] = (found[one["moment"]], "\n".join(line["text"] for line in one["lines"]))
        return said


def made(name: str, source: Path, cache: Path, fresh: bool) -> Memory:
    """The memory of a set: as the last run left it, or imported now. All its pictures are looked at."""
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


# ------------------------------------------------------------------ baselines over the same reading


def by_words(texts: dict[int, tuple[list[str], str]], queries: Sequence[str]) -> list[list[list[str]]]:
    """FTS5, porter, BM25, the distinct terms joined by OR; names of each result."""
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5(text, tokenize='porter unicode61')")
    db.executemany(
        "insert into t (rowid, text) values (?, ?)", [(id, text) for id, (_, text) in texts.items()]
    )
    found = []
    for query in queries:
        terms = dict.fromkeys(re.findall(r"\w+", query.lower()))
        match = " OR ".join(f'"{term}"' for term in terms)
        rows = db.execute("select rowid from t where t match ? order by bm25(t) limit ?", (match, DEPTH))
        found.append([texts[id][0] for (id,) in rows])
    return found


def by_meaning(texts: dict[int, tuple[list[str], str]], queries: Sequence[str]) -> list[list[list[str]]]:
    """MiniLM, one vector for each whole text, by cosine; names of each result."""
    encoder, ids = MiniLm(MODEL), list(texts)
    began = time.monotonic()
    vectors = encoder.encode([texts[id][1] for id in ids])
    seconds = time.monotonic() - began
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    tokenizer.no_padding()
    tokens = sum(len(coded.ids) for coded in tokenizer.encode_batch([texts[id][1] for id in ids]))
    print(f"text encoder: {tokens / seconds:.0f} tokens a second\n")
    nearest = np.argsort(-(encoder.encode(list(queries)) @ vectors.T), axis=1)[:, :DEPTH]
    return [[texts[ids[k]][0] for k in row] for row in nearest]


# ------------------------------------------------------------------ docs_screens: caption -> screen


def docs_screens(cache: Path, fresh: bool) -> None:
    data = DATA / "docs_screens"
    memory = made("docs_screens", data / "images", cache, fresh)
    queries = _lines(data / "queries.jsonl")
    asked = [{"query": one["query"], "limit": DEPTH} for one in queries]
    answers, seconds = memory.batch("search", asked)
    texts = memory.texts()
    words = [one["query"] for one in queries]
    ways = {
        "Onceseen": [[result["origins"] for result in answer["results"]] for answer in answers],
        "FTS5 BM25, porter, OR": by_words(texts, words),
        "MiniLM, whole text": by_meaning(texts, words),
    }
    wanted = [{one["image"]} for one in queries]
    ranks = {name: _ranks(wanted, found) for name, found in ways.items()}
    sources = sorted({one["source"] for one in queries})
    tuned = set(sources[::2])
    print(f"docs_screens, {len(queries)} queries, {seconds * 1000:.0f} ms a query\n")
    parts: dict[str, Callable[[dict[str, Any]], bool]] = {
        "all": lambda one: True,
        "tier A": lambda one: one["tier"] == "A",
        "tuning half": lambda one: one["source"] in tuned,
        "reporting half": lambda one: one["source"] not in tuned,
    }
    for title, belongs in parts.items():
        chosen = [n for n, one in enumerate(queries) if belongs(one)]
        _table(title, {name: [found[n] for n in chosen] for name, found in ranks.items()})
    print("| mean over sources | R@1 | R@10 |\n| --- | --- | --- |")
    for name, found in ranks.items():
        groups: dict[str, Ranks] = defaultdict(list)
        for one, rank in zip(queries, found, strict=True):
            groups[one["source"]].append(rank)
        print(f"| {name} | {mean_over(groups, 1):.3f} | {mean_over(groups, 10):.3f} |")
    print()


# ------------------------------------------------------------------ desktop: question -> answer and evidence


def desktop(cache: Path, fresh: bool) -> None:
    data = DATA / "desktop"
    memory = made("desktop", data, cache, fresh)
    questions = _lines(data / "questions.jsonl")
    days = {
        frame["frame"]: datetime.fromisoformat(frame["t"]).date() for frame in _lines(data / "frames.jsonl")
    }
    tuned = _tuned(questions, days)
    asked = [{"query": one["q"], "at": one["asked_at"]} for one in questions]
    answers, seconds = memory.batch("ask", asked)
    graded = [_grade(one, answer) for one, answer in zip(questions, answers, strict=True)]
    print(f"desktop, {len(questions)} questions, {seconds * 1000:.0f} ms a question\n")
    print("| questions | n | answered right | cited right | both | abstained right | Brier |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    pictures = [g for g in graded if g.kind != "picture"]
    halves = {"all": graded, "without picture": pictures}
    halves["tuning half"] = [g for g, half in zip(graded, tuned, strict=True) if half]
    halves["reporting half"] = [g for g, half in zip(graded, tuned, strict=True) if not half]
    halves |= {kind: [g for g in graded if g.kind == kind] for kind in dict.fromkeys(g.kind for g in graded)}
    for name, some in halves.items():
        print(f"| {name} | {len(some)} | {_figures(some)} |")
    print()
    _evidence(memory, questions, asked)


def _evidence(memory: Memory, questions: Sequence[dict[str, Any]], asked: Sequence[dict[str, Any]]) -> None:
    """How well search alone finds the evidence of the answerable questions."""
    can = [n for n, one in enumerate(questions) if one["evidence"]]
    answers, seconds = memory.batch("search", [{**asked[n], "limit": DEPTH} for n in can])
    texts = memory.texts()
    words = [questions[n]["q"] for n in can]
    ways = {
        "Onceseen": [[result["origins"] for result in answer["results"]] for answer in answers],
        "FTS5 BM25, porter, OR": by_words(texts, words),
        "MiniLM, whole text": by_meaning(texts, words),
    }
    wanted = [{f"frames/{frame:05d}.webp" for frame in questions[n]["evidence"]} for n in can]
    _table(
        f"evidence by search, {seconds * 1000:.0f} ms each",
        {name: _ranks(wanted, found) for name, found in ways.items()},
    )


def _grade(question: dict[str, Any], answer: dict[str, Any]) -> Graded:
    wanted = {f"frames/{frame:05d}.webp" for frame in question["evidence"] or ()}
    accepted = any(
        re.search(pattern, answer["answer"], re.IGNORECASE) for pattern in question["accept"] or ()
    )
    cited = any(wanted & {*citation["origins"], citation["origin"]} for citation in answer["citations"])
    return Graded(
        question["type"], bool(wanted), answer["found"], accepted, cited, float(answer["confidence"])
    )


def _tuned(questions: Sequence[dict[str, Any]], days: dict[int, Any]) -> list[bool]:
    """Whether each question belongs to the half on which constants were tuned."""
    found, unanswerable = [], 0
    for one in questions:
        if one["evidence"]:
            found.append(str(days[one["evidence"][0]]) in TUNED_DAYS)
        else:
            found.append(unanswerable % 2 == 0)
            unanswerable += 1
    return found


# ------------------------------------------------------------------ printing


def _figures(some: Sequence[Graded]) -> str:
    found = answered(some)
    can, cannot = any(g.answerable for g in some), any(not g.answerable for g in some)
    shown = [f"{found[name]:.3f}" if can else "" for name in ("answered", "cited", "both")]
    shown += [f"{found['abstained']:.3f}" if cannot else "", f"{found['brier']:.3f}"]
    return " | ".join(shown)


def _table(title: str, ranks: dict[str, Ranks]) -> None:
    count = len(next(iter(ranks.values())))
    print(f"| {title} (n = {count}) | R@1 | R@3 | R@5 | R@10 | MRR@{DEPTH} |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, found in ranks.items():
        shown = " | ".join(f"{recall(found, depth):.3f}" for depth in (1, 3, 5, 10))
        print(f"| {name} | {shown} | {reciprocal(found):.3f} |")
    print()


def _ranks(wanted: Sequence[set[str]], found: Sequence[Sequence[Sequence[str]]]) -> Ranks:
    return [rank_of(names, results) for names, results in zip(wanted, found, strict=True)]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    sets: dict[str, Callable[[Path, bool], None]] = {"docs_screens": docs_screens, "desktop": desktop}
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recall", description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[*sets, []], help="which sets (default: all)")
    parser.add_argument("--fresh", action="store_true", help="import anew")
    options = parser.parse_args()
    cache = Path(os.environ.get("ONCESEEN_BENCH_CACHE") or user_cache_path("onceseen-bench"))
    for name in options.sets or sets:
        sets[name](cache, options.fresh)


if __name__ == "__main__":
    main()
