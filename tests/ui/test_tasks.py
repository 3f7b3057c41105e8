"""The one way off the GUI thread: where calls run, which are answered, what errors become."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from pytestqt.qtbot import QtBot

from memory.api import Memory
from memory.errors import Locked, NoEngine, NotFound
from memory.records import Changes
from tests.support.fakes import FakeMemory
from ui.tasks import Act, Ask, Prepare, Tasks, Trouble


def test_calls_run_elsewhere_and_answers_come_back_here(qtbot: QtBot, tasks: Tasks) -> None:
    threads: list[threading.Thread] = []
    tasks.do(Ask(lambda memory: threading.current_thread(), threads.append))
    tasks.do(Act(lambda memory: threading.current_thread(), threads.append))
    tasks.do(Ask(lambda memory: None, lambda done: threads.append(threading.current_thread())))
    qtbot.waitUntil(lambda: len(threads) == 3)
    assert threads.count(threading.main_thread()) == 1


def test_of_one_slot_only_the_newest_is_answered(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    got: list[str] = []

    def slow(memory: Memory) -> str:
        gate.wait(10)
        return "old"

    tasks.do(Ask(slow, got.append, slot="search"))
    tasks.do(Ask(lambda memory: "new", got.append, slot="search"))
    qtbot.waitUntil(lambda: got == ["new"])
    gate.set()
    tasks.do(Act(lambda memory: "after", got.append))
    qtbot.waitUntil(lambda: "after" in got)
    assert got == ["new", "after"]


def test_acts_run_in_order_and_are_all_answered(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[int] = []
    for n in range(20):
        tasks.do(Act(lambda memory, n=n: n, done.append))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_a_known_error_is_its_sentence(qtbot: QtBot, tasks: Tasks) -> None:
    with qtbot.waitSignal(tasks.troubled) as caught:
        tasks.do(Ask(lambda memory: memory.moment(99_999), lambda whole: None))
    trouble = caught.args[0]
    assert trouble.code == NotFound.code
    assert trouble.sentence == "There is no moment 99999; it may have been forgotten."


def test_a_mistake_of_ours_says_so_and_its_words_stay_out_of_the_log(
    qtbot: QtBot, tasks: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(memory: Memory) -> None:
        raise ValueError("secret words")

    got: list[Trouble] = []
    tasks.do(Ask(wrong, lambda done: None, failed=got.append))
    qtbot.waitUntil(lambda: bool(got))
    assert got[0].code == "bug"
    assert "secret words" in got[0].details
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_preparing_needs_no_memory(qtbot: QtBot) -> None:
    def refuse() -> nullcontext[Memory]:
        raise NoEngine(path="nowhere")

    tasks = Tasks(refuse)
    got: list[int] = []
    tasks.do(Prepare(lambda: 7, got.append))
    qtbot.waitUntil(lambda: got == [7])
    with qtbot.waitSignal(tasks.troubled) as caught:
        tasks.do(Ask(lambda memory: memory.status(), lambda status: None))
    assert caught.args[0].code == NoEngine.code
    tasks.close()


def test_each_worker_has_its_own_connection_and_gives_it_back(qtbot: QtBot, fake: FakeMemory) -> None:
    opened: list[str] = []
    closed: list[str] = []

    @contextmanager
    def connect() -> Iterator[Memory]:
        opened.append(threading.current_thread().name)
        yield fake
        closed.append(threading.current_thread().name)

    tasks = Tasks(connect, poll_s=0.01)
    tasks.watch()
    done: list[object] = []
    for _ in range(8):
        tasks.do(Ask(lambda memory: memory.status(), done.append))
    tasks.do(Act(lambda memory: memory.resume(), done.append))
    qtbot.waitUntil(lambda: len(done) == 9)
    tasks.close()
    assert sorted(opened) == sorted(closed)
    assert {"ui-watch", "ui-act"} <= set(opened)
    assert opened.count("ui-act") == 1


def test_a_lost_engine_is_connected_to_anew(qtbot: QtBot, fake: FakeMemory) -> None:
    calls: list[int] = []

    def connect() -> nullcontext[Memory]:
        calls.append(1)
        if len(calls) == 2:
            raise NoEngine(path="there")
        return nullcontext(fake)

    def lose(memory: Memory) -> None:
        raise NoEngine(path="there")

    tasks = Tasks(connect, readers=1)
    codes: list[str] = []
    done: list[object] = []
    for call in (lose, lambda memory: memory.days(), lambda memory: memory.days()):
        before = len(codes) + len(done)
        tasks.do(Ask(call, done.append, failed=lambda trouble: codes.append(trouble.code)))
        qtbot.waitUntil(lambda before=before: len(codes) + len(done) > before)  # type: ignore[misc]
    tasks.close()
    assert codes == ["no-engine", "no-engine"]
    assert len(done) == 1


def test_changes_are_followed(qtbot: QtBot, tasks: Tasks, fake: FakeMemory) -> None:
    seen: list[Changes] = []
    tasks.changed.connect(seen.append)
    tasks.watch()
    qtbot.waitUntil(lambda: fake.polled > 1)
    fake.grow("moments")
    qtbot.waitUntil(lambda: bool(seen))
    assert "moments" in seen[0].what


def test_a_memory_out_of_reach_is_told_once_and_found_again(
    qtbot: QtBot, tasks: Tasks, fake: FakeMemory
) -> None:
    heard: list[bool] = []
    seen: list[Changes] = []
    tasks.reached.connect(heard.append)
    tasks.changed.connect(seen.append)
    tasks.watch()
    qtbot.waitUntil(lambda: heard == [True])
    fake.refuse = Locked()
    qtbot.waitUntil(lambda: heard == [True, False])
    fake.refuse = None
    qtbot.waitUntil(lambda: heard == [True, False, True])
    assert set(seen[-1].what) == {"frames", "moments", "knowledge", "rules", "recording"}


def test_after_closing_nothing_runs(fake: FakeMemory) -> None:
    tasks = Tasks(lambda: nullcontext[Memory](fake), poll_s=0.01)
    tasks.watch()
    tasks.do(Ask(lambda memory: memory.status(), lambda status: None))
    tasks.close()
    tasks.do(Ask(lambda memory: memory.status(), lambda status: None))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ui-")]
