"""Titles and gists that a local language model may put into better words, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unpolished:
    """An episode as it is named, and its evidence: `lines` as they were read, best first, and all `words`.

    `words` are case-folded; lines are titles of windows, subjects, telling lines, people, sites and files.
    """

    episode: int
    title: str
    gist: str
    lines: tuple[str, ...]
    words: frozenset[str]
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Polished:
    """What holds against the evidence."""

    title: str
    gist: str
