"""How well a moment fits what a query names beside its words: sites, people, kinds of files, and what not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from memory.recall.language.words import fold, tokens
from memory.records import LineRow, Moment, Understood


def named(understood: Understood, moment: Moment, rows: Sequence[LineRow]) -> float:
    """Share, 0..1, of what a query names (a site, somebody, a kind of file) that the moment shows."""
    if not (understood.sites or understood.people or understood.files):
        return 0.0
    text = _text(moment, rows)
    words = set(tokens(text)) if understood.people else set()
    fits = (
        (understood.sites, lambda site: fold(site) in text),
        (understood.people, lambda person: set(tokens(person)) <= words),
        (understood.files, lambda ending: bool(re.search(rf"\w\.{re.escape(fold(ending))}\b", text))),
    )
    asked = [any(map(fit, some)) for some, fit in fits if some]
    return sum(asked) / len(asked) if asked else 0.0


def against(understood: Understood, moment: Moment, rows: Sequence[LineRow]) -> float:
    """Share, 0..1, of what the moment was to be without that it shows all the same."""
    if not understood.without:
        return 0.0
    text = f" {' '.join(tokens(_text(moment, rows)))} "
    return sum(f" {' '.join(tokens(word))} " in text for word in understood.without) / len(understood.without)


def turns(order: str, moments: Iterable[Moment]) -> dict[int, float]:
    """By moment how near it is to the end of the line that is meant, 1 for the first or the last of these."""
    line = sorted(moments, key=lambda moment: (moment.start, moment.id), reverse=order == "last")
    return {moment.id: 1 - n / max(1, len(line) - 1) for n, moment in enumerate(line)}


def _text(moment: Moment, rows: Sequence[LineRow]) -> str:
    return fold("\n".join((moment.title, moment.app, moment.url or "", *(row.line.text for row in rows))))
