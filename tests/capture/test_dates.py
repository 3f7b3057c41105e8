"""When a picture was taken: EXIF, a time in its name, the file's date; the zone of tests is CET."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from capture import dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-02T09:00:04+01:00", "2026-03-02T09:00:04+01:00"),
        (" 2026-03-02T09:00:04.250Z ", "2026-03-02T09:00:04.250000+00:00"),
        ("2026-03-02T09:00:04", "2026-03-02T09:00:04+01:00"),
        ("2026-07-02T09:00:04", "2026-07-02T09:00:04+02:00"),
    ],
)
def test_told(text: str, iso: str) -> None:
    at = dates.told(text)
    assert at is not None
    assert at.isoformat() == iso


@pytest.mark.parametrize(
    "text",
    ["", "soon", "1772438404", "2026-13-02T00:00:00Z", "0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00"],
)
def test_told_what_is_no_time(text: str) -> None:
    assert dates.told(text) is None


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Screenshot from 2026-03-02 09-00-04.png", "2026-03-02 09:00:04"),
        ("Bildschirmfoto vom 2026-03-02 09-00-04.png", "2026-03-02 09:00:04"),
        ("Screenshot_20260302-090004_Chrome.png", "2026-03-02 09:00:04"),
        ("Screenshot_20260302_090004.png", "2026-03-02 09:00:04"),
        ("2026-03-02T09.00.04.webp", "2026-03-02 09:00:04"),
        ("2026-03-02_0900.png", "2026-03-02 09:00:00"),
        ("Screenshot 2026-03-02 at 9.00.04 AM.png", "2026-03-02 09:00:04"),
        ("Screenshot 2026-03-02 at 9.00.04\u202fPM.png", "2026-03-02 21:00:04"),
        ("Screenshot 2026-03-02 at 12.30.00 AM.png", "2026-03-02 00:30:00"),
        ("Capture d’écran 2026-03-02 à 09.00.04.png", "2026-03-02 09:00:04"),
        ("20260302090004.png", "2026-03-02 09:00:04"),
        ("plan-2026-03-02.png", "2026-03-02 12:00:00"),
        ("1772438404.png", "2026-03-02 09:00:04"),
        ("shot-1772438404123.png", "2026-03-02 09:00:04.123000"),
    ],
)
def test_from_name(name: str, local: str) -> None:
    at = dates.from_name(name)
    assert at is not None
    assert at.replace(tzinfo=None) == datetime.fromisoformat(local)
    assert at.utcoffset() is not None


@pytest.mark.parametrize(
    "name", ["argocd-001.webp", "2026-99-99.png", "99999999999.png", "IMG_1234.png", "v2.0.png"]
)
def test_no_time_in_a_name(name: str) -> None:
    assert dates.from_name(name) is None


def picture(path: Path, tags: dict[int, str], inside: dict[int, str] | None = None) -> Path:
    exif = Image.Exif()
    exif.update(tags)
    if inside:
        exif.get_ifd(0x8769).update(inside)
    Image.new("RGB", (4, 4)).save(path, exif=exif)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_exif_comes_first(tmp_path: Path, kind: str) -> None:
    inside = {0x9003: "2026:03:02 09:00:04", 0x9011: "-05:00"}
    path = picture(tmp_path / f"2020-01-01 00-00-00.{kind}", {0x0132: "2025:01:01 00:00:00"}, inside)
    assert dates.of_picture(path).isoformat() == "2026-03-02T09:00:04-05:00"


def test_the_time_of_change_in_exif_is_local(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", {0x0132: "2026:03:02 09:00:04"})
    assert dates.of_picture(path).isoformat() == "2026-03-02T09:00:04+01:00"


@pytest.mark.parametrize("written", ["0000:00:00 00:00:00", "yesterday", "    :  :     :  :  "])
def test_broken_exif_is_passed_over(tmp_path: Path, written: str) -> None:
    path = picture(tmp_path / "2026-03-02 09-00-04.jpg", {0x0132: written})
    assert dates.of_picture(path).isoformat() == "2026-03-02T09:00:04+01:00"


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_the_files_date_comes_last(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    os.utime(path, (1_772_438_404, 1_772_438_404))
    assert dates.of_picture(path).isoformat() == "2026-03-02T09:00:04+01:00"
