"""The order of settling as one pure plan: folds, then episodes of what is left, then facts from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from memory.consolidate.episodes import group
from memory.consolidate.facts import infer
from memory.consolidate.moments import Fold, folded, folds
from memory.records import EpisodeDraft, FactDraft, MomentText

__all__ = ["Fold", "Plan", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What settling would change: moments to fold, and the episodes and facts that then stand."""

    folds: tuple[Fold, ...]
    episodes: tuple[EpisodeDraft, ...]
    facts: tuple[FactDraft, ...]


def plan(moments: Sequence[MomentText]) -> Plan:
    """Takes all moments, settled or not. Carried out and made again it folds nothing and says the same."""
    found = folds(moments)
    left = folded(moments, found)
    episodes = group(left)
    return Plan(found, episodes, infer(left, episodes))
