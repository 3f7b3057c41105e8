"""From a question to the turns of a long conversation that answer it, a text-only recording (LoCoMo).

`python -m tests.bench.recall_turns [--fresh]`. Measured only: nothing is tuned on it, and nothing of it is in
the project (CC BY-NC 4.0; Maharana and others, arXiv 2402.17753). A session's date is a turn's time, not in
its text.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bench.measures import share_within
from tests.bench.recall_baselines import ranked
from tests.bench.recall_memories import DATA, Corpus, fresh, made
from tests.bench.recall_tables import OURS, Found, beside

CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop", 5: "adversarial"}
DEPTHS = (5, 10, 25)
WAYS = ("BM25, stemmed", "MiniLM, whole text", "RRF of BM25 and MiniLM")
A_TURN = timedelta(seconds=20)
"""How long a turn is taken to last: sessions have a time, turns have none."""


def main() -> None:
    anew = fresh(__doc__ or "")
    kinds: list[int] = []
    figures: dict[str, dict[str, list[float]]] = {}
    for talk in json.loads((DATA / "locomo/dev.json").read_text(encoding="utf-8")):
        said = list(turns(talk["conversation"]))
        place = {turn: f"#{n}" for n, (turn, _, _) in enumerate(said, start=1)}
        asked = [(one, evidence(one, place)) for one in talk["qa"]]
        asked = [(one, right) for one, right in asked if right]
        kinds += [one["category"] for one, _ in asked]
        for way, found in ways(talk["sample_id"], said, [str(one["question"]) for one, _ in asked], anew):
            for depth in DEPTHS:
                shares = figures.setdefault(way, {}).setdefault(f"recall@{depth}", [])
                shares += [share_within(w, f, depth) for (_, w), f in zip(asked, found, strict=True)]
    parts = {name: [kind == n for kind in kinds] for n, name in CATEGORIES.items()}
    parts = {"all but adversarial": [kind != 5 for kind in kinds], **parts, "all": [True for _ in kinds]}
    for name, belongs in parts.items():
        some = {
            way: {
                m: [v for v, inside in zip(all_of, belongs, strict=True) if inside]
                for m, all_of in of.items()
            }
            for way, of in figures.items()
        }
        beside(f"LoCoMo, {name} (n = {sum(belongs)})", some)


def ways(
    name: str, said: Sequence[tuple[str, datetime, str]], asked: Sequence[str], anew: bool
) -> Iterator[tuple[str, Found]]:
    """By way the turns that each question of a conversation finds, asked when all of it is over."""
    with tempfile.TemporaryDirectory() as folder:
        recording(Path(folder), said)
        memory = made(f"locomo-{name}", Path(folder), fresh=anew)
    now = (said[-1][1] + A_TURN).isoformat()
    found, _ = memory.found([{"query": text, "at": now, "limit": max(DEPTHS)} for text in asked])
    yield OURS, found
    corpus = Corpus(
        tuple(frozenset((f"#{n}",)) for n, _ in enumerate(said, start=1)),
        tuple((text,) for _, _, text in said),
    )
    yield from ranked(corpus, asked, WAYS).items()


def recording(folder: Path, said: Sequence[tuple[str, datetime, str]]) -> None:
    """The turns as a recording of text."""
    lines = [json.dumps({"t": at.isoformat(), "text": [text]}) for _, at, text in said]
    (folder / "frames.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def turns(conversation: dict[str, Any]) -> Iterator[tuple[str, datetime, str]]:
    """(id, time, text) of every turn in order."""
    numbers = sorted(int(key.split("_")[1]) for key in conversation if re.fullmatch(r"session_\d+", key))
    for number in numbers:
        at = datetime.strptime(conversation[f"session_{number}_date_time"], "%I:%M %p on %d %B, %Y")
        for n, turn in enumerate(conversation[f"session_{number}"]):
            shares = f" [shares {turn['blip_caption']}]" if turn.get("blip_caption") else ""
            text = f"{turn['speaker']}: {turn['text']}{shares}"
            yield turn["dia_id"], at.replace(tzinfo=UTC) + n * A_TURN, text


def evidence(question: dict[str, Any], place: dict[str, str]) -> set[str]:
    """The names of the turns that answer it; joined and misspelt ids are read, unknown ones dropped."""
    ids = re.findall(r"D:?(\d+):(\d+)", " ".join(map(str, question.get("evidence") or ())))
    turns = (f"D{int(session)}:{int(turn)}" for session, turn in ids)
    return {place[turn] for turn in turns if turn in place}


if __name__ == "__main__":
    main()
