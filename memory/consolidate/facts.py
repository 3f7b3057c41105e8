"""Infers facts from what was read: values and what they are the values of, and what recurs.

A value is taken from one reading when a label or a clause says what it is (then with low confidence);
everything else must recur. Confidence grows only with independent contexts: another window, or another day.
When another value of the same thing first appears in a later stretch of time, the older one is superseded,
unless both were ever seen on one screen: then the thing has many values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from memory.consolidate.recurring import recurring
from memory.consolidate.sightings import Sighting, Sightings
from memory.consolidate.words import terms
from memory.records import EpisodeDraft, FactDraft, MomentText

LABELLED = 0.5  # confidence of what a label says, read once
SAID = 0.35  # of what a clause says, read once
DOUBT_LEFT = 0.7  # share of the doubt that another independent context leaves
SUREST = 0.95
EVIDENCE = 12  # pieces kept of a fact
AT_EITHER_END = 3  # of them the earliest and the latest; the rest by context
OWN_NAME_WORDS = (
    2  # words of a relation that names its thing by itself ("attention level"), whatever the window
)

Key = tuple[str, str, str]


def infer(moments: Sequence[MomentText], episodes: Sequence[EpisodeDraft]) -> tuple[FactDraft, ...]:
    """Facts in order of kind and first sight; `superseded_by` are positions in the result."""
    ordered = sorted(moments, key=lambda text: (text.moment.start, text.moment.id))
    groups = _grouped(ordered, Sightings(ordered, episodes))
    successors = _successors(groups)
    values = [_draft(sightings) for sightings in groups.values()]
    place = {key: at for at, key in enumerate(groups)}
    chained = [
        replace(draft, superseded_by=place[successors[key]]) if key in successors else draft
        for key, draft in zip(groups, values, strict=True)
    ]
    return (*chained, *recurring(ordered, episodes))


def _grouped(ordered: Iterable[MomentText], reader: Sightings) -> dict[Key, list[Sighting]]:
    """Sightings of one thing with one value; what stood in other windows supports, and founds nothing."""
    groups: defaultdict[Key, list[Sighting]] = defaultdict(list)
    aside: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for text in ordered:
        for sighting in reader.of(text):
            if sighting.context is None:
                aside[sighting.relation, sighting.value].append(sighting)
            else:
                groups[_thing(sighting), sighting.relation, sighting.value].append(sighting)
    for (_, relation, value), sightings in groups.items():
        sightings += aside.get((relation, value), ())
        sightings.sort(key=lambda one: (one.start, one.moment, one.row.id))
    return dict(groups)


def _thing(sighting: Sighting) -> str:
    """What the value belongs to: nothing further where the relation names it, else the subject."""
    relation = terms(sighting.mention.relation)
    return (
        ""
        if len(relation) >= OWN_NAME_WORDS and not sighting.mention.labelled
        else sighting.subject.casefold()
    )


def _successors(groups: dict[Key, list[Sighting]]) -> dict[Key, Key]:
    """Of each value that was replaced, the one that replaced it."""
    by_thing: defaultdict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in groups:
        by_thing[key[0], key[1]].append(key)
    successors = {}
    for keys in by_thing.values():
        fronts = {key: [one for one in groups[key] if one.context is not None] for key in keys}
        on_screen = Counter(moment for key in keys for moment in {one.moment for one in fronts[key]})
        if len(keys) < 2 or max(on_screen.values()) > 1:
            continue
        for older, newer in pairwise(keys):
            first, second = fronts[older][0], fronts[newer][0]
            if first.mention.type == second.mention.type and first.stretch != second.stretch:
                successors[older] = newer
    return successors


def _draft(sightings: Sequence[Sighting]) -> FactDraft:
    founding = [one for one in sightings if one.context is not None]
    mention = founding[0].mention
    subjects = Counter(one.subject for one in founding)
    subject = min(subjects, key=lambda name: (-subjects[name], name))
    return FactDraft(
        kind="value",
        statement=f"{subject}: {mention.said}",
        subject=subject,
        relation=mention.relation,
        value=mention.value,
        confidence=_confidence(founding),
        first_seen=min(one.start for one in founding),
        last_seen=max(one.end for one in founding),
        superseded_by=None,
        evidence=_evidence(sightings),
    )


def _confidence(founding: Sequence[Sighting]) -> float:
    contexts = {one.context for one in founding}
    days = {one.start.date() for one in founding}
    base = LABELLED if any(one.mention.labelled for one in founding) else SAID
    independent = len(contexts) + len(days) - 2
    return round(min(SUREST, 1 - (1 - base) * DOUBT_LEFT**independent), 3)


def _evidence(sightings: Sequence[Sighting]) -> tuple[tuple[int, int | None, str], ...]:
    """At most EVIDENCE pieces, one a moment: the earliest and last, then the first of each window and day."""
    one_each: dict[int, Sighting] = {}
    for sighting in sightings:
        one_each.setdefault(sighting.moment, sighting)
    found = list(one_each.values())
    first_of_context = list({(one.context, one.start.date()): one for one in reversed(found)}.values())[::-1]
    wanted = dict.fromkeys([*found[:AT_EITHER_END], *found[-AT_EITHER_END:], *first_of_context, *found])
    kept = sorted(list(wanted)[:EVIDENCE], key=lambda one: (one.start, one.moment))
    return tuple((one.moment, one.row.id, one.row.line.text) for one in kept)
