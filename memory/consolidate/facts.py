"""Infers facts from what was sighted and what the user said: what holds, since when, and what it replaced.

    drafts = infer(kept sightings of some topics, verdicts on them)

A function of these two alone, topic by topic. A value is taken from one sighting when a label or a clause
says what it is; everything else must recur. Where another value of the same thing first appears in a later
stretch of activity, the older one is superseded, unless both were seen on one screen: then it has many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from memory.consolidate.trust import may_follow
from memory.records import FactDraft, Sighting, State, Topic, Verdict

DOUBT_LEFT = 0.7  # share of the doubt that another independent context leaves
SUREST = 0.95
CERTAIN = 1.0  # what the user said
RECURS = 2  # stretches of activity from which something recurs
EVIDENCE = 12  # pieces of a fact

_SAYS = {
    "application": "{shown} is in use",
    "site": "{shown} is visited",
    "document": "{shown} is worked on or read",
    "organisation": "People write from {shown}",
    "project": "{shown} is a project with items of its own",
    "topic": "{shown} comes up again and again",
    "value": "{subject}: {said}",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a value is believed, and whether it is a fact at all."""

    confidence: float
    holds: bool


def infer(sightings: Sequence[Sighting], verdicts: Sequence[Verdict]) -> tuple[FactDraft, ...]:
    """Facts in order of topic and first sight; `superseded_by` are positions in the result."""
    topics: defaultdict[Topic, list[Sighting]] = defaultdict(list)
    for one in sightings:
        topics[one.topic].append(one)
    said = {(verdict.topic, verdict.value): verdict for verdict in verdicts}
    drafts: list[FactDraft] = []
    for topic in sorted(topics):
        first = len(drafts)
        for draft in _of_topic(topic, topics[topic], said):
            after = draft.superseded_by
            drafts.append(draft if after is None else replace(draft, superseded_by=first + after))
    return tuple(drafts)


def standing(seen: Sequence[Sighting]) -> Standing:
    """What this many sightings of a value are worth: the one place where that is decided.

    Confidence grows only with independent contexts: another window (or application), or another day.
    """
    contexts = {one.context for one in seen}
    days = {one.start.date() for one in seen}
    base = max(one.weight for one in seen)
    doubt = (1 - base) * DOUBT_LEFT ** (len(contexts) + len(days) - 2)
    recurs = len({one.stretch for one in seen}) >= RECURS
    return Standing(round(min(SUREST, 1 - doubt), 3), recurs or seen[0].kind == "value")


def _of_topic(
    topic: Topic, seen: Sequence[Sighting], said: dict[tuple[Topic, str], Verdict]
) -> Iterable[FactDraft]:
    values: defaultdict[str, list[Sighting]] = defaultdict(list)
    for one in sorted(seen, key=lambda one: (one.start, one.moment)):
        values[one.value].append(one)
    groups: list[list[Sighting]] = []
    drafts: list[FactDraft] = []
    for value, group in values.items():
        verdict = said.get((topic, value))
        if verdict and verdict.ruling == "deleted":
            continue
        stands = standing(group)
        if not stands.holds and not verdict:
            continue
        groups.append(group)
        drafts.append(_draft(group, stands.confidence, verdict))
    successors = _successors(groups)
    for at, draft in enumerate(drafts):
        after = successors.get(at)
        ends = None if after is None else groups[after][0].start
        yield replace(draft, superseded_by=after, valid_to=ends)


def _successors(groups: Sequence[Sequence[Sighting]]) -> dict[int, int]:
    """Of each value that was replaced, the one that replaced it."""
    if len(groups) < 2 or groups[0][0].kind != "value":
        return {}
    on_screen = Counter(moment for group in groups for moment in {one.moment for one in group})
    if max(on_screen.values()) > 1:
        return {}
    found, stands = {}, 0
    for newer in range(1, len(groups)):
        first, second = groups[stands][0], groups[newer][0]
        if not may_follow(groups[stands], groups[newer]):
            continue
        if first.type == second.type and first.stretch != second.stretch:
            found[stands] = newer
        stands = newer
    return found


def _draft(seen: Sequence[Sighting], confidence: float, verdict: Verdict | None) -> FactDraft:
    first = seen[0]
    subjects = Counter(one.subject for one in seen)
    subject = min(subjects, key=lambda name: (-subjects[name], name))
    corrected = verdict is not None and verdict.ruling == "corrected"
    shown = verdict.said if verdict and corrected else first.shown
    state: State = "inferred" if verdict is None else "corrected" if corrected else "confirmed"
    statement = _SAYS.get(first.kind, "{said}").format(subject=subject, shown=shown, said=first.said)
    return FactDraft(
        kind=first.kind,
        statement=f"{subject}: {first.label} {shown}" if corrected else statement,
        subject=subject,
        relation=first.label,
        value=shown,
        confidence=CERTAIN if verdict else confidence,
        first_seen=min(one.start for one in seen),
        last_seen=max(one.end for one in seen),
        superseded_by=None,
        evidence=tuple((one.moment, one.line, one.quote) for one in seen[:EVIDENCE]),
        type=first.type,
        state=state,
        topic=first.topic,
        key=first.value,
    )
