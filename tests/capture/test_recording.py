"""What stands at a path, in order: recordings, folders of pictures, single pictures."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from capture import recording
from capture.items import Item, Refused
from memory.errors import BadRecording
from tests.support.folders import a_picture, a_recording, a_time


def origins(path: Path) -> list[str | None]:
    return [e.frame.origin if isinstance(e, Item) else f"refused {e.file}" for e in recording.read(path)]


def test_a_recording_is_sorted_by_time_and_keeps_its_order_within_one(tmp_path: Path) -> None:
    lines = [
        {"file": "b.webp", "t": a_time(5)},
        {"file": "z.webp", "t": "2026-03-02T08:00:01+00:00"},
        {"file": "a.webp", "t": a_time(1)},
        "{",
        {"text": ["note"], "t": a_time(0)},
    ]
    found = origins(a_recording(tmp_path, lines))
    assert found == ["refused frames.jsonl:4", "#5", "z.webp", "a.webp", "b.webp"]


def test_a_folder_of_pictures_is_sorted_by_time_then_naturally_by_name(tmp_path: Path) -> None:
    for name in (
        "10.png",
        "9.png",
        "sub/2.webp",
        "sub/.hidden.png",
        ".git/x.png",
        "early.JPG",
        "notes.txt",
        "ring",
    ):
        path = tmp_path / name
        if path.suffix.lower() in recording.PICTURES:
            a_picture(path)
        else:
            path.write_text("no picture")
        os.utime(path, (1_772_438_404, 1_772_438_404))
    os.utime(tmp_path / "early.JPG", (1_772_400_000, 1_772_400_000))
    assert origins(tmp_path) == ["early.JPG", "9.png", "10.png", "sub/2.webp"]
    assert all(
        isinstance(e, Item) and e.frame.single and e.frame.windows is None for e in recording.read(tmp_path)
    )


def test_one_picture_whatever_it_is_called(tmp_path: Path) -> None:
    path = a_picture(tmp_path / "a.webp").rename(tmp_path / "shot")
    assert origins(path) == ["shot"]


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    outside = a_picture(tmp_path / "outside.png")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/link.png").symlink_to(outside)
    (tmp_path / "in/folder").symlink_to(tmp_path)
    (tmp_path / "in/gone.png").symlink_to(tmp_path / "in/nothing.png")
    found = recording.read(tmp_path / "in")
    assert found == (
        Refused("gone.png", "no such file or directory"),
        Refused("link.png", "it leads out of the folder"),
    )


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = a_picture(tmp_path / "a.png")
    os.rename(path, os.fsencode(tmp_path) + b"/\xff.png")
    assert origins(tmp_path) == ["\ufffd.png"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert recording.read(tmp_path) == ()


def test_nothing_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match="no such file or folder"):
        recording.read(tmp_path / "missing")
    with pytest.raises(BadRecording, match="missing"):
        recording.read(tmp_path / "missing\x00")


def test_pipes_sockets_and_devices_among_pictures_are_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    a_picture(tmp_path / "good.png")
    os.mkfifo("pipe.png")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.png")
        first, second, good = recording.read(tmp_path)
    assert (first, second) == (
        Refused("pipe.png", "it is no regular file"),
        Refused("socket.png", "it is no regular file"),
    )
    assert isinstance(good, Item)
    assert recording.read(tmp_path / "pipe.png") == (first,)
    assert recording.read(Path("/dev/null")) == (Refused("null", "it is no regular file"),)


def test_lines_that_are_no_regular_file_of_the_folder_are_refused(tmp_path: Path) -> None:
    a_recording(tmp_path / "other", [{"text": ["note"], "t": a_time(0)}])
    for name in ("piped", "linked"):
        (tmp_path / name).mkdir()
        a_picture(tmp_path / name / "a.png")
    os.mkfifo(tmp_path / "piped/frames.jsonl")
    (tmp_path / "linked/frames.jsonl").symlink_to(tmp_path / "other/frames.jsonl")
    with pytest.raises(BadRecording, match="no regular file"):
        recording.read(tmp_path / "piped")
    with pytest.raises(BadRecording, match="leads out of the folder"):
        recording.read(tmp_path / "linked")
