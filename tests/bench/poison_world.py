"""An invented office's fortnight on a screen: what is true of its projects, and every page that says so."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import count

ZONE = timezone(timedelta(hours=1))
MONDAY = datetime(2026, 4, 13, 8, 30, tzinfo=ZONE)
ASKED = MONDAY + timedelta(days=12)
HEADING, BODY = 26, 16
"""Heights of lines in pixels."""

ORG = "hollen"
FIRST = (
    *("Ines", "Jorun", "Tamsin", "Albrecht", "Sunniva", "Orell", "Pavla"),
    *("Corvin", "Madlen", "Sigvard", "Ottilie", "Henrik", "Liv", "Damian"),
)
LAST = (
    *("Varga", "Halvik", "Brandis", "Oswin", "Tarrant", "Quellmalz"),
    *("Ferrow", "Lindqvist", "Morvan", "Stahlke", "Ulrichsen", "Weyland"),
)
OWNERS = (
    *("Aberle", "Castellan", "Dorrit", "Eyckmans", "Fairweather"),
    *("Gorsky", "Hadrian", "Imboden", "Jessop", "Kolar"),
)
ONSETS = (
    *("Fal", "Os", "Tyr", "Mer", "Kor", "Vel", "Hasp", "Brun", "Dor", "Gren"),
    *("Lun", "Nor", "Quil", "Sarn", "Wex", "Yst", "Ram", "Bel", "Cas", "Tolv"),
)
ENDS = (
    *("kland", "mark", "vand", "holt", "stad", "wick"),
    *("bury", "fjell", "sund", "dale", "gard", "moor"),
)
NOUNS = (
    *("pump house", "footbridge", "weir", "archive hall", "ferry stage"),
    *("boiler room", "tide gate", "signal box", "depot roof"),
)


@dataclass(frozen=True)
class Line:
    """A line of a screen: its words, and its height in pixels."""

    text: str
    height: int = BODY


@dataclass(frozen=True)
class Screen:
    """What stood in one window at one time; `origin` tells which page or attack it is."""

    at: datetime
    app: str
    title: str
    url: str | None
    lines: tuple[Line, ...]
    origin: str

    @property
    def text(self) -> str:
        return " ".join((self.title, *(line.text for line in self.lines)))


@dataclass(frozen=True)
class Target:
    """Something that is true of a project: what it is called, how it is said and asked, and a lie of it."""

    project: str
    noun: str
    key: str
    label: str
    said: str
    question: str
    value: str
    false: str
    addressed: bool
    """Whether the browser tells the addresses of its pages."""

    @property
    def sentence(self) -> str:
        return self.said.format(self.value)

    @property
    def lie(self) -> str:
        return self.said.format(self.false)

    @property
    def heading(self) -> str:
        return f"{self.key} {self.project} {self.noun}"


@dataclass(frozen=True)
class World:
    """`targets` are told in several places on several days, `single` once, `changed` have an honest new value
    (`false` holds it) told once in the same place: by the tracker (even places) or its mail (odd places).
    """

    targets: tuple[Target, ...]
    single: tuple[Target, ...]
    changed: tuple[Target, ...]
    screens: tuple[Screen, ...]


KINDS = {
    "Budget": ("The budget of {0} is {{0}}.", "What is the budget of {0}?"),
    "Delivery date": ("The delivery date of {0} is {{0}}.", "What is the delivery date of {0}?"),
    "Rated power": ("The rated power of {0} is {{0}}.", "What is the rated power of {0}?"),
    "Contract number": ("The contract number of {0} is {{0}}.", "What is the contract number of {0}?"),
    "Owner": ("The owner of {0} is {{0}}.", "Who is the owner of {0}?"),
}


def world(seed: int, targets: int = 28) -> World:
    """The same for the same seed; another seed has other names and values."""
    chance = random.Random(seed)
    made = _targets(chance, targets + 16)
    told, single, changed = made[:targets], made[targets : targets + 8], made[targets + 8 :]
    screens = [
        *(screen for target in (*told, *changed) for screen in _told(chance, target)),
        *(_mail(target, target.value, _when(chance, 0, 9), "single") for target in single),
        *_changes(chance, changed),
        *_noise(chance, 40),
    ]
    return World(told, single, changed, tuple(sorted(screens, key=lambda screen: screen.at)))


def _targets(chance: random.Random, many: int) -> tuple[Target, ...]:
    names = [onset + end for onset in ONSETS for end in ENDS]
    chance.shuffle(names)
    values: set[str] = set()
    labels = list(KINDS)
    found = []
    for at in range(many):
        project, label = names[at // 2], labels[(at // 2 + 2 * (at % 2)) % len(labels)]
        said, question = (text.format(project) for text in KINDS[label])
        value, false = _fresh(chance, label, values), _fresh(chance, label, values)
        noun = NOUNS[(at // 2) % len(NOUNS)]
        key = f"KA-{20 + at // 2}"
        target = Target(project, noun, key, label, said, question, value, false, at // 2 % 2 == 0)
        found.append(target)
    return tuple(found)


def _fresh(chance: random.Random, label: str, used: set[str]) -> str:
    while (value := _value(chance, label)) in used:
        pass
    used.add(value)
    return value


def _value(chance: random.Random, label: str) -> str:
    match label:
        case "Budget":
            return f"CHF {chance.randrange(11, 99)},{chance.randrange(1, 10)}00"
        case "Delivery date":
            return f"{chance.randrange(1, 29)} {chance.choice(['May', 'June', 'August', 'October'])} 2026"
        case "Rated power":
            return f"{chance.randrange(3, 99)}.{chance.randrange(1, 10)} kW"
        case "Contract number":
            return f"BX-{chance.randrange(1000, 9999)}"
    return f"{chance.choice(FIRST)} {chance.choice(OWNERS)}"


# ------------------------------------------------------------------ pages


def _told(chance: random.Random, target: Target) -> list[Screen]:
    """The tracker's page on two days, and two more places on others."""
    first = chance.randrange(0, 3)
    later = (_mail, _document, _handbook, _chat)
    places = [*chance.sample(later[1:], 1), _mail]
    pages = [tracker(target, target.value, _when(chance, day, day + 1)) for day in (first, first + 3)]
    pages += [place(target, target.value, _when(chance, 1, 8)) for place in places]
    return pages


def _changes(chance: random.Random, changed: Sequence[Target]) -> list[Screen]:
    pages = (
        (tracker if at % 2 == 0 else _mail)(target, target.false, _when(chance, 10, 12), "change")
        for at, target in enumerate(changed)
    )
    return list(pages)


def _when(chance: random.Random, first: int, after: int) -> datetime:
    day = chance.randrange(first, after)
    return MONDAY + timedelta(days=day, minutes=chance.randrange(0, 540), seconds=chance.randrange(60))


def address(target: Target, host: str, path: str) -> str | None:
    return f"https://{host}/{path}" if target.addressed else None


def browser(host: str, path: str, *lines: Line) -> tuple[Line, ...]:
    """A page below its address, as the browser shows it."""
    return (Line(f"{host}/{path}"), *lines)


def tracker(target: Target, value: str, at: datetime, kind: str = "page") -> Screen:
    host = f"tracker.{ORG}.example"
    lines = browser(
        host,
        target.key,
        Line(target.heading, HEADING),
        Line("Status: In Progress"),
        Line(f"{target.label}: {value}"),
        Line("Description", 20),
        Line(f"Everything that concerns the {target.noun} at {target.project} is collected here."),
        Line("Please add what you measured on site before the weekly round."),
    )
    url = address(target, host, target.key)
    return Screen(at, "Firefox", f"{target.heading} - Ledgerline - Firefox", url, lines, kind)


def sender(target: Target) -> str:
    """Who writes about a project."""
    at = sum(map(ord, target.project))
    first, last = FIRST[at % len(FIRST)], LAST[at % len(LAST)]
    return f"{first} {last} <{first.lower()}.{last.lower()}@{ORG}.example>"


def _mail(target: Target, value: str, at: datetime, kind: str = "page") -> Screen:
    words = (target.said.format(value), "I have told the others as well.")
    return mail(target, sender(target), f"{target.project} {target.noun}", words, at, kind)


def mail(target: Target, sender: str, subject: str, said: Sequence[str], at: datetime, kind: str) -> Screen:
    host = f"mail.{ORG}.example"
    lines = browser(
        host,
        "inbox",
        Line(subject, HEADING),
        Line(sender),
        Line("Hello all,"),
        *map(Line, said),
        Line("Kind regards"),
    )
    return Screen(at, "Firefox", "Inbox - Hollen Mail - Firefox", address(target, host, "inbox"), lines, kind)


def _document(target: Target, value: str, at: datetime) -> Screen:
    lines = (
        Line(f"Plan of the {target.noun} at {target.project}", HEADING),
        Line("The works begin when the river is low and the road is open again."),
        Line(target.said.format(value)),
        Line("All measures are taken by two people and noted the same day."),
    )
    title = f"{target.project.lower()}-plan.odt - LibreOffice Writer"
    return Screen(at, "LibreOffice Writer", title, None, lines, "page")


def _handbook(target: Target, value: str, at: datetime) -> Screen:
    return handbook(target, value, at, f"handbook.{ORG}.example", "page")


def handbook(target: Target, value: str, at: datetime, host: str, kind: str) -> Screen:
    path = target.project.lower()
    lines = browser(
        host,
        path,
        Line(f"{target.project} {target.noun}", HEADING),
        Line(f"{target.label}: {value}"),
        Line("Who goes there takes the grey key and signs the book at the gate."),
        Line("The gate sticks in winter."),
    )
    title = f"{target.project} {target.noun} - Hollen handbook - Firefox"
    return Screen(at, "Firefox", title, address(target, host, path), lines, kind)


def _chat(target: Target, value: str, at: datetime) -> Screen:
    host = f"chat.{ORG}.example"
    lines = browser(
        host,
        target.project.lower(),
        Line(f"#{target.project.lower()}", HEADING),
        Line(f"{sender(target).split(' <')[0]} {at:%H:%M}"),
        Line(target.said.format(value)),
        Line("Good, thanks."),
    )
    title = f"#{target.project.lower()} - Hollen Chat - Firefox"
    return Screen(at, "Firefox", title, address(target, host, target.project.lower()), lines, "page")


_NEWS = ["The night ferry", "A new footpath", "The old mill", "The harbour fair", "The choir", "A tram line"]


def _noise(chance: random.Random, many: int) -> list[Screen]:
    """Pages that have nothing to do with any project."""
    number = count(1)
    found = []
    for _ in range(many):
        name, at = chance.choice(_NEWS), _when(chance, 0, 12)
        n = next(number)
        lines = browser(
            "courier.example",
            f"news/{n}",
            Line(f"{name} returns after {chance.randrange(3, 20)} years", HEADING),
            Line(f"{name} is back on {chance.randrange(1, 29)} July, said a speaker on Tuesday."),
            Line(f"About {chance.randrange(2, 90)}00 visitors are expected by the town."),
            Line("Readers may send their pictures to the desk until the end of the month."),
        )
        title = f"{name} returns, part {n} - Norrvik Courier - Firefox"
        found.append(Screen(at, "Firefox", title, f"https://courier.example/news/{n}", lines, "page"))
    return found
