"""Forms in which screens can be kept, side by side: bytes, CPU to write and to show, legibility.

`python -m tests.bench.perceive_pictures [--quick]` keeps every frame of the desktop recording that
`capture.change` calls new in each form; what has loss is read by tesseract and compared with what is read in
the original. Beside it the ways of three others, by what is told of them; and the product's own path: sealed
files after reading, after settling, and while pictures that others rest on are forgotten. All screens are in
RAM (3 GB). `--quick`: every third frame.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from capture import recording
from capture.change import Detector, bars_of
from capture.items import Item
from memory import intake
from memory.adapters.ocr_tesserocr import TesserOcr
from memory.adapters.text_minilm import MiniLm
from memory.errors import NoWeights
from memory.forget import forget
from memory.index.client import Index
from memory.keys import master
from memory.ledger import check, days, moments
from memory.ledger.connection import Ledger
from memory.perceive import pixels
from memory.perceive.reader import PageReader
from memory.pictures import Pictures
from memory.pipeline import Claims, work
from memory.records import What
from memory.settling import settle
from memory.stages.way import READ, Way
from tests.bench import picture_forms as forms
from tests.bench.picture_forms import Screen

DATA = Path(__file__).resolve().parents[3] / "shared/data/desktop"
FORGOTTEN = 10


def no_encoder() -> MiniLm:
    raise NoWeights(model="text", reason="the bench makes no vectors")


@dataclass
class Product:
    """A memory in a folder, fed and read as the engine does it, by one reader."""

    folder: Path

    def __post_init__(self) -> None:
        key = bytes(range(32))
        self.ledger = Ledger.create(self.folder / "ledger", key)
        self.pictures = Pictures(
            self.folder / "pictures",
            lambda day: master.key_of_day(key, days.salt_for_sealing(self.ledger, day)),
        )
        self.reader = PageReader(lambda: TesserOcr("eng+deu"), no_encoder, None)  # type: ignore[arg-type]
        self.way = Way(self.ledger, self.pictures, Index(self.ledger), self.reader)

    def take(self, screens: Sequence[Screen]) -> float:
        """CPU ms of reading, a frame."""
        began, claims = time.process_time(), Claims()
        for screen in screens:
            intake.take(self.ledger, self.pictures, screen.frame, pixels.lossless(screen.pixels))
            while work(self.way, (READ,), claims):
                pass
        return (time.process_time() - began) * 1000 / len(screens)

    def sizes(self) -> tuple[int, int, int]:
        """Pictures, their bytes, bytes of thumbnails."""
        files = [path for path in (self.folder / "pictures").glob("*/*") if path.is_file()]
        whole = [path.stat().st_size for path in files if not path.suffix]
        return len(whole), sum(whole), sum(path.stat().st_size for path in files if path.suffix)

    def shown_ms(self) -> list[tuple[float, float]]:
        """CPU and wall ms to put together and decode the picture of each moment."""
        with self.ledger.reading() as db:
            piles = [moments.pile_of(db, one.id) for one in moments.between(db, None, None)]
        times = []
        for pile in filter(None, piles):
            cpu, wall = time.process_time(), time.monotonic()
            pixels.decoded(self.pictures.whole(pile))
            times.append(((time.process_time() - cpu) * 1000, (time.monotonic() - wall) * 1000))
        return times

    def forget_ms(self, count: int) -> list[tuple[float, int]]:
        """Forgets the moments on whose pictures most rest; wall ms, and how many rested on it."""
        done = []
        for _ in range(count):
            with self.ledger.reading() as db:
                base, above = db.rows(
                    "select b.moment, count(*) from frames f join frames b on b.id = f.base"
                    " where f.moment != b.moment group by b.moment order by 2 desc limit 1"
                )[0]
            began = time.monotonic()
            what = What(moments=(base,))
            forget(self.ledger, self.pictures, self.way.index, what, False, self.reader)
            done.append(((time.monotonic() - began) * 1000, above))
        return done


# ------------------------------------------------------------------ the tables


def load() -> list[Screen]:
    rows = [json.loads(line) for line in (DATA / "frames.jsonl").read_text().splitlines()]
    items = [item for item in recording.read(DATA) if isinstance(item, Item)]
    screens = []
    for item, row in zip(items, rows, strict=True):
        with Image.open(DATA / row["file"]) as image:
            shown = np.asarray(image.convert("RGB"))
        frame = replace(item.frame, digest=hashlib.sha256(shown.tobytes() + row["t"].encode()).digest())
        screens.append(
            Screen(replace(frame, width=shown.shape[1], height=shown.shape[0]), row["scene"], shown)
        )
    return screens


def new_ones(screens: Sequence[Screen]) -> list[Screen]:
    detector, kept = Detector(), []
    for screen in screens:
        bars = bars_of(screen.frame.windows, screen.frame.active, 1440, 900)
        verdict = detector.look(screen.pixels, screen.frame.at, screen.frame.active, bars)
        if verdict.new:
            kept.append(replace(screen, frame=replace(screen.frame, change=verdict.share)))
    return kept


def table_of_forms(new: Sequence[Screen]) -> int:
    """Prints it; the bytes of the baseline."""
    words = forms.Words()
    print(
        f"\n| form, {len(new)} new frames | bytes | of lossless | write cpu ms | show cpu ms p50, p95"
        " | words agree |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    baseline = 0
    for name, (form, exact) in forms.FORMS.items():
        cost = forms.kept_as(form, exact, new, words)
        baseline = baseline or cost.bytes
        p50, p95 = np.percentile(cost.show_ms, [50, 95])
        agree = "to the pixel" if exact else f"{cost.agreement:.3f}"
        print(
            f"| {name} | {cost.bytes:,} | {cost.bytes / baseline:.3f} | {statistics.mean(cost.write_ms):.0f}"
            f" | {p50:.0f}, {p95:.0f} | {agree} |",
            flush=True,
        )
    cost = forms.tiles(new)
    print(
        f"| lossless tiles of {forms.TILE}, each content once | {cost.bytes:,} | {cost.bytes / baseline:.3f}"
        f" | {statistics.mean(cost.write_ms):.0f} | | to the pixel |",
        flush=True,
    )
    return baseline


def table_of_others(screens: Sequence[Screen], ours: tuple[int, int], restored: int) -> None:
    """Prints it; `ours` are frames and bytes, `restored` those before settling."""
    looks, png = forms.every_look(screens)
    rows = {
        f"PNG of one look every {forms.LOOK_S:.0f} s": (looks, png),
        "OpenRecall (global SSIM < .9; lossless WebP)": forms.open_recall(screens),
        "Pensieve (pHash >= 4; q85)": forms.pensieve(screens),
        "RewindOS (gradient hash > 3 of the last 10; q80)": forms.rewind_os(screens),
        "Onceseen, every new frame": (restored, ours[0]),
        "Onceseen, settled": (0, ours[1]),
    }
    print(f"\n| way, all {len(screens)} frames | pictures | bytes | of PNG |\n| --- | --- | --- | --- |")
    for name, (count, size) in rows.items():
        print(f"| {name} | {count or ''} | {size:,} | {size / png:.4f} |")


def table_of_product(new: Sequence[Screen], baseline: int) -> tuple[int, int, int]:
    """Prints it; pictures and bytes before settling, bytes after."""
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder))
        with closing(product.ledger):
            cpu = product.take(new)
            count, size, small = product.sizes()
            shown = np.array(product.shown_ms())
            end = new[-1].frame.at + timedelta(hours=1)
            settled = settle(product.ledger, product.pictures, product.way.index, end, False)
            left, settled_size, _ = product.sizes()
            done = product.forget_ms(FORGOTTEN)
            after, after_size, _ = product.sizes()
            well = check.check(product.ledger, product.pictures)
    p50, p95 = np.percentile(shown, [50, 95], axis=0)
    print("\n| the product, sealed files | |\n| --- | --- |")
    print(
        f"| pictures of {len(new)} new frames | {size:,} bytes, {size / baseline:.3f} of lossless a frame |"
    )
    print(f"| thumbnails beside them | {small:,} bytes |")
    print(f"| read, thumbnail and picture | {cpu:.0f} cpu ms a frame |")
    print(f"| one moment unsealed, put together, decoded | cpu p50 {p50[0]:.0f}, p95 {p95[0]:.0f} ms |")
    print(f"| the same, wall | p50 {p50[1]:.0f}, p95 {p95[1]:.0f}, most {shown[:, 1].max():.0f} ms |")
    print(f"| settled: {settled.moments_after} moments | {left} pictures, {settled_size:,} bytes |")
    wall = [ms for ms, _ in done]
    resting = ", ".join(str(above) for _, above in done)
    print(
        f"| then {len(done)} forgotten on which most rest ({resting})"
        f" | wall p50 {statistics.median(wall):.0f},"
        f" most {max(wall):.0f} ms; {after} pictures, {after_size:,} bytes; report: {well or 'all is well'} |"
    )
    return count, size, settled_size


def main() -> None:
    screens = load()[:: 3 if "--quick" in sys.argv else 1]
    new = new_ones(screens)
    baseline = table_of_forms(new)
    count, size, settled_size = table_of_product(new, baseline)
    table_of_others(screens, (size, settled_size), count)


if __name__ == "__main__":
    main()
