"""Tests of desktop.schedule."""

from __future__ import annotations

import threading

from desktop.schedule import Schedule
from memory.errors import Locked

PATIENCE_S = 20


def test_it_settles_when_it_is_due_and_only_then() -> None:
    asked, settled = threading.Event(), threading.Event()
    due = threading.Event()

    def is_due() -> bool:
        asked.set()
        return due.is_set()

    schedule = Schedule(is_due, settled.set, nightly=True, look_s=0.05)
    try:
        assert asked.wait(PATIENCE_S)
        assert not settled.is_set()
        due.set()
        assert settled.wait(PATIENCE_S)
    finally:
        schedule.stop()


def test_a_locked_memory_is_asked_again() -> None:
    asked, settled = threading.Semaphore(0), threading.Event()
    answers = iter([Locked(), True, True, True])

    def is_due() -> bool:
        asked.release()
        answer = next(answers, False)
        if isinstance(answer, Locked):
            raise answer
        return bool(answer)

    outcomes = iter([Locked(), None])

    def settle() -> None:
        outcome = next(outcomes, None)
        if outcome:
            raise outcome
        settled.set()

    schedule = Schedule(is_due, settle, nightly=False, look_s=0.05)
    try:
        assert settled.wait(PATIENCE_S)
        assert all(asked.acquire(timeout=PATIENCE_S) for _ in range(3))
    finally:
        schedule.stop()
