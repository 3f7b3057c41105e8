"""Settings: declared once, checked with a clear line, kept as differences, handed out in slices."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from desktop.settings import Setting, Settings, declared
from memory.errors import BadRequest, BadSetting, StoreTrouble

ALL = declared()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.mark.parametrize("setting", ALL.values(), ids=lambda setting: setting.name)
def test_each_is_declared_whole(setting: Setting) -> None:
    assert re.fullmatch(r"(capture|perceive|index|consolidate|memory|writer)\.[a-z_]+", setting.name)
    assert setting.check(setting.default) == setting.default
    assert setting.help.endswith(".")
    assert setting.room in ("desktop", "capture", "memory", "ui")
    assert setting.allowed
    assert (setting.type == "choice") == bool(setting.choices)
    assert all(setting.choices.values())
    assert (setting.type in ("number", "integer")) == (setting.least is not None and setting.most is not None)


@pytest.mark.parametrize("setting", ALL.values(), ids=lambda setting: setting.name)
def test_each_stands_in_a_slice(setting: Setting, file: Path) -> None:
    group, _, key = setting.name.partition(".")
    assert getattr(getattr(Settings(file), group)(), key) == setting.default


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    settings = Settings(file)
    assert settings.mistakes == ()
    assert settings.all() == tuple((each, each.default) for each in ALL.values())
    assert not file.exists()


def test_what_is_set_holds_and_is_all_that_is_written(file: Path) -> None:
    settings = Settings(file)
    assert settings.set("capture.every_s", "5") == 5.0
    assert settings.set("consolidate.nightly", "False") is False
    assert settings.set("perceive.clip_weights", '/home/a "b"/ü.pt') == '/home/a "b"/ü.pt'
    again = Settings(file)
    assert again.capture().every_s == 5.0
    assert again.consolidate().nightly is False
    assert again.perceive().clip_weights == '/home/a "b"/ü.pt'
    assert len(file.read_text().splitlines()) == 3
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_the_default_needs_no_line(file: Path) -> None:
    settings = Settings(file)
    settings.set("capture.every_s", "5")
    settings.set("capture.every_s", "3")
    assert file.read_text() == ""
    assert settings.get("capture.every_s") == 3.0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("capture.every_s", "0"),
        ("capture.every_s", "nan"),
        ("capture.every_s", "inf"),
        ("capture.every_s", "often"),
        ("capture.idle_limit_s", "60.5"),
        ("capture.monitors", "all,1"),
        ("capture.monitors", ""),
        ("perceive.ocr", "magic"),
        ("perceive.languages", "eng + deu"),
        ("perceive.clip_weights", "relative.pt"),
        ("consolidate.nightly", "maybe"),
        ("consolidate.on_battery", "sometimes"),
        ("writer.address", "http://example.org/v1"),
        ("writer.address", "http://192.0.2.1:8080/v1"),
        ("writer.address", "http://127.0.0.1.example.org/"),
        ("writer.address", "https://127.0.0.1/v1"),
        ("writer.model", "two words"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_changes_nothing(name: str, text: str, file: Path) -> None:
    settings = Settings(file)
    with pytest.raises(BadSetting) as refused:
        settings.set(name, text)
    line = str(refused.value)
    assert name in line
    assert f'"{text}"' in line
    assert ALL[name].allowed in line
    assert not file.exists()
    assert settings.get(name) == ALL[name].default


def test_all_mistakes_of_a_file_are_told_and_the_rest_holds(file: Path) -> None:
    file.write_text(
        'capture.every_s = "soon"\ncapture.idle_limit_s = 40\nconsolidate.idle_s = true\nperceive.speed = 9\n'
        "[index]\nchroma = 'maybe'\n"
    )
    settings = Settings(file)
    assert [mistake.details["key"] for mistake in settings.mistakes] == [
        "capture.every_s",
        "consolidate.idle_s",
        "perceive.speed",
        "index.chroma",
    ]
    assert "there is no such setting" in str(settings.mistakes[2])
    assert settings.capture().every_s == 3.0
    assert settings.capture().idle_limit_s == 40
    assert settings.consolidate().idle_s == 60
    assert settings.index().chroma == "auto"


def test_what_was_wrong_or_unknown_is_not_lost_by_a_change(file: Path) -> None:
    before = '# mine\ncapture.every_s = "soon"\nfuture.thing = [1, 2]\n'
    file.write_text(before)
    Settings(file).set("capture.idle_limit_s", "40")
    assert file.read_text() == before + "capture.idle_limit_s = 40\n"


def test_a_file_that_is_not_toml_is_told_and_left_alone(file: Path) -> None:
    file.write_text("capture.every_s = = 5\n")
    settings = Settings(file)
    assert "line 1" in str(settings.mistakes[0])
    assert settings.capture().every_s == 3.0
    with pytest.raises(BadRequest, match="mend it by hand"):
        settings.set("capture.every_s", "5")
    assert file.read_text() == "capture.every_s = = 5\n"


def test_bytes_that_are_no_text_are_told(file: Path) -> None:
    file.write_bytes(b'capture.monitors = "\xff"\n')
    assert [mistake.details["key"] for mistake in Settings(file).mistakes] == ["capture.monitors"]


def test_an_unknown_name_is_refused(file: Path) -> None:
    for act in (lambda s: s.get("capture.speed"), lambda s: s.set("capture.speed", "1")):
        with pytest.raises(BadRequest, match=r"capture\.speed"):
            act(Settings(file))


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(file: Path) -> None:
    file.parent.chmod(0o500)
    with pytest.raises(StoreTrouble):
        Settings(file).set("capture.every_s", "5")


def test_a_file_that_is_a_folder_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreTrouble):
        Settings(file)


def test_monitors() -> None:
    from desktop.settings import CaptureOptions

    assert CaptureOptions(1.0, 60, "all").looks_at(7)
    assert [CaptureOptions(1.0, 60, "0,2").looks_at(n) for n in range(3)] == [True, False, True]
