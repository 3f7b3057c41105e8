"""Facts of what recurs over episodes: applications, sites, documents and people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from memory.consolidate.sightings import episode_of_each
from memory.consolidate.words import gives_orders, short_path, title_parts
from memory.records import EpisodeDraft, FactDraft, Moment, MomentText

EPISODES = 2  # from which something recurs
EVIDENCE = 12
SUREST = 0.95
DOUBT_LEFT = 0.7

_ADDRESS = re.compile(
    r"(?P<name>[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){0,3})\s*<(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>"
)
_SENDER = re.compile(
    r"^(?P<name>[A-ZÄÖÜ][^\W\d_]+(?:[\s'’-][A-ZÄÖÜ][^\W\d_]+){1,2}?)\s(?:[·•«»-]\s?.{1,20}|(?:\w{3,9}\s){0,2}\d{1,2}:\d\d)$"
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Die|Mit|Don|Fre|Sam|Son)[a-z]*$")
_DOT = re.compile("[·•«»-]")
_FILE = re.compile(r"[\w)-]\.[A-Za-z][A-Za-z0-9]{0,4}$")

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
    host = urlsplit(moment.url).hostname if moment.url else None
    if host:
        yield _Seen("site", host, "is", host, moment, None, moment.title or host)
    parts = title_parts(moment)
    name = short_path(parts[0]) if parts else ""
    if _FILE.search(name):
        yield _Seen("document", name, "is", name, moment, None, moment.title)


def _of_people(text: MomentText) -> Iterator[_Seen]:
    for row in text.lines:
        line = row.line.text
        if ("@" not in line and ":" not in line and not _DOT.search(line)) or gives_orders(line):
            continue
        if "@" in line and (address := _ADDRESS.search(line)):
            name, mail = address["name"], address["mail"]
            yield _Seen("person", name, "has the address", mail, text.moment, row.id, line)
        elif (sender := _SENDER.match(line)) and not _WEEKDAY.search(sender["name"]):
            yield _Seen("person", sender["name"], "writes", sender["name"], text.moment, row.id, line)


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
