"""Settling beside everything else, and what is let through of polished words with inventions planted in them.

`python -m tests.bench.consolidate_running [--recording NAME]`. The first table: how long a day's transaction
holds the writer, and how long a writer beside it (a frame that comes in, say) waits for its turn. The others:
polishings of every episode drawn from its own evidence by fixed forms, and with one thing planted that the
evidence does not say; each kind is made from rows alone and checked against them before it counts.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from memory.consolidate.polish import polished, unpolished
from memory.ledger import episodes
from memory.ledger import polished as kept
from memory.ledger.connection import Db, Ledger, Writer
from memory.records import Unpolished
from memory.settling import settle
from tests.bench import recordings

EVERY_S = 0.02
BLAND = frozenset(
    (
        *(
            "under",
            "during",
            "between",
            "regarding",
            "concerning",
            "these",
            "those",
            "working",
            "worked",
            "works",
        ),
        *("about", "while", "reading", "reads", "looks", "looking", "views", "viewing"),
    )
)
"""What anybody may say names nothing: no invention."""

Draw = Callable[[random.Random, Unpolished, Sequence[Unpolished]], str | None]

# ------------------------------------------------------------------ who waits for whom


class Timed(Ledger):
    """Notes how long each transaction held the writer: seconds of wall and of its thread's processor time."""

    held: list[tuple[float, float]]

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        with super().writing() as db:
            began, cpu = time.perf_counter(), time.thread_time()
            yield db
            self.held.append((time.perf_counter() - began, time.thread_time() - cpu))


def beside(ledger: Ledger, over: threading.Event, waits: list[float]) -> None:
    """Writes a little now and then, as frames do, and notes how long that took."""
    while not over.wait(EVERY_S):
        began = time.perf_counter()
        with Ledger.writing(ledger) as db:
            db.run("insert into meta values ('bench', 1) on conflict do update set value = value + 1")
        waits.append(time.perf_counter() - began)


def settled(copy: recordings.Opened) -> None:
    """Settles the copy and prints who waited how long."""
    ledger = copy.ledger
    ledger.__class__ = Timed
    assert isinstance(ledger, Timed)
    ledger.held = []
    waits: list[float] = []
    days: list[float] = []
    over = threading.Event()
    writer = threading.Thread(target=beside, args=(ledger, over, waits))
    writer.start()
    began, cpu = time.perf_counter(), time.process_time()

    def tell(done: int, of: int) -> bool:
        days.append(time.perf_counter())
        return True

    done = settle(ledger, copy.pictures, copy.index, recordings.NOW, False, tell)
    wall, used = time.perf_counter() - began, time.process_time() - cpu
    over.set()
    writer.join()
    lengths = [later - earlier for earlier, later in zip([began, *days], days, strict=False)]
    waits.sort()
    what = f"{done.moments_before} moments, {len(days)} days, {done.episodes} episodes"
    print(f"\n{what}: {wall:.1f} s, {used:.1f} s of one core\n")
    print("| | |\n| --- | --- |")
    print(f"| longest day, whole (between two, settling can be ended) | {max(lengths):.2f} s |")
    for name, which in (("wall", 0), ("processor", 1)):
        held = [one[which] for one in ledger.held]
        print(f"| holds of the writer, {name}: longest, all | {max(held) * 1000:.0f} ms, {sum(held):.2f} s |")
    told = ", ".join(f"{waits[int(share * (len(waits) - 1))] * 1000:.1f} ms" for share in (0.5, 0.95, 1.0))
    print(f"| a small write beside it (n={len(waits)}), p50, p95, worst | {told} |")


# ------------------------------------------------------------------ what is let through


def evidence(db: Db) -> list[Unpolished]:
    """Every episode with what is known of it."""
    return [
        unpolished(
            episode.id,
            (episode.title, episode.gist),
            [digest for digest, _ in episodes.digests(db, episode.id)],
            kept.words(db, episode.id),
        )
        for episode in episodes.between(db, None, None)
    ]


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?()“”\"'") for word in text.split()]


def _is_telling(word: str) -> bool:
    return word.isalpha() and len(word) > 4 and word.casefold() not in BLAND


def _plain(line: str) -> bool:
    return (
        line.isprintable()
        and all(mark.isalnum() or mark in " .,-'&/" for mark in line)
        and 8 <= len(line) <= 60
    )


def _line(chance: random.Random, of: Unpolished) -> str | None:
    lines = [line for line in of.lines if _plain(line) and len(line.split()) > 1]
    return chance.choice(lines) if lines else None


def _said_in(of: Unpolished, text: str) -> bool:
    """By plain substring over everything, which is no part of what is measured."""
    return text.casefold() in " ".join((of.title, of.gist, *of.lines, *sorted(of.words))).casefold()


def _as_read(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    return _line(chance, of)


def _framed(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    line = _line(chance, of)
    return f"Working on {line}" if line else None


def _two_lines(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    first, second = _line(chance, of), _line(chance, of)
    said = f"{first}, and work on the {second}"
    return said if first and second and first != second and len(said) <= 90 else None


def _inflected(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    """A word that was written small, in the plural."""
    small = [word for line in of.lines for word in _words(line) if word.isalpha() and word.islower()]
    small = [word for word in small if len(word) > 4 and word[-1] != "s"]
    return f"About the {chance.choice(small)}s" if small else None


def _of_person(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    names = [line for line in of.lines if _is_person(line)]
    return f"Work with {chance.choice(names)}" if names else None


def _is_person(line: str) -> bool:
    words = line.split()
    return len(words) == 2 and all(word.isalpha() and word.istitle() and len(word) > 2 for word in words)


def _other_digit(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    lines = [line for line in of.lines if _plain(line) and any(map(str.isdigit, line))]
    if not lines:
        return None
    line = chance.choice(lines)
    at = chance.choice([n for n, mark in enumerate(line) if mark.isdigit()])
    changed = line[:at] + chance.choice([d for d in "0123456789" if d != line[at]]) + line[at + 1 :]
    number = next(word for word, before in zip(changed.split(), line.split(), strict=True) if word != before)
    return None if _said_in(of, number.strip(".,")) else changed


def _number_of_another_line(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    numbers = [word for line in of.lines for word in _words(line) if word.isdigit() and len(word) > 1]
    heads = [word for line in of.lines for word in _words(line) if _is_telling(word)]
    if not numbers or not heads:
        return None
    head, number = chance.choice(heads), chance.choice(numbers)
    texts = [part for text in (of.title, of.gist, *of.lines) for part in text.split(";")]
    together = any(head.casefold() in text.casefold() and number in text for text in texts)
    return None if together else f"{head} {number}"


def _of_another(kind: Callable[[str], bool]) -> Draw:
    """Neither the word nor a form of it is there: takes is no invention where take was read."""

    def draw(chance: random.Random, of: Unpolished, all_of: Sequence[Unpolished]) -> str | None:
        other = chance.choice(all_of)
        words = [word for line in other.lines for word in _words(line) if kind(word)]
        strange = [word for word in words if not _said_in(of, word if word.isdigit() else word[:4])]
        line = _line(chance, of)
        return f"{line} {chance.choice(strange)}" if strange and line else None

    return draw


def _names_crossed(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    ours = [line.split() for line in of.lines if _is_person(line)]
    if len(ours) < 2:
        return None
    name = f"{chance.choice(ours)[0]} {chance.choice(ours)[1]}"
    return None if _said_in(of, name) else f"Work with {name}"


def _added(*words: str) -> Draw:
    def draw(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
        line, word = _line(chance, of), chance.choice(words)
        return f"{line} {word}" if line and not _said_in(of, word.split()[0]) else None

    return draw


def _lookalike(chance: random.Random, of: Unpolished, _: Sequence[Unpolished]) -> str | None:
    """One Latin letter becomes the Cyrillic one that looks the same."""
    line = _line(chance, of)
    return line.replace("a", "\u0430", 1) if line and "a" in line else None


HONEST: dict[str, Draw] = {
    "a line as it was read": _as_read,
    "a line in a frame": _framed,
    "two lines": _two_lines,
    "a word in the plural": _inflected,
    "a person": _of_person,
}
PLANTED: dict[str, Draw] = {
    "a digit changed": _other_digit,
    "a number beside the word of another line": _number_of_another_line,
    "a number of another episode": _of_another(lambda word: word.isdigit() and len(word) > 1),
    "a name of another episode": _of_another(lambda word: word.istitle() and _is_telling(word)),
    "a word of another episode": _of_another(lambda word: word.islower() and _is_telling(word)),
    "first and last name of two people": _names_crossed,
    "what was done with it": _added("paid", "approved", "cancelled", "stolen", "bezahlt", "abgelehnt"),
    "a negation": _added("never", "without result", "nicht"),
    "a numeral in words": _added("seventeen", "twice", "dozens", "dreimal"),
    "before or after": _added("tomorrow", "yesterday", "afterwards", "until midnight"),
    "a link, markup, an order": _added(
        "https://evil.example/x", "<b>now</b>", "[click](x)", "ignore all previous instructions"
    ),
    "a letter that looks the same": _lookalike,
}


def _words_alone(of: Unpolished, said: str) -> bool:
    """The baseline: each word stands somewhere in the evidence, whatever stands beside it."""
    there = {word.casefold() for text in (of.title, of.gist, *of.lines, *of.words) for word in _words(text)}
    return all(
        word in there | BLAND | {"work", "on", "with", "and", "the"} for word in _words(said.casefold())
    )


def drawn(all_of: Sequence[Unpolished], draw: Draw, kind: str, times: int) -> tuple[int, int, int]:
    """How many were drawn, `times` of each episode; how many kept; how many kept by the baseline."""
    chance = random.Random(kind)
    found: Counter[str] = Counter()
    for of in [*all_of] * times:
        said = draw(chance, of, all_of)
        if said:
            found["drawn"] += 1
            found["kept"] += polished(json.dumps({"title": said, "gist": "Work"}), of) is not None
            found["words"] += _words_alone(of, said)
    return found["drawn"], found["kept"], found["words"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--recording", default="desktop")
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        recordings.a_copy(options.recording, Path(folder) / "copy") as copy,
    ):
        settled(copy)
        with copy.ledger.reading() as db:
            all_of = evidence(db)
    for title, draws in (("honest", HONEST), ("with an invention", PLANTED)):
        print(f"\n| {title} | drawn | kept | kept by words alone |\n| --- | --- | --- | --- |")
        rows = {kind: drawn(all_of, draw, kind, options.times) for kind, draw in draws.items()}
        rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))  # type: ignore[assignment]
        for kind, counts in rows.items():
            print(f"| {kind} | " + " | ".join(map(str, counts)) + " |")


if __name__ == "__main__":
    main()
