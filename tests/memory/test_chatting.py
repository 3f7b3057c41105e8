"""An engine over a real ledger: turns are kept in threads alone, follow-ups lean on them, and they go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from memory import intake
from memory.errors import BadRequest, NotFound
from memory.ledger import moments, readings
from memory.records import Answer, Question, What
from tests.support.builders import KEY, NINE, a_frame, a_reading
from tests.support.houses import House, no_weights

DAY = timedelta(days=1)
NOW = NINE + 3 * DAY


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One price on each of two days, told by somebody."""
    made = House(tmp_path)
    made.encoder = no_weights
    made.engine.open(KEY)
    for n, (price, person) in enumerate((("120.50", "Ole"), ("140.80", "Ines"))):
        intake.take(made.ledger, made.pictures(made.ledger), a_frame(at=NINE + n * DAY), b"picture %d" % n)
        with made.ledger.writing() as db:
            readings.add(db, n + 1, a_reading(f"Teak costs EUR {price}", f"told by {person} Brandt"))
            readings.index_words(db, n + 1)
            db.run("delete from jobs")
    yield made
    made.engine.lock()


def ask(house: House, text: str, thread: str = "teak") -> Answer:
    return house.engine.ask(Question(text, NOW, thread))


def test_a_follow_up_leans_on_the_turn_before_and_both_are_kept(house: House) -> None:
    assert "140.80" in ask(house, "How much was teak on 3 March?").text
    second = ask(house, "and the day before?")
    assert "120.50" in second.text
    assert second.question == Question("and the day before?", NOW, "teak")
    turns = house.engine.turns("teak")
    assert [turn.answer.question.text for turn in turns] == [
        "How much was teak on 3 March?",
        "and the day before?",
    ]
    assert turns[1].rests == (2, 1)
    assert [one.id for one in house.engine.threads()] == ["teak"]
    assert house.engine.turns("another") == ()


def test_without_a_thread_nothing_is_written(house: House) -> None:
    before = house.ledger.generation()
    ask(house, "How much was teak on 3 March?", thread="")
    assert house.ledger.generation() == before
    assert house.engine.threads() == ()


def test_the_follow_up_goes_with_what_the_turn_before_it_rested_on(house: House) -> None:
    """Its words may be those of the first answer."""
    ask(house, "How much was teak on 3 March?")
    ask(house, "and the day before?")
    ask(house, "How much was teak on 2 March?")
    gone = house.engine.forget(What(moments=(2,)), dry_run=True)
    assert gone.turns == 2
    assert house.engine.forget(What(moments=(2,)), dry_run=False).turns == 2
    assert [turn.answer.question.text for turn in house.engine.turns("teak")] == [
        "How much was teak on 2 March?"
    ]


def test_not_found_rests_on_the_nearest_that_it_names(house: House) -> None:
    said = ask(house, "Who brought the zebra of teak?")
    assert not said.found
    assert said.nearest
    [turn] = house.engine.turns("teak")
    assert turn.rests == (said.nearest[0].moment.id,)
    with house.ledger.reading() as db:
        assert db.rows("select * from pins") == []


def test_what_is_cited_in_a_thread_does_not_fade(house: House) -> None:
    ask(house, "How much was teak on 3 March?")
    with house.ledger.writing() as db:
        moments.settle(db, [1, 2])
    assert house.engine.fade(dry_run=True).spared["cited"] >= 1
    house.engine.forget_thread("teak")
    assert "cited" not in house.engine.fade(dry_run=True).spared
    with pytest.raises(NotFound):
        house.engine.forget_thread("teak")


@pytest.mark.parametrize(
    ("thread", "text"),
    [("x" * 65, "when?"), ("  ", "when?"), ("a\nb", "when?"), ("x", "y" * 2_001)],
    ids=["long", "blank", "lines", "question"],
)
def test_what_is_not_fit_to_be_kept_is_refused(house: House, thread: str, text: str) -> None:
    with pytest.raises(BadRequest):
        ask(house, text, thread)
    assert house.engine.threads() == ()


def test_a_long_question_without_a_thread_is_asked(house: House) -> None:
    assert not ask(house, "y" * 2_001, thread="").found
