"""Where pictures are computed: what is asked for, if the machine has it."""

from __future__ import annotations

import pytest
import torch

from memory.adapters.devices import computing, device
from memory.errors import NoWeights


def test_the_processor_is_always_there() -> None:
    assert device("cpu").type == "cpu"


def test_auto_is_the_best_there_is() -> None:
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    assert there[device("auto").type]
    assert device("auto").type == next(name for name, has in there.items() if has)


@pytest.mark.parametrize("wanted", ["cuda", "mps"])
def test_what_is_not_there_is_said(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(NoWeights, match=f"no {wanted}"):
        device(wanted)


def test_nothing_learns() -> None:
    weights = torch.ones(2, 2, requires_grad=True)
    with computing(torch.device("cpu")):
        assert not (weights @ weights).requires_grad


def test_no_more_threads_than_the_surroundings_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """With OMP_THREAD_LIMIT below torch's own count, oneDNN left rows of a batch unwritten."""
    before = torch.get_num_threads()
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    try:
        torch.set_num_threads(2)
        device("cpu")
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)
