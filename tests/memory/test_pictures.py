"""Sealed pictures: what was put comes back, and nothing else does."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from memory import webp
from memory.errors import DamagedPicture, NotFound, StoreTrouble
from memory.pictures import Pictures
from tests.support.pages import Page

DAY, NEXT = "2026-03-02", "2026-03-03"
MARKER = b"RIFF quixotic-zebra WEBP" * 50


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pictures"


@pytest.fixture
def pictures(folder: Path) -> Pictures:
    return Pictures(folder, lambda day: hashlib.sha256(day.encode()).digest())


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_put_comes_back(pictures: Pictures) -> None:
    name = pictures.put(DAY, "picture", MARKER)
    assert pictures.get(DAY, name, "picture") == MARKER
    assert pictures.thumbnail(DAY, name) == b""
    pictures.put_thumbnail(DAY, name, b"small")
    pictures.put_thumbnail(DAY, name, b"smaller")
    assert pictures.thumbnail(DAY, name) == b"smaller"
    assert pictures.there() == {(DAY, name)}


def test_a_pile_is_handed_out_as_one_picture(pictures: Pictures) -> None:
    ground, patch = Page(40, 30).webp(), Page(8, 8, "#ff0000").webp()
    files = (ground, webp.layer(patch, (16, 8, 8, 8), (40, 30)))
    pile = [(DAY, pictures.put(DAY, "picture", file)) for file in files]
    assert pictures.whole(pile) == webp.stacked(files)
    assert pictures.whole(pile[:1]) == ground
    pictures.remove(*pile[0])
    with pytest.raises(DamagedPicture, match="missing"):
        pictures.whole(pile)


def test_nothing_of_it_can_be_read(pictures: Pictures, folder: Path) -> None:
    before = os.umask(0)
    try:
        name = pictures.put(DAY, "picture", MARKER)
        pictures.put_thumbnail(DAY, name, MARKER)
    finally:
        os.umask(before)
    assert len(files(folder)) == 2
    for path in files(folder):
        assert b"zebra" not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_mode & 0o777 == 0o700
    assert pictures.size() == sum(path.stat().st_size for path in files(folder))


def test_the_same_picture_is_never_the_same_file(pictures: Pictures, folder: Path) -> None:
    names = {pictures.put(DAY, "picture", MARKER) for _ in range(5)}
    assert len(names) == len({path.read_bytes() for path in files(folder)}) == 5


@pytest.mark.parametrize("place", [0, 11, 12, 100, -1])
def test_a_flipped_bit_is_noticed(place: int, pictures: Pictures, folder: Path) -> None:
    name = pictures.put(DAY, "picture", MARKER)
    (path,) = files(folder)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedPicture):
        pictures.get(DAY, name, "picture")


@pytest.mark.parametrize("length", [0, 5, 12, 20, 300])
def test_a_cut_file_is_noticed(length: int, pictures: Pictures, folder: Path) -> None:
    name = pictures.put(DAY, "picture", MARKER)
    (path,) = files(folder)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DamagedPicture):
        pictures.get(DAY, name, "picture")


def test_swapped_files_are_noticed(pictures: Pictures, folder: Path) -> None:
    one, two = (pictures.put(DAY, "picture", data) for data in (b"one", b"two"))
    shutil.copy(folder / DAY / one, folder / DAY / two)
    with pytest.raises(DamagedPicture, match="another"):
        pictures.get(DAY, two, "picture")
    assert pictures.get(DAY, one, "picture") == b"one"


def test_a_picture_is_no_thumbnail(pictures: Pictures, folder: Path) -> None:
    name = pictures.put(DAY, "picture", b"one")
    shutil.copy(folder / DAY / name, folder / DAY / f"{name}.t")
    with pytest.raises(DamagedPicture):
        pictures.thumbnail(DAY, name)


def test_a_picture_of_another_day_is_noticed(folder: Path) -> None:
    pictures = Pictures(folder, lambda _day: bytes(32))
    name = pictures.put(DAY, "picture", b"one")
    (folder / NEXT).mkdir()
    shutil.copy(folder / DAY / name, folder / NEXT / name)
    with pytest.raises(DamagedPicture):
        pictures.get(NEXT, name, "picture")


def test_a_missing_file_is_told(pictures: Pictures) -> None:
    with pytest.raises(DamagedPicture, match="missing"):
        pictures.get(DAY, "nobody", "picture")


def test_without_its_key_a_day_is_gone(folder: Path, pictures: Pictures) -> None:
    name = pictures.put(DAY, "picture", MARKER)

    def gone(day: str) -> bytes:
        raise NotFound(what="picture of the day", id=day)

    with pytest.raises(NotFound):
        Pictures(folder, gone).get(DAY, name, "picture")
    with pytest.raises(DamagedPicture):
        Pictures(folder, lambda _day: bytes(32)).get(DAY, name, "picture")


def test_a_picture_is_removed_with_its_thumbnail_and_an_empty_day(pictures: Pictures, folder: Path) -> None:
    one, two = (pictures.put(DAY, "picture", b"x") for _ in range(2))
    pictures.put_thumbnail(DAY, one, b"small")
    pictures.remove(DAY, one)
    assert pictures.there() == {(DAY, two)}
    pictures.remove(DAY, two)
    pictures.remove(DAY, two)
    assert list(folder.rglob("*")) == []


def test_orphans_are_swept(pictures: Pictures, folder: Path) -> None:
    kept, orphan, away = (
        pictures.put(DAY, "picture", b"k"),
        pictures.put(DAY, "picture", b"o"),
        pictures.put(NEXT, "picture", b"a"),
    )
    for day, name in ((DAY, kept), (DAY, orphan), (NEXT, away)):
        pictures.put_thumbnail(day, name, b"small")
    (folder / DAY / ".new-1234").write_bytes(b"half")
    assert pictures.sweep({(DAY, kept)}) == 5
    assert files(folder) == [folder / DAY / kept, folder / DAY / f"{kept}.t"]
    assert not (folder / NEXT).exists()
    assert pictures.sweep({(DAY, kept)}) == 0


def test_what_is_not_finished_is_not_there(pictures: Pictures, folder: Path) -> None:
    (folder / DAY).mkdir(parents=True)
    (folder / DAY / ".new-1234").write_bytes(b"half")
    assert pictures.there() == set()


def test_no_room_is_told(folder: Path, pictures: Pictures) -> None:
    folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(StoreTrouble):
        pictures.put(DAY, "picture", b"x")
