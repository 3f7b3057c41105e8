"""Episodes are the sum of their spans: a day's are replaced, what goes on keeps its id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from memory.ledger import episodes, moments
from memory.ledger.connection import Db, Ledger, Writer
from memory.records import Digest, Interruption, Named, SpanDraft, Words
from tests.support.builders import NINE, a_frame, a_kept_frame

MONDAY = 20514  # 2026-03-02
HOUR = 3600


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Six moments, one an hour, and two on the next day."""
    with ledger.writing() as db:
        for hours in (0, 1, 2, 3, 4, 5, 24, 25):
            a_kept_frame(db, a_frame(hours * HOUR), [f"line {hours}", "second"])
        moments.settle(db, range(1, 9))
    return ledger


def a_span(first: float, *members: int, word: str = "heron") -> SpanDraft:
    digest = Digest((("Editor", (word,), 60.0, members[0]),), (), (), {"Ines": 60.0}, {}, {}, ())
    return SpanDraft(at(first), at(first + 0.5), members, Words(len(members), {word: 1}, {}), digest)


def put(db: Writer, day: int, drafts: Sequence[SpanDraft], links: Sequence[int]) -> frozenset[int]:
    """Replaces a day and names what that touches, each by the first of its moments."""
    touched, _ = episodes.replace_day(db, day, drafts, links)
    for episode in touched:
        digests, parts = zip(*episodes.digests(db, episode), strict=True)
        key = digests[0].windows[0][3]
        look = Interruption(at(0), at(0.1), "Chat", "Lunch")
        named = Named(f"größer {key}", "gist", ("Editor",), (key,), ("Ines",), (), ("a.md",), (look,))
        episodes.name(db, episode, named, parts)
    return touched


def told(db: Db) -> dict[int, tuple[int, ...]]:
    return {episode.id: episode.moments for episode in episodes.between(db, None, None)}


def test_episodes_come_back_as_they_were(filled: Ledger) -> None:
    with filled.writing() as db:
        put(db, MONDAY, [a_span(0, 1), a_span(1, 2), a_span(3, 4, 5)], [-1, -2, -1])
        one, two = episodes.between(db, None, None)
        assert episodes.count(db) == 2
    assert (one.title, one.gist, one.level, one.apps) == ("größer 1", "gist", "episode", ("Editor",))
    assert one.spans == ((at(0), at(0.5)), (at(3), at(3.5)))
    assert (one.moments, one.key_moments) == ((1, 4, 5), (1,))
    assert (one.people, one.sites, one.files) == (("Ines",), (), ("a.md",))
    assert [look.title for look in one.interruptions] == ["Lunch"]
    assert two.moments == (2,)


def test_an_interrupted_episode_is_not_in_its_break(filled: Ledger) -> None:
    with filled.writing() as db:
        put(db, MONDAY, [a_span(0, 1), a_span(1, 2), a_span(3, 4)], [-1, -2, -1])

        def found(since: float | None, until: float | None) -> list[tuple[int, ...]]:
            span = (None if since is None else at(since), None if until is None else at(until))
            return [episode.moments for episode in episodes.between(db, *span)]

        assert found(None, None) == [(1, 4), (2,)]
        assert found(1, 2) == [(2,)]
        assert found(3.2, 3.3) == [(1, 4)]
        assert found(0.5, 1) == [(1, 4)]
        assert found(5, None) == []


def test_an_episode_that_goes_on_keeps_its_id_and_gets_the_spans_of_other_days(filled: Ledger) -> None:
    with filled.writing() as db:
        put(db, MONDAY, [a_span(0, 1, 2), a_span(2, 3)], [-1, -2])
        first, second = told(db)
        put(db, MONDAY + 1, [a_span(24, 7)], [first])
        assert told(db) == {first: (1, 2, 7), second: (3,)}
        put(db, MONDAY, [a_span(0, 1), a_span(1, 2), a_span(2, 3, 4)], [-1, -2, -3])
        again = told(db)
        assert again[first] == (1, 7)
        assert again[second] == (3, 4)
        assert sorted(again.values()) == [(1, 7), (2,), (3, 4)]
        put(db, MONDAY, [], [])
        assert told(db) == {first: (7,)}


def test_the_spans_of_the_days_before_are_what_linking_gets(filled: Ledger) -> None:
    with filled.writing() as db:
        put(db, MONDAY, [a_span(0, 1), a_span(1, 2, word="otter")], [-1, -2])
        put(db, MONDAY + 1, [a_span(24, 7)], [next(iter(told(db)))])
        before = episodes.spans(db, MONDAY - 14, MONDAY + 1)
        assert [span.words.titles for span in before] == [{"heron": 1}, {"otter": 1}]
        assert [span.windows for span in before] == [(("Editor", ("heron",)),), (("Editor", ("otter",)),)]
        assert episodes.spans(db, MONDAY + 2, MONDAY + 9) == ()
        assert episodes.last_days(db, told(db)) == {MONDAY: [2], MONDAY + 1: [1]}


def test_a_day_that_comes_out_the_same_says_so(filled: Ledger) -> None:
    with filled.writing() as db:
        drafts = [a_span(0, 1), a_span(1, 2)]
        assert episodes.replace_day(db, MONDAY, drafts, [-1, -2])[1]
        assert not episodes.replace_day(db, MONDAY, drafts, [-1, -2])[1]
        assert episodes.replace_day(db, MONDAY, drafts, [-1, -1])[1]


def test_forgetting_a_moment_blanks_what_rested_on_its_span(filled: Ledger) -> None:
    with filled.writing() as db:
        put(db, MONDAY, [a_span(0, 1, 2), a_span(2, 3)], [-1, -2])
        put(db, MONDAY + 1, [a_span(24, 7)], [1])
        moments.forget(db, [1])
        other, shared = episodes.between(db, None, None)
        assert (other.title, other.moments) == ("größer 3", (3,))
        assert (shared.title, shared.gist, shared.apps, shared.people) == ("", "", (), ())
        assert shared.moments == (7,)
        assert shared.spans == ((at(24), at(24.5)),)
        assert episodes.unnamed(db) == {1}
        assert moments.unsettled_days(db) == (MONDAY, MONDAY + 1)
        assert moments.count_unsettled(db) == 7


def test_an_episode_goes_with_its_last_moment(filled: Ledger) -> None:
    with filled.writing() as db:
        put(db, MONDAY, [a_span(0, 1)], [-1])
        moments.forget(db, [1])
        assert episodes.count(db) == 0
        assert db.rows("select * from spans") == []


def test_an_episode_of_before_there_were_spans_stands_until_its_days_are_settled(filled: Ledger) -> None:
    with filled.writing() as db:
        db.run(
            "insert into episodes (level, title, gist, started, ended, zone, apps, spans, keys)"
            " values ('episode', 'old', 'gist', 0, 1, 0, '[]', '[[0, 1]]', '[]')"
        )
        db.many("insert into episode_moments (episode, moment) values (1, ?)", [(1,), (2,), (7,)])
        put(db, MONDAY, [a_span(0, 1, 2)], [-1])
        assert told(db) == {1: (1, 2, 7)}
        put(db, MONDAY + 1, [a_span(24, 7), a_span(25, 8)], [-1, -1])
        assert told(db) == {1: (1, 2), 2: (7, 8)}
