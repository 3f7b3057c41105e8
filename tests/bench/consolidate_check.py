"""Check before commit: good folds pass, bad merges are refused, and what the check costs.

`python -m tests.bench.consolidate_check` works on a copy of desktop as it was imported (see
tests.bench.recordings): each fold that settling plans is carried out, as it is and by merges that lose
something; then moments that are not to become one are merged, drawn at random (seeded) but for neighbours.
The share of lines that a picture must show was chosen with these figures in sight.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from memory import folding
from memory.consolidate.moments import LONGEST, Fold, folds
from memory.ledger import moments, readings
from memory.ledger.connection import Ledger, Writer
from memory.records import MomentText
from tests.bench.recordings import a_copy

DRAWN = 300
SEED = 11

INSIDE = "in (select id from frames where moment = ?)"

LOSSES = {
    "a line that only one of them held": f"""delete from lines where id in (select id from lines
      where frame {INSIDE} group by text having count(*) = 1 order by length(text) desc limit 1)""",
    "its words, for search": "delete from words where rowid = ?",
    "the vector of a passage": f"""delete from vectors where kind = 'passage' and owner =
      (select min(id) from passages where frame {INSIDE})""",
    "its picture": "update moments set best = null where id = ?",
    "a part of its time": "update moments set ended = started where id = ?",
}


class _Undo(Exception):
    """Nothing of what was tried stays."""


def losing(loss: str) -> folding.How:
    """A merge that goes on to lose something."""

    def merge(db: Writer, into: int, gone: Sequence[int]) -> None:
        moments.fold(db, into, gone)
        db.run(loss, into)

    return merge


def refused(ledger: Ledger, texts: Sequence[MomentText], tried: Fold, how: folding.How) -> bool:
    """Whether nothing of a fold is kept; it is undone either way."""
    found: list[bool] = []
    try:
        with ledger.writing():
            found.append(not folding.fold(ledger, [tried], texts, how))
            raise _Undo
    except _Undo:
        return found[0]


def pairs(texts: Sequence[MomentText], due: Sequence[Fold]) -> dict[str, list[Fold]]:
    """Moments that are not to become one, by what they have in common."""
    chance = random.Random(SEED)
    ordered = sorted((text for text in texts if text.lines), key=lambda text: text.moment.start)
    group = {id: fold.into for fold in due for id in (fold.into, *fold.gone)}

    def apart(one: MomentText, other: MomentText) -> bool:
        return group.get(one.moment.id, 0) != group.get(other.moment.id, 1)

    near = [
        Fold(one.moment.id, (other.moment.id,))
        for one, other in pairwise(ordered)
        if apart(one, other) and other.moment.end - one.moment.start <= LONGEST
    ]

    def drawn(alike: Callable[[MomentText, MomentText], bool]) -> list[Fold]:
        found: list[Fold] = []
        while len(found) < DRAWN:
            one, other = sorted(chance.sample(ordered, 2), key=lambda text: text.moment.start)
            if alike(one, other) and apart(one, other):
                found.append(Fold(one.moment.id, (other.moment.id,)))
        return found

    def window(text: MomentText) -> tuple[str, str]:
        return text.moment.app, text.moment.title

    return {
        "any two moments": drawn(lambda one, other: True),
        "two of one application": drawn(lambda one, other: one.moment.app == other.moment.app),
        "two of one window, at any time": drawn(lambda one, other: window(one) == window(other)),
        "neighbours within five minutes that settling keeps apart": near,
    }


def trials(ledger: Ledger, texts: Sequence[MomentText]) -> None:
    due = folds(texts)
    print("| merges of the desktop recording | tried | refused |\n| --- | ---: | ---: |")
    good = sum(refused(ledger, texts, fold, moments.fold) for fold in due)
    print(f"| folds that settling plans | {len(due)} | {good} |")
    for name, loss in LOSSES.items():
        bad = sum(refused(ledger, texts, Fold(fold.into, fold.gone[:1]), losing(loss)) for fold in due)
        print(f"| the same, losing {name} | {len(due)} | {bad} |")
    for name, some in pairs(texts, due).items():
        print(f"| {name} | {len(some)} | {sum(refused(ledger, texts, f, moments.fold) for f in some)} |")
    print()


def costs(ledger: Ledger, texts: Sequence[MomentText]) -> None:
    due = folds(texts)
    began = time.process_time()
    try:
        with ledger.writing() as db, readings.marked_deletes(db):
            for fold in due:
                moments.fold(db, fold.into, fold.gone)
            raise _Undo
    except _Undo:
        plain = time.process_time() - began
    began = time.process_time()
    with ledger.writing() as db, readings.marked_deletes(db):
        done = folding.fold(ledger, due, texts)
    checked = time.process_time() - began
    gone = sum(len(fold.gone) for fold in due)
    print(
        f"{len(done)} folds of {gone} moments: {plain / len(due) * 1000:.1f} ms of processor time each"
        f" without the check, {checked / len(due) * 1000:.1f} ms with it."
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as room, a_copy("desktop", Path(room) / "desktop") as memory:
        with memory.ledger.reading() as db:
            days = moments.unsettled_days(db)
            texts = [text for day in days for text in moments.of_day(db, day)]
        trials(memory.ledger, texts)
        costs(memory.ledger, texts)


if __name__ == "__main__":
    main()
