"""Turns of chats: what is kept of them, what they keep, and what takes them along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from memory.errors import NotFound
from memory.ledger import facts, meta, moments, turns
from memory.ledger.check import check
from memory.ledger.connection import UNSCRUBBED, Ledger, Writer
from memory.records import FactDraft, Understood, What
from tests.support.builders import NINE, a_frame, a_kept_frame, an_answer


def screens(db: Writer, count: int = 4) -> None:
    """Moments 1, 2, ... ten minutes apart."""
    for n in range(count):
        a_kept_frame(db, a_frame(600 * n, app=f"app{n}"), [f"words of {n}"])


def ask(ledger: Ledger, *cited: int, lent: tuple[int, ...] = (), **rest: Any) -> bool:
    with ledger.writing() as db:
        return turns.keep(db, an_answer(db, *cited, **rest), lent)


def questions(ledger: Ledger, thread: str = "tea") -> list[str]:
    with ledger.reading() as db:
        return [turn.answer.question.text for turn in turns.of(db, thread)]


def pinned(ledger: Ledger) -> list[int]:
    with ledger.reading() as db:
        return [moment for (moment,) in db.rows("select moment from pins where why = 'answer' order by 1")]


@pytest.fixture(autouse=True)
def four(ledger: Ledger) -> None:
    with ledger.writing() as db:
        screens(db)


def test_a_turn_is_read_as_it_was_said(ledger: Ledger) -> None:
    meant = Understood("the offer", since=NINE, until=None, apps=("mail",), kind="when", people=("Ole",))
    ask(ledger, 2, 1, lent=(4, 2), understood=meant, grade="seen", deep=True)
    ask(ledger, after_s=60, missing="not captured", text="Not then.", confidence=0.0)
    with ledger.reading() as db:
        first, second = turns.of(db, "tea")
        assert first.answer == an_answer(db, 2, 1, understood=meant, grade="seen", deep=True)
        assert first.rests == (4, 2, 1)
        assert (second.answer.missing, second.answer.text, second.rests) == ("not captured", "Not then.", ())
        assert turns.of(db, "another") == ()


def test_times_that_were_looked_up_are_not_kept(ledger: Ledger) -> None:
    led = Understood(
        "the offer", since=NINE, until=NINE + timedelta(hours=1), anchor="the tea", relation="during"
    )
    ask(ledger, 2, understood=led)
    with ledger.reading() as db:
        kept = turns.of(db, "tea")[0].answer.understood
    assert (kept.since, kept.until, kept.anchor) == (None, None, "the tea")


def test_threads_are_told_the_last_first(ledger: Ledger) -> None:
    for thread, second in (("tea", 0), ("oars", 10), ("tea", 20)):
        ask(ledger, thread=thread, after_s=second, asked=f"At {second}?")
    with ledger.reading() as db:
        told = turns.threads(db)
    assert [(one.id, one.turns, one.first) for one in told] == [("tea", 2, "At 0?"), ("oars", 1, "At 10?")]
    assert told[0].asked == NINE + timedelta(seconds=20)


def test_of_a_thread_and_of_threads_the_oldest_go(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_TURNS", 3)
    monkeypatch.setattr(turns, "MOST_THREADS", 2)
    for n in range(5):
        ask(ledger, 1 + n % 2, asked=f"tea {n}")
    assert questions(ledger) == ["tea 2", "tea 3", "tea 4"]
    ask(ledger, 3, thread="oars")
    ask(ledger, 4, thread="sails")
    with ledger.reading() as db:
        assert [one.id for one in turns.threads(db)] == ["sails", "oars"]
    assert pinned(ledger) == [3, 4]


# ------------------------------------------------------------------ what is cited


def test_what_is_cited_is_kept_from_fading_while_a_turn_cites_it(ledger: Ledger) -> None:
    ask(ledger, 1, 2, lent=(3,))
    ask(ledger, 2, thread="oars", lent=(1,))
    assert pinned(ledger) == [1, 2]
    with ledger.writing() as db:
        turns.forget_thread(db, "tea")
    assert pinned(ledger) == [2]
    with ledger.writing() as db:
        turns.forget_thread(db, "oars")
    assert pinned(ledger) == []


def test_nothing_is_kept_that_rests_on_what_is_forgotten_already(ledger: Ledger) -> None:
    with ledger.writing() as db:
        late = an_answer(db, 1)
        moments.forget(db, [1])
        assert not turns.keep(db, late, ())
        assert not turns.keep(db, an_answer(db, 2), (1,))
    assert questions(ledger) == []
    assert pinned(ledger) == []


def test_a_turn_follows_its_moments_where_they_are_folded(ledger: Ledger) -> None:
    ask(ledger, 1, 2, lent=(3, 4))
    with ledger.writing() as db:
        moments.fold(db, 1, [2])
        moments.fold(db, 3, [4])
    with ledger.reading() as db:
        (turn,) = turns.of(db, "tea")
        assert [citation.moment.id for citation in turn.answer.citations] == [1, 1]
        assert turn.rests == (3, 1)
    assert pinned(ledger) == [1]
    assert ask(ledger, 1, lent=(4,))
    assert check(ledger) == ()


# ------------------------------------------------------------------ forgetting


@pytest.mark.parametrize("gone", [1, 3], ids=["cited", "lent words"])
def test_a_turn_goes_with_a_moment_it_rests_on(ledger: Ledger, gone: int) -> None:
    ask(ledger, 1, 2, lent=(3,), asked="with it")
    ask(ledger, 2, asked="without it")
    with ledger.writing() as db:
        moments.forget(db, [gone])
    assert questions(ledger) == ["without it"]
    assert pinned(ledger) == [2]
    assert check(ledger) == ()


WORDS: dict[str, dict[str, Any]] = {
    "thread": {"thread": "zebra"},
    "question": {"asked": "Where are the ZEBRA\n  stripes?"},
    "answer": {"text": "There: zebra stripes."},
    "understood": {"understood": Understood("x", people=("Zebra",))},
}


@pytest.mark.parametrize("where", WORDS)
def test_a_turn_that_holds_the_words_is_meant(ledger: Ledger, where: str) -> None:
    ask(ledger, **WORDS[where])
    ask(ledger, 1, thread="oars")
    with ledger.reading() as db:
        assert turns.select(db, What(text="zebra"), ()) == (1,)
        assert turns.select(db, What(text="quote 1"), ()) == (2,)
        assert turns.select(db, What(text="zebras"), ()) == ()
        assert turns.select(db, What(app="app0"), (1,)) == (2,)


def test_turns_that_were_asked_in_the_span_are_meant(ledger: Ledger) -> None:
    for second in (0, 60, 120):
        ask(ledger, after_s=second)
    minute = timedelta(minutes=1)
    with ledger.reading() as db:
        assert turns.select(db, What(since=NINE + minute, until=NINE + 2 * minute), ()) == (2,)
        assert turns.select(db, What(since=NINE + minute), ()) == (2, 3)
        assert turns.select(db, What(until=NINE), ()) == ()


def test_a_thread_goes_whole_and_its_pages_wait_to_be_scrubbed(ledger: Ledger) -> None:
    ask(ledger)
    ask(ledger, thread="oars")
    with ledger.writing() as db:
        turns.forget_thread(db, "tea")
        assert meta.get(db, UNSCRUBBED)
        with pytest.raises(NotFound):
            turns.forget_thread(db, "tea")
    assert (questions(ledger), questions(ledger, "oars")) == ([], ["Who said it?"])


@pytest.mark.parametrize(
    ("meant", "goes"),
    [
        (Understood("read", apps=("app1", "app2")), True),
        (Understood("read", without=("app2",)), True),
        (Understood("read", sites=("two.example",)), True),
        (Understood("read", sites=("both.example",)), False),
        (Understood("read", people=("Ole Brandt",)), True),
        (Understood("app2", apps=("app1",)), False),
    ],
    ids=["application", "left out", "site", "a site that stays", "person", "own words"],
)
def test_a_name_that_only_forgotten_moments_told_goes_with_them(
    meant: Understood, goes: bool, ledger: Ledger
) -> None:
    """Whoever asks for "the browser" is understood to mean those that are known."""
    with ledger.writing() as db:
        db.run("update moments set url = 'https://both.example/' || id where id < 3")
        db.run("update moments set url = 'https://two.example/' where id = 3")
        draft = FactDraft(
            *("person", "s", "Ole Brandt", "is", "v", 1.0, NINE, NINE, None, ((3, None, "Ole"),)),
            topic=("person", "ole brandt", "is"),
        )
        facts.replace(db, (), [draft], NINE)
        db.run("update moments set url = 'https://both.example/' where id = 4")
    ask(ledger, 1, understood=meant)
    with ledger.reading() as db:
        assert bool(turns.select(db, What(moments=(3,)), (3,))) == goes
