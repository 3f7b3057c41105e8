"""What a query means: times, applications, sites, people, kinds of file, what is shown, what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.recall.language.apps import find_apps
from memory.recall.understanding.anchors import Anchor, find_anchor
from memory.recall.understanding.excluded import bare, find_excluded
from memory.recall.understanding.hedges import without_hedges
from memory.recall.understanding.kinds import kind_of, order_of, without_order
from memory.recall.understanding.media import find_files, find_shown
from memory.recall.understanding.named import could_name_a_site, find_people, find_sites
from memory.recall.understanding.spans import Span
from memory.recall.understanding.times import find_times
from memory.records import Understood

_QUOTED = re.compile(r'"([^"]{2,})"|“([^”]{2,})”|„([^“”]{2,})[“”]|«([^»]{2,})»|»([^«]{2,})«')

LONGEST = 2_000
"""Letters from the start of a text that are taken apart: more is pasted and no question."""

ORDERED = ("next", "which first")
"""Kinds of question that ask for what lies beside something: its time is not theirs."""

When = Callable[[Anchor, Span | None], Span | None]
"""When something was by which a time is told, within the span that is named beside it; None if unknown."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the memory knows by name; what costs a look into it is asked for where it may matter."""

    apps: Sequence[str] = ()
    sites: Callable[[], Sequence[str]] = tuple
    people: Callable[[], Sequence[str]] = tuple


def understand(text: str, at: datetime, names: Names, when: When | None = None) -> Understood:
    """Takes a query apart; `at` is now. Without `when` no time is worked out that is told by something else.

    What is named only weighs in the ranking, it never empties a result. Words that say nothing but a time, an
    application, an order or a doubt are taken out of the text; what may stand on a screen stays in it.
    """
    head, tail = re.sub(r"\s+", " ", text[:LONGEST]), text[LONGEST:]
    phrases = tuple(next(p for p in found if p).strip() for found in _QUOTED.findall(head))
    plain = _QUOTED.sub(lambda match: " " * len(match[0]), head)
    times = find_times(plain, at)
    excluded = find_excluded(times.rest)
    named, rest = find_apps(excluded.rest, names.apps)
    anchored, span = find_anchor(rest), times.span
    # "What did I do on Monday?" asks for nothing but the time.
    kind = next((kind for kind in (kind_of(plain), kind_of(times.rest)) if kind != "what"), "what")
    if anchored and when and kind not in ORDERED:
        kind, found = kind_of(anchored.rest), when(anchored.anchor, span)
        span, rest = (found, anchored.rest) if found else (span, rest)
    said = " ".join((without_order(without_hedges(rest)), *phrases, tail)).strip()
    return Understood(
        text=said if any(map(str.isalnum, said)) else text.strip(),
        since=span.since if span else None,
        until=span.until if span else None,
        apps=named,
        phrases=phrases,
        kind=kind,
        sites=find_sites(rest, names.sites()) if could_name_a_site(rest) else (),
        people=find_people(plain, names.people()) if any(map(str.isalpha, rest)) else (),
        files=find_files(rest),
        shown=find_shown(rest),
        without=_without(excluded.things, names),
        order=order_of(rest),
        anchor=anchored.anchor.phrase if anchored else "",
        relation=anchored.anchor.relation if anchored else "",
    )


def _without(things: Sequence[str], names: Names) -> tuple[str, ...]:
    """Applications and sites by name, else the words."""
    found: list[str] = []
    for thing in things:
        apps, _ = find_apps(f"in {bare(thing)}", names.apps)
        found.extend(apps or find_sites(f"in {bare(thing)}", names.sites()) or (bare(thing),))
    return tuple(dict.fromkeys(found))
