"""Update interference: values that changed 0 to 100 times among others that did not, asked for in many ways.

`python -m tests.bench.recall_updates [--seed N] [--levels 0,1,..]` invents a memory (a text-only recording)
of subjects, each with a value told in one of five forms and a twin of nearly its name that keeps its value,
imports it through the command line, and asks before and after consolidation. Right are the first words of an
answer. Baselines read what the memory holds: the newest of the ten best by BM25 or by meaning, read backwards
where older values are asked for, each with the value that its moment truly tells of the subject; and a memory
that overwrites (Mem0's way), which knows the last value alone. SEED was for tuning, SEED + 1 is reported.
`--rendered` draws a smaller memory as pictures, tables with a place for each cell, and has them read.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from PIL.Image import Image

from tests.bench.recall_baselines import fts_or, whole
from tests.bench.recall_memories import CACHE, Corpus, Memory
from tests.support.pages import Page

SEED = 14
LEVELS = (0, 1, 2, 5, 10, 20, 50, 100)
FORMS = ("label", "cell", "sentence", "chat", "mail")
DRAWN_LEVELS, DRAWN_FORMS = (0, 1, 2, 5, 10), ("label", "cell", "sentence")
DAYS, START = 80, datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TOP = 10

_FIRST = (
    "Alder",
    "Birch",
    "Cedar",
    "Elm",
    "Fern",
    "Gorse",
    "Hazel",
    "Iris",
    "Juniper",
    "Larch",
    "Oak",
    "Rowan",
)
_SECOND = (
    "Harbour",
    "Meadow",
    "Quay",
    "Ridge",
    "Tower",
    "Valley",
    "Warren",
    "Yard",
    "Bridge",
    "Ferry",
    "Mill",
)
_PEOPLE = (
    "Ana Brandt",
    "Bo Lind",
    "Cleo Marsh",
    "Dan Okoro",
    "Eva Stein",
    "Finn Dahl",
    "Gus Moreau",
    "Ivo Novak",
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


@dataclass
class Subject:
    """What has a value: its name, what of it, in which form it is told, and its values with their times."""

    name: str
    twin: str
    attribute: str
    form: str
    level: int
    values: list[str] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    own: str = ""
    """The value of the twin, which never changes."""


@dataclass(frozen=True)
class Screen:
    """An entry of the recording, and which value of which subject it tells."""

    at: datetime
    app: str
    title: str
    lines: tuple[str, ...]
    subject: str = ""
    value: str = ""


@dataclass(frozen=True)
class Ask:
    """A question about a subject, and what the answer begins with ("": it is not to be answered)."""

    subject: Subject
    group: str
    text: str
    wanted: str
    at: datetime | None = None
    back: int = 0


# ------------------------------------------------------------------ the world


def _values(attribute: str, many: int, chance: random.Random) -> list[str]:
    """Values one after the other, no two neighbours the same; names come back, as there are but ten."""
    makers: dict[str, Callable[[], str]] = {
        "budget": lambda: f"EUR {chance.randint(1, 9)},{chance.randint(100, 999)}.{chance.randint(10, 99)}",
        "headcount": lambda: str(chance.randint(11, 989)),
        "deadline": lambda: f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} 2027",
        "build": lambda: f"b-{chance.randint(1000, 9999)}",
        "owner": lambda: chance.choice(_PEOPLE),
    }
    found: list[str] = []
    while len(found) < many:
        value = makers[attribute]()
        if value not in (found[-1:] if attribute == "owner" else found):
            found.append(value)
    return found


def subjects(seed: int, levels: Sequence[int], forms: Sequence[str]) -> list[Subject]:
    """Each level in each form, the five kinds of value spread over them; mail and chat take no value back."""
    chance = random.Random(seed)
    names = [f"{one} {two}" for one in _FIRST for two in _SECOND]
    chance.shuffle(names)
    kinds = ("budget", "headcount", "deadline", "build", "owner")
    found = []
    for n, (level, form) in enumerate((level, form) for level in levels for form in forms):
        name = names.pop()
        first = name.split()[0]
        twin = chance.choice([other for other in names if other.split()[0] == first])
        names.remove(twin)
        attribute = kinds[(n + n // len(forms)) % len(kinds)]
        if attribute == "owner" and form in ("chat", "mail"):
            attribute = "build"
        one = Subject(name, twin, attribute, form, level)
        *one.values, one.own = _values(attribute, level + 2, chance)
        slots = sorted(chance.sample(range(DAYS * 20), level + 1))
        one.times = [
            START + timedelta(days=slot // 20, minutes=27 * (slot % 20), seconds=n) for slot in slots
        ]
        found.append(one)
    return found


def recording(some: Sequence[Subject], seed: int, others: int) -> list[Screen]:
    """All screens in order of time: each change once or up to three times, twins, and what is of nothing."""
    chance, screens = random.Random(seed + 100), list[Screen]()
    for one in some:
        ends = [*one.times[1:], START + timedelta(days=DAYS + 1)]
        for n, (value, start, end) in enumerate(zip(one.values, one.times, ends, strict=True)):
            again = [start + (end - start) * chance.uniform(0.1, 0.9) for _ in range(chance.randint(0, 2))]
            for at in sorted((start, *again)):
                screens.append(_screen(one, n, value, at))
        for _ in range(4):
            twin = Subject(one.twin, one.name, one.attribute, one.form, 0, [one.own], own=one.values[-1])
            at = START + timedelta(days=chance.uniform(0, DAYS))
            shown = _screen(twin, 0, one.own, at)
            if one.form != "cell":
                screens.append(Screen(at, shown.app, shown.title, shown.lines))
    for _ in range(others):
        name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}"
        at = START + timedelta(days=chance.uniform(0, DAYS))
        said = (
            f"Notes about {name}",
            f"{chance.randint(2, 40)} people came to the visit",
            "next: send the plan",
        )
        screens.append(Screen(at, "Mousepad", f"{name} visit - Mousepad", said))
    return sorted(screens, key=lambda screen: screen.at)


def _screen(one: Subject, n: int, value: str, at: datetime) -> Screen:
    name, what = one.name, one.attribute
    sent = one.times[n] if one.times else at
    before = [f"{sent - timedelta(minutes=9):%H:%M} Ana: {name} is on the list for {what}", "lunch at one?"]
    forms: dict[str, tuple[str, str, tuple[str, ...]]] = {
        "label": (
            "Firefox",
            f"{name} - Planner - Firefox",
            (name, "State: open", f"{what.capitalize()}: {value}", "Room: 12"),
        ),
        "cell": (
            "Calc",
            f"{name.split()[0]} register - Calc",
            (
                f"Name | State | {what.capitalize()}",
                f"{one.twin} | open | {one.own}",
                f"{name} | open | {value}",
            ),
        ),
        "sentence": (
            "Mousepad",
            f"{name.split()[0].lower()}-log.md - Mousepad",
            ("Log", f"The {what} of {name} is now {value}.", "More tomorrow."),
        ),
        "chat": ("Slack", "#planning - Slack", (*before, f"{sent:%H:%M} Bo: {name} {what} is {value}")),
        "mail": (
            "Thunderbird",
            f"{name} no. {n + 1} - Thunderbird",
            (
                "From: Eva Stein <eva@office.example>",
                f"Re: {name}",
                f"The {what} of {name} changes to {value}.",
            ),
        ),
    }
    app, title, lines = forms[one.form]
    return Screen(at, app, title, lines, name, value)


# ------------------------------------------------------------------ the questions


def questions(some: Sequence[Subject]) -> Iterator[Ask]:
    for n, one in enumerate(some):
        name, what, last = one.name, one.attribute, one.level
        german = n % 2
        yield Ask(one, "current", f"What is the {what} of {name}?", one.values[-1])
        yield Ask(
            one,
            "current",
            f"Wie lautet aktuell {what} von {name}?" if german else f"What is the current {what} of {name}?",
            one.values[-1],
        )
        text = f"What was the previous {what} of {name}?"
        if german:
            text = f"What was the {what} of {name} before the last change?"
        yield Ask(one, "previous", text, one.values[-2] if last else "", back=1)
        for back in (2, 3, 7, 30):
            if back <= last:
                told = f"What was the {what} of {name} {back} changes ago?"
                if back == 2:
                    told = f"What was the third last {what} of {name}?"
                yield Ask(one, "n-th previous", told, one.values[-1 - back], back=back)
        yield Ask(one, "first", f"What was the original {what} of {name}?", one.values[0], back=last)
        yield from _at_a_date(one)
        text = (
            f"Wie oft hat sich {what} von {name} geändert?"
            if german
            else f"How often did the {what} of {name} change?"
        )
        yield Ask(one, "count", text, f"{last} change{'' if last == 1 else 's'}")
        if last:
            day = one.times[-1]
            wanted = f"{day:%a} {day.day} {day:%b} {day.year}"
            yield Ask(one, "changed when", f"When did the {what} of {name} last change?", wanted)


def _at_a_date(one: Subject) -> Iterator[Ask]:
    """The middle of the longest time for which a value held, where that is a day and more."""
    ends = [*one.times[1:], START + timedelta(days=DAYS)]
    at = max(range(len(one.times)), key=lambda n: ends[n] - one.times[n])
    if ends[at] - one.times[at] > timedelta(days=2.5):
        day = one.times[at] + (ends[at] - one.times[at]) / 2
        text = f"What was the {one.attribute} of {one.name} on {day.day} {_MONTHS[day.month - 1]} {day.year}?"
        end = day.replace(hour=23, minute=59)
        yield Ask(one, "at a date", text, one.values[at], at=end)


def right(ask: Ask, answer: dict[str, Any]) -> bool:
    if not ask.wanted:
        return not answer["found"]
    if ask.group == "count" and ask.wanted.startswith("0"):
        return not answer["found"] or answer["answer"].startswith("0 ")
    return bool(answer["found"] and answer["answer"].startswith(ask.wanted))


# ------------------------------------------------------------------ baselines


def top_ten(scores: Any, asks: Sequence[Ask], screens: Sequence[Screen]) -> list[bool]:
    """The ten best, read from new to old for the values of the subject that they truly tell."""
    found = []
    for ask, row in zip(asks, scores, strict=True):
        best = [screens[int(n)] for n in np.argsort(-row, kind="stable")[:TOP] if np.isfinite(row[int(n)])]
        told = sorted((one for one in best if one.subject == ask.subject.name), key=lambda one: one.at)
        found.append(_reads(ask, told))
    return found


def overwritten(asks: Sequence[Ask]) -> list[bool]:
    """The last value alone, always known: nothing changed as far as it can tell."""
    return [
        _reads(ask, [Screen(ask.subject.times[-1], "", "", (), "", ask.subject.values[-1])]) for ask in asks
    ]


def _reads(ask: Ask, told: Sequence[Screen]) -> bool:
    values: list[Screen] = []
    for one in told:
        if (ask.at is None or one.at <= ask.at) and (not values or values[-1].value != one.value):
            values.append(one)
    if ask.group == "count":
        return bool(values) and ask.subject.level == len(values) - 1
    if ask.group == "changed when":
        return bool(values) and values[-1].at == ask.subject.times[-1] and len(values) > 1
    place = 0 if ask.group == "first" else len(values) - 1 - ask.back
    if not ask.wanted:
        return place < 0
    return 0 <= place < len(values) and values[place].value == ask.wanted


# ------------------------------------------------------------------ the report


def remembered(screens: Sequence[Screen], name: str, rendered: bool) -> Memory:
    """The recording imported into a new memory."""
    memory = Memory(CACHE / name)
    shutil.rmtree(memory.folder, ignore_errors=True)
    source = memory.folder / "recording"
    source.mkdir(parents=True)
    with (source / "frames.jsonl").open("w", encoding="utf-8") as file:
        for n, one in enumerate(screens):
            entry: dict[str, Any] = {"t": one.at.isoformat(timespec="milliseconds"), "text": one.lines}
            if rendered:
                _drawn(one).save(source / f"{n:05}.png")
                entry = {"t": entry["t"], "file": f"{n:05}.png"}
            active = {"app": one.app, "title": one.title, "url": None}
            file.write(json.dumps(entry | {"active": active}) + "\n")
    memory.run("init")
    memory.run("import", str(source), "--json")
    return memory


def _drawn(screen: Screen) -> Image:
    """Its lines below each other, cells in columns."""
    page = Page()
    for n, line in enumerate(screen.lines):
        for column, cell in enumerate(line.split(" | ")):
            page.write((40 + 270 * column, 60 + 42 * n), cell, 20)
    return page.image


def table(asks: Sequence[Ask], ways: dict[str, list[bool]], by: Callable[[Ask], str], title: str) -> None:
    groups = list(dict.fromkeys(by(ask) for ask in asks))
    print(f"| {title} | {' | '.join(groups)} | all |\n| --- |{' ---: |' * (len(groups) + 1)}")
    for name, hits in ways.items():
        told = list(zip(map(by, asks), hits, strict=True))
        cells = [
            f"{np.mean([hit for of, hit in told if not group or of == group]):.3f}" for group in (*groups, "")
        ]
        print(f"| {name} | {' | '.join(cells)} |")
    print()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=SEED + 1)
    options.add_argument("--levels", default=",".join(map(str, LEVELS)))
    options.add_argument("--rendered", action="store_true", help="pictures, a smaller memory")
    options.add_argument("--wrong", action="store_true", help="print what was answered wrong")
    chosen = options.parse_args()
    levels, forms = [int(level) for level in chosen.levels.split(",")], FORMS
    if chosen.rendered:
        levels, forms = [level for level in levels if level in DRAWN_LEVELS], DRAWN_FORMS
    some = subjects(chosen.seed, levels, forms)
    screens = recording(some, chosen.seed, 20 if chosen.rendered else 150)
    asks, name = list(questions(some)), f"updates-{'drawn-' * chosen.rendered}{chosen.seed}"
    memory = remembered(screens, name, chosen.rendered)
    now = (START + timedelta(days=DAYS + 2)).isoformat()
    asked, ways = [{"query": ask.text, "at": now} for ask in asks], dict[str, list[bool]]()
    for name in ("Onceseen, not yet settled", "Onceseen, settled"):
        if name == "Onceseen, settled":
            memory.run("consolidate")
        answers, seconds = memory.batch("ask", asked)
        ways[name] = [right(ask, answer) for ask, answer in zip(asks, answers, strict=True)]
        print(f"{name}: {len(asks)} questions over {len(screens)} moments, {seconds * 1000:.0f} ms each")
        for ask, answer, hit in zip(asks, answers, ways[name], strict=True):
            if chosen.wrong and not hit:
                print(f"  {ask.subject.form} {ask.group} {ask.text} -> {ask.wanted}: {answer['answer']}")
    corpus = Corpus(tuple(frozenset() for _ in screens), tuple((one.title, *one.lines) for one in screens))
    texts = [ask.text for ask in asks]
    ways["newest of the ten best by BM25"] = top_ten(fts_or(corpus, texts), asks, screens)
    ways["newest of the ten best by meaning"] = top_ten(whole(corpus, texts), asks, screens)
    ways["overwritten, the last value alone"] = overwritten(asks)
    print()
    table(asks, ways, lambda ask: str(ask.subject.level), "right, by times changed")
    table(asks, ways, lambda ask: ask.group, "right, by what is asked")
    table(asks, ways, lambda ask: ask.subject.form, "right, by form")


if __name__ == "__main__":
    main()
