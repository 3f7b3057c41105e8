"""Forgetting: what is meant is found, and nothing that rested on it alone can be found afterwards."""

from __future__ import annotations

import random
import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from memory.errors import BadRequest
from memory.ledger import days, episodes, facts, frames, jobs, moments, readings, turns, vectors
from memory.ledger.check import check
from memory.ledger.connection import Ledger, Writer
from memory.ledger.sqlite import connect
from memory.records import Cue, FactDraft, Passage, Understood, Vectors, What, Window
from tests.support.builders import (
    KEY,
    NINE,
    a_frame,
    a_kept_frame,
    a_look,
    a_sighting,
    an_answer,
    some_episodes,
)


def selected(ledger: Ledger, **what: object) -> tuple[int, ...]:
    with ledger.reading() as db:
        return moments.select(db, What(**what))  # type: ignore[arg-type]


def pages(tmp_path: Path) -> bytes:
    """Every page of the ledger as it is under the seal, free ones included, and its files as they are."""
    with closing(connect(tmp_path / "ledger.db", KEY)) as plain:
        opened = plain.serialize("main")
    assert opened.startswith(b"SQLite format 3")
    return opened + b"".join(path.read_bytes() for path in tmp_path.iterdir())


# ------------------------------------------------------------------ what is meant


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    behind = Window("keepass", "Vault of zebras", 0, 0, 5, 5, 1)
    with ledger.writing() as db:
        a_kept_frame(db, a_frame(0, app="Firefox", title="Größe"), ["the quick brown", "fox  jumps", "over"])
        a_kept_frame(db, a_frame(400, url="https://bank.example/"), ["nothing"])
        a_kept_frame(db, a_frame(800, windows=(behind,)), ["ﬁnal words"])
        frames.add(db, a_frame(1000, new=False), None)
        passage = a_kept_frame(db, a_frame(2000, app="firefox"), ["later"])
        readings.add_passages(db, passage, [Passage("said elsewhere", (0,))])
    return ledger


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BROWN FOX", (1,)),
        ("brown\n fox jumps  over", (1,)),
        ("größe", (1,)),
        ("GRÖSSE", (1,)),
        ("final", (3,)),
        ("vault of", (3,)),
        ("bank.example", (2,)),
        ("said elsewhere", (4,)),
        ("notes", (2, 3, 4)),
        ("nowhere", ()),
        ("%", ()),
        ("over nothing", ()),
    ],
)
def test_words_in_the_text(text: str, found: tuple[int, ...], filled: Ledger) -> None:
    assert selected(filled, text=text) == found


def test_a_phrase_over_lines_that_a_fold_dropped(filled: Ledger) -> None:
    with filled.writing() as db:
        a_kept_frame(db, a_frame(2100), ["over", "and out"])
        moments.fold(db, 1, [5])
    assert selected(filled, text="over and out") == (1,)


def test_moments_spans_and_applications(filled: Ledger) -> None:
    with filled.writing() as db:
        moments.fold(db, 1, [2])
    assert selected(filled, moments=(2, 4, 99)) == (1, 4)
    assert selected(filled, since=NINE + timedelta(seconds=900), until=NINE + timedelta(seconds=2000)) == (3,)
    assert selected(filled, since=NINE + timedelta(seconds=1500)) == (4,)
    assert selected(filled, until=NINE) == ()
    assert selected(filled, app="FIREFOX") == (1, 4)
    assert selected(filled, app="fire") == ()


@pytest.mark.parametrize(
    "what",
    [{}, {"text": ""}, {"text": " \n"}, {"text": "x", "app": "y"}, {"moments": (1,), "since": NINE}],
    ids=["nothing", "no words", "white space", "two", "two more"],
)
def test_exactly_one_thing_is_to_be_named(what: dict[str, object], filled: Ledger) -> None:
    with pytest.raises(BadRequest):
        selected(filled, **what)


# ------------------------------------------------------------------ what is gone


def mark(n: int, where: str) -> str:
    """A word that stands in one place of one moment alone."""
    return f"zq{where}{n:05}qz"


def planted(db: Writer, n: int) -> tuple[int, ...]:
    """A moment with its own words in everything that can hold one; the ids of its passages."""
    title, app = mark(n, "title"), mark(n, "app")
    frame = a_frame(
        n * 30,
        app=app,
        title=title,
        url=mark(n, "url"),
        origin=mark(n, "origin"),
        windows=(
            Window(app, title, 0, 0, 9, 9, 1),
            Window(mark(n, "other"), mark(n, "window"), 0, 0, 9, 9, 0),
        ),
    )
    words = [f"{mark(n, 'line')}{k} {word}" for k, word in enumerate(("budget", "meeting", "notes", "table"))]
    id = a_kept_frame(db, frame, words, mark(n, "picture"))
    ids = readings.add_passages(db, id, [Passage(f"{mark(n, 'passage')} and more", (0, 1))])
    data = mark(n, "vector").encode()
    vectors.add(db, "passage", ids, Vectors("test", len(data), 1, data, b"\0\0\x80\x3f"))
    tag = Cue(1, (0, 0, 99, 99), "tag", mark(n, "tag"), 0.9)
    vectors.add(
        db, "picture", [a_look(db, id, [tag])], Vectors("pictures", len(data), 1, data[::-1], b"\0\0\x80\x3f")
    )
    jobs.add(db, "see", id)
    return ids


def derive(db: Writer, n: int) -> tuple[tuple[str, str, str, tuple[int]], FactDraft]:
    """An episode (see some_episodes) and a fact that rest on moment `n` alone; what the user said of it."""
    at, moment = NINE + timedelta(seconds=n * 30), frames.moment_of(db, n + 1)
    line = readings.lines(db, n + 1)[0]
    episode = (mark(n, "episode"), mark(n, "gist"), mark(n, "app"), (moment,))
    evidence = ((moment, line.id, line.line.text),)
    seen = a_sighting(
        mark(n, "value"),
        moment,
        line=line.id,
        quote=line.line.text,
        kind=mark(n, "kind"),
        thing=mark(n, "who"),
    )
    facts.replace_sightings(db, [moment], [seen], tuple)
    fact = FactDraft(
        *(
            mark(n, "kind"),
            mark(n, "fact"),
            mark(n, "who"),
            "is",
            mark(n, "value"),
            1.0,
            at,
            at,
            None,
            evidence,
        ),
        topic=seen.topic,
        key=seen.value,
    )
    (id,) = facts.replace(db, [seen.topic], [fact], at)
    facts.rule(db, id, "corrected", mark(n, "said"), at, lambda value, *_: (value,))
    return episode, fact


def chat(db: Writer, n: int) -> None:
    """A turn that cites moment `n`, and one that does not but followed it."""
    for cited in ((n + 1,), ()):
        said = an_answer(
            db,
            *cited,
            thread=mark(n, "thread"),
            asked=mark(n, "asked"),
            understood=Understood(mark(n, "understood")),
            text=mark(n, "answer"),
        )
        quoted = tuple(replace(one, quote=mark(n, "quote")) for one in said.citations)
        turns.keep(db, replace(said, citations=quoted), (n + 1,))


def marks_in(data: bytes) -> set[tuple[int, str]]:
    """Every mark whose number can be told, even where only its beginning is left."""
    found = {(int(n), where.decode()) for where, n in re.findall(rb"zq([a-z]+)(\d{5})", data)}
    return found | {(int(n[::-1]), BACKWARDS) for n in re.findall(rb"zq(\d{5})rotcev", data)}


BACKWARDS = "rotcev"
WHERE = (
    *("title", "app", "url", "origin", "other", "window", "line", "picture", "passage", "vector", "tag"),
    *("episode", "gist", "kind", "fact", "who", "value", "said"),
    *("thread", "asked", "understood", "answer", "quote"),
)


def test_nothing_of_the_forgotten_is_in_any_page(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many moments, so that pages were split and merged and the index has merged its own."""
    monkeypatch.setattr(turns, "MOST_THREADS", 1000)
    count, chance = 400, random.Random(7)
    for n in range(count):
        with ledger.writing() as db:
            planted(db, n)
    with ledger.writing() as db:
        drafts = [derive(db, n) for n in range(count)]
        some_episodes(db, *(episode for episode, _ in drafts))
        for n in range(count):
            chat(db, n)
        with readings.marked_deletes(db):
            for n in range(0, count, 40):
                moments.fold(db, n + 1, [n + 2])
    before = marks_in(pages(tmp_path))
    assert before >= {(n, where) for n in range(count) for where in (*WHERE, BACKWARDS)}
    gone = sorted(chance.sample(range(0, count, 2), 120))
    gone += [n + 1 for n in gone if n % 40 == 0]
    with ledger.writing() as db:
        removed = moments.forget(db, [n + 1 for n in gone])
    ledger.scrub()
    after = marks_in(pages(tmp_path))
    assert {(n, where) for n, where in after if n in gone} == set()
    stays = set(range(count)) - set(gone)
    assert after >= {(n, where) for n in stays for where in ("line", "passage", "vector", BACKWARDS)}
    assert len(removed.parts) == 2 * len(removed.passages) == 2 * len(gone)
    assert len(removed.pictures) == len(gone)
    assert check(ledger) == ()


def test_what_heads_a_page_of_the_index_goes_however_often_it_was_scrubbed(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Scrubbed once, the full-text index is one segment, which is not rewritten for the asking."""
    with ledger.writing() as db:
        for n in range(300):
            a_kept_frame(db, a_frame(n * 30), [f"{mark(n, 'line')}{k:02}" for k in range(12)], picture=None)
    for first in (0, 1):
        gone = range(first, 300, 3)
        with ledger.writing() as db:
            moments.forget(db, [n + 1 for n in gone])
        ledger.scrub()
        assert {n for n, _ in marks_in(pages(tmp_path))}.isdisjoint(gone)
    assert check(ledger) == ()


def test_no_derived_spelling_of_the_forgotten_is_in_any_page(ledger: Ledger, tmp_path: Path) -> None:
    """Codes without their separators stand in the index of spellings alone; some of them head its pages."""
    chance, forms = random.Random(5), {}
    for n in range(300):
        code = "".join(chance.choices("34679", k=12))
        with ledger.writing() as db:
            a_kept_frame(
                db, a_frame(n * 600), [f"{code[:6]}-{code[6:]}/{k:02}" for k in range(40)], picture=None
            )
        forms[n + 1] = code[3:].encode()

    def seen() -> set[int]:
        data = pages(tmp_path)
        return {id for id, form in forms.items() if form in data}

    before = seen()
    with ledger.writing() as db, readings.marked_deletes(db):
        moments.fold(db, 1, [2])
    gone = {2}
    for first in (1, 3):
        gone |= set(range(first, 300, 20))
        with ledger.writing() as db:
            moments.forget(db, sorted(gone))
        ledger.scrub()
        assert seen().isdisjoint(gone)
    assert len(before) > 250
    assert len(seen()) > 200
    assert check(ledger) == ()


def test_nothing_of_it_was_ever_readable(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as db:
        planted(db, 1)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [where for where in WHERE if mark(1, where).encode() in written] == []


def test_what_is_removed_is_told(ledger: Ledger) -> None:
    with ledger.writing() as db:
        passages = planted(db, 0)
        planted(db, 1)
        frames.add(db, a_frame(40, origin="x", new=False), None)
        place = frames.picture_of(db, 1)
        removed = moments.forget(db, [1])
        assert removed.pictures == (place,)
        assert removed.passages == passages
        assert removed.parts == (1, 2)
        assert moments.forget(db, [2]).parts == (3, 4)
        assert moments.forget(db, [1, 2, 99]) == moments.Removed((), (), (), frozenset())
        assert jobs.waiting(db) == {}
        assert db.rows("select * from days") == []


def test_a_day_keeps_its_salt_while_it_has_pictures(ledger: Ledger) -> None:
    with ledger.writing() as db:
        planted(db, 0)
        planted(db, 1)
        salt = days.salt(db, "2026-03-02")
        moments.forget(db, [1])
        assert days.salt(db, "2026-03-02") == salt


def test_what_rests_on_more_stays_and_is_made_anew(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n in range(4):
            planted(db, n)
        moments.settle(db, [1, 2, 3, 4])
        _, fact = derive(db, 0)
        other, other_fact = derive(db, 3)
        both = [a_sighting("v", moment) for moment in (1, 2)]
        draft = FactDraft(
            *("k", "of both", "s", "r", "v", 1.0, NINE, NINE, None, ((1, None, "one"), (2, None, "two"))),
            topic=both[0].topic,
            key="v",
        )
        facts.replace_sightings(db, (), both, tuple)
        (id,) = facts.replace(db, [draft.topic], [draft], NINE)
        some_episodes(db, ("t", "g", "app", (1, 3)), other)
        removed = moments.forget(db, [1])
        assert [episode.title for episode in episodes.between(db, None, None)] == [other[0]]
        assert removed.topics == {fact.topic, draft.topic}
        kept = {fact.id: (fact.statement, [e.quote for e in fact.evidence]) for fact in facts.facts(db)}
        assert kept.pop(id) == ("", ["two"])
        assert list(kept.values()) == [(other_fact.statement, [other_fact.evidence[0][2]])]


def test_a_fact_of_before_is_made_anew_from_what_it_shared(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n in range(4):
            planted(db, n)
        moments.settle(db, [1, 2, 3, 4])
        evidence = ((1, None, "one"), (2, None, "two"))
        facts.replace(db, (), [FactDraft("k", "s", "s", "r", "v", 1.0, NINE, NINE, None, evidence)], NINE)
        moments.forget(db, [1])
        assert facts.facts(db) == ()
        assert moments.count_unsettled(db) == 1


def test_an_alias_goes_with_its_moment(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for n in range(3):
            planted(db, n)
        moments.fold(db, 1, [2])
        moments.forget(db, [2])
        assert db.rows("select * from aliases") == []
        assert [moment.id for moment in moments.between(db, None, None)] == [3]
