"""Infers facts from what was sighted and what the user said: what holds, since when, and what it replaced.

    drafts = infer(kept sightings of some topics, verdicts on them)

A function of these two alone, topic by topic. A value is taken from one sighting when a label or a clause
says what it is; everything else must recur. Where another value of the same thing first appears in a later
stretch of activity, the older one is superseded, unless both were seen on one screen: then it has many.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from memory.consolidate.changes import is_past
from memory.consolidate.trust import may_follow
from memory.consolidate.values import normal
from memory.records import FactDraft, Sighting, State, Topic, Verdict

DOUBT_LEFT = 0.7  # share of the doubt that another independent context leaves
SUREST = 0.95
CERTAIN = 1.0  # what the user said
RECURS = 2  # stretches of activity from which something recurs
EVIDENCE = 12  # pieces of a fact

_MARKS = re.compile(r"[\s'’`|]|(?<!\d)[.,;:]|[.,;:](?!\d)")
_MISTAKEN = str.maketrans("ol", "01")

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


def shown_alike(value: str, seen: Sequence[Sighting], verdicts: Sequence[Verdict]) -> frozenset[str]:
    """The values of a topic that are one fact with this one, by what was seen and said of the topic."""
    said = {verdict.value: verdict for verdict in verdicts}
    same = _shown_as(value, said.get(value))
    return frozenset(one.value for one in seen if _shown_as(one.value, said.get(one.value)) == same)


@dataclass(slots=True)
class _Value:
    """All sightings of one value of a topic in order of time, what the user said of it, and the sighting with
    which it began to hold; where that was not seen, the one with which the next one did.
    """

    seen: list[Sighting]
    verdict: Verdict | None
    begins: Sighting

    @property
    def given(self) -> bool:
        """By the user: nothing that is inferred takes its place."""
        return self.verdict is not None

    @property
    def held(self) -> Sequence[Sighting]:
        """Those of its sightings in which it held; none where it was only told that it does no more."""
        return [one for one in self.seen if not is_past(one)]

    @property
    def told(self) -> Sequence[Sighting]:
        """What it rests on."""
        return self.held or self.seen


def _of_topic(
    topic: Topic, seen: Sequence[Sighting], said: dict[tuple[Topic, str], Verdict]
) -> Iterable[FactDraft]:
    values: list[_Value] = []
    drafts: list[FactDraft] = []
    for value in _values(topic, seen, said):
        stands = standing(value.told)
        if value.given or stands.holds:
            values.append(value)
            drafts.append(_draft(value, stands.confidence))
    successors = _successors(values)
    for at, draft in enumerate(drafts):
        after = successors.get(at)
        ends = None if after is None else values[after].begins.start
        yield replace(draft, superseded_by=after, valid_to=ends)


def _values(topic: Topic, seen: Sequence[Sighting], said: dict[tuple[Topic, str], Verdict]) -> list[_Value]:
    """The values of a topic in the order in which they began to hold, without what the user deleted. Read in
    two ways, or corrected to one another, they are one.
    """
    groups: dict[str, list[Sighting]] = {}
    for one in sorted(seen, key=lambda one: (one.start, one.moment)):
        groups.setdefault(_shown_as(one.value, said.get((topic, one.value))), []).append(one)
    begun = _begun(groups)
    found = [_Value(group, _verdict(topic, group, said), begun[same]) for same, group in groups.items()]
    found.sort(key=lambda value: (value.begins.start, value.begins.moment, value.begins in value.seen))
    found = [value for value in found if not (value.verdict and value.verdict.ruling == "deleted")]
    hold = [value for value in found if value.held or value.given]
    return hold if not hold or (len(hold) < len(found) and _side_by_side(hold)) else found


def _shown_as(value: str, verdict: Verdict | None) -> str:
    """What values have in common that are shown as one."""
    return _read(normal(verdict.said) if verdict and verdict.ruling == "corrected" else value)


def _verdict(
    topic: Topic, group: Sequence[Sighting], said: dict[tuple[Topic, str], Verdict]
) -> Verdict | None:
    """What the user said of these: a correction before all else, for it was written out; of several that of
    the value read most often.
    """
    spoken_of = [one for one in group if (topic, one.value) in said]
    for ruling in ("corrected", "confirmed", "deleted"):
        of_it = [one for one in spoken_of if said[topic, one.value].ruling == ruling]
        if of_it:
            return said[topic, _most_read(of_it)]
    return None


def _most_read(seen: Sequence[Sighting]) -> str:
    """The value read most often; of equals the one that was read first."""
    read = Counter(one.value for one in seen)
    return max(read, key=lambda value: read[value])


def _begun(groups: dict[str, list[Sighting]]) -> dict[str, Sighting]:
    """With which sighting each value began to hold, the last time: where a page showed it first, or again
    after another. An old letter that is opened again, or first after what replaced it, shows what always was.
    """
    begun: dict[str, Sighting] = {}
    shown: dict[tuple[str, str], str] = {}
    over: set[str] = set()
    every = [(one, same) for same, group in groups.items() for one in group]
    for one, same in sorted(every, key=lambda item: (item[0].start, item[0].moment)):
        if is_past(one):
            over.add(same)
            continue
        page = (one.context, one.subject)
        if shown.get(page, same) != same or not (same in begun or same in over):
            begun[same] = one
        shown[page] = same
    return {same: begun.get(same) or _replaced_by(same, groups, begun) for same in groups}


def _replaced_by(same: str, groups: dict[str, list[Sighting]], begun: dict[str, Sighting]) -> Sighting:
    """With which sighting that began which is told to have taken the place of a value, before it was seen."""
    told = {one.moment for one in groups[same] if is_past(one)}
    after = [begun[new] for new in begun if any(one.moment in told for one in groups[new])]
    return min(after, key=lambda one: (one.start, one.moment), default=groups[same][0])


def _read(value: str) -> str:
    """A value without what text recognition mistakes: letters for digits beside digits, spaces, marks."""
    plain = _MARKS.sub("", value)
    return plain.translate(_MISTAKEN) if any(map(str.isdigit, plain)) else plain


def _successors(values: Sequence[_Value]) -> dict[int, int]:
    """Of each value that was replaced, the one that replaced it."""
    if len(values) < 2 or values[0].seen[0].kind != "value" or _side_by_side(values):
        return {}
    found, stands = {}, 0
    for newer in range(1, len(values)):
        old, new = values[stands], values[newer]
        if not new.given and (old.given or not may_follow(old.told, new.told)):
            continue
        first, second = old.begins, new.begins
        later = first.stretch != second.stretch or len(old.held) < len(old.seen)
        if new.given or (first.type == second.type and later):
            found[stands] = newer
        stands = newer
    return found


def _side_by_side(values: Sequence[_Value]) -> bool:
    """Whether two of them held on one screen: then the thing has many."""
    on_screen = Counter(moment for value in values for moment in {one.moment for one in value.held})
    return max(on_screen.values(), default=0) > 1


def _draft(value: _Value, confidence: float) -> FactDraft:
    seen, verdict = value.told, value.verdict
    key = _key(value.seen, verdict)
    first = next(one for one in (*seen, *value.seen) if one.value == key)
    subjects = Counter(one.subject for one in seen)
    subject = min(subjects, key=lambda name: (-subjects[name], name))
    corrected = verdict is not None and verdict.ruling == "corrected"
    shown = verdict.said if verdict and corrected else first.shown
    state: State = "inferred" if verdict is None else "corrected" if corrected else "confirmed"
    told = first.said.replace(first.shown, shown)
    statement = _SAYS.get(first.kind, "{said}").format(subject=subject, shown=shown, said=told)
    return FactDraft(
        kind=first.kind,
        statement=statement,
        subject=subject,
        relation=first.label,
        value=shown,
        confidence=CERTAIN if verdict else confidence,
        first_seen=min(one.start for one in seen),
        last_seen=max(one.end for one in seen),
        superseded_by=None,
        evidence=_evidence(value.seen),
        type=first.type,
        state=state,
        topic=first.topic,
        key=key,
    )


def _key(seen: Sequence[Sighting], verdict: Verdict | None) -> str:
    """The value by which a fact is found again: what the user spoke of, else how it was read most often."""
    return verdict.value if verdict else _most_read(seen)


def _evidence(seen: Sequence[Sighting]) -> tuple[tuple[int, int | None, str], ...]:
    """The earliest and the latest, one a moment."""
    each = list({one.moment: one for one in reversed(seen)}.values())[::-1]
    half = EVIDENCE // 2
    chosen = each if len(each) <= EVIDENCE else each[:half] + each[-half:]
    return tuple((one.moment, one.line, one.quote) for one in chosen)
