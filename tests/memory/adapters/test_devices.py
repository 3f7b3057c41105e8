"""Where pictures are computed: what is asked for, if the machine has it; else the fastest that agrees."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from memory.adapters import devices
from memory.adapters.devices import (
    PLAIN,
    Computing,
    candidates,
    chosen,
    computing,
    fastest,
    lowered,
    patterns,
)
from memory.errors import NoWeights

BF16, CUDA, HALF = Computing("cpu", "bf16"), Computing("cuda", "fp32"), Computing("cuda", "fp16")
EVERY = (PLAIN, BF16, CUDA, HALF)


class Network:
    """Takes so many seconds on each device in each precision, keeps what it was asked, and has a clock."""

    def __init__(self, seconds: dict[Computing, float]) -> None:
        self.seconds, self.now = seconds, 0.0
        self.asked: list[Computing] = []
        self.bent: dict[Computing, float] = {}

    def trial(self, how: Computing) -> Callable[[], NDArray[np.float32]]:
        self.now += 100.0  # getting ready does not count
        return lambda: self.encode(how)

    def encode(self, how: Computing) -> NDArray[np.float32]:
        self.asked.append(how)
        self.now += self.seconds[how]
        bend = self.bent.get(how, 0.0)
        return np.array([[np.cos(bend), np.sin(bend)]] * 2, dtype=np.float32)

    def clock(self) -> float:
        return self.now

    def fastest(self, *wanted: Computing) -> tuple[str, str]:
        found = fastest(wanted, self.trial, self.clock)
        return found.device, found.precision


@pytest.fixture
def network() -> Network:
    return Network({PLAIN: 0.2, BF16: 0.1, CUDA: 0.02, HALF: 0.01})


def test_the_processor_is_always_there() -> None:
    assert candidates("cpu", "fp32") == (PLAIN,)
    assert PLAIN in candidates("auto", "auto")
    assert candidates("cpu", "auto")[0] == PLAIN


def test_what_is_there_is_tried() -> None:
    there = {one.device for one in candidates("auto", "auto")}
    assert ("cuda" in there, "mps" in there) == (
        torch.cuda.is_available(),
        torch.backends.mps.is_available(),
    )


def test_a_precision_that_was_asked_for_is_the_only_one() -> None:
    assert candidates("cpu", "bf16") == (BF16,)
    assert {one.precision for one in candidates("auto", "fp16")} == {"fp16"}


@pytest.mark.parametrize("wanted", ["cuda", "mps"])
def test_what_is_not_there_is_said(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(NoWeights, match=f"no {wanted}"):
        candidates(wanted, "auto")


def test_no_more_threads_than_the_surroundings_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """With OMP_THREAD_LIMIT below torch's own count, oneDNN left rows of a batch unwritten."""
    before = torch.get_num_threads()
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    try:
        torch.set_num_threads(2)
        candidates("cpu", "auto")
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


# ------------------------------------------------------------------ the trial


def test_the_fastest_is_taken_with_its_figures(network: Network) -> None:
    found = fastest(EVERY, network.trial, network.clock)
    assert (found.device, found.precision) == ("cuda", "fp16")
    assert (found.ms, found.plain_ms) == (pytest.approx(5), pytest.approx(100))
    assert network.fastest(PLAIN, BF16) == ("cpu", "bf16")
    assert network.fastest(CUDA) == ("cuda", "fp32")


def test_what_gives_other_vectors_is_not_taken(network: Network) -> None:
    network.bent = {HALF: 0.2}  # radians: a cosine of .980
    assert network.fastest(*EVERY) == ("cuda", "fp32")
    network.bent = {HALF: float("nan"), CUDA: 3.0}
    assert network.fastest(*EVERY) == ("cpu", "bf16")
    with pytest.raises(NoWeights, match="cuda in fp32, cuda in fp16 gives other vectors"):
        network.fastest(CUDA, HALF)
    network.bent = {HALF: 0.1}  # .995
    assert network.fastest(*EVERY) == ("cuda", "fp16")


def test_a_lower_precision_has_to_be_worth_it(network: Network) -> None:
    network.seconds[BF16] = network.seconds[PLAIN] * 0.95
    assert network.fastest(PLAIN, BF16) == ("cpu", "fp32")


def test_what_a_device_cannot_do_is_passed_over(network: Network) -> None:
    def trial(how: Computing) -> Callable[[], NDArray[np.float32]]:
        if how.device == "cuda":
            raise torch.cuda.OutOfMemoryError
        return network.trial(how)

    assert fastest(EVERY, trial, network.clock).device == "cpu"


def test_what_is_slow_is_tried_once(network: Network) -> None:
    network.seconds[PLAIN] = devices.SLOW_S + 1
    fastest((PLAIN, BF16), network.trial, network.clock)
    assert network.asked.count(PLAIN) == 1
    assert network.asked.count(BF16) == 3


# ------------------------------------------------------------------ the record


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "measured.json"


def test_it_is_measured_once(network: Network, record: Path) -> None:
    first = chosen("one", (PLAIN, BF16), record, network.trial)
    asked = len(network.asked)
    assert chosen("one", (PLAIN, BF16), record, network.trial) == first
    assert len(network.asked) == asked
    assert record.stat().st_mode & 0o777 == 0o600
    chosen("two", (PLAIN, BF16), record, network.trial)
    assert list(json.loads(record.read_text())) == ["one", "two"]
    # Other candidates, by other settings or on another machine: anew, and last as what is in use.
    assert chosen("one", (BF16,), record, network.trial).precision == "bf16"
    assert list(json.loads(record.read_text())) == ["two", "one"]


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"one": 5}', '{"one": {"device": "cpu"}}'])
def test_a_spoilt_record_is_made_anew(network: Network, record: Path, spoilt: str) -> None:
    record.write_text(spoilt)
    found = chosen("one", (PLAIN, BF16), record, network.trial)
    assert json.loads(record.read_text())["one"]["precision"] == found.precision


def test_where_nothing_can_be_kept_it_is_measured_all_the_same(network: Network, tmp_path: Path) -> None:
    assert chosen("one", (BF16,), tmp_path / "none" / "record", network.trial).precision == "bf16"
    assert chosen("one", (BF16,), None, network.trial).precision == "bf16"


def test_what_leaves_no_choice_is_not_measured(network: Network, record: Path) -> None:
    assert chosen("one", (PLAIN,), record, network.trial) == PLAIN
    assert (network.asked, record.exists()) == ([], False)


# ------------------------------------------------------------------ computing


def test_nothing_learns() -> None:
    weights = torch.ones(2, 2, requires_grad=True)
    with computing(PLAIN):
        assert not (weights @ weights).requires_grad


@pytest.mark.parametrize(
    ("precision", "kind"), [("fp32", torch.float32), ("bf16", torch.bfloat16), ("fp16", torch.float16)]
)
def test_matrices_are_multiplied_in_the_precision(precision: str, kind: torch.dtype) -> None:
    weights = torch.ones(2, 2)
    with computing(replace(PLAIN, precision=precision)):
        assert (weights @ weights).dtype == kind


def test_a_network_and_what_it_is_given_are_cast_together() -> None:
    layer, row = torch.nn.Linear(2, 2), torch.ones(1, 2)
    how = replace(PLAIN, precision="bf16")
    assert lowered(layer, how) is layer
    assert layer(lowered(row, how)).dtype == torch.bfloat16


def test_the_patterns_are_pictures_with_something_in_them() -> None:
    made = patterns()
    assert {picture.shape for picture in made} == {(480, 640, 3)}
    assert {picture.dtype for picture in made} == {np.dtype(np.uint8)}
    assert min(picture.std() for picture in made) > 30
    assert all((one == two).all() for one, two in zip(made, patterns(), strict=True))
