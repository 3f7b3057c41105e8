"""Facts beside baselines on a recording with listed facts: what is found, what is current, and stability.

`python -m tests.bench.consolidate_facts [--before COMMIT]` settles copies of the imported recording. A listed
fact is found where a fact with the same normalised value has evidence in a listed frame; "every part" counts
a value such as "coach 9, seat 18" whose parts are each one there. A change is known where a fact with an old
value leads to one with the new value. Constants were tuned on TUNED; the other days are for the report alone.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from memory.consolidate.trust import judged
from memory.consolidate.values import normal
from memory.ledger import facts, moments
from memory.ledger.connection import Db, Writer
from memory.records import Fact
from memory.settling import settle
from tests.bench import recordings

DATA = recordings.SHARED / "desktop"
TUNED = ("2026-02-09", "2026-02-11")
SHOWN, CHANGES_SHOWN = 100, 50
LEFT_OUT = ("application", "site")
VERSION_BEFORE = "3734d39"

_PARTS = re.compile(r", | with | in | at | on | instead of | \(|\)")
_LABELLED = re.compile(r"^\W*([^\W\d][^:]{1,30}):\s+(\S.*)$")
_VALUE = re.compile(
    r"(?:[A-Z]{3}|[€$£])\s?\d[\d.,']*|\d{1,2} (?:January|February|March|April|May)(?: \d{4})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}:\d\d|[A-Z][A-Z0-9]+-\d+|[#!]\d+|[-+]?\d[\d.,']*(?:\s?[a-zA-Z°%]+)?"
)


@dataclass(frozen=True)
class Claim:
    """A fact of any maker: its value as compared, the frames that showed it, what followed it, its label."""

    id: int
    value: str
    frames: frozenset[str]
    after: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Listed:
    """A fact as the recording lists it; `old` are the values before, in order."""

    statement: str
    value: str
    frames: frozenset[str]
    old: tuple[str, ...]
    old_frames: frozenset[str]
    days: frozenset[str]


def listed(data: Path) -> list[Listed]:
    day_of = {look["frame"]: look["t"][:10] for look in _lines(data / "frames.jsonl")}

    def names(numbers: Iterable[int]) -> frozenset[str]:
        return frozenset(f"frames/{number:05}.webp" for number in numbers)

    found = []
    for fact in _lines(data / "facts.jsonl"):
        old = fact.get("superseded", {"value": "", "evidence": []})
        found.append(
            Listed(
                fact["statement"],
                fact["value"],
                names(fact["evidence"]),
                tuple(part for part in old["value"].split(", ") if part),
                names(old["evidence"]),
                frozenset(day_of[number] for number in fact["evidence"]),
            )
        )
    return found


# ------------------------------------------------------------------ judging


NEAR = date(2026, 2, 10)  # dates without a year are those nearest to the recording


def same(claim: Claim, value: str, frames: frozenset[str]) -> bool:
    return bool(claim.frames & frames) and claim.value == normal(value, NEAR)


def within(claim: Claim, value: str, frames: frozenset[str]) -> bool:
    whole = normal(value, NEAR)
    return bool(claim.frames & frames) and (_inside(claim.value, whole) or _inside(whole, claim.value))


def every_part(claims: Sequence[Claim], one: Listed) -> bool:
    parts = [part for part in _PARTS.split(one.value) if part.strip()]
    return all(any(same(claim, part, one.frames) for claim in claims) for part in parts)


def _inside(part: str, whole: str) -> bool:
    return len(part) > 1 and f" {part} " in f" {whole} "


def recall_row(name: str, claims: Sequence[Claim], wanted: Sequence[Listed]) -> str:
    hits = [any(same(claim, one.value, one.frames) for claim in claims) for one in wanted]
    parts = [hit or every_part(claims, one) for hit, one in zip(hits, wanted, strict=True)]
    loose = [
        hit or any(within(claim, one.value, one.frames) for claim in claims)
        for hit, one in zip(parts, wanted, strict=True)
    ]
    shares = (f"{sum(found)} ({sum(found) / max(1, len(wanted)):.2f})" for found in (hits, parts, loose))
    return f"| {name} | {len(claims)} | {' | '.join(shares)} |"


def change_row(name: str, claims: Sequence[Claim], wanted: Sequence[Listed]) -> str:
    """Of listed facts that changed: both values found, the change known, current value and order right."""
    by_id = {claim.id: claim for claim in claims}
    changed = [one for one in wanted if one.old]
    both = known = current = order = 0
    for one in changed:
        new = [claim for claim in claims if _is_part(claim, one.value, one.frames)]
        old = [claim for claim in claims if any(_is_part(claim, was, one.old_frames) for was in one.old)]
        both += bool(new and old)
        chains = [_chain(claim, by_id) for claim in old]
        reaching = [chain for chain in chains if any(claim in chain[1:] for claim in new)]
        if not reaching:
            continue
        known += 1
        current += any(_is_part(chain[-1], one.value, one.frames) for chain in reaching)
        order += all(_in_order(chain, one) for chain in reaching)
    return f"| {name} | {len(changed)} | {both} | {known} | {current} | {order} |"


def _is_part(claim: Claim, value: str, frames: frozenset[str]) -> bool:
    told = replace(claim, value=normal(f"{claim.label} {claim.value}", NEAR))
    parts = [value, *(part for part in _PARTS.split(value) if part)]
    return any(same(one, part, frames) for one in (claim, told) for part in parts)


def _chain(claim: Claim, by_id: dict[int, Claim]) -> list[Claim]:
    chain = [claim]
    while chain[-1].after is not None and by_id[chain[-1].after] not in chain:
        chain.append(by_id[chain[-1].after])
    return chain


def _in_order(chain: Sequence[Claim], one: Listed) -> bool:
    values = [*one.old, one.value]
    places = [
        place
        for claim in chain
        for place, value in enumerate(values)
        if {claim.value, normal(f"{claim.label} {claim.value}", NEAR)}
        & {normal(part, NEAR) for part in (value, *_PARTS.split(value))}
    ]
    return places == sorted(places)


# ------------------------------------------------------------------ ours and baselines


def ours(db: Db) -> list[Claim]:
    found = judged(facts.facts(db), facts.facts(db))
    frames = _frames(db, {piece.moment for fact in found for piece in fact.evidence})
    return [
        Claim(
            fact.id,
            normal(fact.value, fact.first_seen.date()),
            frozenset[str]().union(*(frames[piece.moment] for piece in fact.evidence)),
            fact.superseded_by,
            fact.relation,
        )
        for fact in found
    ]


def _frames(db: Db, ids: Iterable[int]) -> dict[int, frozenset[str]]:
    return {id: frozenset(moment.origins) for id, moment in moments.many(db, sorted(ids)).items()}


def last_of_label(db: Db) -> list[Claim]:
    """What stands behind "label:" in a window of one title; the last value seen is the one that holds."""
    values: dict[tuple[str, str], dict[str, set[str]]] = {}
    for moment, text in _texts(db):
        if found := _LABELLED.match(text):
            of_label = values.setdefault((moment.title, found[1].casefold()), {})
            value = normal(found[2], moment.start.date())
            frames = of_label.pop(value, set())
            of_label[value] = frames | set(moment.origins)
    claims: list[Claim] = []
    for (_, label), of_label in values.items():
        for n, (value, frames) in enumerate(of_label.items(), 1):
            id = len(claims)
            claims.append(Claim(id, value, frozenset(frames), id + 1 if n < len(of_label) else None, label))
    return claims


def values_alone(db: Db) -> list[Claim]:
    """Every date, time, amount, key and number wherever it stands, of nothing."""
    frames: dict[str, set[str]] = {}
    for moment, text in _texts(db):
        for found in _VALUE.findall(text):
            frames.setdefault(normal(found, moment.start.date()), set()).update(moment.origins)
    return [Claim(n, value, frozenset(seen)) for n, (value, seen) in enumerate(frames.items())]


def _texts(db: Db) -> Iterable[tuple[Any, str]]:
    for moment in moments.between(db, None, None):
        for row in moments.texts(db, (moment.id,))[moment.id]:
            yield moment, row.line.text


def version_before(commit: str, folder: Path) -> list[Claim]:
    """The program as it was at a commit, on a copy of the same imported recording, or on its own import."""
    tree, copy = folder / "tree", folder / "copy"
    packed = subprocess.run(["git", "archive", commit], stdout=subprocess.PIPE, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(tree, filter="data")
    start = [sys.executable, "-m", "desktop", "--profile", str(copy / "profile")]
    start += ["--key-file", str(copy / "key")]

    def say(*words: str) -> Any:
        done = subprocess.run([*start, *words, "--json"], cwd=tree, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    shutil.copytree(recordings.imported("desktop"), copy)
    try:
        say("consolidate")
    except subprocess.CalledProcessError:  # it was imported with a newer schema
        shutil.rmtree(copy)
        copy.mkdir()
        say("init")
        say("import", str(DATA))
        say("consolidate")
    origins = {one["moment"]: one["origins"] for one in say("timeline")["moments"]}
    return [
        Claim(
            one["id"],
            normal(one["value"], datetime.fromisoformat(one["first_seen"]).date()),
            frozenset(origin for piece in one["evidence"] for origin in origins[piece["moment"]]),
            one["superseded_by"],
            one["relation"],
        )
        for one in say("facts")["facts"]
    ]


# ------------------------------------------------------------------ stability


def told(db: Db) -> list[str]:
    """All that the facts say, but for ids and when they were learnt."""
    found = facts.facts(db)
    values = {fact.id: (fact.subject, fact.relation, fact.value) for fact in found}

    def one(fact: Fact) -> str:
        after = values[fact.superseded_by] if fact.superseded_by else None
        pieces = [(piece.origin, piece.quote) for piece in fact.evidence]
        times = (fact.first_seen, fact.last_seen, fact.valid_to)
        return repr((fact.kind, fact.statement, fact.value, fact.confidence, times, after, pieces))

    return sorted(map(one, found))


def in_parts(folder: Path, cuts: Sequence[str]) -> list[str]:
    """Settled as if what came after each of these times had not been read yet."""
    with recordings.a_copy("desktop", folder) as copy:
        for cut in cuts:
            at = int(datetime.fromisoformat(cut).timestamp() * 1000)
            with copy.ledger.writing() as db:
                _hold_back(db, at)
            settle(copy.ledger, copy.pictures, copy.index, recordings.NOW, dry_run=False)
            with copy.ledger.writing() as db:
                _give_back(db)
        settle(copy.ledger, copy.pictures, copy.index, recordings.NOW, dry_run=False)
        with copy.ledger.reading() as db:
            return told(db)


def _hold_back(db: Writer, at: int) -> None:
    """Frames of moments after a time wait to be read again: settling leaves their moments alone."""
    later = "select f.id from frames f join moments m on m.id = f.moment where m.started >= ?"
    db.run("create table held as select * from readings where frame in (" + later + ")", at)
    db.run("delete from readings where frame in (select frame from held)")
    db.run("insert or ignore into jobs (stage, subject) select 'read', frame from held")


def _give_back(db: Writer) -> None:
    db.run("insert into readings select * from held")
    db.run("delete from jobs where stage = 'read' and subject in (select frame from held)")
    db.run(
        "update moments set settled = 0"
        " where id in (select f.moment from held h join frames f on f.id = h.frame)"
    )
    db.run("drop table held")


def stability(folder: Path, once: Sequence[str]) -> list[str]:
    rows = ["| settled | facts | the same as in one go |", "| --- | ---: | ---: |"]
    ways = {
        "in two halves, cut at noon of the second day": ["2026-02-10T12:00:00+01:00"],
        "in five parts, cut within days": [
            f"2026-02-{day:02}T{hour:02}:00:00+01:00" for day, hour in ((9, 11), (10, 9), (11, 14), (12, 10))
        ],
    }
    for n, (name, cuts) in enumerate(ways.items()):
        found = in_parts(folder / f"part{n}", cuts)
        rows.append(f"| {name} | {len(found)} | {sum((Counter(found) & Counter(once)).values())} |")
    return rows


# ------------------------------------------------------------------ the report


def drawn(db: Db) -> list[str]:
    """SHOWN facts drawn at random, without applications and sites, and CHANGES_SHOWN of the replaced ones."""
    found = facts.facts(db)
    pool = sorted((fact for fact in found if fact.kind not in LEFT_OUT), key=lambda fact: fact.statement)
    by_id = {fact.id: fact for fact in found}
    chance = random.Random(11)
    rows = [
        f"{fact.kind} | {fact.statement} | {fact.confidence:.2f} | {fact.evidence[0].quote[:90]}"
        for fact in chance.sample(pool, min(SHOWN, len(pool)))
    ]
    changes = [fact for fact in pool if fact.superseded_by]
    return rows + [
        f"{fact.statement} => {by_id[fact.superseded_by or 0].statement}"
        for fact in chance.sample(changes, min(CHANGES_SHOWN, len(changes)))
    ]


def report(made: dict[str, Sequence[Claim]]) -> None:
    wanted = listed(DATA)
    tuned = [one for one in wanted if one.days & set(TUNED)]
    kept_back = [one for one in wanted if one.days.isdisjoint(TUNED)]
    for name, part in {"all": wanted, "seen on days tuned on": tuned, "only on others": kept_back}.items():
        print(f"\n{len(part)} listed facts ({name})\n\n| | facts | same value | every part | value within |")
        print("| --- | ---: | ---: | ---: | ---: |")
        print(*(recall_row(one, claims, part) for one, claims in made.items()), sep="\n")
    print("\n| | changed | both found | change known | current right | order right |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for one, claims in made.items():
        print(change_row(one, [replace(claim, label="") for claim in claims], wanted))
        if any(claim.label for claim in claims):
            print(change_row(f'{one}, its label told before it ("seat 18")', claims, wanted))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--before", default=VERSION_BEFORE, help="commit of the version to compare with")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with recordings.a_copy("desktop", folder / "once") as copy:
            begun = time.process_time()
            settle(copy.ledger, copy.pictures, copy.index, recordings.NOW, dry_run=False)
            spent = time.process_time() - begun
            with copy.ledger.reading() as db:
                made: dict[str, Sequence[Claim]] = {
                    "values alone, of nothing": values_alone(db),
                    "last value behind a label": last_of_label(db),
                    f"the version before ({chosen.before})": version_before(chosen.before, folder),
                    "Onceseen": ours(db),
                }
                kinds = Counter(fact.kind for fact in facts.facts(db))
                once, samples = told(db), drawn(db)
            with copy.ledger.writing() as db:
                db.run("update moments set settled = 0")
            settle(copy.ledger, copy.pictures, copy.index, recordings.NOW, dry_run=False)
            with copy.ledger.reading() as db:
                twice = told(db)
        report(made)
        print(f"\n{dict(kinds)}; settled in {spent:.1f} s of CPU", *stability(folder, once), sep="\n")
        same_again = sum((Counter(twice) & Counter(once)).values())
        print(f"| twice | {len(twice)} | {same_again} |", f"\n{len(once)} in one go", sep="\n")
        print("\ndrawn, to be judged by hand:", *samples, sep="\n  ")


if __name__ == "__main__":
    main()
