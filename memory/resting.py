"""Which pictures a new one may rest on, and how one that others rest on is taken from under them."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice

from memory import webp
from memory.errors import BadPicture, ChildAway, ChildFailed, DamagedPicture, StoreTrouble
from memory.ledger import frames
from memory.ledger.connection import Db, Ledger
from memory.ledger.days import day_of
from memory.ledger.frames import BaseRow
from memory.pictures import Pictures
from memory.ports import Reader
from memory.records import Base
from memory.webp import DEEPEST

log = logging.getLogger(__name__)

BACK = 60
"""Frames among which a base is looked for."""

LAST, OF_TITLE, OF_APP, WHOLE = 6, 2, 2, 2
"""Of these the last ones, and the last of the same title, application and without anything below: a screen is
most like the one before it, or like the one that its window was left with (measured)."""

SIBLINGS = 6
"""Of those that rested on one, on which of the last others may be put."""

ROUNDS = 5
"""How often it is looked anew for what came to rest on a picture that is to go."""

PATIENCE_S, RETRY_S = 10.0, 0.5
"""How long a reader that is away is waited for while something is forgotten, and how often it is asked."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A picture on which a new one may rest, and its frame."""

    frame: int
    base: Base


def offered(ledger: Ledger, pictures: Pictures, frame: int) -> tuple[Offer, ...]:
    """The pictures on which that of a frame may rest."""
    with ledger.reading() as db:
        row = frames.meta_of(db, frame)
        near = [one for one in frames.bases_near(db, frame, BACK) if one.depth < DEEPEST]
        piles = [(one.id, one.depth, frames.pile_of(db, one.id)) for one in likely(near, row.app, row.title)]
    return tuple(_opened(pictures, piles))


def likely(near: Sequence[BaseRow], app: str, title: str) -> tuple[BaseRow, ...]:
    """Of frames, the last first, those that may be most like the next one, whose window in front is given."""
    kinds: tuple[tuple[int, Iterable[BaseRow]], ...] = (
        (LAST, near),
        (OF_TITLE, (one for one in near if (one.app, one.title) == (app, title))),
        (OF_APP, (one for one in near if one.app == app)),
        (WHOLE, (one for one in near if not one.depth)),
    )
    chosen: dict[int, BaseRow] = {}
    for most, rows in kinds:
        fresh = (one for one in rows if one.id not in chosen)
        chosen.update((one.id, one) for one in islice(fresh, most))
    return tuple(chosen.values())


def take_from_under(ledger: Ledger, pictures: Pictures, reader: Reader, moments: Sequence[int]) -> set[int]:
    """Before these moments are forgotten: what rests on their pictures is put on others, or made whole.

    The frames that could not be: their picture or one below is damaged, the disk is full, or the reader did
    not come back for PATIENCE_S. Forgetting takes the ground from under these, and of such a picture only
    its own part is left, beside its thumbnail and words.
    """
    until = time.monotonic() + PATIENCE_S
    stuck: set[int] = set()
    for _ in range(ROUNDS):
        with ledger.reading() as db:
            resting = {
                frame: _stream(db, frame) for frame in frames.resting_on(db, moments) if frame not in stuck
            }
        if not resting:
            break
        moved: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for frame, stream in resting.items():
            try:
                near = moved[stream][-SIBLINGS:]
                move = partial(_put_on_another, ledger, pictures, reader, frame, moments, near)
                _patiently(move, until)
            except (ChildAway, ChildFailed, BadPicture, DamagedPicture, StoreTrouble) as error:
                log.warning("a picture loses what it rests on: %s", error.code)
                stuck.add(frame)
            else:
                moved[stream].append(frame)
    return stuck


def _stream(db: Db, frame: int) -> tuple[str, int]:
    """Day and monitor: pictures of one day are sealed with its key and rest on none of another."""
    row = frames.meta_of(db, frame)
    return day_of(row.at), row.monitor


def _patiently(act: Callable[[], None], until: float) -> None:
    """A reader that has just died is started again at the next call, or a little later."""
    while True:
        try:
            return act()
        except (ChildAway, ChildFailed):
            if time.monotonic() + RETRY_S > until:
                raise
        time.sleep(RETRY_S)


def _put_on_another(
    ledger: Ledger,
    pictures: Pictures,
    reader: Reader,
    frame: int,
    going: Sequence[int],
    siblings: Sequence[int],
) -> None:
    with ledger.reading() as db:
        pile = frames.pile_of(db, frame)
        below = [*_staying_below(db, frame, going), *siblings]
        depths = frames.depths(db, [frame, *below])
        piles = [(id, depths[id], frames.pile_of(db, id)) for id in below if depths[id] < depths[frame]]
    if not pile:
        return
    day, old = pile[-1]
    offers = tuple(_opened(pictures, piles))
    small = reader.rest(pictures.whole(pile), tuple(offer.base for offer in offers))
    base = None if small.base is None else offers[small.base].frame
    thumbnail = b""
    with suppress(DamagedPicture):
        thumbnail = pictures.thumbnail(day, old)
    new = unwanted = pictures.put(day, "picture", small.picture)
    try:
        if thumbnail:
            pictures.put_thumbnail(day, new, thumbnail)
        with ledger.writing() as db:
            same = frames.picture_of(db, frame) == (day, old)
            placed = same and frames.set_picture(db, frame, new, base)
        if placed:
            unwanted = old
    finally:
        pictures.remove(day, unwanted)


def _staying_below(db: Db, frame: int, going: Sequence[int]) -> list[int]:
    """The next below a frame that is not of a moment that is to go, if there is one."""
    below = frames.base_of(db, frame)
    while below is not None and frames.moment_of(db, below) in going:
        below = frames.base_of(db, below)
    return [] if below is None else [below]


def _opened(
    pictures: Pictures, piles: Iterable[tuple[int, int, tuple[frames.Place, ...]]]
) -> Iterator[Offer]:
    """Those that can be opened and are exact from the ground up."""
    for frame, depth, pile in piles:
        with suppress(DamagedPicture):
            parts = [pictures.get(day, name, "picture") for day, name in pile]
            if parts and webp.is_exact(parts[0]):
                yield Offer(frame, Base(webp.stacked(parts), depth))
