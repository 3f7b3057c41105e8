"""Do words find what was shown? Drawn screens by form, colour and shade; shared ones by what is on them.

`python -m tests.bench.perceive_cues` draws screens into a memory of its own, and asks that of docs_screens
(which `make bench-recall` keeps, or which is imported now) questions that were written while looking at its
pictures. Baseline: FTS5 over the same text, which sees no picture.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from platformdirs import user_cache_path

from memory.adapters.picture_packaged import PackagedPictures
from memory.ledger import frames, looks, readings
from memory.ledger.connection import Ledger
from memory.perceive import pixels
from memory.perceive.sight import Sight
from memory.recall.retrieval.search import search
from memory.records import Line, Query, Reading
from tests.bench.measures import rank_of, recall
from tests.bench.recall_baselines import ranked
from tests.bench.recall_memories import DATA
from tests.bench.recall_memories import made as memory_of
from tests.memory.recall.conftest import NoMeaning
from tests.support.builders import NINE, a_frame, a_ledger
from tests.support.pages import Page
from tests.support.shown import landscape, page

GROUNDS = {"light": ("#ffffff", "#202124"), "dark": ("#10161c", "#d8dee6")}
COLOURS = {
    "red": "#c0392b",
    "blue": "#2f6fb5",
    "green": "#3c8d40",
    "orange": "#e07b1f",
    "purple": "#7d3fa5",
    "yellow": "#e8c22e",
}
FORMS = ("chart", "drawing")
GERMAN = {
    "red": "rote",
    "blue": "blaue",
    "green": "grüne",
    "orange": "orange",
    "purple": "lila",
    "yellow": "gelbe",
    "chart": "Diagramm",
    "drawing": "Zeichnung",
    "light": "helle",
    "dark": "dunkle",
}

ASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("the photo of a bird", ("digikam-011",)),
    ("das Foto mit dem Vogel", ("digikam-011",)),
    ("picture of an animal", ("digikam-011",)),
    ("photo of bread", ("wagtail-001",)),
    ("das Bild mit dem Brot", ("wagtail-001",)),
    ("photo of food", ("wagtail-001",)),
    ("photo of a person", ("mattermost-013",)),
    ("picture of people in uniform", ("mattermost-013",)),
    ("photo of a landscape", ("digikam-026",)),
    ("Foto einer Landschaft", ("digikam-026",)),
    ("photo of a church", ("digikam-021",)),
)
"""Written while looking at the pictures; any of the screens is right."""


def chart(made: Page, colour: str, ink: str, lines: list[Line]) -> None:
    for n, high in enumerate((80, 120, 200, 150, 96)):
        left = 96 + 52 * n
        made.fill((left, 400 - high, left + 39, 399), colour)
        made.write((left + 8, 382 - high), str(high), colour=ink)
        lines.append(Line(str(high), (left + 8, 384 - high, 24, 12), 0.9))


def drawing(made: Page, colour: str) -> None:
    picture = Image.new("RGB", (320, 220), "#9a5a3c")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((30, 30, 210, 200), fill=colour)
    draw.polygon(((200, 210), (310, 210), (255, 60)), fill="#e06f9a")
    made.image.paste(picture, (96, 180))


def screens() -> list[tuple[str, str, str, np.ndarray, tuple[Line, ...]]]:
    """Shade, colour, form, pixels and lines of each."""
    found = []
    for shade, colour, form in itertools.product(GROUNDS, COLOURS, FORMS):
        ground, ink = GROUNDS[shade]
        made, said = page(ground, ink)
        lines = list(said)
        if form == "chart":
            chart(made, COLOURS[colour], ink, lines)
        else:
            drawing(made, COLOURS[colour])
        found.append((shade, colour, form, made.pixels(), tuple(lines)))
    for shade, (ground, ink) in GROUNDS.items():
        made, said = page(ground, ink)
        shown = made.pixels()
        shown[160:400, 420:740] = landscape()
        found.append((shade, "blue", "photo", shown, said))
        found.append((shade, "", "text", page(ground, ink)[0].pixels(), said))
    return found


def drawn() -> None:
    """Each drawn screen is asked for in three ways; any screen that fits is right."""
    packaged = PackagedPictures("cpu")
    sight = Sight(lambda: packaged, lambda: packaged)
    with tempfile.TemporaryDirectory() as folder, closing(a_ledger(Path(folder))) as ledger:
        made = screens()
        for n, (_, _, _, shown, lines) in enumerate(made):
            _take(ledger, sight, n, shown, lines)
        ways = {
            "form and colour": lambda shade, colour, form: f"the {colour} {form}",
            "page, form and colour": lambda shade, colour, form: f"the {shade} page with a {colour} {form}",
            "the same in German": lambda shade, colour, form: (
                f"die {GERMAN[shade]} Seite, {GERMAN[colour]} {GERMAN[form]}"
            ),
        }
        print("| 28 drawn screens asked by | questions | R@1 | R@3 |\n| --- | --- | --- | --- |")
        for name, way in ways.items():
            ranks = []
            for shade, colour, form in itertools.product(GROUNDS, COLOURS, FORMS):
                fits = {
                    f"{n}"
                    for n, one in enumerate(made)
                    if one[1:3] == (colour, form)
                    and ("page" not in way(shade, colour, form) or one[0] == shade)
                }
                with ledger.reading() as db:
                    asked = Query(way(shade, colour, form), NINE + timedelta(days=1))
                    results = search(db, NoMeaning(), asked).results
                ranks.append(rank_of(fits, [result.moment.origins for result in results]))
            print(f"| {name} | {len(ranks)} | {recall(ranks, 1):.3f} | {recall(ranks, 3):.3f} |")


def _take(ledger: Ledger, sight: Sight, n: int, shown: np.ndarray, lines: tuple[Line, ...]) -> None:
    seen = sight.see((pixels.smallest(shown),), (lines,))
    with ledger.writing() as db:
        frame = frames.add(db, a_frame(600 * n, app=f"app {n}", origin=str(n)), None)
        readings.add(db, frame, Reading(lines, "drawn"))
        readings.index_words(db, frames.moment_of(db, frame))
        looks.put(db, frame, seen.maker, seen.parts, seen.cues[0])


def shared(cache: Path) -> None:
    """Questions about what photos of docs_screens show."""
    memory = memory_of("docs_screens", DATA / "docs_screens/images", cache, fresh=False)
    queries = [text for text, _ in ASKED]
    found, _ = memory.found([{"query": text, "limit": 20} for text in queries])
    ways = {"Onceseen": found, **ranked(memory.corpus(), queries, ["FTS5 BM25, porter, OR"])}
    print(f"| {len(ASKED)} questions about photos of docs_screens | R@1 | R@3 | R@10 |")
    print("| --- | --- | --- | --- |")
    for name, some in ways.items():
        places = [_rank(wanted, results) for (_, wanted), results in zip(ASKED, some, strict=True)]
        shares = " | ".join(f"{recall(places, depth):.3f}" for depth in (1, 3, 10))
        print(f"| {name} | {shares} |")


def _rank(wanted: Sequence[str], results: Sequence[frozenset[str]]) -> int | None:
    return rank_of({f"{name}.webp" for name in wanted}, results)


def main() -> None:
    drawn()
    print()
    shared(Path(os.environ.get("ONCESEEN_BENCH_CACHE") or user_cache_path("onceseen-bench")))


if __name__ == "__main__":
    main()
