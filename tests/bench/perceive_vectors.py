"""How many vectors a frame needs: one a screen, tiles, or its pictures; by exact MaxSim and by MUVERA.

`python -m tests.bench.perceive_vectors` uses the memories that `make bench-recall` keeps, or makes them
(their lines say where text stands). A picture in a corner: pictures that some frames show are scaled,
compressed anew, pasted into a corner of other frames; the picture alone asks, the frame that it was pasted
into is to be found. The same scene: a look of the desktop asks, another look of its scene is to be found.
Everything is seeded.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from platformdirs import user_cache_path

from memory.adapters.picture_packaged import DIMENSION, PackagedPictures, signs
from memory.index.exact import ExactIndex
from memory.perceive import regions
from memory.ports import Pixels
from memory.records import Box, Vectors
from memory.vectors import quantise, restore
from tests.bench.measures import rank_of, recall
from tests.bench.muvera import Muvera
from tests.bench.recall_memories import DATA
from tests.bench.recall_memories import made as memory_of

Floats = NDArray[np.float32]

SEED = 12
LARGE = 448
"""Side of the picture for one pass whose grid of 14 x 14 places is pooled into tiles."""
MANY = 100_000
"""Frames of the search that is timed; their vectors are noise."""


@dataclass(frozen=True)
class Shown:
    """A frame of the corpus: its pixels, the boxes of its text, its scene where that is known."""

    name: str
    pixels: Pixels
    texts: tuple[Box, ...]
    scene: str = ""


@dataclass(frozen=True)
class Features:
    """What each way makes of a frame, unit vectors: whole, 2 x 2 and 3 x 2 tiles, its largest pictures."""

    whole: Floats
    four: Floats
    six: Floats
    pictures: Floats


class Network:
    """The packaged network, and cpu seconds by way."""

    def __init__(self) -> None:
        torch.set_num_threads(1)
        self._encoder = PackagedPictures("cpu")
        self.seconds: dict[str, list[float]] = {"whole": [], "tiles": [], "pictures": [], "finding": []}

    def crop(self, pixels: Pixels) -> Floats:
        # The numbers before the product makes fewer of them: how many it needs is measured here.
        return unit(self._encoder._features([pixels], self._encoder._how)[0])

    def tiles(self, pixels: Pixels) -> tuple[Floats, Floats]:
        """One pass at twice the side; its grid is pooled by tile."""
        square = Image.fromarray(pixels).resize((LARGE, LARGE), Image.Resampling.BICUBIC)
        numbers = (np.asarray(square, dtype=np.float32) / 255 - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
        batch = torch.from_numpy(numbers.transpose(2, 0, 1).astype(np.float32)[None])
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            grid = self._encoder._network.extract_features(batch).float()[0].numpy()
        return _pooled(grid, 2, 2), _pooled(grid, 3, 2)

    def features(self, shown: Shown) -> Features:
        whole = self._timed("whole", lambda: self.crop(shown.pixels))
        four, six = self._timed("tiles", lambda: self.tiles(shown.pixels))
        boxes = self._timed("finding", lambda: regions.find(shown.pixels, shown.texts))
        seen = self._timed("pictures", lambda: [self.crop(cut(shown.pixels, box)) for box in boxes])
        pictures = np.stack(seen) if seen else np.zeros((0, len(whole)), np.float32)
        return Features(whole[None], four, six, pictures)

    def _timed(self, what: str, do: Callable[[], Any]) -> Any:
        began = time.process_time()
        made = do()
        self.seconds[what].append(time.process_time() - began)
        return made


def cut(pixels: Pixels, box: Box) -> Pixels:
    x, y, w, h = box
    return pixels[y : y + h, x : x + w]


def _pooled(grid: Floats, columns: int, rows: int) -> Floats:
    """Unit vectors of the tiles of a channels x height x width grid."""
    tiles = [
        block.mean(axis=(1, 2))
        for band in np.array_split(grid, rows, axis=1)
        for block in np.array_split(band, columns, axis=2)
    ]
    return unit(np.stack(tiles))


def unit(rows: Floats) -> Floats:
    made: Floats = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return made.astype(np.float32)


# ------------------------------------------------------------------ the frames


def frames(cache: Path, sets: Sequence[str]) -> list[Shown]:
    """One frame a moment of the memories that the recall bench made."""
    found = []
    for name in sets:
        folder = DATA / name / ("images" if name == "docs_screens" else "")
        scenes = _scenes(DATA / name / "frames.jsonl")
        memory = memory_of(name, folder, cache, fresh=False)
        moments = json.loads(memory.run("timeline", "--json"))["moments"]
        ids = [str(one["moment"]) for one in moments]
        for start in range(0, len(ids), 200):
            whole = json.loads(memory.run("moment", *ids[start : start + 200], "--json"))
            for one in whole.get("moments", [whole]):
                origin = one["origins"][0]
                pixels = np.array(Image.open(folder / origin).convert("RGB"))
                texts = tuple(tuple(line["box"]) for line in one["lines"] if line["confidence"] >= 0.6)
                found.append(Shown(f"{name}/{origin}", pixels, texts, scenes.get(origin, "")))
    return found


def _scenes(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["file"]: str(row["scene"]) for row in rows if row.get("scene") is not None}


@dataclass(frozen=True)
class Asked:
    """A query: its vectors by way of seeing, and the frames that are right. `passed` are left out."""

    features: Features
    right: frozenset[int]
    passed: frozenset[int]


def pasted(network: Network, shown: list[Shown], seen: list[Features], most: int) -> list[Asked]:
    """Pastes pictures into corners of other frames, in place; the queries for them.

    A picture of which a like one (cosine above .9) is elsewhere is not asked for: both would be right.
    """
    chance = np.random.default_rng(SEED)
    sources = [(n, box) for n, one in enumerate(shown) for box in regions.find(one.pixels, one.texts)]
    sources = [(n, box) for n, box in sources if min(box[2:]) >= 96]
    crops = [cut(shown[n].pixels, box) for n, box in sources]
    vectors = np.stack([network.crop(crop) for crop in crops])
    alike = vectors @ vectors.T
    lone = [i for i in range(len(crops)) if (alike[i] > 0.9).sum() == 1][:most]
    users = [n for n, one in enumerate(shown) if n not in {source for source, _ in sources}]
    hosts = chance.permutation(users)[: len(lone)]
    asked = []
    for i, host in zip(lone, hosts, strict=False):
        shown[host] = _with(shown[host], crops[i], chance)
        seen[host] = network.features(shown[host])
        asked.append(Asked(_alone(vectors[i]), frozenset((int(host),)), frozenset((sources[i][0],))))
    return asked


def _alone(vector: Floats) -> Features:
    one = vector[None]
    return Features(one, one, one, one[:0])


def _with(shown: Shown, crop: Pixels, chance: np.random.Generator) -> Shown:
    """The frame with a picture in one corner, a fifth to a third of it wide, compressed with loss."""
    height, width = shown.pixels.shape[:2]
    factor = min(width * chance.uniform(0.2, 0.33) / crop.shape[1], height * 0.45 / crop.shape[0])
    wide, high = max(24, round(crop.shape[1] * factor)), max(24, round(crop.shape[0] * factor))
    small = Image.fromarray(crop).resize((wide, high), Image.Resampling.LANCZOS)
    with io.BytesIO() as file:
        small.save(file, "WEBP", quality=60)
        small = Image.open(file).convert("RGB")
    x = 12 if chance.random() < 0.5 else width - wide - 12
    y = 12 if chance.random() < 0.5 else height - high - 12
    x, y = max(0, x), max(0, y)
    pixels = shown.pixels.copy()
    part = np.asarray(small)[: height - y, : width - x]
    pixels[y : y + part.shape[0], x : x + part.shape[1]] = part
    texts = tuple(
        box
        for box in shown.texts
        if box[0] + box[2] <= x or box[0] >= x + wide or box[1] + box[3] <= y or box[1] >= y + high
    )
    return Shown(shown.name, pixels, texts, shown.scene)


def scenes(shown: Sequence[Shown], seen: Sequence[Features], most: int) -> list[Asked]:
    """Looks of which another look of the same scene is in the corpus; they are passed themselves."""
    by_scene: dict[str, list[int]] = {}
    for n, one in enumerate(shown):
        if one.scene:
            by_scene.setdefault(one.scene, []).append(n)
    asked = []
    for places in by_scene.values():
        if len(places) > 1:
            asked.append(Asked(seen[places[0]], frozenset(places[1:]), frozenset(places[:1])))
    return asked[:most]


# ------------------------------------------------------------------ the ways

Way = Callable[[Features], Floats]

WAYS: dict[str, Way] = {
    "one vector a screen": lambda f: f.whole,
    "whole + 2 x 2 tiles": lambda f: np.concatenate((f.whole, f.four)),
    "whole + 3 x 2 tiles": lambda f: np.concatenate((f.whole, f.six)),
    "whole + its pictures (at most 4)": lambda f: np.concatenate((f.whole, f.pictures)),
}


@dataclass(frozen=True)
class Corpus:
    """All vectors of all frames in rows as they would be kept, and the frame of each."""

    rows: Floats
    owner: NDArray[np.int64]
    count: int

    def scores(self, query: Floats) -> Floats:
        """Exact MaxSim of each frame: for each vector of the query its nearest part, summed."""
        near = self.rows @ query.T
        best = np.full((self.count, len(query)), -1, np.float32)
        np.maximum.at(best, self.owner, near)
        return best.sum(axis=1)


def corpus(parts: Sequence[Floats]) -> Corpus:
    rows = np.concatenate(parts)
    kept = restore(quantise(rows, "bench"))
    owner = np.repeat(np.arange(len(parts)), [len(one) for one in parts])
    return Corpus(unit(kept), owner, len(parts))


# ------------------------------------------------------------------ measuring


def ranks(scores: Floats, asked: Asked) -> int | None:
    order = [int(n) for n in np.argsort(-scores, kind="stable") if int(n) not in asked.passed]
    return rank_of({str(n) for n in asked.right}, [(str(n),) for n in order])


def projections(dim: int, fitted: Floats) -> dict[str, Floats]:
    """Ways to fewer numbers: fitted principal directions, random ones, and those of the classifier's head."""
    chance = np.random.default_rng(SEED)
    network: Any = PackagedPictures("cpu")._network
    head = network._fc.weight.detach().numpy()
    _, _, heads = np.linalg.svd(head - head.mean(axis=0), full_matrices=False)
    _, _, found = np.linalg.svd(fitted - fitted.mean(axis=0), full_matrices=False)
    random, _ = np.linalg.qr(chance.standard_normal((fitted.shape[1], dim)))
    other = chance.choice((-1.0, 1.0), (fitted.shape[1], dim))
    made = {
        "PCA of half of the frames": found[:dim].T,
        "random, orthogonal": random,
        "random signs": signs() if dim == DIMENSION else other,
        "the classifier's head": heads[:dim].T,
    }
    return {name: one.astype(np.float32) for name, one in made.items()}


def row(
    name: str, parts: Sequence[Floats], sets: Sequence[Sequence[Asked]], way: Way, low: Floats | None
) -> None:
    """One line of the table: how well each set of queries finds its frame, and bytes."""

    def made(features: Floats) -> Floats:
        return unit(features @ low) if low is not None else features

    held = corpus([made(one) for one in parts])
    size = len(held.rows) * (held.rows.shape[1] + 4) / held.count
    figures = []
    for some in sets:
        places = [ranks(held.scores(made(way(one.features))), one) for one in some]
        figures += [f"{recall(places, depth):.3f}" for depth in (1, 10)]
    print(f"| {name} | {held.rows.shape[1]} | {' | '.join(figures)} | {size:,.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.perceive_vectors", description=__doc__)
    parser.add_argument("--most", type=int, default=200, help="queries of each kind, at most")
    most = parser.parse_args().most
    cache = Path(os.environ.get("ONCESEEN_BENCH_CACHE") or user_cache_path("onceseen-bench"))
    network, shown = Network(), frames(cache, ("docs_screens", "desktop"))
    seen = [network.features(one) for one in shown]
    same = scenes(shown, seen, most)
    corner = pasted(network, shown, seen, most)
    for name, seconds in network.seconds.items():
        print(f"cpu ms {name}: {1000 * sum(seconds) / max(1, len(shown) + len(corner)):.0f} a frame")
    parts = {name: [way(one) for one in seen] for name, way in WAYS.items()}
    print(f"\n{len(shown)} frames; in a corner {len(corner)}, same scene {len(same)}; exact MaxSim, int8\n")
    print("| a frame is | numbers | corner R@1 | R@10 | scene R@1 | R@10 | bytes a frame |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, way in WAYS.items():
        row(name, parts[name], (corner, same), way, None)
    fitted = np.concatenate([one.whole for one in seen[::2]] + [one.pictures for one in seen[::2]])
    for dim in (512, 256, 128):
        for how, low in projections(dim, fitted).items():
            for name in ("one vector a screen", "whole + its pictures (at most 4)"):
                row(f"{name}; {how}", parts[name], (corner, same), WAYS[name], low)
    muvera(parts, corner)
    latency()


def latency() -> None:
    """Exact search of the product over the parts of many frames, and fixed-dimensional encodings of them."""
    chance = np.random.default_rng(SEED)
    print(f"\n| exact search over {MANY:,} frames | vectors | numbers | MB | cpu ms a query |")
    print("| --- | --- | --- | --- | --- |")
    for name, count, dim in (
        ("one vector a screen", MANY, 1280),
        ("whole + 3 x 2 tiles", 7 * MANY, 256),
        ("whole + its pictures", round(1.46 * MANY), 256),
        ("MUVERA", MANY, 512),
    ):
        index = ExactIndex()
        for start in range(0, count, 50_000):
            ids = range(start + 1, min(start + 50_000, count) + 1)
            noise = chance.integers(-127, 128, (len(ids), dim), dtype=np.int8)
            scales = np.ones(len(ids), np.float32)
            index.put("picture", ids, (), Vectors("bench", dim, len(ids), noise.tobytes(), scales.tobytes()))
        asked = quantise(chance.standard_normal((1, dim)).astype(np.float32), "bench")
        began = time.process_time()
        for _ in range(5):
            index.find("picture", asked, 200)
        ms = 1000 * (time.process_time() - began) / 5
        print(f"| {name} | {count:,} | {dim} | {count * dim / 1e6:.0f} | {ms:.0f} |")


def muvera(parts: dict[str, list[Floats]], asked: Sequence[Asked]) -> None:
    """Fixed-dimensional encodings beside exact MaxSim: share of its best ten, finding, and time."""
    print("\n| parts, MUVERA numbers | rescored | of MaxSim's best 10 | corner R@1 | R@10 |")
    print("| --- | --- | --- | --- | --- |")
    for name in ("whole + 3 x 2 tiles", "whole + its pictures (at most 4)"):
        held = corpus(parts[name])
        for bits, narrow, repeats, final in ((2, 32, 8, 512), (3, 32, 10, 1280)):
            way = Muvera(held.rows.shape[1], bits, narrow, repeats, final)
            coded = unit(np.stack([way.encoded(one, False) for one in parts[name]]))
            for depth in (0, 50):
                _muvera_row(f"{name}, {final}", held, (way, coded), asked, depth)


def _muvera_row(
    name: str, held: Corpus, coded: tuple[Muvera, Floats], asked: Sequence[Asked], depth: int
) -> None:
    shared, places = [], []
    for one in asked:
        query = one.features.whole
        exact = held.scores(query)
        near = coded[1] @ coded[0].encoded(query, True)
        if depth:
            first = np.argsort(-near)[:depth]
            near = np.full(held.count, -9, np.float32)
            near[first] = exact[first]
        shared.append(len(set(np.argsort(-near)[:10]) & set(np.argsort(-exact)[:10])) / 10)
        places.append(ranks(near, one))
    found = f"{recall(places, 1):.3f} | {recall(places, 10):.3f}"
    print(f"| {name} | {depth or 'no'} | {np.mean(shared):.3f} | {found} |")


if __name__ == "__main__":
    main()
