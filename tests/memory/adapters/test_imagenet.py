"""Class numbers under plain names: the right ones, in sums, and nothing where the network is unsure."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from memory.adapters.imagenet import CERTAIN, LABELS, MEMBERS, MOST, tags


def names() -> list[str]:
    """What the classes are called in timm's tables, which open_clip brings along."""
    spec = importlib.util.find_spec("timm")
    assert spec
    assert spec.origin
    info = Path(spec.origin).parent / "data/_info"
    lemmas = dict(
        line.split("\t") for line in (info / "imagenet_synset_to_lemma.txt").read_text().splitlines()
    )
    return [lemmas[synset] for synset in (info / "imagenet_synsets.txt").read_text().split()]


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("bird", "cock", "albatross"),
        ("dog", "Chihuahua", "Mexican hairless"),
        ("cat", "tabby", "Egyptian cat"),
        ("bear", "brown bear", "sloth bear"),
        ("monkey", "orangutan", "indri"),
        ("butterfly", "admiral", "lycaenid"),
        ("fruit", "Granny Smith", "pomegranate"),
        ("car", "ambulance", "sports car"),
        ("boat", "aircraft carrier", "yawl"),
        ("bridge", "steel arch bridge", "viaduct"),
        ("lighthouse", "beacon", "beacon"),
        ("pizza", "pizza", "pizza"),
        ("guitar", "acoustic guitar", "electric guitar"),
        ("mountain", "alp", "volcano"),
    ],
)
def test_a_name_stands_for_the_right_classes(label: str, first: str, last: str) -> None:
    called = names()
    inside = np.flatnonzero(MEMBERS[list(LABELS).index(label)])
    assert called[inside[0]].split(",")[0] == first
    assert called[inside[-1]].split(",")[0] == last


def test_classes_add_up_and_narrow_names_come_with_broad_ones() -> None:
    row = np.zeros((1, 1000), dtype=np.float32)
    row[0, [151, 200, 250]] = 0.2
    row[0, 916] = 0.4
    assert tags(row) == ((("animal", 0.6), ("dog", 0.6)),)


def test_unsure_is_silent() -> None:
    row = np.full((2, 1000), 0.001, dtype=np.float32)
    row[:, 963] = CERTAIN - 0.1
    found = tags(row)
    assert len(found) == 2
    assert all("pizza" not in dict(one) for one in found)
    assert tags(np.zeros((0, 1000), dtype=np.float32)) == ()


def test_there_are_few_names_for_one_picture() -> None:
    row = np.zeros((1, 1000), dtype=np.float32)
    row[0, 948] = 1.0
    assert len(tags(row)[0]) <= MOST
