"""Sightings of what is worth knowing once it recurs: applications, sites, documents, people, projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from memory.consolidate.participants import document, people, site
from memory.consolidate.words import terms, thing, title_parts
from memory.records import Moment, MomentText, Sighting
from memory.trust import gives_orders

SEEN = 0.5  # confidence that one sighting gives
SHORTEST_TOPIC = 2  # words

_KEY = re.compile(r"\b([A-Z][A-Z0-9]{1,5})-\d+\b")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen: `line` is where it stands (id and text), none where the window's title tells it."""

    kind: str
    subject: str
    relation: str
    value: str
    line: tuple[int | None, str] = (None, "")
    context: str = ""


def recurring(text: MomentText, stretch: datetime) -> Iterator[Sighting]:
    """What the window of a moment is of, and who is named in it."""
    if not gives_orders(text.moment.title):
        for seen in _of_window(text.moment):
            yield _sighting(seen, text, stretch)
    for seen in _of_people(text):
        yield _sighting(seen, text, stretch)


def _of_window(moment: Moment) -> Iterator[_Seen]:
    if moment.app:
        yield _Seen("application", moment.app, "is", moment.app)
    if host := site(moment):
        yield _Seen("site", host, "is", host)
    if name := document(moment):
        yield _Seen("document", name, "is", name)
        files = f"{name.rsplit('.', 1)[-1].casefold()} files"
        yield _Seen("preference", files, "are opened in", moment.app, context=name)
    elif (parts := title_parts(moment)) and len(parts) > 1 and _is_topic(parts[0]):
        yield _Seen("topic", parts[0], "is", parts[0])
    for key in _KEY.finditer(moment.title):
        yield _Seen("project", key[1], "is", key[1], context=key[0])


def _of_people(text: MomentText) -> Iterator[_Seen]:
    for one in people(text):
        line = (one.row.id, one.row.line.text)
        if one.address:
            host = one.address.rsplit("@", 1)[-1]
            yield _Seen("person", one.name, "has the address", one.address, line)
            yield _Seen("organisation", host, "writes from", host, line, one.name)
        else:
            yield _Seen("person", one.name, "writes", one.name, line)


def _is_topic(part: str) -> bool:
    """A heading in words; a date or a number is none."""
    return len(terms(part)) >= SHORTEST_TOPIC and not part[0].isdigit()


def _sighting(seen: _Seen, text: MomentText, stretch: datetime) -> Sighting:
    moment, key = text.moment, thing(seen.subject)
    row, quote = seen.line
    of_itself = seen.value == seen.subject
    return Sighting(
        kind=seen.kind,
        thing=" ".join(sorted(key.split())) if seen.kind == "person" else key,
        relation=seen.relation,
        value=key if of_itself else seen.value.casefold(),
        moment=moment.id,
        line=row,
        quote=quote or moment.title or moment.app,
        start=moment.start,
        end=moment.end,
        stretch=stretch,
        context=seen.context or " - ".join((moment.app, *title_parts(moment))),
        subject=seen.subject,
        label=seen.relation,
        shown=seen.value,
        said=f"{seen.subject} {seen.relation}" + ("" if of_itself else f" {seen.value}"),
        type=seen.kind,
        weight=SEEN,
    )
