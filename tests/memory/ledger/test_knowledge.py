"""Episodes and facts: replaced as a whole, while what goes on keeps its id."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from memory.ledger import frames, knowledge, moments, readings
from memory.ledger.connection import Ledger
from memory.records import EpisodeDraft, FactDraft
from tests.support.builders import NINE, a_frame, a_kept_frame


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Six moments, one an hour."""
    with ledger.writing() as db:
        for n in range(6):
            a_kept_frame(db, a_frame(n * 3600, origin=f"{n}.webp"), [f"line {n}", "second"])
    return ledger


def an_episode(*members: int, level: str = "episode", title: str = "t") -> EpisodeDraft:
    spans = tuple((at(member - 1), at(member - 0.5)) for member in members)
    return EpisodeDraft(title, "gist", spans, level, ("mousepad",), members, members[:1])  # type: ignore[arg-type]


def a_fact(value: str, *evidence: tuple[int, int | None, str], **rest: object) -> FactDraft:
    given = FactDraft("kind", f"it is {value}", "it", "is", value, 0.5, at(0), at(1), None, evidence)
    return replace(given, **rest)  # type: ignore[arg-type]


# ------------------------------------------------------------------ episodes


def test_episodes_come_back_as_they_were(filled: Ledger) -> None:
    with filled.writing() as db:
        (id,) = knowledge.replace_episodes(db, [an_episode(1, 4, title="größer")])
        (episode,) = knowledge.episodes(db, None, None)
        assert knowledge.counts(db) == (1, 0)
    assert (episode.id, episode.title, episode.gist, episode.level) == (id, "größer", "gist", "episode")
    assert episode.spans == ((at(0), at(0.5)), (at(3), at(3.5)))
    assert (episode.apps, episode.moments, episode.key_moments) == (("mousepad",), (1, 4), (1,))


def test_an_interrupted_episode_is_not_in_its_break(filled: Ledger) -> None:
    with filled.writing() as db:
        knowledge.replace_episodes(db, [an_episode(1, 4), an_episode(2)])

        def titles(since: float | None, until: float | None) -> list[tuple[int, ...]]:
            span = (None if since is None else at(since), None if until is None else at(until))
            return [episode.moments for episode in knowledge.episodes(db, *span)]

        assert titles(None, None) == [(1, 4), (2,)]
        assert titles(1, 2) == [(2,)]
        assert titles(3.2, 3.3) == [(1, 4)]
        assert titles(0.5, 1) == [(1, 4)]
        assert titles(5, None) == []


def test_an_episode_that_goes_on_keeps_its_id(filled: Ledger) -> None:
    with filled.writing() as db:
        one, two, hour = knowledge.replace_episodes(
            db, [an_episode(1, 2), an_episode(3, 4), an_episode(1, 2, level="hour")]
        )
        again = knowledge.replace_episodes(
            db, [an_episode(5), an_episode(3, 4, 6), an_episode(1, 2, level="hour"), an_episode(1)]
        )
        assert again[1:] == (two, hour, one)
        assert again[0] not in (one, two, hour)
        assert len(knowledge.episodes(db, None, None)) == 4
        halves = knowledge.replace_episodes(db, [an_episode(6), an_episode(3, 4)])
        assert halves[1] == two
        assert halves[0] not in (one, two, hour)
        assert knowledge.replace_episodes(db, []) == ()
        assert knowledge.counts(db) == (0, 0)


# ------------------------------------------------------------------ facts


def test_facts_come_back_with_their_evidence(filled: Ledger) -> None:
    with filled.writing() as db:
        line = readings.lines(db, 2)[1]
        (id,) = knowledge.replace_facts(
            db, [a_fact("blue", (2, line.id, "second"), (1, None, "line 0"), (1, None, "line 0"))]
        )
        (fact,) = knowledge.facts(db)
    assert (fact.id, fact.kind, fact.statement) == (id, "kind", "it is blue")
    assert (fact.subject, fact.relation, fact.value, fact.confidence) == ("it", "is", "blue", 0.5)
    assert (fact.first_seen, fact.last_seen, fact.superseded_by) == (at(0), at(1), None)
    assert [(e.moment, e.quote, e.origin, e.box) for e in fact.evidence] == [
        (1, "line 0", "0.webp", None),
        (2, "second", "1.webp", line.line.box),
    ]


def test_evidence_of_a_fold_names_the_origin_of_its_line(filled: Ledger) -> None:
    with filled.writing() as db:
        moments.fold(db, 1, [2])
        line = next(row for row in moments.texts(db, [1])[1] if row.line.text == "line 1")
        knowledge.replace_facts(db, [a_fact("x", (1, line.id, "line 1"))])
        (fact,) = knowledge.facts(db)
    assert [e.origin for e in fact.evidence] == ["1.webp"]


def test_a_fact_may_be_superseded_by_one_before_or_after_it(filled: Ledger) -> None:
    with filled.writing() as db:
        old, new, oldest = knowledge.replace_facts(
            db,
            [
                a_fact("old", (1, None, "q"), superseded_by=1),
                a_fact("new", (2, None, "q"), last_seen=at(2)),
                a_fact("oldest", (1, None, "q"), superseded_by=0),
            ],
        )
        assert [(fact.id, fact.superseded_by) for fact in knowledge.facts(db)] == [
            (new, None),
            (old, new),
            (oldest, old),
        ]


def test_a_fact_that_still_holds_keeps_its_id(filled: Ledger) -> None:
    with filled.writing() as db:
        one, two = knowledge.replace_facts(db, [a_fact("one", (1, None, "q")), a_fact("two", (1, None, "q"))])
        three, again = knowledge.replace_facts(
            db, [a_fact("three", (2, None, "q")), a_fact("two", (3, None, "q"), confidence=0.9)]
        )
        assert again == two
        assert three not in (one, two)
        assert [fact.value for fact in knowledge.facts(db)] == ["two", "three"]
        twice = knowledge.replace_facts(db, [a_fact("two", (1, None, "q")), a_fact("two", (2, None, "q"))])
        assert twice[0] == two
        assert twice[1] not in (two, three)


def test_a_moment_without_frames_of_a_recording_has_no_origin(ledger: Ledger) -> None:
    with ledger.writing() as db:
        frames.add(db, a_frame(), None)
        knowledge.replace_facts(db, [a_fact("x", (1, None, "q"))])
        assert knowledge.facts(db)[0].evidence[0].origin is None
