"""The tour does what a newcomer is promised: real windows, three answers, two pictures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.support.program import PATIENCE_S, ROOT


def test_the_tour_answers_and_shows(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.tour"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for word in ("1,284.50", "26 November 2026", "2.4.1"):
        assert word in done.stdout
    assert len(re.findall(r"^ +\[1\] ", done.stdout, re.MULTILINE)) == 3
    for name in ("window.png", "moment.png"):
        with Image.open(tmp_path / "out" / "tour" / name) as picture:
            assert picture.size == (1440, 900)
