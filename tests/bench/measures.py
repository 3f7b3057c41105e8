"""Measures of ranking and answering: pure functions over what was found and what is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 10_000
"""Resamples of a bootstrap."""


def rank_of(wanted: set[str], found: Sequence[Iterable[str]]) -> int | None:
    """Place, from 1, of the first result one of whose names is wanted; None where there is none."""
    return next((n for n, names in enumerate(found, start=1) if wanted & set(names)), None)


def recall(ranks: Sequence[int | None], depth: int) -> float:
    """Share of queries whose right result is among the first `depth`."""
    return sum(rank is not None and rank <= depth for rank in ranks) / len(ranks) if ranks else 0.0


def reciprocal(ranks: Sequence[int | None]) -> float:
    """Mean of 1 over the rank, 0 where nothing right was found (MRR)."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else 0.0


def mean_over(groups: Mapping[str, Sequence[int | None]], depth: int) -> float:
    """Mean of the groups' recall: each counts the same, however large it is."""
    return sum(recall(ranks, depth) for ranks in groups.values()) / len(groups) if groups else 0.0


def hits(ranks: Sequence[int | None], depth: int) -> list[float]:
    """1 for each query whose right result is among the first `depth`, 0 for the others."""
    return [float(rank is not None and rank <= depth) for rank in ranks]


def reciprocals(ranks: Sequence[int | None]) -> list[float]:
    """1 over each rank, 0 where nothing right was found."""
    return [1 / rank if rank else 0.0 for rank in ranks]


def share_within(wanted: set[str], found: Sequence[Iterable[str]], depth: int) -> float:
    """Share of what is wanted, of which there is some, among the names of the first `depth` results."""
    return len(wanted & {name for names in found[:depth] for name in names}) / len(wanted)


def gain(ours: Sequence[float], theirs: Sequence[float], seed: int = 14) -> tuple[float, float, float]:
    """Mean of ours less theirs over the same queries, and its 95 % interval by the paired bootstrap.

    Percentiles over resamples of queries (Efron and Tibshirani, 1993), seeded; zeros of none.
    """
    if not ours:
        return 0.0, 0.0, 0.0
    less = np.asarray(ours, float) - np.asarray(theirs, float)
    drawn = np.random.default_rng(seed).integers(0, len(less), (DRAWS, len(less)))
    low, high = np.percentile(less[drawn].mean(axis=1), (2.5, 97.5))
    return float(less.mean()), float(low), float(high)


@dataclass(frozen=True)
class Graded:
    """One question: whether it can be answered, whether it was, and what of the answer was right."""

    kind: str
    answerable: bool
    found: bool
    right: bool
    cited: bool
    confidence: float


def answered(graded: Sequence[Graded]) -> dict[str, float]:
    """Of the answerable: answered right, cited right, both; of the others: abstained right; Brier of all.

    The Brier score is the mean square of confidence (0 where it abstained) less whether it was right.
    """
    can = [g for g in graded if g.answerable]
    cannot = [g for g in graded if not g.answerable]
    return {
        "answered": _share(g.found and g.right for g in can),
        "cited": _share(g.found and g.cited for g in can),
        "both": _share(g.found and g.right and g.cited for g in can),
        "abstained": _share(not g.found for g in cannot),
        "brier": _mean([((g.confidence if g.found else 0.0) - (g.found and g.right)) ** 2 for g in graded]),
    }


def constant(graded: Sequence[Graded]) -> float:
    """The Brier score of the best single confidence under the same answers: what a confidence must beat."""
    right = _share(g.found and g.right for g in graded)
    return right * (1 - right)


def reliability(graded: Sequence[Graded], bins: int = 5) -> list[tuple[float, float, int, float, float]]:
    """Of each bin of confidence that is not empty: from, to, how many, their mean confidence, share right."""
    found = []
    for n in range(bins):
        low, high = n / bins, (n + 1) / bins
        inside = [g for g in graded if low <= g.confidence < high or (g.confidence == high == 1)]
        if inside:
            mean, right = _mean([g.confidence for g in inside]), _share(g.right for g in inside)
            found.append((low, high, len(inside), mean, right))
    return found


def _share(right: Iterable[bool]) -> float:
    return _mean([float(one) for one in right])


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
