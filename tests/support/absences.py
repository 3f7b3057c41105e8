"""A fortnight with gaps of every kind, and questions whose answer is not there, each with the reason why."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from memory.ledger import fading, frames, gaps, moments, readings
from memory.ledger.connection import Writer
from memory.records import Gap, Line, Passage, Reading
from tests.support.builders import a_frame

ZONE = timezone(timedelta(hours=2))
FIRST = datetime(2026, 5, 4, tzinfo=ZONE)
"""A Monday: midnight of the first day that was recorded."""

NOW = datetime(2026, 5, 21, 16, 40, tzinfo=ZONE)
DAYS = 17
HOUR = timedelta(hours=1)

PLACES = ("harbour", "quay", "slipway", "boathouse", "chandlery", "loft", "jetty", "workshop")
THINGS = ("teak", "varnish", "keel", "sail", "rudder", "anchor", "compass", "rope", "ballast", "lantern")
PEOPLE = ("Ole Brandt", "Ines Falk", "Tom Reyes", "Clara Weiss")
NEVER = ("xylophone", "zeppelin", "quinine", "marzipan", "obelisk", "walrus", "tundra", "yodel")
REASONS = ("paused", "excluded", "locked", "idle", "not running", "trouble")
SAYS = {
    "paused": "recording was paused",
    "excluded": "an excluded window was visible",
    "locked": "the screen was locked",
    "idle": "nobody was there",
    "not running": "Onceseen was not running",
    "trouble": "the screen could not be recorded",
    "off": "Nothing was captured then: Onceseen was not running, or nothing of it is kept",
    "forgotten": "Nothing was captured then: Onceseen was not running, or nothing of it is kept",
    "before": "Nothing was captured before",
    "ahead": "That is still to come",
    "faded": "The text of that time has faded",
    "never shown": "No screen showed",
}
"""What is to be said of each kind of absence."""

CAPTURED = ("faded", "never shown")


@dataclass(frozen=True)
class Absence:
    """A question that nothing answers, and why."""

    question: str
    why: str

    @property
    def missing(self) -> str:
        return "not found" if self.why in CAPTURED else "not captured"


@dataclass(frozen=True)
class Hole:
    start: datetime
    end: datetime
    why: str


def holes(chance: random.Random) -> list[Hole]:
    """Each day one hour without a look, at noon or later; kinds take turns."""
    kinds = [*REASONS, "off", "forgotten"]
    found = []
    for n in range(DAYS - 1):
        start = FIRST + timedelta(days=n, hours=chance.choice((11, 12, 13, 14, 15)))
        found.append(
            Hole(start, start + timedelta(minutes=chance.choice((60, 75, 90, 120))), kinds[n % len(kinds)])
        )
    return found


def fill(db: Writer, chance: random.Random) -> list[Hole]:
    """A screen every ten minutes from nine to half past four but for the holes; the second day has faded."""
    gone = holes(chance)
    forgotten = []
    for n in range(DAYS):
        for k in range(46):
            at = FIRST + timedelta(days=n, hours=9, minutes=10 * k)
            hole = next((one for one in gone if one.start <= at < one.end), None)
            if hole is None or hole.why == "forgotten":
                id = _show(db, at, chance)
                forgotten += [id] if hole else []
    for hole in gone:
        if hole.why in REASONS:
            gaps.add(db, Gap(hole.start, hole.end, hole.why))  # type: ignore[arg-type]
    moments.forget(db, forgotten)
    second = FIRST + timedelta(days=1)
    faded = [moment.id for moment in moments.between(db, second, second + timedelta(days=1))]
    fading.fade(db, faded, "gist")
    return gone


def _show(db: Writer, at: datetime, chance: random.Random) -> int:
    thing, place, person = chance.choice(THINGS), chance.choice(PLACES), chance.choice(PEOPLE)
    texts = [
        f"{person} wrote about the {thing} in the {place}",
        f"Order {chance.randrange(1000, 9999)} for {thing}: EUR {chance.randrange(20, 900)}.00",
    ]
    app, title = chance.choice((("Firefox", "Inbox"), ("mousepad", f"{place}.md"), ("XTerm", "~/yard")))
    frame = frames.add(db, a_frame(at=at, app=app, title=f"{title} - {thing}"), None)
    lines = tuple(Line(text, (10, 40 + 20 * n, 7 * len(text), 14), 0.95, 0) for n, text in enumerate(texts))
    readings.add(db, frame, Reading(lines, "test"))
    readings.add_passages(db, frame, (Passage(" ".join(texts), (0, 1)),))
    moment = frames.moment_of(db, frame)
    readings.index_words(db, moment)
    return moment


# ------------------------------------------------------------------ questions

_AT = (
    "What did {person} write on {day} between {start} and {end}?",
    "What was I doing on {day} at {middle}?",
    "How much was the {thing} on {day} between {start} and {end}?",
    "Was habe ich am {tag} zwischen {start} und {end} gemacht?",
    "Was stand am {tag} zwischen {start} und {end} Uhr in der Bestellung?",
)
_BEFORE = (
    "What did {person} write on {day}?",
    "What was I doing on {day} at {middle}?",
    "Was habe ich am {tag} gelesen?",
)
_AHEAD = (
    "What did I read on {day}?",
    "What was on my screen tomorrow?",
    "What did {person} write next week?",
    "Was habe ich am {tag} gelesen?",
    "Was war morgen Nachmittag auf dem Bildschirm?",
)
_FADED = (
    "What did {person} write about the {never} on {day}?",
    "How much was the {never} on {day}?",
    "Was hat {person} am {tag} zum {never} geschrieben?",
)
_NEVER = (
    "How much did the {never} cost?",
    "Who wrote about the {never}?",
    "Where did I see the {never} on {day}?",
    "Wann kam die Rechnung für {never}?",
    "Was hat {person} am {tag} über {never} geschrieben?",
)
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September")
_MONATE = ("", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September")


def questions(gone: Sequence[Hole], chance: random.Random) -> Iterator[Absence]:
    """Some of each kind; the holes by the hours that they cover whole."""
    for hole in gone:
        for form in _AT:
            yield Absence(_said(form, hole.start, hole.start + HOUR, chance), hole.why)
    for n in (1, 3, 40):
        yield from _asked(_BEFORE, FIRST - timedelta(days=n), "before", chance)
    for n in (2, 30):
        yield from _asked(_AHEAD, NOW + timedelta(days=n), "ahead", chance)
    yield from _asked(_FADED, FIRST + timedelta(days=1), "faded", chance)
    for n in (2, 5, 9):
        yield from _asked(_NEVER, FIRST + timedelta(days=n), "never shown", chance)


def _asked(forms: Sequence[str], day: datetime, why: str, chance: random.Random) -> Iterator[Absence]:
    start = day.replace(hour=10, minute=0)
    for form in forms:
        yield Absence(_said(form, start, start + HOUR, chance), why)


def _said(form: str, start: datetime, end: datetime, chance: random.Random) -> str:
    return form.format(
        day=f"{start.day} {_MONTHS[start.month]}",
        tag=f"{start.day}. {_MONATE[start.month]}",
        start=f"{start:%H:%M}",
        end=f"{end:%H:%M}",
        middle=f"{start + HOUR / 2:%H:%M}",
        person=chance.choice(PEOPLE),
        thing=chance.choice(THINGS),
        never=chance.choice(NEVER),
    )
