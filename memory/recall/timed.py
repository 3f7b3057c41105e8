"""Answers out of the times of moments: what was done when, in which order, how long, how often, where."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.ledger import moments, search
from memory.ledger.connection import Db
from memory.recall.draft import Claim, Draft, day, length, time
from memory.recall.evidence import Support
from memory.recall.snippet import clip
from memory.recall.visits import Visit, breaks, named, screen, stays, visits
from memory.records import Moment, Question, Understood

_BREAK = re.compile(r"\b(?:break|lunch|away|pause|mittagspause|mittag|weg)\b")
_OWN = re.compile(r"\b(?:i|we|ich|wir)\b|\b(?:ask|asked|told|tell|send|sent|write|wrote) me\b")
_TOLD = re.compile(r"\b(?:is|was|does|do|will|ist|wird)\b\s+(?!i\b|we\b|ich\b|wir\b)")


ONE_GO = timedelta(hours=2)
"""Visits to one screen within this are one stay, with what was looked at in between."""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to answer from: the best moments, the best blocks, and how to ask again for a part."""

    db: Db
    question: Question
    understood: Understood
    ranked: Sequence[Moment]
    supports: Sequence[Support]
    find: Callable[[str], list[Moment]]
    sure: float


def draft(known: Known) -> Draft | None:
    """An answer from times where the question is of that kind, else None."""
    makers: dict[str, Callable[[Known], Draft | None]] = {
        "doing": _doing,
        "next": _next,
        "which first": _which_first,
        "application": _application,
        "how long": _how_long,
        "how many": _how_often,
        "when": _when,
    }
    maker = makers.get(known.understood.kind)
    return maker(known) if maker and known.ranked else None


def _told(moment: Moment) -> str:
    """A screen as a quote: its title, or its application where it has none."""
    return clip(moment.title, 80).removesuffix("…") or moment.app


def _claim(lead: str, moment: Moment) -> Claim:
    said = _told(moment)
    return Claim(f"{lead}: {named(moment)}, “{said}” {{n}}.", moment, said)


# ------------------------------------------------------------------ at a time


def _doing(known: Known) -> Draft | None:
    """What was on the screen longest in the span."""
    since, until = known.understood.since, known.understood.until
    if since is None or until is None:
        return None
    runs = stays(known.db, since, until)
    length_of: dict[tuple[str, str], float] = {}
    for run in runs:
        inside = (min(run.end, until) - max(run.start, since)).total_seconds()
        length_of[screen(run.first)] = length_of.get(screen(run.first), 0.0) + inside
    firsts = {screen(run.first): run for run in reversed(runs)}
    best = sorted(firsts, key=lambda key: -length_of[key])[:3]
    if not best:
        return None
    return Draft(tuple(_claim(time(firsts[key].start), firsts[key].first) for key in best), 0.8)


def seen_then(known: Known) -> Draft | None:
    """What was seen then, for a question about oneself that names a time and hardly anything else."""
    if not _OWN.search(known.question.text.lower()):
        return None
    draft = _doing(known)
    return None if draft is None else Draft(draft.claims, 0.55)


# ------------------------------------------------------------------ order


def _next(known: Known) -> Draft | None:
    """What came directly before or after something, or a break."""
    match = re.search(r"\b(after|before|nach|vor)\b(.*)", known.question.text.lower())
    if match is None:
        return None
    later = match[1] in ("after", "nach")
    if _BREAK.search(match[2]):
        return _beside_break(known, later)
    anchors = known.find(match[2]) or list(known.ranked)
    anchor = anchors[0]
    apart = timedelta(hours=3)
    runs = stays(known.db, anchor.start - apart, anchor.end + apart)
    at = next((k for k, run in enumerate(runs) if any(m.id == anchor.id for m in run.moments)), None)
    if at is None:
        return None
    side = runs[at + 1 :] if later else runs[:at][::-1]
    other = next((run for run in side if screen(run.first) != screen(anchor)), None)
    if other is None:
        return None
    moment = other.first if later else other.moments[-1]
    word = "After" if later else "Before"
    return Draft(
        (_claim(f"{word} that, {time(moment.start)}", moment), _claim(time(anchor.start), anchor)), 0.7
    )


def _beside_break(known: Known, later: bool) -> Draft | None:
    pair = _break_of(known)
    if pair is None:
        return None
    moment = pair[1] if later else pair[0]
    return Draft((_claim(time(moment.start if later else moment.end), moment),), 0.75)


def _which_first(known: Known) -> Draft | None:
    """Which of two things came first."""
    text = known.question.text.strip(" ?.!")
    if match := re.search(
        r"(?:did i|have i|habe ich)?\s*(.+?)\s+(?:before or after|vor oder nach)\s+(.+)", text, re.IGNORECASE
    ):
        one, other, asks_side = match[1], match[2], True
    elif match := re.search(r"[:,]\s*(.+?)\s+(?:or|oder)\s+(.+)", text):
        one, other, asks_side = match[1], match[2], False
    else:
        return None
    first, second = known.find(one), known.find(other)
    if not first or not second:
        return None
    a, b = first[0], next((m for m in second if screen(m) != screen(first[0])), second[0])
    if asks_side:
        lead = "Before" if a.start < b.start else "After"
        return Draft((_claim(f"{lead}. {time(a.start)}", a), _claim(time(b.start), b)), 0.65)
    early, late, name = (a, b, one) if a.start <= b.start else (b, a, other)
    return Draft(
        (
            _claim(f"First {clip(name, 60)}. {time(early.start)}", early),
            _claim(f"Then {time(late.start)}", late),
        ),
        0.65,
    )


# ------------------------------------------------------------------ where, how long, how often, when


def _application(known: Known) -> Draft | None:
    """Which application or site it was: the one whose screens fit best together, by its best screen."""
    weight: dict[str, float] = {}
    for place, one in enumerate(known.ranked[:15]):
        weight[one.app] = weight.get(one.app, 0.0) + 1 / (3 + place)
    best = max(weight, key=lambda app: weight[app])
    moment = next(one for one in known.ranked if one.app == best)
    site = re.sub(r"^\w+://([^/]+).*", r"\1", moment.url or "")
    where = named(moment) + (f", {site}" if site else "")
    said = _told(moment)
    claim = Claim(f"{where}: “{said}” {{n}} ({time(moment.start)}).", moment, said)
    others = {named(moment)}
    claims = [claim]
    for other in known.ranked[:6]:
        if named(other) not in others:
            others.add(named(other))
            claims.append(_claim("Also", other))
    return Draft(tuple(claims[:2]), known.sure)


def _break_of(known: Known) -> tuple[Moment, Moment] | None:
    """The longest break of the span, around noon where lunch was named."""
    since, until = known.understood.since, known.understood.until
    if since is None or until is None:
        return None
    if "lunch" in known.question.text.lower() or "mittag" in known.question.text.lower():
        since, until = since.replace(hour=11, minute=0), since.replace(hour=15, minute=0)
    found = breaks(known.db, since, until)
    return found[0] if found else None


def _how_long(known: Known) -> Draft | None:
    """A break, or the time spent at a screen; what a text says itself goes first."""
    if _BREAK.search(known.question.text.lower()) and (pair := _break_of(known)):
        before, after = pair
        lead = f"About {length((after.start - before.end).total_seconds())}, {_span(before.end, after.start)}"
        return Draft((_claim(lead, before), _claim("Then", after)), 0.75)
    if known.supports and known.supports[0].values:
        return None
    of = known.ranked[0]
    around = timedelta(hours=12)
    found = visits(
        known.db, of, known.understood.since or of.start - around, known.understood.until or of.end + around
    )
    if not found:
        return None
    whole = found[-1].end - found[0].start
    spent = whole if whole <= ONE_GO else sum((visit.end - visit.start for visit in found), timedelta())
    lead = f"About {length(spent.total_seconds())}, {_span(found[0].start, found[-1].end)}"
    return Draft((_claim(lead, of),), min(known.sure, 0.6))


def _span(start: datetime, end: datetime) -> str:
    return f"from {start:%H:%M} to {end:%H:%M} ({day(start)})"


def _how_often(known: Known) -> Draft | None:
    """On how many days, or how many times a screen was visited."""
    low = known.question.text.lower()
    by_day = re.search(r"\b(?:on )?how many days\b|\ban wie ?vielen tagen\b", low)
    if not by_day and not re.search(r"\bhow (?:many times|often)\b|\bwie oft\b", low):
        return None
    of = known.ranked[0]
    found = visits(known.db, of, known.understood.since, known.understood.until)
    if "morning" in low or "vormittag" in low:
        found = [visit for visit in found if visit.start.hour < 12]
    if not found:
        return None
    days = list(dict.fromkeys(day(visit.start) for visit in found))
    lead = _count(days, "day") if by_day else _count(found, "time")
    when = ", ".join(days[:4]) if by_day else ", ".join(time(visit.start) for visit in found[:3])
    return Draft((_claim(f"{lead} ({when})", found[0].first),), known.sure)


def _when(known: Known) -> Draft | None:
    """When somebody did something: the time of the screen that shows it. Dates in a text are not for here."""
    low = known.question.text.lower()
    if not _OWN.search(low) or re.match(r"when (?:is|are|does|do|will)\b", low) or not known.supports:
        return None
    if re.search(r"\b(?:start|begin|open|watch|look|read|go to)\w*\b", low):
        of = known.ranked[0]
        found = visits(known.db, of, of.start - timedelta(hours=12), of.end + timedelta(hours=1))
        run = next((v for v in found if any(m.id == of.id for m in v.moments)), Visit((of,)))
        return Draft((_claim(time(run.start), run.first),), known.sure)
    best = next((s for s in known.supports if any(_then(known, m) for m in s.seen)), known.supports[0])
    line = max((row.line.text for row in best.block.rows), key=len)
    said = clip(line, 120).removesuffix("…")
    shown = search.exact(known.db, said, 200)
    seen = sorted(moments.many(known.db, shown).values(), key=lambda m: (m.start, m.id))
    seen = [m for m in seen if _then(known, m)] or seen
    if not seen:
        return None
    moment = seen[-1] if re.search(r"\blast\b|\bzuletzt\b", low) else seen[0]
    return Draft((Claim(f"{time(moment.start)}: “{said}” {{n}}.", moment, said),), known.sure)


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _then(known: Known, moment: Moment) -> bool:
    """Whether a moment lies in the span that was named; true where none was."""
    since, until = known.understood.since, known.understood.until
    return (since is None or moment.end >= since) and (until is None or moment.start <= until)
