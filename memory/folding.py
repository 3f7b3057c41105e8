"""Folding with a check before the commit: what would lose something is taken back, alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from memory.consolidate.exam import questions, too_long
from memory.consolidate.moments import Fold
from memory.ledger import moments
from memory.ledger.connection import Ledger, Writer
from memory.ledger.probes import Holding, held, unanswered
from memory.records import MomentText, Probe

How = Callable[[Writer, int, Sequence[int]], None]


class _Missing(Exception):
    """Something that was found before is not found any more; it undoes what led here."""

    def __init__(self, what: frozenset[Probe | Holding]) -> None:
        super().__init__()
        self.what = what


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
    rows = [[texts[id] for id in (fold.into, *fold.gone)] for fold in folds]
    if any(map(too_long, rows)):
        return False
    asked = [probe for some in rows for probe in questions(some)]
    missing = _missing(ledger, folds, asked, how)
    if missing:
        # All is again as it was: what nobody answered before cannot have been lost.
        with ledger.writing() as db:
            never = unanswered(db, asked)
        if missing <= never:
            missing = _missing(ledger, folds, [probe for probe in asked if probe not in never], how)
    return not missing


def _missing(
    ledger: Ledger, folds: Sequence[Fold], asked: Sequence[Probe], how: How
) -> frozenset[Probe | Holding]:
    """Folds; what is missing afterwards, and then nothing was folded."""
    try:
        with ledger.writing() as db:
            before = {fold: held(db, (fold.into, *fold.gone)) for fold in folds}
            for fold in folds:
                how(db, fold.into, fold.gone)
            missing: frozenset[Probe | Holding] = unanswered(db, asked)
            for fold, had in before.items():
                missing |= had - held(db, (fold.into, *fold.gone))
            if missing:
                raise _Missing(missing)
    except _Missing as found:
        return found.what
    return frozenset()
