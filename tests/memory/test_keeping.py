"""An engine over a real ledger: what is used is noted off the read path, pins hold, the faded says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from memory import intake
from memory.engine import Engine
from memory.errors import NotFound, PictureFaded
from memory.index.client import Index
from memory.keys import master
from memory.ledger import days, moments, readings, uses
from memory.ledger.connection import Ledger
from memory.opened import Opened
from memory.pictures import Pictures
from memory.questions import Questions
from memory.records import Limits, Question, What
from tests.support.builders import KEY, NINE, a_frame, a_ledger, a_reading


class Home:
    """An engine over a ledger of three moments with pictures; `works` is whether it has readers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.works, self.limits, self.now = folder, True, Limits(), NINE + timedelta(days=90)
        a_ledger(folder).close()
        self.engine = Engine(lambda file, passphrase: KEY, self._open, lambda: self.now)
        self.engine.unlock("", "")
        for n, text in enumerate(("the dentist is at noon", "zebra", "walrus")):
            intake.take(self.ledger, self.pictures, a_frame(600 * n, app=f"app {n}"), b"RIFF picture %d" % n)
            with self.ledger.writing() as db:
                readings.add(db, n + 1, a_reading(text))
                readings.index_words(db, n + 1)
                db.run("delete from jobs")
                moments.settle(db, [n + 1])

    def _open(self, key: bytes) -> Opened:
        self.ledger = ledger = Ledger.open(self.folder / "ledger.db", key)
        self.pictures = Pictures(
            self.folder / "pictures", lambda day: master.key_of_day(KEY, days.salt_for_sealing(ledger, day))
        )
        index = Index(ledger)
        return Opened(
            ledger=ledger,
            pictures=self.pictures,
            index=index,
            questions=Questions(index, lambda: None, None),  # type: ignore[arg-type, return-value]
            reader=None,  # type: ignore[arg-type]
            processes=lambda: {"reader 1": "idle"} if self.works else {},
            trouble=lambda: "",
            rest=lambda: None,
            close=ledger.close,
            limits=lambda: self.limits,
        )

    def recalls(self) -> dict[int, tuple[bool, ...]]:
        """By moment the recalls that are written down: True for a citation."""
        with self.ledger.reading() as db:
            return {moment: tuple(cited for _, cited in found) for moment, found in uses.recalls(db).items()}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.engine.lock()


def test_opening_is_noted_once_an_hour_and_written_later(home: Home) -> None:
    before = home.ledger.generation()
    for _ in range(3):
        home.engine.moment(1)
    assert home.ledger.generation() == before
    home.engine.fade(dry_run=True)
    assert home.recalls() == {}
    home.engine.fade(dry_run=False)
    assert home.recalls() == {1: (False,)}
    home.engine.moment(1)
    home.now += timedelta(hours=1)
    home.engine.moment(1)
    home.engine.lock()
    home.engine.unlock("", "")
    assert home.recalls() == {1: (False, False)}


def test_what_was_forgotten_meanwhile_is_not_noted(home: Home) -> None:
    home.engine.moment(1)
    home.engine.moment(2)
    home.engine.forget(What(moments=(1,)), dry_run=False)
    home.engine.fade(dry_run=False)
    assert home.recalls() == {2: (False,)}


def test_a_moment_that_was_folded_counts_for_the_one_that_it_is_in(home: Home) -> None:
    home.engine.moment(2)
    with home.ledger.writing() as db:
        uses.pin(db, [3], "user", NINE)
        uses.recalled(db, [(3, NINE, "opened")])
        moments.fold(db, 1, [2, 3])
    home.engine.fade(dry_run=False)
    assert home.recalls() == {1: (False, False)}
    assert home.engine.fade(dry_run=True).spared == {"pinned": 1}


def test_an_engine_that_only_looks_writes_nothing(home: Home) -> None:
    home.works = False
    home.engine.moment(1)
    home.engine.lock()
    home.works = True
    home.engine.unlock("", "")
    assert home.recalls() == {}


def test_pins_hold_and_are_taken_off(home: Home) -> None:
    home.limits = Limits(0, picture_days=1)
    with pytest.raises(NotFound):
        home.engine.pin((1, 99))
    assert home.engine.fade(dry_run=True).spared == {}
    home.engine.pin((1, 2))
    home.engine.unpin((2,))
    done = home.engine.fade(dry_run=False)
    assert (done.spared, [(one.form, one.moments) for one in done.forms]) == ({"pinned": 1}, [("text", 2)])
    assert home.engine.moment(1).moment.faded == ""


def test_what_has_faded_says_so(home: Home) -> None:
    home.limits = Limits(0, picture_days=1)
    home.engine.pin((1,))
    home.engine.fade(dry_run=False)
    with pytest.raises(PictureFaded, match=r"The picture of moment 2 has faded; its text is kept\."):
        home.engine.picture(2)
    assert home.engine.thumbnail(2) == b""
    assert [line.text for line in home.engine.moment(2).lines] == ["zebra"]
    home.limits = Limits(0, text_days=1)
    home.engine.fade(dry_run=False)
    with pytest.raises(PictureFaded, match="its title and what its episode was about are kept"):
        home.engine.picture(2)
    whole = home.engine.moment(2)
    assert (whole.moment.faded, whole.moment.title, whole.lines) == ("gist", "notes", ())
    assert home.engine.check() == ()


def test_a_cited_moment_is_recalled(home: Home) -> None:
    said = home.engine.ask(Question("When is the dentist?", home.now))
    assert [citation.moment.id for citation in said.citations] == [1]
    home.engine.fade(dry_run=False)
    assert home.recalls() == {1: (True,)}
