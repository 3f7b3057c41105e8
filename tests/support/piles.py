"""Screens that rest on each other, for tests: a reader that makes them small, taking, showing."""

from __future__ import annotations

from collections.abc import Callable

from memory import intake
from memory.ledger import frames
from memory.ledger.check import check
from memory.perceive import pixels
from memory.perceive.layers import Layers
from memory.pipeline import Claims, work
from memory.ports import Pixels
from memory.records import Base, Reading, Small, Taken
from memory.stages.way import READ, Way
from tests.support.builders import a_frame, a_reading
from tests.support.pages import LETTER, MINUTES, Page


class Draws:
    """A reader without eyes that makes pictures small as the real one does; `upon` happens meanwhile."""

    def __init__(self) -> None:
        self.layers = Layers()
        self.upon: Callable[[], None] = lambda: None
        self.rested = 0

    def read(self, picture: bytes, bases: tuple[Base, ...] = ()) -> Reading:
        screen = pixels.decoded(picture)
        small = self.layers.smallest(screen, bases)
        self.upon()
        lines = a_reading("words of", str(len(picture))).lines
        return Reading(lines, "test", pixels.thumbnail(screen), small.picture, small.base)

    def rest(self, picture: bytes, bases: tuple[Base, ...]) -> Small:
        self.upon()
        self.rested += 1
        return self.layers.smallest(pixels.decoded(picture), bases, exact=True)


def letter(typed: int, dark: bool = False) -> Pixels:
    """A letter of which so many lines are typed, or minutes on a dark page."""
    page = Page(901, 503, ground="#202124" if dark else "#ffffff")
    page.column((40, 60), (MINUTES if dark else LETTER) * 2, colour="#d8dee6" if dark else "#202124")
    page.column((40, 260), ("one more line of it",) * typed, colour="#d8dee6" if dark else "#202124")
    return page.pixels()


def see(way: Way, *screens: Pixels, apart: int = 20, app: str = "writer", begin: float = 0) -> list[int]:
    """Takes and reads screens one after the other, each in an application of its own; their frames."""
    seen = []
    for n, screen in enumerate(screens):
        frame = a_frame(begin + apart * n, app=f"{app} {n}", width=901, height=503, change=0.01)
        assert intake.take(way.ledger, way.pictures, frame, pixels.lossless(screen)) == Taken("kept")
        with way.ledger.reading() as db:
            seen.append(frames.last(db))
        claims = Claims()
        while work(way, (READ,), claims):
            pass
    return seen


def shown(way: Way, frame: int) -> Pixels:
    """The screen of a frame as it is handed out."""
    with way.ledger.reading() as db:
        pile = frames.pile_of(db, frame)
    return pixels.decoded(way.pictures.whole(pile))


def is_well(way: Way, *in_part: int) -> None:
    """Nothing is missing but the ground of the moments `in_part`, and no file is left that no row knows."""
    why = "is in part only, since what it rested on was forgotten"
    assert check(way.ledger, way.pictures) == tuple(
        f"pictures: the picture of moment {moment} {why}" for moment in in_part
    )
    with way.ledger.reading() as db:
        assert way.pictures.there() == frames.pictures_all(db)
