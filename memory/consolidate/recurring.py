"""Sightings of what is worth knowing once it recurs: applications, sites, documents, people, projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from memory.consolidate.participants import document, people, site
from memory.consolidate.words import terms, thing, title_parts
from memory.records import MomentText, Sighting
from memory.trust import gives_orders

SEEN = 0.5  # confidence that one sighting gives
SHORTEST_TOPIC = 2  # words

_KEY = re.compile(r"\b([A-Z][A-Z0-9]{1,5})-\d+\b")


def recurring(text: MomentText, stretch: datetime) -> Iterator[Sighting]:
    """What the window of a moment is of, and who is named in it."""
    moment = text.moment
    if not gives_orders(moment.title):
        yield from _of_window(text, stretch)
    for one in people(text):
        line = (one.row.id, one.row.line.text)
        if one.address:
            yield _seen(text, stretch, "person", one.name, "has the address", one.address, line)
            host = one.address.rsplit("@", 1)[-1]
            yield _seen(text, stretch, "organisation", host, "writes from", host, line, one.name)
        else:
            yield _seen(text, stretch, "person", one.name, "writes", one.name, line)


def _of_window(text: MomentText, stretch: datetime) -> Iterator[Sighting]:
    moment = text.moment
    if moment.app:
        yield _seen(text, stretch, "application", moment.app, "is", moment.app)
    if host := site(moment):
        yield _seen(text, stretch, "site", host, "is", host)
    if name := document(moment):
        yield _seen(text, stretch, "document", name, "is", name)
        files = f"{name.rsplit('.', 1)[-1].casefold()} files"
        yield _seen(text, stretch, "preference", files, "are opened in", moment.app, context=name)
    elif (parts := title_parts(moment)) and len(parts) > 1 and _is_topic(parts[0]):
        yield _seen(text, stretch, "topic", parts[0], "is", parts[0])
    for key in _KEY.finditer(moment.title):
        yield _seen(text, stretch, "project", key[1], "is", key[1], context=key[0])


def _is_topic(part: str) -> bool:
    """A heading in words; a date or a number is none."""
    return len(terms(part)) >= SHORTEST_TOPIC and not part[0].isdigit()


def _seen(
    text: MomentText,
    stretch: datetime,
    kind: str,
    subject: str,
    relation: str,
    value: str,
    line: tuple[int | None, str] = (None, ""),
    context: str = "",
) -> Sighting:
    moment = text.moment
    key = thing(subject)
    row, quote = line
    return Sighting(
        kind=kind,
        thing=" ".join(sorted(key.split())) if kind == "person" else key,
        relation=relation,
        value=key if value == subject else value.casefold(),
        moment=moment.id,
        line=row,
        quote=quote or moment.title or moment.app,
        start=moment.start,
        end=moment.end,
        stretch=stretch,
        context=context or " - ".join((moment.app, *title_parts(moment))),
        subject=subject,
        label=relation,
        shown=value,
        said=f"{subject} {relation}" if value == subject else f"{subject} {relation} {value}",
        type=kind,
        weight=SEEN,
    )
