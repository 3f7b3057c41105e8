"""Facts: sightings are kept by choice, facts keep their ids, the user's word stands with its moments."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from memory.errors import NotFound
from memory.ledger import facts, frames, moments, readings
from memory.ledger.connection import Ledger
from memory.records import FactDraft, Sighting, Topic
from tests.support.builders import NINE, a_frame, a_kept_frame, a_sighting, some_episodes

TOPIC: Topic = ("value", "page", "total")


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Six moments, one an hour."""
    with ledger.writing() as db:
        for n in range(6):
            a_kept_frame(db, a_frame(n * 3600, origin=f"{n}.webp"), [f"line {n}", "second"])
    return ledger


def seen(value: str, *moments: int) -> list[Sighting]:
    return [a_sighting(value, moment, at(moment - 1)) for moment in moments]


def alone(value: str, *_: object) -> tuple[str]:
    return (value,)


def a_fact(value: str, *moments: int, after: int | None = None, **rest: str) -> FactDraft:
    evidence = tuple((moment, None, f"Total: {value}") for moment in moments)
    return FactDraft(
        *("value", f"Page: Total: {value}", "Page", "Total", value, 0.5, at(0), at(1), after, evidence),
        topic=TOPIC,
        key=rest.get("key", value),
    )


# ------------------------------------------------------------------ sightings


def test_sightings_come_back_in_order_of_time(filled: Ledger) -> None:
    given = [*seen("two", 3), *seen("one", 2, 1)]
    with filled.writing() as db:
        assert facts.replace_sightings(db, [1, 2, 3], given, tuple) == {TOPIC}
        found = facts.sightings_of(db, [TOPIC])
    assert [(one.value, one.moment) for one in found] == [("one", 1), ("one", 2), ("two", 3)]
    # The moment was one look long: its times are those of the ledger.
    assert [one.start for one in found] == [at(0), at(1), at(2)]
    assert found[0].said == "Total: one"


def test_what_moments_told_before_is_replaced_and_touched(filled: Ledger) -> None:
    other = a_sighting("x", 2, thing="other")
    with filled.writing() as db:
        facts.replace_sightings(db, [1, 2], [*seen("one", 1), other], tuple)
        touched = facts.replace_sightings(db, [2], seen("two", 2), tuple)
        assert touched == {TOPIC, other.topic}
        assert facts.sightings_of(db, [other.topic]) == ()
        assert [one.value for one in facts.sightings_of(db, [TOPIC])] == ["one", "two"]
        assert facts.topics_of(db, [2, 3]) == {TOPIC}


def test_of_a_value_only_what_is_chosen_is_kept(filled: Ledger) -> None:
    with filled.writing() as db:
        facts.replace_sightings(db, [1, 2], [*seen("one", 1, 2), *seen("two", 1)], lambda group: group[-1:])
        facts.replace_sightings(db, [3], seen("one", 3), lambda group: group[:1] + group[2:])
        kept = [(one.value, one.moment) for one in facts.sightings_of(db, [TOPIC])]
    assert kept == [("two", 1), ("one", 2)]


def test_folding_moves_sightings_along(filled: Ledger) -> None:
    with filled.writing() as db:
        line = readings.lines(db, 2)[0]
        given = [*seen("one", 1), a_sighting("one", 2, at(1), line=line.id), a_sighting("two", 2, at(1))]
        facts.replace_sightings(db, [1, 2], given, tuple)
        moments.fold(db, 1, [2])
        found = facts.sightings_of(db, [TOPIC])
    assert sorted((one.value, one.moment) for one in found) == [("one", 1), ("two", 1)]


# ------------------------------------------------------------------ facts


def test_facts_come_back_with_evidence_and_both_times(filled: Ledger) -> None:
    with filled.writing() as db:
        line = readings.lines(db, 1)[1]
        frames.add(db, a_frame(10, origin="later.webp", new=False), None)
        draft = a_fact("one")
        draft = FactDraft(
            *("value", draft.statement, "Page", "Total", "one", 0.5, at(0), at(1), None),
            evidence=((1, line.id, "second"), (3, None, "q")),
            type="word",
            topic=TOPIC,
            key="one",
        )
        (id,) = facts.replace(db, [TOPIC], [draft], at(9))
        (fact,) = facts.facts(db)
    assert (fact.id, fact.value, fact.type, fact.state) == (id, "one", "word", "inferred")
    assert [(e.moment, e.quote, e.origin) for e in fact.evidence] == [
        (1, "second", "0.webp"),
        (3, "q", "2.webp"),
    ]
    assert fact.evidence[0].box == line.line.box
    assert (fact.valid_from, fact.valid_to) == (at(0), None)
    assert (fact.known_from, fact.known_to) == (at(9), None)


def test_a_fact_keeps_its_id_and_since_when_it_is_known(filled: Ledger) -> None:
    with filled.writing() as db:
        first, _ = facts.replace(db, [TOPIC], [a_fact("one", 1), a_fact("gone", 1)], at(6))
        again, new = facts.replace(db, [TOPIC], [a_fact("one", 1, 2, after=1), a_fact("two", 3)], at(7))
        facts.replace(db, [TOPIC], [a_fact("one", 1, 2, after=1), a_fact("two", 3)], at(8))
        known = {fact.value: fact for fact in facts.facts(db)}
    assert again == first
    assert set(known) == {"one", "two"}
    assert (known["one"].known_from, known["one"].known_to) == (at(6), at(7))
    assert (known["two"].known_from, known["two"].known_to) == (at(7), None)
    assert known["one"].superseded_by == new
    assert [e.moment for e in known["one"].evidence] == [1, 2]


def test_other_topics_are_left_alone(filled: Ledger) -> None:
    with filled.writing() as db:
        facts.replace(db, [TOPIC], [a_fact("one", 1)], at(6))
        facts.replace(db, [("value", "other", "total")], [], at(7))
        assert facts.count(db) == 1
        facts.replace(db, [TOPIC], [], at(8))
        assert facts.count(db) == 0


def test_facts_of_before_go_with_what_showed_them(filled: Ledger) -> None:
    with filled.writing() as db:
        before = FactDraft("k", "s", "s", "r", "v", 0.5, at(0), at(1), None, ((1, None, "q"),))
        facts.replace(db, (), [before], at(6))
        facts.replace_sightings(db, [2], (), tuple)
        assert facts.count(db) == 1
        facts.replace_sightings(db, [1], (), tuple)
        assert facts.count(db) == 0


def test_facts_are_reached_from_what_they_are_of_and_from_what_they_say(filled: Ledger) -> None:
    with filled.writing() as db:
        facts.replace(db, [TOPIC], [a_fact("Priya Raman", 1), a_fact("Groß", 2)], at(6))

        def about(words: str) -> list[str]:
            return [fact.value for fact in facts.about(db, words)]

        assert sorted(about("page")) == ["Groß", "Priya Raman"]
        assert about("raman TOTAL") == ["Priya Raman"]
        assert about("gross") == ["Groß"]
        assert about("raman other") == about(" ") == []


def test_facts_of_one_episode_are_linked_those_of_one_moment_first(filled: Ledger) -> None:
    drafts = [a_fact("one", 1), a_fact("far", 5), a_fact("beside", 2), a_fact("with", 1, 2)]
    with filled.writing() as db:
        one, _, beside, together = facts.replace(db, [TOPIC], drafts, at(6))
        some_episodes(db, ("t", "g", "mousepad", (1, 2)), ("u", "g", "mousepad", (5,)))
        (fact,) = facts.about(db, "one")
    assert fact.id == one
    assert fact.linked == (together, beside)
    assert len(fact.episodes) == 1


# ------------------------------------------------------------------ the user's word


def test_what_the_user_said_is_there_once(filled: Ledger) -> None:
    with filled.writing() as db:
        facts.replace_sightings(db, [1], seen("one", 1), tuple)
        (id,) = facts.replace(db, [TOPIC], [a_fact("one", 1)], at(6))
        assert facts.rule(db, id, "confirmed", "", at(6), alone) == TOPIC
        facts.rule(db, id, "corrected", "1", at(7), alone)
        (verdict,) = facts.verdicts_of(db, [TOPIC])
    assert (verdict.value, verdict.ruling, verdict.said) == ("one", "corrected", "1")


def test_nothing_is_said_of_a_fact_that_is_not_there_or_rests_on_nothing(filled: Ledger) -> None:
    with filled.writing() as db:
        (id,) = facts.replace(db, [TOPIC], [a_fact("one", 1)], at(6))
        for missing in (id, 99, 10**20):
            with pytest.raises(NotFound):
                facts.rule(db, missing, "confirmed", "", at(6), alone)


def test_what_the_user_spoke_of_is_not_dropped_by_settling(filled: Ledger) -> None:
    with filled.writing() as db:
        facts.replace_sightings(db, [1], [*seen("one", 1), *seen("two", 1)], tuple)
        (id,) = facts.replace(db, [TOPIC], [a_fact("one", 1)], at(6))
        facts.rule(db, id, "deleted", "", at(6), alone)
        facts.replace_sightings(db, [1], (), tuple)
        assert [one.value for one in facts.sightings_of(db, [TOPIC])] == ["one"]
        assert len(facts.verdicts_of(db, [TOPIC])) == 1


def test_the_users_word_goes_with_the_last_moment_that_showed_it(filled: Ledger) -> None:
    with filled.writing() as db:
        facts.replace_sightings(db, [1, 2], seen("one", 1, 2), tuple)
        (id,) = facts.replace(db, [TOPIC], [a_fact("one", 1, 2)], at(6))
        facts.rule(db, id, "deleted", "", at(6), alone)
        moments.forget(db, [1])
        assert len(facts.verdicts_of(db, [TOPIC])) == 1
        moments.forget(db, [2])
        assert facts.verdicts_of(db, [TOPIC]) == ()
