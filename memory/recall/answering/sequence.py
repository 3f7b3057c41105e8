"""What came first, and what directly before or after: by the moments that really show each thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from memory.recall.answering.draft import Claim, Draft, time
from memory.recall.answering.known import Known
from memory.recall.answering.sights import Sight, masked, sights, title
from memory.recall.answering.visits import breaks, named, screen, stays
from memory.recall.retrieval.snippet import clip
from memory.records import Moment

EXACT, DESCRIBED = 0.9, 0.65
"""How sure an order is where both things were found word for word, and where one was only described."""

NEAR = timedelta(hours=3)
"""What came directly before or after something lies no further away."""

BREAK = re.compile(r"\b(?:break|lunch|away|pause|mittagspause|mittag|weg)\b")

_SIDES = (
    re.compile(
        r"(?:(?:did|have|had) (?:i|we)|(?:habe|hab|haben|hatte) (?:ich|wir))?\s*(?P<one>.+?)\s+"
        r"(?P<side>before or after|vor oder nach)\s+(?P<other>.+)"
    ),
    re.compile(r"[:,]\s*(?P<one>.+?)\s+(?:or|oder)\s+(?P<other>.+)"),
    re.compile(r"(?P<one>\x01+)\s*,?\s+(?:or|oder)\s+(?P<other>\x01+)"),
)
_LATER = re.compile(r"\b(?:later|last|latest|most recent(?:ly)?|später|zuletzt)\b")
_LAST_SIGHT = re.compile(
    r"\bmost recently\b|\blast (?:see|saw|look\w*|open\w*|read|visit\w*)|\b(?:see|look at|open|visit) last\b"
    r"|\bzuletzt\b"
)
_LEADING = re.compile(r"^(?:see|look at|open|read|visit|watch)\s+|[\"“”„«»]|\s+(?:gesehen|gelesen|geöffnet)$")


@dataclass(frozen=True, slots=True)
class _Two:
    """Two things whose order is asked for; `side`: whether the first came before or after the other. `later`:
    the later one is asked for; `last`: their last sights count and not their first.
    """

    one: str
    other: str
    side: bool
    later: bool
    last: bool


def which_first(known: Known) -> Draft | None:
    """Which of two things came first (or last), by their first sights; by the last where those are meant."""
    two = _two(known.question.text.strip(" ?.!"))
    if two is None:
        return None
    pair = _apart(sights(known, two.one, two.last), sights(known, two.other, two.last), two.last)
    if pair is None:
        return None
    one, other = pair
    early, late, name = (one, other, two.one) if one.at <= other.at else (other, one, two.other)
    if two.later:
        early, late, name = late, early, two.other if early is one else two.one
    if one.at == other.at:
        claims = [_claim(f"At the same time, {time(one.moment.start)}", one), _claim("Also", other)]
    elif two.side:
        lead = "Before" if one.at < other.at else "After"
        claims = [
            _claim(f"{lead}. {time(one.moment.start)}", one),
            _claim(time(other.moment.start), other),
        ]
    else:
        first, then = ("Last", "Before that") if two.later else ("First", "Then")
        # What is quoted names itself.
        first += "," if early.exact else f" {clip(_LEADING.sub('', name), 60).removesuffix('…')}."
        claims = [
            _claim(f"{first} {time(early.moment.start)}", early),
            _claim(f"{then} {time(late.moment.start)}", late),
        ]
    return Draft(tuple(claims), EXACT if one.exact and other.exact else DESCRIBED, inferred=True)


def _two(text: str) -> _Two | None:
    hidden = masked(text).lower()
    for pattern in _SIDES:
        if match := pattern.search(hidden):
            side = "side" in match.groupdict()
            one, other = (text[match.start(name) : match.end(name)] for name in ("one", "other"))
            later = not side and _LATER.search(hidden) is not None
            return _Two(one, other, side, later, _LAST_SIGHT.search(hidden) is not None)
    return None


def _apart(one: list[Sight], other: list[Sight], last: bool) -> tuple[Sight, Sight] | None:
    """The sight of each that counts; of things that were only described those on two screens."""
    if not one or not other:
        return None
    a, b = (one[-1], other[-1]) if last else (one[0], other[0])
    if not (a.exact and b.exact) and a.moment.id == b.moment.id:
        elsewhere = [sight for sight in other if screen(sight.moment) != screen(a.moment)]
        b = (elsewhere[-1] if last else elsewhere[0]) if elsewhere else b
    return a, b


def _claim(lead: str, sight: Sight) -> Claim:
    return Claim(f"{lead}: {named(sight.moment)}, “{sight.quote}” {{n}}.", sight.moment, sight.quote)


# ------------------------------------------------------------------ directly before and after


def next_to(known: Known) -> Draft | None:
    """What came directly before or after something, or a break."""
    match = re.search(r"\b(after|before|nach|vor)\b(.*)", masked(known.question.text).lower(), re.DOTALL)
    if match is None:
        return None
    later, thing = match[1] in ("after", "nach"), known.question.text[match.start(2) :]
    if BREAK.search(match[2]):
        return _beside_break(known, later)
    found = sights(known, thing)
    if not found and not known.ranked:
        return None
    anchor = found[0].moment if found else known.ranked[0]
    runs = stays(known.db, anchor.start - NEAR, anchor.end + NEAR)
    at = next((k for k, run in enumerate(runs) if any(m.id == anchor.id for m in run.moments)), None)
    if at is None:
        return None
    side = runs[at + 1 :] if later else runs[:at][::-1]
    other = next((run for run in side if screen(run.first) != screen(anchor)), None)
    if other is None:
        return None
    moment = other.first if later else other.moments[-1]
    word = "After" if later else "Before"
    sure = EXACT if found and found[0].exact else 0.7
    claims = (told(f"{word} that, {time(moment.start)}", moment), told(time(anchor.start), anchor))
    return Draft(claims, sure, inferred=True)


def _beside_break(known: Known, later: bool) -> Draft | None:
    pair = break_of(known)
    if pair is None:
        return None
    moment = pair[1] if later else pair[0]
    return Draft((told(time(moment.start if later else moment.end), moment),), 0.75, inferred=True)


def break_of(known: Known) -> tuple[Moment, Moment] | None:
    """The moments before and after the longest break of the span, around noon where lunch was named."""
    since, until = known.understood.since, known.understood.until
    if since is None or until is None:
        return None
    if "lunch" in known.question.text.lower() or "mittag" in known.question.text.lower():
        since, until = since.replace(hour=11, minute=0), since.replace(hour=15, minute=0)
    found = breaks(known.db, since, until)
    return found[0] if found else None


def told(lead: str, moment: Moment) -> Claim:
    """A screen by its title: "lead: application, “title” [1]."."""
    return Claim(f"{lead}: {named(moment)}, “{title(moment)}” {{n}}.", moment, title(moment))
