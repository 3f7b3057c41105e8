"""Folding with a check before the commit: what would lose something is taken back, alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from memory.consolidate.exam import questions
from memory.consolidate.moments import Fold
from memory.ledger import moments
from memory.ledger.connection import Ledger, Writer
from memory.ledger.probes import answered
from memory.records import MomentText

How = Callable[[Writer, int, Sequence[int]], None]


class _Missing(Exception):
    """Something that was found before is not found any more; it undoes what led here."""


def fold(
    ledger: Ledger, folds: Iterable[Fold], texts: Sequence[MomentText], how: How = moments.fold
) -> tuple[Fold, ...]:
    """Carries out each of these as far as the questions made of its moments (`texts`, as they are now) are
    answered afterwards as they were before; within the caller's transaction. Returns what was carried out.

    Of a fold that loses something its first moments are folded as long as nothing is lost: so the same
    comes out, however many of them were there when the first were folded.
    """
    by_id = {text.moment.id: text for text in texts}
    done: list[Fold] = []
    for whole in folds:
        if _kept(ledger, whole, by_id, how):
            done.append(whole)
            continue
        gone: list[int] = []
        for id in whole.gone:
            if len(whole.gone) == 1 or not _kept(ledger, Fold(whole.into, (id,)), by_id, how):
                break
            gone.append(id)
        if gone:
            done.append(Fold(whole.into, tuple(gone)))
    return tuple(done)


def _kept(ledger: Ledger, fold: Fold, texts: dict[int, MomentText], how: How) -> bool:
    """Folds, and undoes that where something is missing then."""
    ids = (fold.into, *fold.gone)
    probes = questions([texts[id] for id in ids])
    try:
        with ledger.writing() as db:
            before = answered(db, ids, probes)
            how(db, fold.into, fold.gone)
            if before - answered(db, ids, probes):
                raise _Missing
    except _Missing:
        return False
    return True
