"""Facts without a ledger: the sightings of each day, what is kept of them, and what is inferred."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from memory.consolidate.facts import infer
from memory.consolidate.sightings import keep, of_day
from memory.consolidate.spans import stretches
from memory.consolidate.words import Furniture
from memory.records import FactDraft, MomentText, Sighting, Verdict


def sighted(moments: Sequence[MomentText]) -> tuple[Sighting, ...]:
    """What is kept when the days are settled one after the other."""
    kept: tuple[Sighting, ...] = ()
    ordered = sorted(moments, key=lambda text: (text.moment.start, text.moment.id))
    for _, texts in groupby(ordered, key=lambda text: text.moment.start.date()):
        day = list(texts)
        parts = stretches(day, Furniture(day))
        spans = [(part[0].moment.start, part[-1].moment.end, n) for n, part in enumerate(parts)]
        kept = keep((*kept, *of_day(day, spans)))
    return kept


def learned(moments: Sequence[MomentText], *verdicts: Verdict) -> tuple[FactDraft, ...]:
    return infer(sighted(moments), verdicts)


def values(moments: Sequence[MomentText], *verdicts: Verdict) -> list[FactDraft]:
    """The facts that are values, in order of first sight."""
    found = (fact for fact in learned(moments, *verdicts) if fact.kind == "value")
    return sorted(found, key=lambda fact: (fact.first_seen, fact.evidence[0][1] or 0))
