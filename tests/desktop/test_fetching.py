"""Fetching over a real server: whole, resumed, refused; a file has its name only when its checksum fits."""

from __future__ import annotations

import re
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.fetching import CHUNK, TRIES, fetch, remove, unfinished
from memory.errors import NoFetch
from tests.house.tree import ROOT
from tests.support.hosting import Host, hosting

CONTENT = bytes(n * n % 251 for n in range(CHUNK + 70_000))
HALF = len(CONTENT) // 2


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting(CONTENT) as host:
        yield host


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_file_comes_whole_and_for_its_user_alone(host: Host, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    path = fetch(host.model(), folder, lambda done, total: told.append((done, total)))
    assert path.read_bytes() == CONTENT
    assert names(folder) == {"onceseen-tiny-here.safetensors"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert told == [(CHUNK, len(CONTENT)), (len(CONTENT), len(CONTENT))]
    assert host.asked == [""]


def test_a_connection_that_is_cut_is_gone_on_with(host: Host, folder: Path) -> None:
    host.cuts = [HALF, 10_000]
    assert fetch(host.model(), folder).read_bytes() == CONTENT
    assert host.asked == ["", f"bytes={HALF}-", f"bytes={HALF + 10_000}-"]


def test_what_has_arrived_waits_for_the_next_time(host: Host, folder: Path) -> None:
    host.cuts = [HALF] + [0] * TRIES
    with pytest.raises(NoFetch, match=r"127\.0\.0\.1 does not send it \(it broke off\); 1 MB are here"):
        fetch(host.model(), folder)
    assert unfinished(folder, host.model()).read_bytes() == CONTENT[:HALF]
    assert len(host.asked) == 1 + TRIES
    assert fetch(host.model(), folder).read_bytes() == CONTENT
    assert host.asked[-1] == f"bytes={HALF}-"
    assert len(names(folder)) == 1


def test_a_server_without_ranges_begins_anew(host: Host, folder: Path) -> None:
    host.ranges, host.cuts = False, [HALF]
    assert fetch(host.model(), folder).read_bytes() == CONTENT
    assert host.asked == ["", f"bytes={HALF}-"]


def test_a_server_without_ranges_that_always_breaks_off_is_given_up(host: Host, folder: Path) -> None:
    host.ranges, host.cuts = False, [HALF] * 10
    with pytest.raises(NoFetch, match="broke off"):
        fetch(host.model(), folder)
    assert len(host.asked) == 1 + TRIES


def test_a_part_of_another_file_is_not_gone_on_with(host: Host, folder: Path) -> None:
    host.cuts = [HALF] + [0] * TRIES
    with pytest.raises(NoFetch):
        fetch(host.model(), folder)
    unfinished(folder, host.model()).write_bytes(b"?" * HALF)
    host.etag = '"two"'
    assert fetch(host.model(), folder).read_bytes() == CONTENT


def test_the_wrong_file_never_gets_the_name(host: Host, folder: Path) -> None:
    with pytest.raises(NoFetch, match="is not the file whose checksum is known; it was removed"):
        fetch(host.model(sha256="0" * 64), folder)
    assert names(folder) == set()


def test_a_part_that_went_bad_is_found_by_the_checksum(host: Host, folder: Path) -> None:
    host.cuts = [HALF] + [0] * TRIES
    with pytest.raises(NoFetch):
        fetch(host.model(), folder)
    with unfinished(folder, host.model()).open("r+b") as file:
        file.write(b"????")
    with pytest.raises(NoFetch, match="checksum"):
        fetch(host.model(), folder)
    assert fetch(host.model(), folder).read_bytes() == CONTENT


def test_a_part_that_is_longer_than_the_file_is_removed(host: Host, folder: Path) -> None:
    folder.mkdir()
    unfinished(folder, host.model()).write_bytes(CONTENT + b"more")
    with pytest.raises(NoFetch, match="checksum"):
        fetch(host.model(), folder)
    assert fetch(host.model(), folder).read_bytes() == CONTENT


def test_a_server_with_a_shorter_file_than_our_part_is_told(host: Host, folder: Path) -> None:
    folder.mkdir()
    unfinished(folder, host.model()).write_bytes(CONTENT)
    with pytest.raises(NoFetch, match="checksum"):
        fetch(host.model(bytes=len(CONTENT) + 5), folder)


@pytest.mark.parametrize("length", [5, 10 * len(CONTENT)])
def test_a_file_of_another_length_is_not_taken(host: Host, folder: Path, length: int) -> None:
    host.length = length
    with pytest.raises(NoFetch, match=f"a file of {length} bytes, not {len(CONTENT)}"):
        fetch(host.model(), folder)


def test_no_more_is_taken_than_was_announced(host: Host, folder: Path) -> None:
    host.length = HALF
    path = fetch(host.model(bytes=HALF, sha256=Host(CONTENT[:HALF]).model().sha256), folder)
    assert path.read_bytes() == CONTENT[:HALF]


def test_a_file_that_is_not_there(host: Host, folder: Path) -> None:
    host.status = 404
    with pytest.raises(
        NoFetch, match=r"^The model tiny was not fetched: 127\.0\.0\.1 answers 404 Not Found\.$"
    ):
        fetch(host.model(), folder)


@pytest.mark.parametrize(
    ("words", "told"), [("No \x1b[2J\0thing\x07 here", "No [2J thing here"), ("x" * 900, "x" * 200)]
)
def test_what_a_server_says_is_printed_and_no_more(host: Host, folder: Path, words: str, told: str) -> None:
    host.status, host.words = 404, words
    with pytest.raises(NoFetch, match=re.escape(f"answers 404 {told}.")):
        fetch(host.model(), folder)


def test_no_network(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    model = Host(CONTENT, url=f"http://127.0.0.1:{port}/weights").model()
    with pytest.raises(NoFetch, match=r"127\.0\.0\.1 does not send it \(Connection refused\)"):
        fetch(model, folder)


@pytest.mark.parametrize(
    "url", ["http://example.org/weights", "ftp://127.0.0.1/weights", "file:///etc/hostname"]
)
def test_nothing_goes_unencrypted(folder: Path, url: str) -> None:
    with pytest.raises(NoFetch, match=re.escape(f"{url} is not encrypted")):
        fetch(Host(CONTENT, url=url).model(), folder)


@pytest.mark.parametrize("url", ["http://example.org/weights", "ftp://127.0.0.1/weights"])
def test_nobody_is_led_away_from_encryption(host: Host, folder: Path, url: str) -> None:
    host.location = url
    with pytest.raises(NoFetch, match=re.escape(f"{url} is not encrypted")):
        fetch(host.model(), folder)


@pytest.mark.parametrize("url", ["http://[::1/x", "https://[/"])
def test_what_is_no_address_is_told(host: Host, folder: Path, url: str) -> None:
    host.location = url
    with pytest.raises(NoFetch, match=r"127\.0\.0\.1 hands on to what is no address"):
        fetch(host.model(), folder)


@pytest.mark.parametrize("begun_again", [False, True])
def test_what_is_removed_meanwhile_is_told(host: Host, folder: Path, begun_again: bool) -> None:
    def told(_done: int, _total: int) -> None:
        remove(folder, host.model())
        if begun_again:
            unfinished(folder, host.model()).write_bytes(b"the beginning")

    with pytest.raises(NoFetch, match="it was removed while it was being fetched"):
        fetch(host.model(), folder, told)
    assert not (folder / host.model().file).exists()


def test_a_host_may_hand_on_to_its_storage(host: Host, folder: Path) -> None:
    with hosting(CONTENT) as storage:
        host.location, storage.cuts = storage.url, [HALF]
        assert fetch(host.model(), folder).read_bytes() == CONTENT
        assert storage.asked == ["", f"bytes={HALF}-"]
        assert host.asked == storage.asked


def test_room_is_looked_for_before(host: Host, folder: Path) -> None:
    with pytest.raises(NoFetch, match=r"1000000000000 MB are needed in .*models, \d+ MB are free"):
        fetch(host.model(bytes=10**18), folder)
    assert host.asked == []


# Who runs the tests in the background has Ctrl+C ignored, and so have their children: it is set anew.
FETCHING = """
import resource, signal, sys
from pathlib import Path
from desktop import fetching, logs
from desktop.catalogue import Model
model = Model("tiny", "onceseen-tiny", "here", sys.argv[1], int(sys.argv[2]), sys.argv[3], "", "", 32, 32, "")
most = int(sys.argv[5])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(logs.run(lambda: bool(print(fetching.fetch(model, Path(sys.argv[4]))))))
"""


def started(host: Host, folder: Path, most: int = resource.RLIM_INFINITY) -> subprocess.Popen[str]:
    """A process that fetches, and whose files can be `most` bytes long."""
    model = host.model()
    return subprocess.Popen(
        [sys.executable, "-c", FETCHING, model.url, str(model.bytes), model.sha256, str(folder), str(most)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def test_a_disk_that_becomes_full_is_told_and_nothing_is_lost(host: Host, folder: Path) -> None:
    with started(host, folder, most=HALF) as process:
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 1
    assert "cannot be written (File too large)" in said
    assert len(said.splitlines()) == 1
    assert unfinished(folder, host.model()).read_bytes() == CONTENT[:HALF]
    assert fetch(host.model(), folder).read_bytes() == CONTENT
    assert host.asked[-1] == f"bytes={HALF}-"


def test_an_interrupted_command_leaves_what_it_has(host: Host, folder: Path) -> None:
    host.cuts, host.waits = [CHUNK + 10], True
    with started(host, folder) as process:
        assert host.stops.wait(60)
        with pytest.raises(NoFetch, match="another command is fetching it"):
            fetch(host.model(), folder)
        # The first megabyte is written when the second is waited for.
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr is not None
        assert process.stderr.read() == ""
    host.waits = False
    part = unfinished(folder, host.model())
    have = part.stat().st_size
    assert part.read_bytes() == CONTENT[:have]
    host.go.set()
    assert fetch(host.model(), folder).read_bytes() == CONTENT


def test_removing_leaves_nothing(host: Host, folder: Path) -> None:
    host.cuts = [HALF] + [0] * TRIES
    with pytest.raises(NoFetch):
        fetch(host.model(), folder)
    remove(folder, host.model())
    assert names(folder) == set()
