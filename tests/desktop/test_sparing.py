"""On battery and under load the readers do less, and say why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop import sparing
from desktop.settings import PerceiveOptions, Settings


@pytest.fixture
def options(tmp_path: Path) -> PerceiveOptions:
    return Settings(tmp_path / "settings.toml").perceive()


def supply(folder: Path, name: str, **told: str) -> Path:
    """A power supply as Linux shows it: a folder of one-line files."""
    (folder / name).mkdir(parents=True)
    for file, text in told.items():
        (folder / name / file).write_text(f"{text}\n")
    return folder


def test_a_machine_without_a_battery_is_on_mains(options: PerceiveOptions, tmp_path: Path) -> None:
    assert sparing.work_for_now(options, tmp_path / "none") == ("all", "")
    mains = supply(tmp_path, "AC", type="Mains", online="1")
    assert sparing.work_for_now(options, mains) == ("all", "")


@pytest.mark.parametrize("wanted", ["words", "nothing"])
def test_on_battery_less_is_done(options: PerceiveOptions, tmp_path: Path, wanted: str) -> None:
    supply(tmp_path, "AC", type="Mains", online="0")
    supplies = supply(tmp_path, "BAT0", type="Battery", status="Discharging")
    work, why = sparing.work_for_now(replace(options, on_battery=wanted), supplies)
    assert work == wanted
    assert "battery" in why
    assert sparing.work_for_now(replace(options, on_battery="all"), supplies) == ("all", "")


def test_a_charging_battery_and_that_of_a_mouse_count_for_nothing(
    options: PerceiveOptions, tmp_path: Path
) -> None:
    supply(tmp_path, "BAT0", type="Battery", status="Charging")
    supplies = supply(tmp_path, "mouse", type="Battery", scope="Device", status="Discharging")
    assert sparing.work_for_now(options, supplies) == ("all", "")
    supply(tmp_path, "BAT1", type="Battery", status="Discharging")
    assert sparing.work_for_now(options, supplies)[0] == "words"
    supply(tmp_path, "usb", type="USB", online="1")
    assert sparing.work_for_now(options, supplies) == ("all", "")


def test_above_the_load_that_was_set_everything_waits(options: PerceiveOptions, tmp_path: Path) -> None:
    for most, work in ((0.0, "all"), (4.0, "all"), (3.9, "nothing")):
        found, why = sparing.work_for_now(replace(options, most_load=most), tmp_path, lambda: 4.0)
        assert found == work
        assert ("busy" in why) == (work == "nothing")
    # The machine's own: never so high.
    assert sparing.work_for_now(replace(options, most_load=10_000.0), tmp_path)[0] == "all"
