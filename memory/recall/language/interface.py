"""Words for parts of a screen and what is done there: seldom written on it, so in a query they say little."""

from __future__ import annotations

from collections.abc import Mapping

from memory.recall.language.words import fold, stem

QUIET = 0.25
"""What such a word weighs beside another of the same rarity (tests/bench/RESULTS.md)."""

_PARTS = """
    screen screenshot dialog dialogue window pane panel tab section page popup sidebar menu button checkbox
    form view
    bildschirm bildschirmfoto fenster reiter registerkarte abschnitt seite seitenleiste menü knopf
    schaltfläche kontrollkästchen formular ansicht
"""

_DEEDS = """
    click select open show shows showing shown display displays displaying displayed highlight highlights
    highlighting highlighted see choose press enter go type typing depict depicts depicting present presents
    presented illustrate illustrates illustrating demonstrate appear appears example
    klicken klicke auswählen wähle öffnen öffne zeigen zeigt anzeigen drücken tippen hervorgehoben beispiel
"""

_QUIET = frozenset(stem(fold(word)) for word in f"{_PARTS} {_DEEDS}".split())


def is_quiet(word: str) -> bool:
    """Whether a folded word or its stem names a part of a screen, or what is done or seen there."""
    return word in _QUIET or stem(word) in _QUIET


def quieted(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights by stem, with less for such words; as they are where there are no others."""
    if all(map(is_quiet, weights)):
        return dict(weights)
    return {word: weight * (QUIET if is_quiet(word) else 1.0) for word, weight in weights.items()}
