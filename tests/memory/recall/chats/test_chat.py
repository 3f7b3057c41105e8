"""Chats: follow-ups become questions that stand for themselves, and those that do are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from memory.recall.chats.chat import Meant, resolve
from memory.records import Question, Understood
from tests.support.dialogues import NOW, Dialogue, asked_first, dialogues, mistakes, span_of, take


@pytest.mark.parametrize("dialogue", dialogues(), ids=lambda one: f"{one.first} {one.then}")
def test_a_follow_up_is_made_whole_and_a_new_topic_is_not_touched(dialogue: Dialogue) -> None:
    assert bool(mistakes(dialogue)) == dialogue.missed, mistakes(dialogue)


def test_the_first_question_of_a_thread_leans_on_nothing() -> None:
    question = Question("and the day before?", NOW, "t")
    assert resolve(question, (), take) == Meant(question)


def test_what_the_user_says_it_means_is_not_changed() -> None:
    question = Question("and the day before?", NOW, "t", Understood("tides"))
    assert resolve(question, (asked_first("What did I read yesterday?"),), take) == Meant(question)


def test_follow_ups_lean_on_follow_ups() -> None:
    """Each is understood by the turn before it as that was understood, not as it was written."""
    turns = [asked_first("What did Ole offer for teak yesterday?")]
    told = []
    for text in ("and the day before?", "what about Anna?", "and for oak?", "the week before?"):
        meant = resolve(Question(text, NOW, "t"), turns, take)
        assert meant.question.understood
        told.append((meant.question.understood.text, span_of(meant.question.understood)[:10]))
        said = replace(turns[-1].answer, question=meant.question, understood=meant.question.understood)
        turns.append(replace(turns[-1], answer=said))
    assert told == [
        ("What did Ole offer for teak?", "2026-05-19"),
        ("What did Anna offer for teak?", "2026-05-19"),
        ("What did Anna offer for oak?", "2026-05-19"),
        ("What did Anna offer for oak?", "2026-05-11"),
    ]


def test_a_follow_up_rests_on_what_the_turn_before_it_rests_on() -> None:
    turn = replace(asked_first("When did Ole call?"), rests=(7, 1, 2))
    assert resolve(Question("and why?", NOW, "t"), (turn,), take).lent == (7, 1, 2)
    assert resolve(Question("Who is the plumber?", NOW, "t"), (turn,), take).lent == ()


def test_a_follow_up_rests_on_what_was_cited_further_back_as_well() -> None:
    """A place or a name of it may be in what is understood."""
    cited = asked_first("What did Ole offer for teak?")
    none = replace(cited, rests=(9,), answer=replace(cited.answer, citations=()))
    assert resolve(Question("who wrote it?", NOW, "t"), (cited, none), take).lent == (9, 1, 2)


def test_he_is_who_was_answered_where_the_question_named_nobody() -> None:
    turn = asked_first("Who wrote the teak offer?")
    quoted = tuple(replace(one, quote="From: Ole Brandt") for one in turn.answer.citations)
    turn = replace(turn, answer=replace(turn.answer, citations=quoted))
    meant = resolve(Question("what did he say about the keel?", NOW, "t"), (turn,), take)
    assert meant.question.text == "what did Ole Brandt say about the keel"


@pytest.mark.parametrize(
    ("then", "span", "order"),
    [
        ("and before that?", "/2026-05-19 09:30", "last"),
        ("und davor?", "/2026-05-19 09:30", "last"),
        ("and later?", "2026-05-19 14:35/", "first"),
        ("danach?", "2026-05-19 14:35/", "first"),
    ],
)
def test_before_that_is_the_last_time_before_what_was_cited(then: str, span: str, order: str) -> None:
    turn = asked_first("What was the price of teak?")
    understood = resolve(Question(then, NOW, "t"), (turn,), take).question.understood
    assert understood
    assert (span_of(understood), understood.order, understood.text) == (
        span,
        order,
        "What was the price of teak?",
    )


def test_nothing_cited_is_spoken_of_no_further_back_than_three_turns() -> None:
    cited = asked_first("What did Ole offer for teak?")
    none = replace(cited, answer=replace(cited.answer, citations=()))
    near = resolve(Question("who wrote it?", NOW, "t"), (cited, none, none), take)
    far = resolve(Question("who wrote it?", NOW, "t"), (cited, none, none, none), take)
    assert near.spoken
    assert far.spoken
    assert (near.spoken.prefer, far.spoken.prefer) == ((1, 2), ())


@pytest.mark.parametrize("text", ["", "?", "...", "and", "und?", "the", "(", "\\", "那天呢?", "it " * 400])
def test_any_text_is_taken(text: str) -> None:
    resolve(Question(text, NOW, "t"), (asked_first("What did Ole offer for teak?"),), take)
    resolve(Question("and the day before?", NOW, "t"), (asked_first(text),), take)
