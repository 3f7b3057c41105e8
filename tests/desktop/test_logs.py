"""Logs: private, turned over, without a word of content; and the handler above everything."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs
from memory.errors import Locked


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield logs.start(tmp_path, "engine")
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def fail_with(words: str) -> None:
    raise ValueError(words)


def test_nothing_is_written_before_there_is_something_to_say(log: Path) -> None:
    assert list(log.parent.iterdir()) == []
    assert log.parent.stat().st_mode & 0o777 == 0o700


def test_a_record_is_one_line_in_a_private_file(log: Path) -> None:
    logging.getLogger("memory.intake").info("took %d frames", 3)
    logging.getLogger("memory.intake").debug("not at this level")
    assert log.read_text().endswith(" INFO memory.intake: took 3 frames\n")
    assert log.read_text().count("\n") == 1
    assert log.stat().st_mode & 0o777 == 0o600


def test_another_librarys_words_are_not_kept(log: Path, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("PIL.Image").warning("opened %s", "secret-invoice.png")
    assert "PIL.Image" in log.read_text()
    assert "secret" not in log.read_text()


def test_an_exception_is_kind_and_place_alone(log: Path, caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            fail_with("seen on the screen: marker-4711")
        except ValueError as error:
            raise KeyError("marker-4711 again") from error
    except KeyError:
        logging.getLogger("memory.intake").exception("a frame failed")
    said = log.read_text()
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert "in fail_with" in said or " fail_with" in said
    assert "marker" not in said


def test_a_failed_thread_is_told_without_words(log: Path, caplog: pytest.LogCaptureFixture) -> None:
    thread = threading.Thread(target=fail_with, args=("marker-4711",))
    thread.start()
    thread.join()
    assert "a thread failed" in log.read_text()
    assert "marker" not in log.read_text()


def test_it_is_turned_over_and_old_ones_are_private(log: Path) -> None:
    say = logging.getLogger("memory.intake").info
    for _ in range(5):
        say("x" * (logs.LARGEST - 200))
    assert sorted(file.name for file in log.parent.iterdir()) == [
        "engine.log",
        "engine.log.1",
        "engine.log.2",
        "engine.log.3",
    ]
    assert {file.stat().st_mode & 0o777 for file in log.parent.iterdir()} == {0o600}


def test_a_log_that_cannot_be_written_stops_nothing(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.mkdir()
    logging.getLogger("memory.intake").info("marker-4711")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("main", "status", "said"),
    [
        (lambda: 2, 2, ""),
        (lambda: (_ for _ in ()).throw(Locked()).send(None), 3, f"{Locked()}\n"),
        (lambda: (_ for _ in ()).throw(KeyboardInterrupt).send(None), 130, ""),
        (lambda: fail_with("marker"), 1, "Onceseen made a mistake (ValueError); please report it.\n"),
    ],
)
def test_above_everything_stands_one_clear_line(
    main: object, status: int, said: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert logs.run(main) == status
    assert capsys.readouterr().err == said


def test_a_process_that_fails_says_no_content(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from desktop import logs\n"
        "logs.start(Path(sys.argv[1]), 'engine')\n"
        "sys.exit(logs.run(lambda: {}['marker-' + '4711']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "4711" not in done.stderr
    assert "builtins.KeyError" in (tmp_path / "logs" / "engine.log").read_text()
