"""ImageNet's 1000 classes under plain names: a classifier's numbers in words that people use."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

Classes = tuple[int | range, ...]


def _to(first: int, last: int) -> range:
    return range(first, last + 1)


BOATS: Classes = (403, 472, 484, 510, 554, 576, 625, 628, 724, 780, 814, 833, 871, 914)
TRUCKS: Classes = (555, 569, 675, 717, 864, 867)
CARS: Classes = (407, 436, 468, 511, 609, 627, 656, 661, 734, 751, 817)
BUSES: Classes = (654, 779, 874)
TRAINS: Classes = (466, 547, 565, 705, 820, 829)
CYCLES: Classes = (444, 671, 870, 880)
PLANES: Classes = (404, 895, 908)
FRUIT: Classes = (_to(948, 957),)
VEGETABLES: Classes = (_to(936, 946),)
FLOWERS: Classes = (985, 986)
MOUNTAINS: Classes = (970, 972, 979, 980)
SHORES: Classes = (_to(975, 978), 460, 525, 536, 718)

LABELS: dict[str, Classes] = {
    "animal": (_to(0, 68), _to(70, 397)),
    "fish": (_to(0, 6), _to(389, 397)),
    "shark": (_to(2, 4),),
    "bird": (_to(7, 24), _to(80, 100), _to(127, 146)),
    "chicken": (7, 8),
    "eagle": (21, 22),
    "owl": (24,),
    "parrot": (_to(87, 90),),
    "duck": (97, 98),
    "penguin": (145,),
    "frog": (_to(30, 32),),
    "turtle": (_to(33, 37),),
    "lizard": (_to(38, 48),),
    "snake": (_to(52, 68),),
    "spider": (_to(72, 77),),
    "crab": (_to(118, 121), 125),
    "whale": (147, 148),
    "dog": (_to(151, 268),),
    "wolf": (_to(269, 272),),
    "fox": (_to(277, 280),),
    "cat": (_to(281, 285),),
    "lion": (291,),
    "tiger": (292,),
    "bear": (_to(294, 297),),
    "insect": (_to(300, 326),),
    "bee": (309,),
    "butterfly": (_to(321, 326),),
    "rabbit": (_to(330, 332),),
    "horse": (339,),
    "zebra": (340,),
    "pig": (_to(341, 343),),
    "cow": (_to(345, 347),),
    "sheep": (348, 349),
    "camel": (354,),
    "monkey": (_to(365, 384),),
    "elephant": (385, 386, 101),
    "panda": (387, 388),
    "vehicle": (*BOATS, *TRUCKS, *CARS, *BUSES, *TRAINS, *CYCLES, *PLANES, 665, 670, 866),
    "boat": BOATS,
    "ship": (403, 510, 628, 724),
    "car": CARS,
    "truck": TRUCKS,
    "bus": BUSES,
    "train": TRAINS,
    "bicycle": CYCLES,
    "motorcycle": (665, 670),
    "plane": PLANES,
    "tractor": (866,),
    "balloon": (417,),
    "bridge": (821, 839, 888),
    "building": (
        425,
        449,
        483,
        497,
        498,
        500,
        580,
        624,
        663,
        668,
        698,
        727,
        832,
        873,
        538,
        442,
        437,
        853,
        858,
    ),
    "castle": (483, 698),
    "church": (497, 663, 442),
    "mosque": (668,),
    "lighthouse": (437,),
    "fountain": (562,),
    "tent": (672,),
    "landscape": (970, 972, *SHORES, 979, 980, 958, 984),
    "mountain": MOUNTAINS,
    "lake": SHORES,
    "beach": (977, 978, 976),
    "volcano": (980,),
    "flower": FLOWERS,
    "mushroom": (_to(991, 997), 947),
    "food": (_to(924, 969), 415, 809, 923),
    "bread": (930, 931, 932, 961, 415),
    "ice cream": (928, 929),
    "pizza": (963,),
    "burger": (933,),
    "fruit": FRUIT,
    "apple": (948,),
    "banana": (954,),
    "orange": (950,),
    "strawberry": (949,),
    "vegetable": VEGETABLES,
    "coffee": (504, 505, 550, 967, 968),
    "wine": (907, 966),
    "bottle": (440, 720, 737, 898, 907),
    "guitar": (402, 546),
    "piano": (579, 881),
    "violin": (486, 889),
    "person": (
        400,
        451,
        457,
        474,
        578,
        608,
        610,
        614,
        617,
        652,
        667,
        697,
        735,
        834,
        841,
        869,
        906,
        981,
        982,
        983,
    ),
    "suit": (457, 652, 834, 906),
    "shoe": (502, 514, 630, 770, 774),
    "hat": (439, 452, 515, 808),
    "glasses": (836, 837),
    "camera": (732, 759),
    "phone": (487, 528, 707),
    "keyboard": (508, 878),
    "laptop": (620, 681),
    "sofa": (831,),
    "chair": (423, 559, 765, 857),
    "bed": (564,),
    "kitchen": (766, 827, 859, 651, 534, 760),
    "book": (453, 454, 921, 917),
    "toy": (850, 865),
    "umbrella": (879,),
    "fire engine": (555,),
    "ambulance": (407,),
    "rocket": (657, 744, 812),
}
"""The classes that a plain name stands for. Narrow names lie within broad ones: a dog is an animal too."""

CERTAIN = 0.5
"""What the classes of a name sum up to, at least (measured: precision by eye in tests/bench/RESULTS.md)."""
MOST = 4
"""Names of one picture, the surest."""


def _members() -> Floats:
    """One row a name: 1 at its classes."""
    table = np.zeros((len(LABELS), 1000), dtype=np.float32)
    for row, classes in enumerate(LABELS.values()):
        for one in classes:
            table[row, list(one) if isinstance(one, range) else [one]] = 1
    return table


MEMBERS = _members()


def tags(probabilities: Floats) -> tuple[tuple[tuple[str, float], ...], ...]:
    """(name, how sure) for each row of class probabilities (N x 1000), the surest first; often none."""
    names = list(LABELS)
    return tuple(tuple(_surest(zip(names, row.tolist(), strict=True))) for row in probabilities @ MEMBERS.T)


def _surest(sums: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    sure = [(name, round(min(1.0, share), 3)) for name, share in sums if share >= CERTAIN]
    return sorted(sure, key=lambda one: (-one[1], one[0]))[:MOST]
