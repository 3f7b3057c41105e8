"""A small real ledger with screens of three days, and a meaning that goes by shared words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from memory.ledger import frames, gaps, readings
from memory.ledger.connection import Db, Ledger, Writer
from memory.recall.language.words import stems
from memory.records import Gap, Line, Passage, Reading
from tests.support.builders import a_frame, a_ledger

ZONE = timezone(timedelta(hours=2))
MONDAY = datetime(2026, 5, 18, 9, 0, tzinfo=ZONE)
NOW = datetime(2026, 5, 21, 16, 40, tzinfo=ZONE)

Row = tuple[str, int, int]
"""A line of a screen: text, x, y."""


class SharedWords:
    """Meaning by shared word stems; nearness of nothing shared is 0."""

    def __init__(self, db: Db) -> None:
        self._passages = db.rows("select id, text from passages")

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        near = self.nearness(text, [said for _, said in self._passages])
        found = [(id, cosine) for (id, _), cosine in zip(self._passages, near, strict=True) if cosine > 0]
        return tuple(sorted(found, key=lambda hit: (-hit[1], hit[0]))[:limit])

    def pictures(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def episodes(self, texts: Sequence[str], limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def nearness(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        asked = set(stems(text))
        return tuple(
            len(asked & set(stems(other))) / (len(asked) * max(1, len(set(stems(other))))) ** 0.5
            for other in others
        )

    def overlap(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        return self.nearness(text, others)

    def cosines(self, text: str, passages: Sequence[int]) -> dict[int, float]:
        wanted = {id: said for id, said in self._passages if id in passages}
        return dict(zip(wanted, self.nearness(text, list(wanted.values())), strict=True))


class NoMeaning:
    """What recall has while no encoder is there."""

    def passages(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def pictures(self, text: str, limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def episodes(self, texts: Sequence[str], limit: int) -> tuple[tuple[int, float], ...]:
        return ()

    def nearness(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        return ()

    def overlap(self, text: str, others: Sequence[str]) -> tuple[float, ...]:
        return ()

    def cosines(self, text: str, passages: Sequence[int]) -> dict[int, float]:
        return {}


def show(db: Writer, at: datetime, app: str, title: str, rows: Sequence[Row | str], looks: int = 1) -> int:
    """A screen that was looked at `looks` times, a minute apart; the id of its moment."""
    placed = [(row, 10, 40 + 20 * n) if isinstance(row, str) else row for n, row in enumerate(rows)]
    lines = tuple(Line(text, (x, y, 7 * len(text), 14), 0.95, 0) for text, x, y in placed)
    origin = f"frames/{at:%d%H%M}.webp"
    id = frames.add(db, a_frame(at=at, app=app, title=title, origin=origin), None)
    readings.add(db, id, Reading(lines, "test"))
    text = " ".join(line.text for line in lines)
    readings.add_passages(db, id, (Passage(text, tuple(range(len(lines)))),))
    readings.index_words(db, frames.moment_of(db, id))
    for n in range(1, looks):
        later = at + timedelta(minutes=n)
        frames.add(db, a_frame(at=later, app=app, title=title, new=False, origin=f"{origin}+{n}"), None)
    return frames.moment_of(db, id)


MAIL = "Inbox - Harbour Mail"
TIDES: list[Row | str] = [
    ("Station", 10, 40), ("High water", 200, 40), ("Low water", 400, 40),
    ("Rowan Quay", 10, 70), ("4.10 m", 200, 70), ("0.60 m", 400, 70),
    ("Heron Point", 10, 100), ("3.75 m", 200, 100), ("0.45 m", 400, 100),
]  # fmt: skip
FIRST = [
    "Teak offer",
    "From: Ole Brandt",
    "We offer teak planks at EUR 1,180.50 per cubic metre.",
    "Delivery by 3 June 2026.",
]
SECOND = [
    "Teak offer, second round",
    "From: Ole Brandt",
    "We now offer teak planks at EUR 1,090.00 per cubic metre.",
]
BUILD = ["$ make hull", "error: template H-204 is missing", "make: *** stopped"]
FILM = ["How to caulk a deck", "12,408 views"]
PLAN = ["Week plan", "call the sailmaker", "sand the keel"]

# Name, days and hours after Monday at nine, application, title, lines, looks: three days at a small boatyard.
SCREENS: tuple[tuple[str, int, float, str, str, Sequence[Row | str], int], ...] = (
    ("plan", 0, 0, "mousepad", "plan.md - mousepad", PLAN, 1),
    ("offer", 0, 1 / 3, "Firefox", MAIL, FIRST, 4),
    ("tides", 0, 2, "Firefox", "Tide table - Skerry Pilot", TIDES, 1),
    ("terminal", 1, 0, "XTerm", "build: ~/hull", BUILD, 3),
    ("film", 1, 6, "Firefox", "How to caulk a deck - Tube", FILM, 5),
    ("newoffer", 2, 0, "Firefox", MAIL, SECOND, 1),
)


def fill(db: Writer) -> dict[str, int]:
    """The screens of the boatyard and a pause; moments by name."""
    gaps.add(db, Gap(MONDAY + timedelta(hours=4), MONDAY + timedelta(hours=5), "paused"))
    return {
        name: show(db, MONDAY + timedelta(days=days, hours=hours), app, title, rows, looks)
        for name, days, hours, app, title, rows, looks in SCREENS
    }


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = a_ledger(tmp_path)
    yield made
    made.close()


@pytest.fixture
def yard(ledger: Ledger) -> dict[str, int]:
    with ledger.writing() as db:
        return fill(db)
