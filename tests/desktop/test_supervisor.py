"""Children that crash, hang or eat memory come back; those that are stopped leave nothing."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.supervisor import MEGABYTE, BackOff, Child, Guest, Plan
from memory.errors import Bug, ChildAway, ChildFailed
from memory.ports import VectorIndex
from memory.records import Vectors
from tests.support.patient import Doctor, Patient
from tests.support.waiting import await_

PLAN = Plan("patient", "tests.support.patient")


@contextmanager
def child(plan: Plan = PLAN) -> Iterator[Child[Patient]]:
    made = Child(plan, Patient)
    try:
        yield made
    finally:
        made.stop()


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def again(patient: Child[Patient]) -> int:
    """The pid of the process that answers after a failure, when the back-off lets it start."""
    for _ in range(2000):
        try:
            return patient.client.pid()
        except ChildAway:
            time.sleep(0.01)
    raise AssertionError(patient.state())


def test_it_starts_at_the_first_call_and_ends_with_stop() -> None:
    with child() as patient:
        assert (patient.state(), patient.pid) == ("idle", None)
        pid = patient.client.pid()
        assert (patient.state(), patient.pid) == ("running", pid)
        assert patient.client.pid() == pid
    assert patient.state() == "stopped"
    assert gone(pid)
    with pytest.raises(ChildAway, match="stopped"):
        patient.client.pid()


def test_its_surroundings_are_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_ENGINE", "1")
    monkeypatch.setenv("DISPLAY", ":7")
    with child(replace(PLAN, keeps=("DISPLAY",))) as patient:
        environment = patient.client.environment()
        scratch = Path(environment["TMPDIR"])
        assert "SECRET_OF_THE_ENGINE" not in environment
        assert (environment["DISPLAY"], environment["OMP_THREAD_LIMIT"]) == (":7", "1")
        assert scratch.stat().st_mode & 0o777 == 0o700
        assert (scratch / "left").exists()
        limits = patient.client.limits()
        assert (limits["core"], limits["nice"]) == (0, min(19, os.nice(0) + 10))
        assert Path(f"/proc/{patient.pid}/cwd").readlink() == Path("/")
    assert not scratch.exists()


def test_killed_amid_a_call_it_comes_back() -> None:
    with child() as patient:
        pid = patient.client.pid()
        failures: queue.Queue[ChildFailed] = queue.Queue()

        def call() -> None:
            try:
                patient.client.hang()
            except ChildFailed as failure:
                failures.put(failure)

        thread = threading.Thread(target=call)
        thread.start()
        os.kill(pid, signal.SIGKILL)
        assert "SIGKILL" in str(failures.get(timeout=20))
        thread.join()
        assert patient.state() == "starting again"
        with pytest.raises(ChildAway):
            patient.client.pid()
        assert again(patient) != pid
        assert patient.state() == "running"


def test_a_crash_tells_its_status_and_takes_its_own_children_along() -> None:
    with child() as patient:
        grandchild = patient.client.spawn()
        with pytest.raises(ChildFailed, match="status 7"):
            patient.client.crash()
        await_(lambda: gone(grandchild))


def test_dead_between_calls_is_told_once_for_what_it_held_is_lost() -> None:
    with child() as patient:
        pid = patient.client.pid()
        os.kill(pid, signal.SIGKILL)
        await_(lambda: patient.state() == "starting again")
        with pytest.raises(ChildFailed, match="SIGKILL"):
            again(patient)
        assert again(patient) != pid


def test_a_call_that_hangs_is_ended() -> None:
    with child(replace(PLAN, call_s=3.0)) as patient:
        pid = patient.client.pid()
        with pytest.raises(ChildFailed, match="in time"):
            patient.client.hang()
        assert gone(pid)
        assert again(patient) != pid


def test_too_much_memory_ends_it() -> None:
    with child(replace(PLAN, memory=200 * MEGABYTE)) as patient:
        assert patient.client.eat(1) == MEGABYTE

        def eat_on() -> None:
            for _ in range(1000):
                patient.client.eat(300)

        with pytest.raises(ChildFailed, match="more than 200 MB"):
            eat_on()
        assert again(patient)


def test_rested_it_is_gone_with_all_it_held_and_starts_again_when_called() -> None:
    with child() as patient:
        patient.rest()
        assert patient.pid is None
        before = patient.client.pid()
        patient.rest()
        assert gone(before)
        assert patient.state() == "idle"
        assert patient.client.pid() != before


def test_idle_it_ends_and_starts_again_without_a_word() -> None:
    with child(replace(PLAN, idle_s=0.1)) as patient:
        pid = patient.client.pid()
        await_(lambda: gone(pid))
        await_(lambda: patient.state() == "idle")
        assert patient.client.pid() != pid


def test_stop_ends_a_call_under_way() -> None:
    with child() as patient:
        patient.client.pid()
        failures: queue.Queue[str] = queue.Queue()

        def call() -> None:
            try:
                patient.client.hang()
            except (ChildFailed, ChildAway) as failure:
                failures.put(failure.code)

        thread = threading.Thread(target=call)
        thread.start()
        patient.stop()
        assert failures.get(timeout=20) in ("child-failed", "child-away")
        thread.join()
        assert patient.pid is None


def test_what_cannot_start_says_so_and_waits_longer_each_time() -> None:
    with child(replace(PLAN, module="tests.support.no_such_module")) as patient:
        with pytest.raises(ChildFailed, match="status 1"):
            patient.client.pid()
        assert patient.state() == "starting again"


def test_back_off_doubles_to_a_minute_and_success_forgets() -> None:
    now = [100.0]
    back_off = BackOff(lambda: now[0])
    assert (back_off.left(), back_off.word()) == (0.0, "idle")
    waits = []
    for _ in range(9):
        back_off.failed("why")
        waits.append(back_off.left())
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    assert back_off.word() == "failed: why"
    now[0] += 59
    assert back_off.left() == 1.0
    back_off.succeeded()
    assert (back_off.left(), back_off.word()) == (0.0, "idle")


def test_folders_of_engines_that_were_killed_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    left, mine = tmp_path / "onceseen-child-999999999-x", tmp_path / f"onceseen-child-{os.getpid()}-x"
    left.mkdir()
    mine.mkdir()
    with child() as patient:
        patient.client.pid()
        assert (left.exists(), mine.exists()) == (False, True)
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == [mine]


# ------------------------------------------------------------------ children that ask us


class Ward:
    """Implements Doctor: orders come from the test, who hears who asked."""

    def __init__(self) -> None:
        self.orders_ = "stay"
        self.heard: queue.Queue[int] = queue.Queue()

    def orders(self, pid: int) -> str:
        self.heard.put(pid)
        return self.orders_

    def hears(self, other_than: int = 0) -> int:
        """The next pid that asks and is not that one."""
        while (pid := self.heard.get(timeout=20)) == other_than:
            pass
        return pid


@contextmanager
def guest(plan: Plan, ward: Ward) -> Iterator[Guest]:
    made = Guest(replace(plan, sets={"DOCTOR": "asks"}), Doctor, ward)
    made.start()
    try:
        yield made
    finally:
        made.stop()
    assert made.state() == "stopped"


def test_its_log_is_in_the_profile_and_holds_no_word(tmp_path: Path) -> None:
    with child(replace(PLAN, arguments=(str(tmp_path),))) as patient:
        with pytest.raises(Bug, match="KeyError"):
            patient.client.err("secret words")
        written = (tmp_path / "logs" / "patient.log").read_text()
    assert "KeyError" in written
    assert "secret" not in written


def test_a_guest_that_crashes_comes_back() -> None:
    ward = Ward()
    with guest(PLAN, ward) as patient:
        first = ward.hears()
        assert (patient.state(), patient.pid) == ("running", first)
        ward.orders_ = "crash"
        await_(lambda: patient.state() == "starting again")
        ward.orders_ = "stay"
        second = ward.hears(other_than=first)
        os.kill(second, signal.SIGKILL)
        third = ward.hears(other_than=second)
    assert gone(third)


def test_a_guest_that_says_nothing_any_more_is_replaced() -> None:
    ward = Ward()
    ward.orders_ = "hang"
    with guest(replace(PLAN, silent_s=1.5), ward):
        first = ward.hears()
        ward.orders_ = "stay"
        assert ward.hears(other_than=first)
        assert gone(first)


def test_a_guest_that_leaves_well_is_not_called_back() -> None:
    ward = Ward()
    ward.orders_ = "leave"
    with guest(PLAN, ward) as patient:
        await_(lambda: patient.state() == "stopped")


# ------------------------------------------------------------------ a real one


def test_the_index_process_comes_back_empty() -> None:
    index = Child(Plan("index", "desktop.processes.index"), VectorIndex)
    try:
        index.client.put("passage", (1,), ("one",), Vectors("e", 2, 1, b"\1\2", b"\0\0\x80?"))
        assert index.client.count("passage", "e") == 1
        pid = index.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ChildFailed):
            index.client.count("passage", "e")
        await_(lambda: index.state() == "starting again")
    finally:
        index.stop()
    assert gone(pid)
