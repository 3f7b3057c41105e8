"""Two years of an invented user under a limit: size month by month, and which old moments are still there.

`python -m tests.bench.consolidate_fading` prints the tables; constants were tuned on SEEDS[0], SEEDS[1]
report. How much a moment matters is hidden: what the strength sees (facts, key, length, rarity, recalls) is
drawn from it with noise, and so is, apart from that, what is asked for later.
"""

from __future__ import annotations

import math
import random
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from memory.consolidate.fading import FORMS, Holding, plan
from memory.consolidate.piles import Piles
from memory.records import Layer, Limits, Trace

SEEDS = (1, 2, 3, 4), (5, 6, 7, 8)
DAYS, EVERY = 730, 14  # days; it fades every so many
A_DAY = 25  # moments of a work day; one stands for some 30
OLD = 90  # days from which a moment that is asked for is old

# The desktop recording, settled on 2026-11-21: 333 moments. Bytes a whole picture, a layer (median, mean), a
# thumbnail, the text of a moment in the ledger, and what its gist leaves there.
WHOLE, LAYER, LAYER_MEAN, THUMBNAIL, TEXT, GIST = 54_200, 13_981, 16_100, 5_004, 18_000, 10_000
A_WHOLE = 24  # pictures on one whole one

DAILY = ("inbox", "tracker", "editor", "terminal", "chat")
RECURRING = {7: 6, 30: 8, 365: 4}  # days between visits: how many things

NAMES = (*FORMS, "nothing")
Policy = Callable[["Memory", float, int], dict[int, str]]


@dataclass
class Memory:
    """What is kept of the moments so far, and what it takes up."""

    traces: dict[int, Trace]
    holdings: dict[int, Holding]
    random: random.Random
    forms: dict[int, str] = field(default_factory=dict)

    def size(self) -> int:
        """Bytes, with pictures that rest on each other as `Piles` counts them."""
        kept = [id for id, form in self.forms.items() if form == "picture"]
        days: dict[int, list[Layer]] = defaultdict(list)
        for id in self.forms:
            days[int(self.traces[id].at)] += self.holdings[id].layers
        pictures = 0
        whole = set(kept)
        for layers in days.values():
            gone = [layer.frame for layer in layers if layer.frame not in whole]
            pictures += sum(layer.bytes for layer in layers) - Piles(layers, True).drop(gone)
        rest = {"picture": THUMBNAIL + TEXT + GIST, "thumbnail": THUMBNAIL + TEXT + GIST, "text": TEXT + GIST}
        return pictures + sum(rest.get(form, GIST) for form in self.forms.values() if form != "nothing")


@dataclass
class World:
    """What happened: moments by day with their hidden importance, recalls, and what is asked for when."""

    traces: dict[int, Trace]
    holdings: dict[int, Holding]
    worth: dict[int, float]
    by_day: dict[int, list[int]]
    recalls: list[tuple[float, int, bool]]
    pins: dict[int, float]
    asked: list[tuple[int, int, str]]


# ------------------------------------------------------------------ what happens


def world(seed: int) -> World:
    """Two years of one user."""
    rng = random.Random(seed)
    made = World({}, {}, {}, {}, [], {}, [])
    visits = [
        (f"{name} {n}", rng.uniform(0, min(every, 300)), every)
        for every, count in RECURRING.items()
        for n, name in enumerate(f"{'abcdefgh'[k]} due every {every}" for k in range(count))
    ]
    projects: list[tuple[float, list[str]]] = []
    for day in range(DAYS):
        if day % 7 > 4 or (day % 365) // 7 in (30, 31, 51):
            continue
        while len(projects) < 3:
            names = [f"project {day} {len(projects)} {'abcdef'[k]}" for k in range(rng.randint(3, 6))]
            projects.append((day + rng.uniform(14, 60), names))
        projects = [one for one in projects if one[0] > day] or projects[:1]
        due = [(name, 2.0) for name, first, every in visits if _comes(day, first, every) for _ in range(3)]
        _a_day(rng, made, day, due, [name for _, names in projects for name in names])
    _uses(rng, made)
    _questions(random.Random(seed + 1000), made)
    return made


def _comes(day: int, first: float, every: int) -> bool:
    """The first work day at or after each visit's time."""
    since = day - first
    return since >= 0 and since % every < (3 if day % 7 == 0 else 1)


def _a_day(
    rng: random.Random, made: World, day: int, due: Sequence[tuple[str, float]], documents: Sequence[str]
) -> None:
    titles = list(due)
    while len(titles) < A_DAY:
        kind = rng.random()
        if kind < 0.5:
            titles.append((rng.choice(DAILY), 0.7))
        elif kind < 0.85:
            titles.append((rng.choice(documents), 1.2))
        else:
            titles.append((f"page {day} {len(titles)}", 1.0))
    rng.shuffle(titles)
    made.by_day[day] = []
    for n, (title, factor) in enumerate(titles):
        id = len(made.traces) + 1
        worth = factor * rng.lognormvariate(0, 1)
        made.worth[id] = worth
        made.by_day[day].append(id)
        made.traces[id] = Trace(
            moment=id,
            form="picture",
            at=day + 0.4 + 0.3 * n / len(titles),
            app=title.split()[0],
            # Words, not numbers: numbers are passed over where a screen comes back.
            title="".join("abcdefghij"[int(c)] if c.isdigit() else c for c in title),
            minutes=rng.expovariate(0.5) * math.sqrt(worth),
            facts=_poisson(rng, 0.3 * worth),
            key=rng.random() < min(0.08 * worth, 0.9),
            passages=_poisson(rng, 1 + worth),
            rarity=1 / (1 + math.exp(-math.log(worth) - rng.gauss(0, 1.5))),
        )
        made.holdings[id] = Holding((_layer(rng, id, n),), THUMBNAIL, TEXT)


def _layer(rng: random.Random, id: int, n: int) -> Layer:
    if n % A_WHOLE == 0:
        return Layer(id, None, round(rng.gauss(WHOLE, 8_000)))
    spread = math.sqrt(2 * math.log(LAYER_MEAN / LAYER))
    # On one of the last few, at most eight deep.
    base = id - 1 if n % 8 else id - n % A_WHOLE
    return Layer(id, base, round(rng.lognormvariate(math.log(LAYER), spread)))


def _uses(rng: random.Random, made: World) -> None:
    """A forgetting user opens mostly what is recent and matters, and pins a little of it."""
    for day in made.by_day:
        for _ in range(_poisson(rng, 1.5)):
            age = math.floor(math.exp(rng.uniform(0, math.log(180)))) - 1
            if id := _drawn(rng, made, day - age, 1.0):
                made.recalls.append((day + 0.9, id, rng.random() < 0.3))
        if rng.random() < 0.05 and (id := _drawn(rng, made, day, 2.0)):
            made.pins[id] = day + 0.9


def _questions(rng: random.Random, made: World) -> None:
    """What is asked for: (day, moment, kind). Nothing of it reaches the memory."""
    days = [day for day in made.by_day if day > OLD + 30]
    seldom = ("due every da ", "due every dgf ")  # 30 and 365, in letters
    rare = [id for id, trace in made.traces.items() if any(name in trace.title for name in seldom)]
    times = defaultdict(list)
    for id in rare:
        times[made.traces[id].title].append(id)
    for day in days:
        for _ in range(2):
            age = round(math.exp(rng.uniform(math.log(OLD), math.log(day))))
            if id := _drawn(rng, made, day - age, 1.0):
                made.asked.append((day, id, "important"))
        if old := [id for then in made.by_day if then < day - OLD for id in made.by_day[then]]:
            made.asked.append((day, rng.choice(old), "any"))
        title = rng.choice(sorted(times))
        seen = [id for id in times[title] if made.traces[id].at < day]
        if seen and day - made.traces[seen[-1]].at > 20:
            last = made.traces[seen[-1]].at // 1
            made.asked.append(
                (day, rng.choice([id for id in seen if made.traces[id].at >= last]), "recurring")
            )
    for day in days:
        for id, at in made.pins.items():
            if at < day - OLD and rng.random() < 0.05:
                made.asked.append((day, id, "pinned"))


def _drawn(rng: random.Random, made: World, day: int, power: float) -> int | None:
    """A moment of that day, the more it is worth the likelier."""
    ids = made.by_day.get(day)
    return rng.choices(ids, [made.worth[id] ** power for id in ids])[0] if ids else None


def _poisson(rng: random.Random, mean: float) -> int:
    count, left = 0, rng.random()
    while left > math.exp(-mean):
        left *= rng.random()
        count += 1
    return count


# ------------------------------------------------------------------ ways to keep below a limit


def strength(memory: Memory, now: float, to_free: int) -> dict[int, str]:
    """Ours."""
    return _planned(memory, memory.traces, now, to_free)


def oldest_by_forms(memory: Memory, now: float, to_free: int) -> dict[int, str]:
    """The same forms, by age alone; what is pinned stays."""
    plain = {
        id: Trace(id, trace.form, trace.at, "", "", rarity=0.5, spared=trace.spared)
        for id, trace in memory.traces.items()
    }
    return _planned(memory, plain, now, to_free)


def _planned(memory: Memory, traces: dict[int, Trace], now: float, to_free: int) -> dict[int, str]:
    there = [replace(traces[id], form=form) for id, form in memory.forms.items() if form in FORMS]
    steps = plan(there, memory.holdings, now, Limits(1), to_free, True)
    return {step.moment: step.form for step in steps}


def oldest(memory: Memory, now: float, to_free: int) -> dict[int, str]:
    """Whole moments are deleted, the oldest first; what is pinned stays."""
    return _deleted(memory, to_free, lambda id: memory.traces[id].at)


def at_random(memory: Memory, now: float, to_free: int) -> dict[int, str]:
    """Whole moments are deleted, whichever."""
    return _deleted(memory, to_free, lambda id: memory.random.random())


def _deleted(memory: Memory, to_free: int, order: Callable[[int], float]) -> dict[int, str]:
    gone: dict[int, str] = {}
    there = [id for id, form in memory.forms.items() if form != "nothing" and not memory.traces[id].spared]
    piles = Piles((layer for id in memory.forms for layer in memory.holdings[id].layers), True)
    piles.drop(id for id, form in memory.forms.items() if form == "nothing")
    freed = 0
    for id in sorted(there, key=order):
        if freed >= to_free:
            break
        freed += piles.drop([id]) + THUMBNAIL + TEXT + GIST
        gone[id] = "nothing"
    return gone


POLICIES: dict[str, Policy] = {
    "Onceseen": strength,
    "oldest first, by the same forms": oldest_by_forms,
    "oldest first, deleted": oldest,
    "at random, deleted": at_random,
}


# ------------------------------------------------------------------ two years


@dataclass
class Lived:
    """What came of a policy: sizes by month, the largest before fading and after, forms of what was asked."""

    sizes: list[int]
    before: int
    after: int
    found: dict[str, dict[str, int]]


def live(made: World, policy: Policy, limit: int) -> Lived:
    """Two years with what the policy keeps; it fades every EVERY days."""
    memory = Memory({}, made.holdings, random.Random(0))
    lived = Lived([], 0, 0, defaultdict(lambda: dict.fromkeys(NAMES, 0)))
    recalls, asked = sorted(made.recalls), sorted(made.asked)
    for begin in range(0, DAYS, EVERY):
        end = begin + EVERY
        for _, id, kind in asked[bisect_right(asked, (begin,)) : bisect_right(asked, (end,))]:
            lived.found[kind][memory.forms.get(id, "picture")] += 1
        for day in range(begin, end):
            for id in made.by_day.get(day, ()):
                memory.traces[id], memory.forms[id] = made.traces[id], "picture"
        for at, id, cited in recalls[bisect_right(recalls, (begin,)) : bisect_right(recalls, (end,))]:
            trace = memory.traces[id]
            memory.traces[id] = replace(trace, recalls=(*trace.recalls, (at, cited)))
        for id, at in made.pins.items():
            if begin < at < end:
                memory.traces[id] = replace(memory.traces[id], spared="pinned")
        lived.before = max(lived.before, memory.size())
        size = _kept_below(memory, policy, end, limit)
        lived.after = max(lived.after, size)
        if end % 28 == 0:
            lived.sizes.append(size)
    return lived


def _kept_below(memory: Memory, policy: Policy, now: float, limit: int) -> int:
    """Fades in rounds as `memory.fade` does; the size in the end."""
    size = memory.size()
    for _ in range(5):
        if size <= limit * 0.95:
            break
        changes = policy(memory, now, round(size - limit * 0.95))
        if not changes:
            break
        memory.forms.update(changes)
        size = memory.size()
    return size


def everything(made: World) -> int:
    """Bytes of two years whole."""
    memory = Memory(made.traces, made.holdings, random.Random(0), dict.fromkeys(made.traces, "picture"))
    return memory.size()


# ------------------------------------------------------------------ telling


def shares(lived: Sequence[Lived], kind: str) -> list[float]:
    """Of what was asked for the share that has at least a picture, thumbnail, text, gist."""
    counts = [sum(one.found[kind][form] for one in lived) for form in NAMES]
    total = sum(counts) or 1
    return [sum(counts[: n + 1]) / total for n in range(len(FORMS))]


def report(seeds: Sequence[int], share: float) -> None:
    """One table of what is found and a line of sizes, for a limit that is a share of two years whole."""
    worlds = [world(seed) for seed in seeds]
    whole = [everything(made) for made in worlds]
    print(f"\nLimit {share:.0%} of two years whole ({sum(whole) / len(whole) / 1e6:.0f} MB), seeds {seeds}\n")
    print("| policy | kind | asked | picture | thumbnail or more | text or more | gist or more |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, policy in POLICIES.items():
        limits = [round(share * size) for size in whole]
        lived = [live(made, policy, limit) for made, limit in zip(worlds, limits, strict=True)]
        for kind in ("important", "recurring", "pinned", "any"):
            count = sum(sum(one.found[kind].values()) for one in lived)
            print(
                f"| {name} | {kind} | {count} | " + " | ".join(f"{x:.3f}" for x in shares(lived, kind)) + " |"
            )
        before, after = (
            max(getattr(one, what) / limit for one, limit in zip(lived, limits, strict=True))
            for what in ("before", "after")
        )
        curve = ", ".join(f"{size / limits[0]:.2f}" for size in lived[0].sizes)
        print(
            f"{name}: at most {before:.3f} of the limit before fading, {after:.3f} after; by month: {curve}",
            file=sys.stderr,
        )


if __name__ == "__main__":
    for part in (0.6, 0.35):
        report(SEEDS[1], part)
