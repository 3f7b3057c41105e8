"""The record about the machine: the figures that hold for the settings, and why there are no vectors."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.measured import figures, note, trouble
from desktop.settings import PerceiveOptions, Settings

FIGURES = {"device": "cpu", "precision": "bf16", "ms": 36.8, "plain_ms": 125.2, "about": "this machine"}
TOLD = "on cpu bf16, 37 ms a picture (fp32 on cpu 125)"
NAME = "open_clip ViT-B-32"


@pytest.fixture
def options(tmp_path: Path) -> PerceiveOptions:
    return Settings(tmp_path / "settings.toml").perceive()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "measured.json"


def test_the_last_figures_of_this_model_are_told(options: PerceiveOptions, record: Path) -> None:
    other = FIGURES | {"ms": 1.0}
    names = (f"{NAME} 1b", f"{NAME}-256 1a", f"{NAME} 1a", f"{NAME}-256 1b")
    record.write_text(json.dumps(dict(zip(names, (other, other, FIGURES, other), strict=True))))
    assert figures(record, NAME, options) == TOLD


def test_figures_of_other_settings_do_not_hold(options: PerceiveOptions, record: Path) -> None:
    record.write_text(json.dumps({f"{NAME} 1a": FIGURES}))
    assert figures(record, NAME, replace(options, device="cpu", precision="bf16")) == TOLD
    assert figures(record, NAME, replace(options, precision="fp16")) == ""
    assert figures(record, NAME, replace(options, device="cuda")) == ""


@pytest.mark.parametrize("spoilt", [None, "", "[]", '{"open_clip ViT-B-32 1a": 3}', '{"trouble": 3}'])
def test_a_record_that_is_not_there_or_spoilt_says_nothing(
    options: PerceiveOptions, record: Path, spoilt: str | None
) -> None:
    if spoilt is not None:
        record.write_text(spoilt)
    assert (figures(record, NAME, options), trouble(record, options)) == ("", "")
    note(record, options, "It is away.")
    assert trouble(record, options) == "It is away."


def test_trouble_lasts_until_it_goes_well_or_is_set_otherwise(options: PerceiveOptions, record: Path) -> None:
    record.write_text(json.dumps({f"{NAME} 1a": FIGURES}))
    note(record, options, "It is away.")
    assert trouble(record, options) == "It is away."
    assert trouble(record, replace(options, clip_weights="/other")) == ""
    assert figures(record, NAME, options) == TOLD
    note(record, options, "")
    assert trouble(record, options) == ""
    assert figures(record, NAME, options) == TOLD


def test_no_path_is_kept(options: PerceiveOptions, record: Path) -> None:
    note(record, replace(options, clip_weights="/home/me/weights"), "It is away.")
    assert "/" not in record.read_text()


def test_nothing_new_is_not_written(options: PerceiveOptions, record: Path) -> None:
    note(record, options, "")
    assert not record.exists()
    note(record, options, "It is away.")
    before = record.stat().st_ino
    note(record, options, "It is away.")
    assert record.stat().st_ino == before


def test_where_it_cannot_be_kept_nothing_fails(options: PerceiveOptions, tmp_path: Path) -> None:
    note(tmp_path / "none" / "record", options, "It is away.")
    assert not (tmp_path / "none").exists()
