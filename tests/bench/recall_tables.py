"""Tables of rankings beside each other, and how far ours is ahead of the best of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.measures import gain, hits, rank_of, reciprocals

OURS = "Onceseen"

Found = Sequence[Sequence[frozenset[str]]]
"""For each query the names of each result, best first."""


@dataclass(frozen=True)
class Measure:
    """A column: its name, and a figure for each query."""

    name: str
    of: Callable[[Sequence[int | None]], list[float]]


def at(depth: int) -> Measure:
    return Measure(f"R@{depth}", lambda ranks: hits(ranks, depth))


MRR = Measure("MRR", reciprocals)


def ranks(wanted: Sequence[set[str]], found: Found) -> list[int | None]:
    """The place of the first right result of each query."""
    return [rank_of(names, results) for names, results in zip(wanted, found, strict=True)]


def table(
    title: str, ways: Mapping[str, Sequence[int | None]], measures: Sequence[Measure], only: Sequence[int]
) -> None:
    """The measures of the ways over some of the queries, and the gain of ours over the best of the others."""
    figures = {way: {m.name: m.of([found[n] for n in only]) for m in measures} for way, found in ways.items()}
    beside(f"{title} (n = {len(only)})", figures)


def beside(title: str, figures: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    """By way and measure a figure for each query: their means, and the gain of ours in each measure."""
    columns = list(figures[OURS])
    print(f"| {title} | {' | '.join(columns)} |\n| --- |{' --- |' * len(columns)}")
    for way, found in figures.items():
        print(f"| {way} | {' | '.join(f'{mean(found[column]):.3f}' for column in columns)} |")
    others = [way for way in figures if way != OURS]
    if others:
        shown = []
        for column in columns:
            best = max(others, key=lambda way: mean(figures[way][column]))
            less, low, high = gain(figures[OURS][column], figures[best][column])
            shown.append(f"{less:+.3f} [{low:+.3f}, {high:+.3f}]")
        print(f"| ahead of the best of them [95 %] | {' | '.join(shown)} |")
    print()


def mean(figures: Sequence[float]) -> float:
    """0 of none."""
    return sum(figures) / len(figures) if figures else 0.0
