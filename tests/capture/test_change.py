"""What is new is told from what ticks, on drawn screens: the cases that hashes of a whole screen miss."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from capture.change import FILM_EVERY, STALE, Detector, Verdict, bars_of, difference
from capture.ports import Pixels
from memory.records import Active, Box, Window

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIZE = (1280, 800)
CODE = [f"    total_{n} = sum(reading.level for reading in station[{n}])" for n in range(20)]
OTHER_CODE = [f"    share_{n} = max(station.level for station in reading[{n}])" for n in range(20)]
FONT = ImageFont.load_default(14)


class Page:
    """A drawn screen: lines of text in a window on a grey desktop, and whatever is drawn over it."""

    def __init__(self, lines: list[str], dark: bool = False) -> None:
        self.paper, self.ink = ("#1e1e1e", "#d4d4d4") if dark else ("white", "black")
        self.image = Image.new("RGB", SIZE, "#556677")
        self.draw = ImageDraw.Draw(self.image)
        self.draw.rectangle((60, 40, 1220, 780), fill=self.paper)
        for n, line in enumerate(lines):
            self.text(80, 60 + 22 * n, line)

    def text(self, x: int, y: int, line: str) -> Page:
        self.draw.text((x, y), line, fill=self.ink, font=FONT)
        return self

    def box(self, box: Box, colour: str) -> Page:
        x, y, w, h = box
        self.draw.rectangle((x, y, x + w - 1, y + h - 1), fill=colour)
        return self

    @property
    def pixels(self) -> Pixels:
        return np.asarray(self.image)


class Looks:
    """Looks at one monitor, three seconds apart."""

    def __init__(self) -> None:
        self.detector = Detector()
        self.at = NINE
        self.bars: tuple[Box, ...] = ()

    def __call__(
        self,
        page: Page,
        title: str | None = None,
        after: timedelta = timedelta(seconds=3),
        driven: bool = False,
    ) -> Verdict:
        self.at += after
        active = Active("app", title) if title is not None else None
        return self.detector.look(page.pixels, self.at, active, self.bars, driven)


@pytest.fixture
def look() -> Looks:
    return Looks()


def changed(before: Page, after: Page) -> Verdict:
    look = Looks()
    look(before)
    return look(after)


def test_the_first_look_is_new(look: Looks) -> None:
    assert look(Page(CODE)) == Verdict(1.0, True)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CODE[:12], [*CODE[:12], "    return total"]),
        (CODE[:12], [*CODE[:11], CODE[11].replace("sum", "max over all")]),
        (CODE, OTHER_CODE),
        (CODE, CODE[1:]),
        (["Ines: the boat is free"], ["Ines: the boat is free", "Leo: thank you, I take it"]),
    ],
    ids=["a line typed", "a few words changed", "another file, same layout", "scrolled", "a chat message"],
)
def test_text_that_changed_is_new(before: list[str], after: list[str], dark: bool) -> None:
    verdict = changed(Page(before, dark), Page(after, dark))
    assert verdict.new
    assert 0 < verdict.share < 1


def test_a_dialog_is_new() -> None:
    assert changed(
        Page(CODE), Page(CODE).box((500, 300, 280, 120), "#dddddd").text(520, 330, "Save changes?")
    ).new


def test_five_cells_of_a_table_are_new() -> None:
    after = Page(CODE)
    for n in range(5):
        after.text(700, 60 + 44 * n, f"{n * 17}.5")
    assert changed(Page(CODE), after).new


def test_the_same_is_not_new(look: Looks) -> None:
    look(Page(CODE), "code")
    assert [look(Page(CODE), "code") for _ in range(3)] == [Verdict(0.0, False)] * 3


@pytest.mark.parametrize("y", [85, 94])
def test_a_caret_is_not_new_even_across_tiles(y: int) -> None:
    assert not changed(Page(CODE), Page(CODE).box((700, y, 2, 18), "black")).new


def test_one_letter_is_not_new_but_letters_add_up(look: Looks) -> None:
    text = "the weir"
    look(Page(CODE))
    verdicts = [look(Page(CODE).text(80, 560, text[:n])).new for n in range(1, len(text) + 1)]
    assert not verdicts[0]
    assert any(verdicts)


def test_faint_noise_is_not_new() -> None:
    noise = np.random.default_rng(3).integers(0, 20, Page(CODE).pixels.shape, dtype=np.uint8)
    before = Page(CODE).pixels // 2 + 40
    detector = Detector()
    detector.look(before, NINE, None, ())
    assert not detector.look(before + noise, NINE + timedelta(seconds=3), None, ()).new


def test_a_clock_in_a_panel_is_not_new(look: Looks) -> None:
    windows = (Window("panel", "panel", 0, 0, 1280, 28, 1), Window("app", "code", 60, 40, 1160, 740, 0))
    look.bars = bars_of(windows, Active("app", "code"), *SIZE)
    assert look.bars == ((0, 0, 1280, 28),)
    look(Page(CODE).box((0, 0, 1280, 28), "white").text(1100, 6, "Mon 2 March 09:59"))
    verdict = look(Page(CODE).box((0, 0, 1280, 28), "white").text(1100, 6, "Tue 3 March 10:00"))
    assert verdict == Verdict(0.0, False)


def test_a_clock_elsewhere_is_learned(look: Looks) -> None:
    verdicts = [look(Page(CODE).text(1100, 700, f"09:{n:02}:{n * 7 % 60:02}")).new for n in range(12)]
    assert not any(verdicts[5:])


def test_a_learned_clock_does_not_hide_what_happens_beside_it(look: Looks) -> None:
    for n in range(8):
        look(Page(CODE).text(1100, 700, f"09:{n:02}:{n * 7 % 60:02}"))
    assert look(Page([*CODE, "one more line"]).text(1100, 700, "09:08:01")).new


def test_lines_typed_one_by_one_are_new_each(look: Looks) -> None:
    look(Page([]))
    assert all(look(Page(CODE[: n + 1])).new for n in range(len(CODE)))


FILM = (400, 200, 320, 240)


def film(n: int) -> Page:
    colours = ("#aa2233", "#22aa33", "#2233aa", "#aaaa33", "#33aaaa")
    return Page(CODE).box(FILM, colours[n % 5])


def test_a_film_is_kept_at_most_every_few_seconds(look: Looks) -> None:
    kept = [look.at for n in range(40) if look(film(n), after=timedelta(seconds=1)).new]
    steps = [later - earlier for earlier, later in pairwise(kept[5:])]
    assert steps
    assert min(steps) >= FILM_EVERY
    assert max(steps) <= FILM_EVERY + timedelta(seconds=1)


def test_text_beside_a_film_is_new(look: Looks) -> None:
    for n in range(10):
        look(film(n), after=timedelta(seconds=1))
    assert look(film(10).text(80, 600, "a caption below"), after=timedelta(seconds=1)).new


def test_what_somebody_drives_is_no_film(look: Looks) -> None:
    assert all(look(film(n), after=timedelta(seconds=1), driven=True).new for n in range(12))


def test_another_title_over_the_same_pixels_is_new(look: Looks) -> None:
    look(Page(CODE), "river.py")
    assert look(Page(CODE), "weir.py").new
    assert not look(Page(CODE), "weir.py").new


def test_a_title_that_counts_or_blinks_is_not_new(look: Looks) -> None:
    look(Page(CODE), "Download 12 %")
    assert not look(Page(CODE), "Download 13 %").new
    assert look(Page(CODE), "New message!").new
    assert not look(Page(CODE), "Download 14 %").new or not look(Page(CODE), "New message!").new


def test_after_a_long_gap_a_look_is_new(look: Looks) -> None:
    look(Page(CODE))
    assert not look(Page(CODE), after=STALE).new
    assert look(Page(CODE), after=timedelta(seconds=1)) == Verdict(0.0, True)


def test_a_clock_set_back_is_a_gap_too(look: Looks) -> None:
    look(Page(CODE))
    assert look(Page(CODE), after=-timedelta(hours=1)).new


def test_another_resolution_is_new() -> None:
    detector = Detector()
    detector.look(np.zeros((600, 800, 3), np.uint8), NINE, None, ())
    assert detector.look(np.zeros((768, 1024, 3), np.uint8), NINE, None, ()) == Verdict(1.0, True)


def test_what_was_learned_ends_with_the_resolution(look: Looks) -> None:
    for n in range(8):
        look(Page(CODE).text(1100, 700, f"09:{n:02}:{n * 7 % 60:02}"))
    cut = [Page(CODE).text(400, 400, f"09:{n:02}").pixels[:600, :700] for n in range(8)]
    verdicts = [look.detector.look(np.ascontiguousarray(p), look.at, None, ()) for p in cut]
    assert verdicts[0] == Verdict(1.0, True)
    assert not verdicts[-1].new


def test_resuming_compares_with_what_was_kept() -> None:
    detector = Detector()
    detector.resume(Page(CODE).pixels, NINE, Active("app", "code"))
    later = detector.look(Page(CODE).pixels, NINE + timedelta(minutes=4), Active("app", "code"), ())
    assert later == Verdict(0.0, False)
    stale = detector.look(Page(CODE).pixels, NINE + timedelta(minutes=6), Active("app", "code"), ())
    assert stale == Verdict(0.0, True)


@pytest.mark.parametrize("size", [(64, 64), (1366, 768), (33, 31), (5, 3), (1, 1), (1283, 801)])
def test_any_size_is_compared(size: tuple[int, int]) -> None:
    """Against the plain definition, tile by tile."""
    chance = np.random.default_rng(5)
    before = chance.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    after = before.copy()
    for _ in range(3):
        y, x = chance.integers(0, size[1]), chance.integers(0, size[0])
        after[y : y + 9, x : x + 4] ^= 64
    found = difference(before, after, ())
    apart = (np.abs(before.astype(int) - after.astype(int)) > 24).any(axis=2)
    for row in range(found.tiles.shape[0]):
        for column in range(found.tiles.shape[1]):
            tile = apart[row * 32 : row * 32 + 32, column * 32 : column * 32 + 32]
            assert found.tiles[row, column] == (tile.sum() >= 6)
    ys, xs = np.nonzero(apart)
    box = (xs.min(), ys.min(), xs.max() - xs.min() + 1, ys.max() - ys.min() + 1) if len(xs) else None
    assert found.box == box


def test_what_bars_cover_is_not_compared() -> None:
    before, after = np.zeros((90, 90, 3), np.uint8), np.full((90, 90, 3), 255, np.uint8)
    assert difference(before, after, ((-10, -10, 200, 200),)).count == 0
    assert difference(before, after, ((0, 0, 90, 64),)).tiles.tolist() == [
        [False] * 3,
        [False] * 3,
        [True] * 3,
    ]


def test_bars_are_strips_along_an_edge_that_are_not_in_front() -> None:
    top = Window("panel", "panel", 0, 0, 1280, 28, 5)
    side = Window("dock", "dock", 1232, 0, 48, 800, 5)
    floating = Window("bar", "bar", 0, 300, 1280, 28, 5)
    large = Window("app", "code", 0, 0, 1280, 700, 0)
    found = bars_of((top, side, floating, large), Active("app", "code"), *SIZE)
    assert found == ((0, 0, 1280, 28), (1232, 0, 48, 800))
    assert bars_of((top,), Active("panel", "panel"), *SIZE) == ()
    assert bars_of(None, None, *SIZE) == ()
