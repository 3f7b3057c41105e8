"""Folding with a check before the commit: what would lose something is taken back, alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from memory.consolidate.exam import questions, too_long
from memory.consolidate.moments import Fold
from memory.ledger import moments
from memory.ledger.connection import Ledger, Writer
from memory.ledger.probes import answered
from memory.records import MomentText

How = Callable[[Writer, int, Sequence[int]], None]


class _Missing(Exception):
    """Something that was found before is not found any more; it undoes what led here."""


def fold(
    ledger: Ledger, folds: Sequence[Fold], texts: Sequence[MomentText], how: How = moments.fold
) -> tuple[Fold, ...]:
    """Carries out these as far as the questions made of their moments (`texts`, as they are now) are answered
    afterwards as they were before; within the caller's transaction. Returns what was carried out.

    Seldom is anything lost, so all are tried at once first. Of a fold that loses something its first moments
    are folded as long as nothing is lost: so the same comes out, however many were there when they were.
    """
    by_id = {text.moment.id: text for text in texts}

    def kept(some: Sequence[Fold]) -> bool:
        return _kept(ledger, some, by_id, how)

    if kept(folds):
        return tuple(folds)
    done = (whole if kept([whole]) else _beginning(whole, kept) for whole in folds)
    return tuple(found for found in done if found.gone)


def _beginning(whole: Fold, kept: Callable[[Sequence[Fold]], bool]) -> Fold:
    """As much of it as is kept."""
    gone: list[int] = []
    for id in whole.gone:
        if len(whole.gone) == 1 or not kept([Fold(whole.into, (id,))]):
            break
        gone.append(id)
    return Fold(whole.into, tuple(gone))


def _kept(ledger: Ledger, folds: Sequence[Fold], texts: dict[int, MomentText], how: How) -> bool:
    """Folds, and undoes that where something is missing then."""
    asked = [((fold.into, *fold.gone), fold) for fold in folds]
    rows = {ids: [texts[id] for id in ids] for ids, _ in asked}
    if any(map(too_long, rows.values())):
        return False
    probes = {ids: questions(some) for ids, some in rows.items()}
    try:
        with ledger.writing() as db:
            before = [answered(db, ids, probes[ids]) for ids, _ in asked]
            for _, fold in asked:
                how(db, fold.into, fold.gone)
            after = [answered(db, ids, probes[ids]) for ids, _ in asked]
            if any(had - has for had, has in zip(before, after, strict=True)):
                raise _Missing
    except _Missing:
        return False
    return True
