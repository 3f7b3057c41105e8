"""Small files: whole, for their owner alone, and never a half of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from memory.errors import StoreTrouble
from memory.keys import durable


def test_is_there_and_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        durable.make_folder(tmp_path / "a")
        durable.write(tmp_path / "a/file", b"content")
    finally:
        os.umask(before)
    assert (tmp_path / "a/file").read_bytes() == b"content"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a/file").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["file"]


def test_replaces(tmp_path: Path) -> None:
    durable.write(tmp_path / "file", b"old")
    durable.write(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_keeps_what_is_there_when_told(tmp_path: Path) -> None:
    durable.write(tmp_path / "file", b"old", over=False)
    with pytest.raises(FileExistsError):
        durable.write(tmp_path / "file", b"new", over=False)
    assert (tmp_path / "file").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_trouble_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="No such file"):
        durable.write(tmp_path / "nowhere/file", b"content")
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(StoreTrouble):
        durable.make_folder(tmp_path / "taken/folder")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreTrouble):
        durable.write(tmp_path / "folder", b"content")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "taken"]
