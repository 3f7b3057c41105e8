"""Nothing leaves the machine: in a network with loopback alone, no address outside is even tried."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from desktop.stage import Stage
from tests.support.pictures import recording
from tests.support.program import PATIENCE_S, Program

PAGES = [
    ("Harbour", ["Ferry Albatross leaves the north quay", "at a quarter past seven"]),
    ("Recipe", ["Plum dumplings with poppy seed", "Boil eleven minutes"]),
]
ALONE = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
CALL = re.compile(r"(connect|sendto|sendmsg|bind)\(.*?(sa_family=AF_INET6?\b.*)")
HERE = re.compile(r'inet_addr\("(127\.|0\.0\.0\.0)|"::1?"')


def outside(log: Path) -> list[str]:
    """Calls in a log of strace that name an address which is not this machine's own loopback."""
    found = []
    for line in log.read_text(errors="replace").splitlines():
        call = CALL.search(line)
        if call and not HERE.search(call[2]):
            found.append(line)
    return found


def connected(log: Path) -> list[str]:
    """Calls in a log of strace that connect to any internet address, this machine's own included."""
    calls = (CALL.search(line) for line in log.read_text(errors="replace").splitlines())
    return [call[0] for call in calls if call and call[1] == "connect"]


def watched(program: Program, log: Path, *words: str) -> None:
    """Runs a command alone in its network, every process of it traced."""
    trace = ["strace", "-f", "-qq", "-e", "trace=%network", "-A", "-o", str(log)]
    done = subprocess.run(
        [*ALONE, *trace, *program.command(*words)],
        env=program.environment,
        cwd=program.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_nothing_outside_is_tried(tmp_path: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "calls"
    home.mkdir()
    folder = recording(tmp_path / "recording", PAGES, datetime(2026, 3, 2, 9, 0, tzinfo=UTC), 30)
    with Stage(tmp_path / "stage") as stage:
        program = Program(home, stage.display)
        program.json("init")
        watched(program, log, "import", str(folder))
        watched(program, log, "record", "--for", "4s")
    watched(program, log, "consolidate")
    watched(program, log, "index", "--rebuild")
    watched(program, log, "ask", "When does the ferry leave?")
    watched(program, log, "models")
    assert "AF_UNIX" in log.read_text()
    assert outside(log) == []
    # The local language model is off unless it is named: not even this machine is asked.
    assert connected(log) == []
    left = [path.name for path in (home / "home").rglob("*") if path.is_file()]
    assert left == [], "no library keeps anything in the user's home"


def test_an_attempt_would_be_seen(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    subprocess.run(
        [*ALONE, "strace", "-f", "-qq", "-e", "trace=%network", "-o", str(log), "python3", "-c", code],
        capture_output=True,
        check=False,
    )
    assert len(outside(log)) == 1
