"""From the command to the window, beside a bare Qt window in the same run: `make bench-start`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop.stage import Stage, end
from tests.support.pictures import recording
from tests.support.program import Program

RUNS = 5
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget(windowTitle="Bare window")
window.show()
sys.exit(app.exec())
"""
PAGES = [(f"Page {n}", [f"Line {row} of page {n}" for row in range(6)]) for n in range(20)]


def seconds_to(stage: Stage, title: str, command: Sequence[str], environment: dict[str, str]) -> float:
    """Wall seconds until a window whose title holds `title` can be seen; the program is ended then."""
    began = time.perf_counter()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        if not stage.seen(title):
            raise SystemExit(f"no window called {title}")
        return time.perf_counter() - began
    finally:
        end(program)


def main() -> None:
    """Prints one row a case: median and worst of the runs."""
    with tempfile.TemporaryDirectory() as name, Stage(Path(name) / "stage") as stage:
        folder = Path(name) / "home"
        folder.mkdir()
        program = Program(folder, stage.display)
        program.json("init")
        start = datetime(2026, 3, 2, 9, tzinfo=UTC)
        program.json("import", str(recording(Path(name) / "recording", PAGES, start, 30)))
        # The consent: without it the window begins with the first run.
        program.json("record", "--for", "1s")
        around = os.environ | stage.environment | program.environment
        cases = {
            "bare Qt window (baseline)": ("Bare window", [sys.executable, "-c", BARE]),
            "Onceseen, window shown": ("Onceseen", program.command()),
            "Onceseen, timeline to be used": ("Timeline - Onceseen", program.command()),
        }
        print("| start to | median s | worst s |\n| --- | --- | --- |")
        for case, (title, command) in cases.items():
            took = [seconds_to(stage, title, command, around) for _ in range(RUNS)]
            print(f"| {case} | {statistics.median(took):.2f} | {max(took):.2f} |", flush=True)


if __name__ == "__main__":
    main()
