"""Reading again: the crops of an answer in one request, no longer than one may wait, whatever befalls it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from memory.adapters.ocr_tesserocr import TesserOcr
from memory.errors import ChildAway, ChildFailed, NoWeights, OnceseenError
from memory.ledger import days
from memory.ledger.connection import Ledger
from memory.perceive.reader import PageReader
from memory.perceive.sight import Sight
from memory.pictures import Pictures, Place
from memory.recall.checking.grade import Crop
from memory.records import Line, LineRow
from memory.rereading import Rereading
from tests.memory.test_pipeline import Says
from tests.support.builders import NINE
from tests.support.pages import light

LONG, AT_ONCE = 60.0, 0.01


class Slow(Says):
    """A reader that notes what it is asked; `upon` happens meanwhile."""

    def __init__(self, upon: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.meanwhile, self.asked = upon, list[tuple[int, ...]]()

    def read_again(
        self, pictures: tuple[bytes, ...], lines: tuple[tuple[Line, ...], ...]
    ) -> tuple[tuple[tuple[str, ...], ...], ...]:
        self.asked.append(tuple(len(some) for some in lines))
        self.meanwhile()
        return super().read_again(pictures, lines)


@pytest.fixture
def kept(ledger: Ledger, pictures: Pictures) -> Place:
    """A page that was kept."""
    with ledger.writing() as db:
        days.ensure(db, days.day_of(NINE))
    return days.day_of(NINE), pictures.put(days.day_of(NINE), "picture", light().webp())


def crop(id: int, text: str, *pile: Place, wide: int = 90) -> Crop:
    return Crop(LineRow(id, id, 0, Line(text, (10, 20, wide, 14))), text, pile)


def test_all_crops_in_one_request_picture_by_picture(ledger: Ledger, pictures: Pictures, kept: Place) -> None:
    other = kept[0], pictures.put(kept[0], "picture", light().webp())
    reader = Slow()
    found = Rereading(pictures, reader, LONG).read(
        [crop(1, "one", kept), crop(2, "two", other), crop(3, "three", kept)]
    )
    assert found == {1: ("one",), 2: ("two",), 3: ("three",)}
    assert reader.asked == [(2, 1)]


def test_what_has_no_picture_is_not_asked_for(pictures: Pictures, kept: Place) -> None:
    reader = Slow()
    gone = crop(2, "gone", (kept[0], "0" * 32))
    rereading = Rereading(pictures, reader, LONG)
    assert rereading.read([crop(1, "faded"), crop(3, "told", kept, wide=0), gone]) == {}
    assert reader.asked == []
    assert rereading.read([gone, crop(4, "there", kept)]) == {4: ("there",)}


@pytest.mark.parametrize(
    "error", [ChildAway(child="reader", reason="idle"), ChildFailed(child="reader", reason="it broke")]
)
def test_a_reader_that_is_away_or_breaks_says_nothing(
    pictures: Pictures, kept: Place, error: OnceseenError
) -> None:
    def fail() -> None:
        raise error

    rereading = Rereading(pictures, Slow(fail), LONG)
    assert rereading.read([crop(1, "one", kept)]) == {}
    assert rereading.read([crop(1, "one", kept)]) == {}


def test_a_slow_reader_holds_no_answer_up_and_is_asked_nothing_more_meanwhile(
    pictures: Pictures, kept: Place
) -> None:
    goes_on = threading.Event()
    reader = Slow(lambda: assert_set(goes_on))
    rereading = Rereading(pictures, reader, AT_ONCE)
    assert rereading.read([crop(1, "one", kept)]) == {}
    assert rereading.read([crop(1, "one", kept)]) == {}
    assert reader.asked == [(1,)]
    goes_on.set()
    patient = Rereading(pictures, reader, LONG)
    assert patient.read([crop(1, "one", kept)]) == {1: ("one",)}


def assert_set(event: threading.Event) -> None:
    assert event.wait(LONG)


def test_woken_it_is_started_and_does_not_stand_in_the_way(pictures: Pictures, kept: Place) -> None:
    reader = Slow()
    rereading = Rereading(pictures, reader, LONG)
    rereading.wake()
    assert rereading.read([crop(1, "one", kept)]) == {1: ("one",)}
    assert reader.asked == [(), (1,)]


def test_only_the_first_answer_is_waited_for_longer(pictures: Pictures, kept: Place) -> None:
    goes_on = threading.Event()
    rereading = Rereading(pictures, Slow(lambda: assert_set(goes_on)), AT_ONCE, LONG)
    threading.Timer(20 * AT_ONCE, goes_on.set).start()
    assert rereading.read([crop(1, "one", kept)]) == {1: ("one",)}
    goes_on.clear()
    assert rereading.read([crop(1, "one", kept)]) == {}
    goes_on.set()


def test_one_that_hangs_is_waited_for_longer_once(pictures: Pictures, kept: Place) -> None:
    goes_on = threading.Event()
    rereading = Rereading(pictures, Slow(lambda: assert_set(goes_on)), AT_ONCE, 100 * AT_ONCE)
    assert rereading.read([crop(1, "one", kept)]) == {}
    threading.Timer(30 * AT_ONCE, goes_on.set).start()
    assert rereading.read([crop(1, "one", kept)]) == {}
    assert goes_on.wait(LONG)


def test_the_real_reader_reads_a_sealed_picture_again(pictures: Pictures, kept: Place) -> None:
    reader = PageReader(TesserOcr, nothing, Sight(nothing, nothing))
    rows = [
        Crop(LineRow(n, 1, n, line), line.text, (kept,))
        for n, line in enumerate(reader.read(light().webp()).lines, start=1)
    ]
    found = Rereading(pictures, reader, LONG).read(rows)
    same = [row.piece in found[row.row.id] for row in rows]
    assert same.count(True) >= 0.9 * len(rows)


def nothing() -> None:
    raise NoWeights(model="test", reason="nothing is encoded here")
