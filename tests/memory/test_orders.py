"""Orders: nothing is looked at before consent, nor while paused; rules come too; all outlast the program."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from memory import orders
from memory.ledger import frames, gaps, rules
from memory.ledger.connection import Ledger
from memory.records import Gap, Rule
from tests.support.builders import KEY, NINE, a_frame


def test_no_consent_no_look(ledger: Ledger) -> None:
    with ledger.reading() as db:
        assert not orders.orders(db, NINE).allowed
        assert orders.recording(db, NINE, "running") == "off: not agreed to yet"


def test_the_first_yes_stays_and_outlives_the_program(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as db:
        orders.consent(db, NINE)
        orders.consent(db, NINE + timedelta(days=1))
        rules.add(db, Rule("app", "keeper"))
        orders.pause(db, NINE + timedelta(hours=1))
    ledger.close()
    again = Ledger.open(tmp_path / "ledger.db", KEY)
    with again.reading() as db:
        told = orders.orders(db, NINE)
    again.close()
    assert told.allowed
    assert told.paused_until == NINE + timedelta(hours=1)
    assert [rule.pattern for rule in told.rules] == ["keeper"]


def test_a_pause_ends_by_itself_or_by_a_word(ledger: Ledger) -> None:
    with ledger.writing() as db:
        orders.consent(db, NINE)
        orders.pause(db, NINE + timedelta(minutes=5))
        assert orders.recording(db, NINE, "running") == "paused until 09:05"
        assert orders.paused_until(db, NINE + timedelta(minutes=5)) is None
        assert orders.recording(db, NINE + timedelta(minutes=5), "running") == "on"
        orders.pause(db, None)
        assert orders.recording(db, NINE + timedelta(days=3650), "running") == "paused until resumed"
        orders.resume(db)
        assert orders.orders(db, NINE).paused_until is None


def test_a_recorder_that_is_held_back_says_why(ledger: Ledger) -> None:
    def said(seconds: float) -> str:
        return orders.recording(db, NINE + timedelta(seconds=seconds), "running")

    with ledger.writing() as db:
        orders.consent(db, NINE)
        gaps.add(db, Gap(NINE, NINE + timedelta(seconds=60), "excluded"))
        assert said(120) == "excluded"
        assert said(136) == "on"
        gaps.add(db, Gap(NINE, NINE + timedelta(seconds=130), "paused"))
        assert said(131) == "on"
        gaps.add(db, Gap(NINE, NINE + timedelta(seconds=140), "idle"))
        assert said(150) == "idle"
        frames.add(db, a_frame(141), None)
        assert said(150) == "on"


def test_where_no_recorder_runs_it_is_off(ledger: Ledger) -> None:
    with ledger.writing() as db:
        orders.consent(db, NINE)
        assert orders.recording(db, NINE, "").startswith("off")
        assert orders.recording(db, NINE, "failed").startswith("off")
