"""Order and time in a recording: which came first, what was it then, how long, how often, beside baselines.

`python -m tests.bench.recall_order [--fresh]` asks questions that are drawn (SEED) from the looks of the
desktop recording through the command line's `ask`. What is right comes from `frames.jsonl` alone: the title
of the window in use, and the exact lines. What is quoted was seen first when its title was in use first or,
where it is a line, when any window showed it first; where the question says "most recently" last sights
count. A look lasts until the next, at most five minutes. What is of 9 and 11 February was for tuning.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from tests.bench.recall_baselines import fts_or
from tests.bench.recall_memories import DATA, Corpus, Memory, fresh, made, rows

SEED = 14
PAIRS = 40
"""Pairs of each kind and distance, and half."""

INSTANTS, GAPS = 60, 25
"""Times at which something was on the screen, and at which nothing was, of each half."""

SPENT, COUNTED = 30, 20
LASTS, APART = timedelta(minutes=5), timedelta(minutes=10)
TOLERANCE = timedelta(seconds=60)
"""Lengths are told in minutes; looks are up to so far apart while something happens."""

TUNED_DAYS = ("2026-02-09", "2026-02-11")
DISTANCES: dict[str, tuple[timedelta, timedelta]] = {
    "minutes": (timedelta(minutes=1), timedelta(hours=1)),
    "hours": (timedelta(hours=1), timedelta(hours=12)),
    "days": (timedelta(hours=24), timedelta(days=9)),
}
_DE = ("Januar", "Februar", "März")
_EN = ("January", "February", "March")


@dataclass(frozen=True)
class Look:
    """One look that memory was given; it lasted until `until`."""

    at: datetime
    until: datetime
    file: str
    app: str
    title: str
    lines: frozenset[str]


@dataclass
class Thing:
    """A title or a line, with the looks that showed it."""

    text: str
    looks: list[Look] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """A question, the group it is reported in, what is right, and the baseline's outcome."""

    group: str
    half: str
    text: str
    right: Callable[[dict[str, Any]], bool]
    baseline: bool


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def looks(frames: Sequence[dict[str, Any]]) -> list[Look]:
    """What memory could see: looks with an excluded window are none, but end what was before."""
    found = []
    times = [datetime.fromisoformat(one["t"]) for one in frames] + [datetime.max]
    for n, one in enumerate(frames):
        if one["private"]:
            continue
        last = n + 1 == len(frames)
        until = times[n] + LASTS if last else min(times[n + 1], times[n] + LASTS)
        active = one["active"]
        title = re.sub(r"^\*|\(\d+\) ?", "", active["title"]).removesuffix(f" - {active['app']}").strip()
        # Pages at full width are not given: when a line of a PDF was seen first is not known.
        given = [text for text in one["texts"] if text["kind"] != "pdf_page"]
        lines = frozenset(line for text in given for line in text["lines"] if line[:1].isalpha())
        found.append(Look(times[n], until, one["file"], active["app"], title, lines))
    return found


def things(seen: Sequence[Look]) -> tuple[list[Thing], list[Thing]]:
    """Titles, and lines of four words and more that begin with one and are part of no other line."""
    titles: dict[str, Thing] = {}
    lines: dict[str, Thing] = {}
    for look in seen:
        titles.setdefault(plain(look.title), Thing(look.title)).looks.append(look)
        for line in sorted(look.lines):
            if len(plain(line).split()) >= 4 and 20 <= len(line) <= 90:
                lines.setdefault(plain(line), Thing(line)).looks.append(look)
    words = "\n".join(lines)
    own = [thing for key, thing in lines.items() if words.count(key) == 1 and key not in titles]
    return [t for t in titles.values() if _quotable(t)], [t for t in own if _quotable(t)]


def _quotable(thing: Thing) -> bool:
    return len(plain(thing.text)) >= 8 and not set(thing.text) & set('"“”„«»')


def half_of(*times: datetime) -> str:
    """Which half something belongs to; empty for what is of both."""
    tuned = {str(time.date()) in TUNED_DAYS for time in times}
    return "" if len(tuned) > 1 else "tuning" if tuned == {True} else "reporting"


# ------------------------------------------------------------------ pairs


FORMS = (
    ("which first", "Which did I see first, “{a}” or “{b}”?"),
    ("which first", "What came first: “{a}” or “{b}”?"),
    ("which first", "Was habe ich zuerst gesehen, „{a}“ oder „{b}“?"),
    ("before or after", "Did I see “{a}” before or after “{b}”?"),
    ("before or after", "Habe ich „{a}“ vor oder nach „{b}“ gesehen?"),
)
RECENT = ("most recently", "Which did I look at most recently, “{a}” or “{b}”?")


def pairs(seen: Sequence[Look], chance: random.Random, best: dict[str, datetime]) -> list[Case]:
    """Two titles, two lines, or one of each; `best` is when the best hit of BM25 was."""
    titles, lines = things(seen)
    repeated = [thing for thing in titles if thing.looks[-1].at - thing.looks[0].at > timedelta(hours=1)]
    cases = []
    for half in ("tuning", "reporting"):
        for name, (least, most) in DISTANCES.items():
            for n in range(PAIRS):
                kinds = ((titles, titles), (lines, lines), (titles, lines))[n % 3]
                one, other = _drawn(kinds, half, least, most, chance, 0)
                cases.append(_ordered(FORMS[n % len(FORMS)], f"{name} apart", half, one, other, best))
        for _ in range(PAIRS):
            one, other = _drawn((repeated, titles), half, timedelta(minutes=1), timedelta(9), chance, -1)
            cases.append(_ordered(RECENT, "last sights", half, one, other, best))
    return cases


def _drawn(
    kinds: tuple[list[Thing], list[Thing]],
    half: str,
    least: timedelta,
    most: timedelta,
    chance: random.Random,
    end: int,
) -> tuple[Thing, Thing]:
    while True:
        one, other = chance.choice(kinds[0]), chance.choice(kinds[1])
        a, b = one.looks[end].at, other.looks[end].at
        if half_of(a, b) == half and least <= abs(a - b) <= most:
            return (one, other) if chance.random() < 0.5 else (other, one)


def _ordered(
    asked: tuple[str, str], group: str, half: str, a: Thing, b: Thing, best: dict[str, datetime]
) -> Case:
    form, text = asked
    end = -1 if form == "most recently" else 0
    is_first = a.looks[end].at < b.looks[end].at
    guess = best.get(a.text, datetime.max.astimezone()) < best.get(b.text, datetime.max.astimezone())

    def right(answer: dict[str, Any]) -> bool:
        if form == "before or after":
            told = answer["answer"] if answer["found"] else ""
            return bool(told.startswith("Before." if is_first else "After."))
        wanted, rest = (a, b) if is_first == (end == 0) else (b, a)
        return len(answer["citations"]) > 1 and _shows(answer["citations"][0], wanted, rest)

    return Case(f"{form}, {group}", half, text.format(a=a.text, b=b.text), right, guess == is_first)


def _shows(citation: dict[str, Any], wanted: Thing, other: Thing) -> bool:
    """Whether what is cited is what is wanted: by its words, or by looks that show it and not the other."""
    looks, own = set(citation["origins"]), {look.file for look in wanted.looks}
    said, words = plain(citation["quote"]), plain(wanted.text)
    if words[:40] in said or said in words:
        return True
    return not looks.isdisjoint(own) and looks.isdisjoint({look.file for look in other.looks})


def best_hits(memory: Memory, seen: Sequence[Look]) -> dict[str, datetime]:
    """When the first look of the best moment by BM25 (titles are lines too) was, for every title and line."""
    at = {look.file: look.at for look in seen}
    corpus, titled = memory.corpus(), {look.file: look.title for look in seen}
    lines = [
        (*text, *{titled[name] for name in names if name in titled})
        for names, text in zip(corpus.names, corpus.lines, strict=True)
    ]
    wanted = [thing.text for some in things(seen) for thing in some]
    scores = fts_or(Corpus(corpus.names, tuple(lines)), wanted)
    firsts = [min((at[name] for name in names if name in at), default=None) for names in corpus.names]
    found = {}
    for text, row in zip(wanted, scores, strict=True):
        first = firsts[int(np.argmax(row))]
        if np.isfinite(row.max()) and first is not None:
            found[text] = first
    return found


# ------------------------------------------------------------------ what was it then


def instants(seen: Sequence[Look], private: Sequence[datetime], chance: random.Random) -> list[Case]:
    """Full minutes between the first and the last look of a day, but for those beside an excluded look."""
    by_day: dict[str, list[Look]] = defaultdict(list)
    for look in seen:
        by_day[str(look.at.date())].append(look)
    cases: list[Case] = []
    for half in ("tuning", "reporting"):
        wanted = {True: INSTANTS, False: GAPS}
        days = [day for day in sorted(by_day) if (day in TUNED_DAYS) == (half == "tuning")]
        while any(wanted.values()):
            day = by_day[chance.choice(days)]
            minutes = int((day[-1].at - day[0].at) / timedelta(minutes=1))
            start = day[0].at.replace(second=0) + timedelta(minutes=chance.randint(1, minutes))
            if any(abs(start - time) < LASTS for time in private):
                continue
            here = _shown(day, start)
            if wanted[bool(here)]:
                wanted[bool(here)] -= 1
                cases.append(_instant(start, here, day, half, len(cases)))
    return cases


def _shown(day: Sequence[Look], at: datetime) -> list[str]:
    """The title at the full minute; where there was none those within the minute."""
    covering = [look.title for look in day if look.at <= at < look.until]
    return covering[-1:] or [look.title for look in day if at <= look.at < at + timedelta(minutes=1)]


def _instant(at: datetime, titles: list[str], day: Sequence[Look], half: str, n: int) -> Case:
    form = (
        f"What was I doing at {at:%H:%M} on {at.day} {_EN[at.month - 1]} {at.year}?"
        if n % 3
        else f"Was habe ich am {at.day}. {_DE[at.month - 1]} {at.year} um {at:%H:%M} gemacht?"
    )

    def right(answer: dict[str, Any]) -> bool:
        if not titles:
            return not answer["found"] and answer["missing"] == "not captured"
        shown = re.sub(r"\(\d+\) ?", "", answer["answer"])
        said = re.search(r"“([^”]*)", shown) if answer["found"] else None
        return said is not None and any(plain(said[1]).startswith(plain(one)[:60]) for one in titles)

    before = [look for look in day if look.at <= at]
    guess = bool(titles) and bool(before) and before[-1].title in titles
    group = "doing at a time" if titles else "nothing was captured then"
    return Case(group, half, form, right, guess)


# ------------------------------------------------------------------ how long, how often


def lengths(seen: Sequence[Look], chance: random.Random) -> list[Case]:
    """Each application and day, and drawn titles and days of at least a minute."""
    by_app: dict[tuple[str, str], list[Look]] = defaultdict(list)
    by_title: dict[tuple[str, str], list[Look]] = defaultdict(list)
    for look in seen:
        by_app[str(look.at.date()), look.app].append(look)
        by_title[str(look.at.date()), look.title].append(look)
    cases = [
        _length(f"How long was I in {app} on {{day}}?", "in an application", some)
        for (_, app), some in by_app.items()
    ]
    long = [(title, some) for (_, title), some in by_title.items() if _spent(some) >= TOLERANCE]
    for title, some in chance.sample([one for one in long if _quotable(Thing(one[0]))], 2 * SPENT):
        cases.append(_length(f"How long did I have “{title}” open on {{day}}?", "at a screen", some))
    return cases


def _length(text: str, group: str, some: Sequence[Look]) -> Case:
    truth, day = _spent(some), some[0].at

    def right(answer: dict[str, Any]) -> bool:
        told = _told(answer["answer"]) if answer["found"] else None
        return told is not None and abs(told - truth) <= TOLERANCE

    guess = abs(some[-1].at - some[0].at - truth) <= TOLERANCE
    asked = text.format(day=f"{day.day} {_EN[day.month - 1]} {day.year}")
    return Case(f"how long, {group}", half_of(day), asked, right, guess)


def _spent(some: Iterable[Look]) -> timedelta:
    return sum((look.until - look.at for look in some), timedelta())


def _told(text: str) -> timedelta | None:
    found = re.search(r"About (?:(\d+) h)? ?(?:(\d+) min)? ?(?:(\d+) s\b)?", text)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def counts(seen: Sequence[Look], chance: random.Random) -> list[Case]:
    """Visits of a title on a day (ten minutes without it end one), and days on which it was seen."""
    by_title: dict[str, list[Look]] = defaultdict(list)
    by_day: dict[tuple[str, str], list[Look]] = defaultdict(list)
    for look in seen:
        if _quotable(Thing(look.title)):
            by_title[look.title].append(look)
            by_day[look.title, str(look.at.date())].append(look)
    visits = sorted(by_day.items(), key=lambda one: -_visits(one[1]))[: 2 * COUNTED]
    cases = [_count(some, _visits(some), "How often did I look at “{title}” on {day}?") for _, some in visits]
    for title in chance.sample(sorted(by_title), 2 * COUNTED):
        some = by_title[title]
        days = len({look.at.date() for look in some})
        cases.append(_count(some, days, "On how many days did I look at “{title}”?"))
    return cases


def _visits(some: Sequence[Look]) -> int:
    return 1 + sum(other.at - one.at > APART for one, other in pairwise(some))


def _count(some: Sequence[Look], truth: int, text: str) -> Case:
    day = some[0].at
    asked = text.format(title=some[0].title, day=f"{day.day} {_EN[day.month - 1]} {day.year}")

    def right(answer: dict[str, Any]) -> bool:
        told = re.match(r"(\d+) ", answer["answer"]) if answer["found"] else None
        return told is not None and int(told[1]) == truth

    group = "how many days" if "days" in text else "how often"
    return Case(group, half_of(day), asked, right, len(some) == truth)


# ------------------------------------------------------------------ the report


def main() -> None:
    memory = made("desktop", DATA / "desktop", fresh=fresh(__doc__ or ""))
    frames = rows(DATA / "desktop" / "frames.jsonl")
    private = [datetime.fromisoformat(one["t"]) for one in frames if one["private"]]
    seen, chance = looks(frames), random.Random(SEED)
    cases = pairs(seen, chance, best_hits(memory, seen))
    cases += instants(seen, private, chance) + lengths(seen, chance) + counts(seen, chance)
    now = (seen[-1].at + timedelta(hours=1)).isoformat()
    answers, seconds = memory.batch("ask", [{"query": case.text, "at": now} for case in cases])
    print(f"{len(cases)} questions, {seconds * 1000:.0f} ms each\n")
    groups = dict.fromkeys(case.group for case in cases)
    print("| | n tuning | right | n reporting | right | baseline, reporting |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for group in (*groups, ""):
        some = [(c, a) for c, a in zip(cases, answers, strict=True) if not group or c.group == group]
        cells = []
        for half in ("tuning", "reporting"):
            right = [case.right(answer) for case, answer in some if case.half == half]
            cells += [str(len(right)), f"{np.mean(right or [0]):.3f}"]
        guessed = [case.baseline for case, _ in some if case.half == "reporting"]
        print(f"| {group or 'all'} | {' | '.join(cells)} | {np.mean(guessed or [0]):.3f} |")


if __name__ == "__main__":
    main()
