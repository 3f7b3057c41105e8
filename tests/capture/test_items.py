"""The bytes of an item's picture, and the digest that says whether it was taken before."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from capture.items import LARGEST_FILE, Item
from memory.errors import BadPicture
from memory.records import Frame

FRAME = Frame(datetime(2026, 3, 2, 9, tzinfo=UTC), b"", origin="a.png")


def test_the_bytes_of_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"abc")
    assert Item(FRAME, tmp_path / "a.png").data() == b"abc"
    assert Item(FRAME, None).data() == b""


def test_what_is_no_file_is_refused_by_its_name_in_the_recording(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing", tmp_path / ("x" * 300)):
        with pytest.raises(BadPicture, match=r"^a\.png: ") as caught:
            Item(FRAME, path).data()
        assert str(tmp_path) not in str(caught.value)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    for path in (tmp_path / "a.png", Path("/dev/zero")):
        with pytest.raises(BadPicture, match="no regular file"):
            Item(FRAME, path).data()


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(BadPicture, match="too large"):
        Item(FRAME, tmp_path / "a.png").data()


def test_a_digest_tells_content_time_and_monitor_apart() -> None:
    item = Item(FRAME, Path("a.png"))
    later = Item(replace(FRAME, at=FRAME.at + timedelta(milliseconds=1)), Path("a.png"))
    beside = Item(replace(FRAME, monitor=1), Path("a.png"))
    told = Item(replace(FRAME, text=("abc",)), None)
    digests = {item.digest(b"abc"), item.digest(b"abd"), later.digest(b"abc"), beside.digest(b"abc")}
    assert len(digests) == 4
    assert all(len(digest) == 16 for digest in digests)
    assert told.digest(b"") != Item(replace(FRAME, text=("abd",)), None).digest(b"")


def test_a_digest_does_not_depend_on_name_or_zone() -> None:
    elsewhere = replace(FRAME, origin="b.png", at=FRAME.at.astimezone())
    assert Item(FRAME, Path("a.png")).digest(b"abc") == Item(elsewhere, Path("b.png")).digest(b"abc")
