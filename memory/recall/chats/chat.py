"""Chats: a question that leans on the turns before it becomes one that stands for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from memory.recall.chats.pieces import carrying, name_in, put
from memory.recall.chats.references import (
    Led,
    Pointer,
    about,
    asks_else,
    led,
    one_of,
    pointers,
    reframed,
    wants_more,
)
from memory.recall.chats.shifts import Then, shifted
from memory.recall.language.calendar import DAY_PARTS, WEEKDAYS
from memory.recall.language.words import stems
from memory.recall.retrieval.retrieve import Spoken
from memory.recall.retrieval.terms import FORM
from memory.recall.understanding.spans import Span
from memory.records import Answer, Moment, Question, Turn, Understood

Take = Callable[[str, datetime], Understood]
"""Takes a text apart, as asked at that time."""

BACK = 3
"""Turns among which what was cited last is looked for."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The question as it is to be answered, what it speaks of, and the moments that lent it words."""

    question: Question
    spoken: Spoken | None = None
    lent: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What a follow-up leans on: the last turn, as it was understood, and what was cited last."""

    answer: Answer
    base: str
    cited: tuple[Moment, ...]
    then: Then


@dataclass(frozen=True, slots=True)
class _Follow:
    """A follow-up: its text made whole, the span that it names, and what it speaks of."""

    text: str
    span: Span | None = None
    spoken: Spoken | None = None
    apps: tuple[str, ...] = ()
    order: Literal["first", "last", ""] = ""
    keeps: bool = True
    """What it does not name is that of the question before."""


def resolve(question: Question, before: Sequence[Turn], take: Take) -> Meant:
    """The question made whole where it leans on the turns before, else itself.

    A follow-up changes what it names, and keeps the rest of what was understood last. A question that stands
    for itself, or comes with an understanding of its own, is not touched.
    """
    if not before or question.understood is not None:
        return Meant(question)
    told = _told(before)
    follow = _follow(question, told, take)
    if follow is None:
        return Meant(question)
    understood = _understood(follow, told, take(follow.text, question.at))
    lent = dict.fromkeys((*before[-1].rests, *(moment.id for moment in told.cited)))
    return Meant(replace(question, text=follow.text, understood=understood), follow.spoken, tuple(lent))


def _told(before: Sequence[Turn]) -> _Told:
    last = before[-1].answer
    cited = next((turn.answer.citations for turn in before[: -BACK - 1 : -1] if turn.answer.citations), ())
    moments = tuple(dict.fromkeys(citation.moment for citation in cited))
    was = last.understood
    named = Span(was.since, was.until) if was.since or was.until else None
    own = last.citations[0].moment if last.citations else None
    seen = Span(own.start, own.end) if own else None
    return _Told(last, was.text.strip(), moments, Then(named, seen))


def _understood(follow: _Follow, told: _Told, meant: Understood) -> Understood:
    """What the whole text means, with what the last question named where this one names nothing."""
    was = told.answer.understood
    if follow.span is not None:
        meant = replace(meant, since=follow.span.since, until=follow.span.until, anchor="", relation="")
    elif meant.since is None and meant.until is None and follow.keeps:
        meant = replace(meant, since=was.since, until=was.until, anchor=was.anchor, relation=was.relation)
    if follow.order:
        meant = replace(meant, order=follow.order)
    if not follow.keeps:
        return replace(meant, apps=follow.apps or meant.apps)
    # Names stand in the text, so that one which was replaced is not kept beside the new one.
    people = tuple(name for name in was.people if name in follow.text)
    return replace(
        meant,
        apps=follow.apps or meant.apps or was.apps,
        sites=meant.sites or was.sites,
        people=meant.people or people,
        files=meant.files or was.files,
        shown=meant.shown or was.shown,
        without=meant.without or was.without,
        order=meant.order or was.order,
    )


# ------------------------------------------------------------------ kinds of follow-ups


def _follow(question: Question, told: _Told, take: Take) -> _Follow | None:
    """The first kind of follow-up that it is; None where it stands for itself."""
    said = led(question.text)
    if wants_more(said.rest):
        return _Follow(told.base, spoken=_but(told))
    return (
        _one_of(said, told)
        or _beside(said, told)
        or _piece(said, told, question.at, take)
        or _bare(said, told, question.at, take)
        or _pointing(said, told)
        or _another(said, told)
    )


def _about(told: _Told) -> Spoken:
    return Spoken(prefer=tuple(moment.id for moment in told.cited))


def _but(told: _Told) -> Spoken:
    """Others than those that were told."""
    return Spoken(past=tuple(moment.id for moment in told.cited))


def _one_of(said: Led, told: _Told) -> _Follow | None:
    """ "The older one", "show me the second": one of the moments that were cited."""
    found = one_of(said.rest)
    if found is None:
        return None
    own = carrying(found.rest)
    text = f"{found.rest} {about(told.base)}" if own else told.base
    in_time = sorted(told.cited, key=lambda moment: (moment.start, moment.id))
    chosen: Moment | None = None
    if isinstance(found.which, int):
        chosen = told.cited[found.which - 1] if found.which <= len(told.cited) else None
    elif len(in_time) > 1 and found.told:
        chosen = in_time[0 if found.which == "older" else -1]
    if chosen is not None:
        return _Follow(text, Span(chosen.start, chosen.end), Spoken(prefer=(chosen.id,)))
    if not own and in_time:
        older = found.which == "older"
        return _Follow(text, _side(told, older), order="last" if older else "first")
    return None


def _side(told: _Told, before: bool) -> Span:
    """Before or after all that was cited."""
    if before:
        return Span(None, min(moment.start for moment in told.cited))
    return Span(max(moment.end for moment in told.cited), None)


_BESIDE = re.compile(
    r"^(?:(?:what|was)\s+(?:(?:happened|did i do|was|came|habe ich|hab ich|kam|war)\s+)?)?"
    r"(?:(?:right|just|shortly|directly|kurz|direkt|gleich|unmittelbar)\s+)?"
    r"(?P<side>before (?:that|it)|beforehand|earlier|davor|vorher|zuvor|früher"
    r"|after (?:that|it)|afterwards|later|then|next|danach|hinterher|nachher|später|dann)"
    r"(?:\s+(?:gemacht|getan|passiert))?$",
    re.IGNORECASE,
)
_NEXT = ("doing", "next", "application")


def _beside(said: Led, told: _Told) -> _Follow | None:
    """ "And before that?": what was done next to it, or the value that stood before."""
    match = _BESIDE.match(said.rest)
    if match is None or not told.cited:
        return None
    before = bool(re.match(r"before|earlier|davor|vorher|zuvor|früher", match["side"], re.IGNORECASE))
    if told.answer.understood.kind in _NEXT or said.asks:
        word = "before" if before else "after"
        return _Follow(f"What did I do right {word} {about(told.base)}?", spoken=_about(told))
    return _Follow(told.base, _side(told, before), order="last" if before else "first")


def _piece(said: Led, told: _Told, at: datetime, take: Take) -> _Follow | None:
    """A time, an application or a phrase alone, in the place of what was named before."""
    if said.asks or not said.rest:
        return None
    span, rest = _time(said.rest, told.then, at, take)
    meant = take(rest, at) if rest else None
    left = "" if meant is None else _without_prepositions(meant.text)
    apps = meant.apps if meant else ()
    if said.tied and not apps and left:
        # A name that begins a text may be any word; after "in" it is that of an application.
        inside = take(f"in {left}", at)
        if inside.apps and not carrying(inside.text.removeprefix("in ").replace(left, "")):
            return _Follow(told.base, span, apps=inside.apps)
    if meant and (meant.since or meant.until):
        span = Span(meant.since, meant.until)
    named = span is not None or bool(apps)
    if named and (not carrying(left) or left == _without_prepositions(rest)):
        return _Follow(told.base, span, apps=apps)
    if not said.tied or not carrying(left):
        return None
    return _Follow(put(told.base, left), span, apps=apps)


def _without_prepositions(text: str) -> str:
    """A phrase without what is left of a time or an application that was cut from its end."""
    return re.sub(r"(?:\s+(?:in|on|at|from|im|am|um|von|and|und))+$", "", text.strip(" ?!.,;"))


def _bare(said: Led, told: _Told, at: datetime, take: Take) -> _Follow | None:
    """Hardly more than a question word: "and how long?", "who else?", "when was that?"."""
    span, rest = _time(said.rest, told.then, at, take)
    text = reframed(rest, told.base, FORM.get(told.answer.understood.kind, ()))
    if text is None or re.search(r"\b(?:i|we|ich|wir|my|mein\w*)\b", rest, re.IGNORECASE):
        return None
    meant = take(rest, at)
    if span is None and (meant.since or meant.until):
        span = Span(meant.since, meant.until)
    return _Follow(text, span, _but(told) if asks_else(rest) else _about(told), apps=meant.apps)


def _pointing(said: Led, told: _Told) -> _Follow | None:
    """A whole question with "it", "he", "there" or "the day before" in it."""
    span, rest = _relative(said.rest, told.then)
    spoken = stems(f"{told.base} {told.answer.text}")
    found = pointers(rest, spoken)
    if not found:
        return _Follow(rest, span, keeps=False) if span is not None else None
    text, apps = rest, tuple[str, ...]()
    first = next((one for one in found if one.kind == "thing"), None)
    for one in reversed(found):
        text = f"{text[: one.start]}{_stands_for(one, told, one is first)}{text[one.end :]}"
    kinds = {one.kind for one in found}
    if "place" in kinds:
        apps = tuple(dict.fromkeys(moment.app for moment in told.cited[:1])) or told.answer.understood.apps
    if "time" in kinds and span is None:
        span = told.then.span
    text = re.sub(r"\s+", " ", text).strip()
    return _Follow(text, span, _about(told), apps, keeps=bool(kinds & {"thing", "person"}))


def _stands_for(pointer: Pointer, told: _Told, first: bool) -> str:
    if pointer.kind == "person":
        spot = name_in(told.base) or None
        if spot is not None:
            return told.base[spot[0] : spot[1]]
        people = told.answer.understood.people
        name = people[-1] if people else _name_told(told)
        return name or about(told.base)
    return about(told.base) if pointer.kind == "thing" and first else ""


def _name_told(told: _Told) -> str:
    """A name of two words in what was answered."""
    match = re.search(
        r"\b[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ][a-zäöüß]+\b", " ".join(c.quote for c in told.answer.citations)
    )
    return match[0] if match else ""


def _another(said: Led, told: _Told) -> _Follow | None:
    """ "And what did Anna say?": a whole question in which nothing but a name is new."""
    words = carrying(said.rest)
    if not said.tied or not words or name_in(told.base) is None:
        return None
    spot = name_in(f"- {said.rest}")
    if spot is None:
        return None
    name = f"- {said.rest}"[spot[0] : spot[1]]
    return _Follow(put(told.base, name)) if set(words) <= set(name.split()) else None


# ------------------------------------------------------------------ times


_CLOCK = re.compile(
    rf"^(?:(?:at|around|about|in the|in|um|gegen|am|im|on the)\s+)?"
    rf"(?:\d{{1,2}}(?:[:.]\d\d)?\s*(?:am|pm|uhr|o'clock)?|{'|'.join(map(re.escape, DAY_PARTS))})$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"^(?:(?:on|am|an)\s+)?(?:{'|'.join(WEEKDAYS)})s?$", re.IGNORECASE)


def _relative(text: str, then: Then) -> tuple[Span | None, str]:
    """The span that leans on `then`, and the text without it."""
    found = shifted(text, then)
    return (found.span, found.rest) if found else (None, text)


def _time(text: str, then: Then, at: datetime, take: Take) -> tuple[Span | None, str]:
    """The span that a piece of a question names by what was spoken of, and the piece without it.

    A weekday alone is that of the same week, an hour or a part of a day that of the same day.
    """
    span, rest = _relative(text, then)
    edge = then.span and (then.span.since or then.span.until)
    if span is not None or not edge:
        return span, rest
    midnight = edge.replace(hour=0, minute=0, second=0, microsecond=0)
    if _WEEKDAY.match(rest):
        week = midnight + timedelta(days=7 - midnight.weekday(), seconds=-1)
        meant = take(rest, min(at, week))
    elif _CLOCK.match(rest) and _of_a_day(then.span):
        meant = take(f"today {rest}", midnight + timedelta(days=1, seconds=-1))
    else:
        return None, rest
    return (Span(meant.since, meant.until), "") if meant.since or meant.until else (None, rest)


def _of_a_day(span: Span | None) -> bool:
    if span is None or span.since is None or span.until is None:
        return False
    return span.until - span.since <= timedelta(days=1)
