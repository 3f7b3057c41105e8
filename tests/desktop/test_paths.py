"""Paths: the profile's place, private folders, short sockets."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from desktop import paths
from memory.errors import Known


def test_the_given_profile_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCESEEN_PROFILE", "/from/environment")
    assert paths.profile(Path("/given")) == Path("/given")
    assert paths.profile(None) == Path("/from/environment")
    monkeypatch.delenv("ONCESEEN_PROFILE")
    assert paths.profile(None) == Path(os.environ["XDG_DATA_HOME"]) / "onceseen"


def test_a_relative_profile_stays_when_the_process_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.profile(Path("here")) == tmp_path / "here"
    assert paths.profile(Path("~/there")) == Path.home() / "there"


def test_naming_a_place_makes_nothing(tmp_path: Path) -> None:
    profile = paths.profile(tmp_path / "memory")
    named = [paths.settings(profile), paths.log(profile, "engine"), paths.models()]
    assert named[:2] == [profile / "settings.toml", profile / "logs" / "engine.log"]
    assert named[2] == Path(sys.prefix) / "share" / "onceseen"
    assert not profile.exists()


def test_a_private_folder_is_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    old = os.umask(0)
    try:
        assert paths.private(folder) == folder
    finally:
        os.umask(old)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    paths.private(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Known, match="not a folder"):
        paths.private(tmp_path / "file")
    with pytest.raises(Known, match="cannot be used"):
        paths.private(tmp_path / "file" / "below")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_someone_elses_folder_is_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o777)
    os.chown(theirs, 12345, 12345)
    (tmp_path / "link").symlink_to(theirs)
    for folder in (theirs, tmp_path / "link"):
        with pytest.raises(Known, match="another user"):
            paths.private(folder)


def test_sockets_are_one_folder_a_profile_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "memory")
    folder = paths.sockets(tmp_path / "memory")
    assert folder == paths.sockets(tmp_path / "link")
    assert folder != paths.sockets(tmp_path / "other")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("runtime", ["", "relative", "/nowhere/at/all", "/" + "long" * 20])
def test_without_a_usable_runtime_folder_there_is_still_a_short_one(
    runtime: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    file = paths.sockets(tmp_path) / "engine.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(file))
    file.unlink()
    file.parent.rmdir()
