"""Answers out of the times of moments: what was done when, in which order, how long, how often, where."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from memory.ledger import moments, search
from memory.recall.answering.draft import Claim, Draft, Missing, time
from memory.recall.answering.known import Known
from memory.recall.answering.lasted import how_long, how_often
from memory.recall.answering.missing import reasons
from memory.recall.answering.sequence import next_to, told, which_first
from memory.recall.answering.sights import Sight, masked, quoted_in, sights, title
from memory.recall.answering.versions import versions
from memory.recall.answering.visits import Visit, covering, named, of_screen, screen, shown, stays, visits
from memory.recall.language.words import stems
from memory.recall.retrieval.snippet import clip
from memory.records import Moment

_OWN = re.compile(r"\b(?:i|we|ich|wir)\b|\b(?:ask|asked|told|tell|send|sent|write|wrote) me\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?::(?P<s>\d\d))?\b|\b(?:half|quarter|halb|viertel)\b")
_ABOUT = re.compile(r"\b(?:around|about|roughly|approximately|gegen|ungefähr|etwa|circa|ca)\b")
_FIRST = re.compile(r"\b(?:first|zuerst|zum ersten mal|das erste mal)\b")
_LAST = re.compile(r"\b(?:last|most recently|zuletzt|zum letzten mal|das letzte mal)\b")

TITLED = 0.5
"""What the question's words in a title count for its application; the best place counts 1/3."""

_OF_THE_USER = frozenset(("doing", "next", "which first", "application", "how long"))
"""Kinds of question that ask what the user did: no value on a screen answers them."""

INSTANT = timedelta(minutes=30)
"""The span that a clock time to the minute is understood as: what is meant is its middle."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def draft(known: Known) -> Draft | None:
    """An answer from times where the question is of that kind, else None."""
    makers: dict[str, Callable[[Known], Draft | None]] = {
        "doing": _doing,
        "next": next_to,
        "which first": which_first,
        "application": _application,
        "how long": how_long,
        "how many": how_often,
        "when": _when,
    }
    kind = known.understood.kind
    changed = versions(known) if kind not in _OF_THE_USER else None
    maker = makers.get(kind)
    return changed or (maker(known) if maker else None)


# ------------------------------------------------------------------ at a time


def _doing(known: Known) -> Draft | None:
    """What covered the instant that is named, else what was on the screen longest in the span, of the
    applications that are named.
    """
    since, until = known.understood.since, known.understood.until
    if since is None or until is None:
        return None
    at = _instant(known.question.text.lower(), since, until)
    if at is not None:
        return _doing_at(known, at)
    apps, without = known.understood.apps, known.understood.without
    runs = [
        run
        for run in stays(known.db, since, until)
        if (not apps or run.first.app in apps) and run.first.app not in without
    ]
    firsts = {screen(run.first): run for run in reversed(runs)}
    length_of: dict[tuple[str, str], timedelta] = dict.fromkeys(firsts, timedelta())
    for run in runs:
        for start, end in shown(known.db, run.moments, since, until):
            length_of[screen(run.first)] += end - start
    best = sorted(firsts, key=lambda key: -length_of[key])[:3]
    if not best:
        return None
    return Draft(tuple(told(time(firsts[key].start), firsts[key].first) for key in best), 0.8)


def _instant(text: str, since: datetime, until: datetime) -> datetime | None:
    """The instant that a clock time names, in the middle of the span that it is understood as."""
    clock = _CLOCK.search(text)
    if clock is None or _ABOUT.search(text) or until - since != INSTANT:
        return None
    return since + INSTANT / 2 + timedelta(seconds=int(clock["s"] or 0))


def _doing_at(known: Known, at: datetime) -> Draft:
    """What was on the screen then, or else within that minute; what followed in it stands beside it."""
    here = covering(known.db, at)
    ids = {here.id} if here else set()
    then = [m for m in moments.between(known.db, at, at + MINUTE) if m.id not in ids and m.start > at]
    found = [here] if here else []
    found += [m for m in then if here is None or screen(m) != screen(here)]
    if not found:
        return Draft((), 0.0, nothing=Missing("not captured", _nothing_at(known, at)))
    claims = [told(time(found[0].start), found[0])]
    claims += [told(f"Then, {time(m.start)}", m) for m in found[1:2]]
    return Draft(tuple(claims), 0.9, inferred=here is None or here.end < at)


def _nothing_at(known: Known, at: datetime) -> str:
    """That nothing was captured at an instant, why, and between which looks it lies."""
    why = reasons(known.db, at, at)
    before = max(moments.between(known.db, at - DAY, at), key=lambda m: m.end, default=None)
    after = next(iter(moments.between(known.db, at, at + DAY)), None)
    looks = [f"the last look before was {time(before.end)}"] if before else []
    looks += [f"the next {time(after.start)}"] if after else []
    said = f"Nothing was captured at {time(at)}" + (f": {' and '.join(why)}" if why else "")
    return f"{said}; {', '.join(looks)}." if looks else f"{said}."


def seen_then(known: Known) -> Draft | None:
    """What was seen then, for a question about oneself that names a time and hardly anything else."""
    if not _OWN.search(known.question.text.lower()):
        return None
    draft = _doing(known)
    return draft if draft is None or draft.nothing else Draft(draft.claims, 0.55)


# ------------------------------------------------------------------ where, when


def _application(known: Known) -> Draft | None:
    """Which application or site it was: the one whose screens fit best together, by its best screen."""
    if not known.ranked:
        return None
    weight: dict[str, float] = {}
    words = set(stems(known.understood.text))
    for place, one in enumerate(known.ranked[:15]):
        titled = len(words & set(stems(one.title))) / max(1, len(words))
        weight[one.app] = weight.get(one.app, 0.0) + 1 / (3 + place) + TITLED * titled
    best = max(weight, key=lambda app: weight[app])
    moment = next(one for one in known.ranked if one.app == best)
    site = re.sub(r"^\w+://([^/]+).*", r"\1", moment.url or "")
    where = named(moment) + (f", {site}" if site else "")
    said = title(moment)
    claim = Claim(f"{where}: “{said}” {{n}} ({time(moment.start)}).", moment, said)
    others = {named(moment)}
    claims = [claim]
    for other in known.ranked[:6]:
        if named(other) not in others:
            others.add(named(other))
            claims.append(told("Also", other))
    return Draft(tuple(claims[:2]), known.sure)


def _when(known: Known) -> Draft | None:
    """When somebody did something: the time of the screen that shows it. Dates in a text are not for here."""
    low = known.question.text.lower()
    if not _OWN.search(low) or re.match(r"when (?:is|are|does|do|will)\b", low):
        return None
    last = known.understood.order == "last" or _LAST.search(masked(low)) is not None
    first = known.understood.order == "first" or _FIRST.search(masked(low)) is not None
    if quoted_in(known.question.text):
        found = sights(known, known.question.text, last)
        return _at_end(found, last, 0.9) if found else None
    if not known.supports:
        return None
    if re.search(r"\b(?:start|begin|open|watch|look|read|go to)\w*\b", low):
        of = known.ranked[0]
        if first or last:
            return _at_end(sights(known, known.understood.text, last), last, known.sure)
        same = of_screen(known.db, of, of.start - timedelta(hours=12), of.end + timedelta(hours=1))
        run = next((v for v in visits(same) if any(m.id == of.id for m in v.moments)), Visit((of,)))
        return Draft((told(time(run.start), run.first),), known.sure)
    return _when_shown(known, last)


def _at_end(found: Sequence[Sight], last: bool, sure: float) -> Draft | None:
    """The first sight, or the last."""
    if not found:
        return None
    sight = found[-1] if last else found[0]
    claim = Claim(f"{time(sight.moment.start)}: “{sight.quote}” {{n}}.", sight.moment, sight.quote)
    return Draft((claim,), sure)


def _when_shown(known: Known, last: bool) -> Draft | None:
    """When the line that fits best was first seen, or last."""
    best = next((s for s in known.supports if any(_then(known, m) for m in s.seen)), known.supports[0])
    line = max((row.line.text for row in best.block.rows), key=len)
    said = clip(line, 120).removesuffix("…")
    with_it = search.exact(known.db, said, 200)
    seen = sorted(moments.many(known.db, with_it).values(), key=lambda m: (m.start, m.id))
    seen = [m for m in seen if _then(known, m)] or seen
    if not seen:
        return None
    moment = seen[-1] if last else seen[0]
    return Draft((Claim(f"{time(moment.start)}: “{said}” {{n}}.", moment, said),), known.sure)


def _then(known: Known, moment: Moment) -> bool:
    """Whether a moment lies in the span that was named; true where none was."""
    since, until = known.understood.since, known.understood.until
    return (since is None or moment.end >= since) and (until is None or moment.start <= until)
