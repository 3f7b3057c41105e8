"""Polished words lie beside title and gist, go with them, and are held against the evidence of now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.errors import NoWriter
from memory.ledger import polished
from memory.ledger.connection import Ledger
from memory.polishing import Polishing
from memory.records import Episode, What
from tests.support.builders import KEY, a_frame, a_kept_frame
from tests.support.houses import House

DONE = {
    "Harvest": ["plums and pears", "baskets in the barn"],
    "Bicycle": ["brake cable of the rear wheel", "patches for a tube"],
    "Sonata": ["second movement slower", "fingering of bar nine"],
}


class Says:
    """A writer that makes `answer` of what it is asked; `asked` is what that was."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def write(self, rules: str, words: str) -> str:
        self.asked.append(words)
        return self.answer(words)


def first_line(words: str) -> str:
    """Honest: what stands first."""
    return json.dumps({"title": words.splitlines()[1], "gist": "Working on " + words.splitlines()[1]})


def invented(words: str) -> str:
    return json.dumps({"title": "Wedding in Paris", "gist": "Invoice 99 was paid"})


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.engine.open(KEY)
    with made.ledger.writing() as db:
        for day, (title, lines) in enumerate(DONE.items()):
            a_kept_frame(db, a_frame(3 * 86400 * day, title=title), lines, None)
    made.engine.consolidate(dry_run=False)
    yield made
    made.engine.lock()


def shown(house: House) -> tuple[Episode, ...]:
    return house.engine.episodes(None, None)


def polish(ledger: Ledger, writer: Says, model: str = "m", often: int = 1000) -> tuple[int, int, int, str]:
    left = iter(range(often))
    done = Polishing(writer, model).run(ledger, lambda: next(left, None) is not None)
    return done.polished, done.rejected, done.wait, done.failed


def test_honest_words_lie_beside_and_the_title_stays(house: House) -> None:
    before = shown(house)
    count = len(before)
    assert count
    assert polish(house.ledger, Says(first_line)) == (count, 0, 0, "")
    after = shown(house)
    assert all(one.title_polished and one.gist_polished.startswith("Working on ") for one in after)
    assert tuple(replace(one, title_polished="", gist_polished="") for one in after) == before
    again = Says(first_line)
    assert polish(house.ledger, again) == (0, 0, 0, "")
    assert again.asked == []


def test_what_is_invented_is_counted_and_not_asked_again(house: House) -> None:
    count = len(shown(house))
    assert polish(house.ledger, Says(invented)) == (0, count, 0, "")
    assert not any(one.title_polished for one in shown(house))
    again = Says(first_line)
    assert polish(house.ledger, again)[:2] == (0, 0)
    assert again.asked == []
    # Another model is.
    assert polish(house.ledger, again, model="other")[:2] == (count, 0)


def test_it_ends_between_two_and_goes_on_later(house: House) -> None:
    count = len(shown(house))
    assert polish(house.ledger, Says(first_line), often=1) == (1, 0, count - 1, "")
    assert polish(house.ledger, Says(first_line)) == (count - 1, 0, 0, "")


def test_a_model_that_is_away_is_told_and_asked_another_time(house: House) -> None:
    def away(words: str) -> str:
        raise NoWriter(reason="nothing answers")

    assert polish(house.ledger, Says(away)) == (0, 0, 0, "no-writer")
    assert polish(house.ledger, Says(first_line))[0] == len(shown(house))


def test_the_ledger_is_free_while_the_model_thinks(house: House) -> None:
    def meanwhile(words: str) -> str:
        with house.ledger.writing() as db:
            db.run("update meta set value = value")
        return first_line(words)

    assert polish(house.ledger, Says(meanwhile))[0] == len(shown(house))


def test_what_is_forgotten_takes_its_polished_words_along(house: House) -> None:
    polish(house.ledger, Says(first_line))
    [episode] = [one for one in shown(house) if "Bicycle" in one.title]
    house.engine.forget(What(moments=episode.moments[:1]), dry_run=False)
    with house.ledger.reading() as db:
        kept = db.rows("select title, gist from polished")
    assert "Bicycle" not in str(kept)
    assert not any("Bicycle" in one.title_polished + one.gist_polished for one in shown(house))


def test_what_is_forgotten_while_the_model_thinks_is_not_kept(house: House) -> None:
    gone: list[int] = []

    def forgets(words: str) -> str:
        if not gone:
            [episode] = [one for one in shown(house) if one.title == words.splitlines()[1]]
            gone.append(episode.id)
            house.engine.forget(What(moments=episode.moments), dry_run=False)
        return first_line(words)

    polish(house.ledger, Says(forgets))
    with house.ledger.reading() as db:
        assert db.rows("select 1 from polished where episode = ?", gone[0]) == []


def test_who_forgets_waits_for_no_better_words(house: House) -> None:
    writer = Says(first_line)
    house.polishing = Polishing(writer, "m")
    house.engine.lock()
    house.engine.open(KEY)
    house.engine.forget(What(moments=(1,)), dry_run=False)
    assert writer.asked == []
    house.engine.consolidate(dry_run=False)
    assert writer.asked


def test_another_title_or_gist_has_its_own(house: House) -> None:
    polish(house.ledger, Says(first_line))
    one = shown(house)[0]
    with house.ledger.writing() as db:
        db.run("update episodes set gist = gist where id = ?", one.id)
        assert polished.count_waiting(db, "m") == 0
        db.run("update episodes set gist = 'A minute.' where id = ?", one.id)
        assert polished.waiting(db, "m", 9) == (one.id,)


def test_turned_off_its_words_go(house: House) -> None:
    polish(house.ledger, Says(first_line))
    house.engine.consolidate(dry_run=False)
    with house.ledger.reading() as db:
        assert db.value("select count(*) from polished") == 0


def test_a_run_of_settling_polishes_and_tells(house: House) -> None:
    writer = Says(first_line)
    house.polishing = Polishing(writer, "m")
    house.engine.lock()
    house.engine.open(KEY)
    count = len(shown(house))
    done = house.engine.settle(0.0)
    while done.unpolished:
        done = house.engine.settle(60.0)
    assert len(writer.asked) == count
    last = house.engine.status().settling.last
    assert last
    assert (last.state, last.polished, last.rejected) == ("done", count, 0)
