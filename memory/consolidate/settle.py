"""The order of settling a day as one pure plan: folds, then the spans of what is left and their episodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from memory.consolidate import episodes
from memory.consolidate.moments import Fold, folded, folds
from memory.records import MomentText, Span, SpanDraft

__all__ = ["Fold", "Plan", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What settling a day would change: moments to fold, and the spans that then stand.

    `left` are the moments as they are after folding; `links` the episode of each span, a negative one new.
    """

    folds: tuple[Fold, ...]
    left: tuple[MomentText, ...]
    spans: tuple[SpanDraft, ...]
    links: tuple[int, ...]


def plan(
    moments: Sequence[MomentText], before: Sequence[Span], carried_out: Sequence[Fold] | None = None
) -> Plan:
    """Takes all moments of a day, settled or not, and the spans of the days before it (see episodes.of_day).

    Carried out and made again it folds nothing and says the same. `carried_out` are folds that stand, where
    not all of them could be.
    """
    found = folds(moments) if carried_out is None else tuple(carried_out)
    left = folded(moments, found)
    return Plan(found, left, *episodes.of_day(left, before))
