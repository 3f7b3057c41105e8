"""Facts of what recurs over episodes: applications, sites, documents and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memory.consolidate.participants import document, people, site
from memory.consolidate.sightings import episode_of_each
from memory.consolidate.words import gives_orders
from memory.records import EpisodeDraft, FactDraft, Moment, MomentText

EPISODES = 2  # from which something recurs
EVIDENCE = 12
SUREST = 0.95
DOUBT_LEFT = 0.7

_SAYS = {
    "application": "{value} is in use",
    "site": "{value} is visited",
    "document": "{value} is worked on or read",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    kind: str
    subject: str
    relation: str
    value: str
    moment: Moment
    line: int | None
    quote: str


def recurring(ordered: Sequence[MomentText], episodes: Sequence[EpisodeDraft]) -> tuple[FactDraft, ...]:
    """One fact for each that was seen in two episodes or more; moments in order of time."""
    episode_of = episode_of_each(episodes)
    groups: defaultdict[tuple[str, str, str], list[_Seen]] = defaultdict(list)
    for text in ordered:
        for seen in (*_of_window(text), *_of_people(text)):
            groups[seen.kind, seen.subject.casefold(), seen.value.casefold()].append(seen)
    drafts = []
    for _, found in sorted(groups.items(), key=lambda item: item[0]):
        many = len({episode_of.get(seen.moment.id, -1) for seen in found})
        if many >= EPISODES:
            drafts.append(_draft(found, many))
    return tuple(drafts)


def _of_window(text: MomentText) -> Iterator[_Seen]:
    moment = text.moment
    if gives_orders(moment.title):
        return
    if moment.app:
        yield _Seen("application", moment.app, "is", moment.app, moment, None, moment.title or moment.app)
    if host := site(moment):
        yield _Seen("site", host, "is", host, moment, None, moment.title or host)
    if name := document(moment):
        yield _Seen("document", name, "is", name, moment, None, moment.title)


def _of_people(text: MomentText) -> Iterator[_Seen]:
    for one in people(text):
        relation, value = ("has the address", one.address) if one.address else ("writes", one.name)
        yield _Seen("person", one.name, relation, value, text.moment, one.row.id, one.row.line.text)


def _draft(found: Sequence[_Seen], episodes: int) -> FactDraft:
    first = found[0]
    contexts = len(
        {(seen.moment.app, seen.moment.title) for seen in found} if first.kind == "person" else {0}
    )
    days = len({seen.moment.start.date() for seen in found})
    doubt = 0.5 * DOUBT_LEFT ** (min(episodes, contexts + days) - 1)
    one_each = list({seen.moment.id: seen for seen in reversed(found)}.values())[::-1]
    kept = {seen.moment.id: seen for seen in (*one_each[: EVIDENCE // 2], *one_each[-EVIDENCE // 2 :])}
    said = (
        f"{first.subject} {first.relation} {first.value}"
        if first.relation != "writes"
        else f"{first.value} writes"
    )
    return FactDraft(
        kind=first.kind,
        statement=_SAYS.get(first.kind, said).format(value=first.value),
        subject=first.subject,
        relation=first.relation,
        value=first.value,
        confidence=round(min(SUREST, 1 - doubt), 3),
        first_seen=min(seen.moment.start for seen in found),
        last_seen=max(seen.moment.end for seen in found),
        superseded_by=None,
        evidence=tuple((seen.moment.id, seen.line, seen.quote) for seen in kept.values()),
    )
