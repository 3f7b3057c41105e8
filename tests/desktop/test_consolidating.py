"""The command settles in slices that are told; Ctrl+C ends it between two days and keeps what was done."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.consolidating import settled
from desktop.progress import Progress
from memory.engine import Engine
from memory.ledger import moments
from memory.records import Settled
from tests.support.builders import KEY, a_frame, a_kept_frame
from tests.support.houses import House

DAYS = 5


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.engine.open(KEY)
    with made.ledger.writing() as db:
        for day in range(DAYS):
            a_kept_frame(db, a_frame(86400 * day), [f"harvest of day {day}", "plums and pears"], None)
    yield made
    made.engine.lock()


class ByDays:
    """A real engine whose slices are over at once: a day each. `after` so many somebody interrupts."""

    def __init__(self, engine: Engine, after: int = 1000) -> None:
        self._engine, self._left = engine, after
        self.interrupted = threading.Event()

    def settle(self, seconds: float) -> Settled:
        self._left -= 1
        if not self._left:
            self.interrupted.set()
        return self._engine.settle(0.0)


def settle(door: ByDays) -> Settled:
    return settled(door, Progress("json"), door.interrupted)  # type: ignore[arg-type]


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_each_slice_is_told_and_all_are_one(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    value = settle(ByDays(house.engine))
    assert (value.days, value.of, value.moments_before) == (DAYS, DAYS, DAYS)
    steps = told(capsys)
    assert [step["done"] for step in steps] == list(range(1, DAYS + 1))
    assert {(step["step"], step["total"]) for step in steps} == {("settled", DAYS)}
    last = house.engine.status().settling.last
    assert last
    assert (last.state, last.days, last.of) == ("done", DAYS, DAYS)


def test_nothing_pending_is_told_once(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    settle(ByDays(house.engine))
    told(capsys)
    assert settle(ByDays(house.engine)).days == 0
    assert told(capsys) == [{"step": "settled", "done": 0, "total": 0}]


def test_an_interrupt_keeps_what_was_done(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        settle(ByDays(house.engine, after=2))
    assert told(capsys)[-1] == {"step": "settled", "done": 2, "total": DAYS}
    with house.ledger.reading() as db:
        assert moments.count_unsettled(db) == DAYS - 2
    assert house.engine.status().settling.state == "stopped"
    assert settle(ByDays(house.engine)).days == DAYS - 2
