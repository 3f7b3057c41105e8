"""Fading over a real ledger and real sealed pictures that rest on each other: what goes, what never does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from memory import resting
from memory.errors import ChildAway
from memory.fade import EPOCH, Stores, fade
from memory.forget import forget
from memory.index.client import Index
from memory.ledger import (
    days,
    episodes,
    facts,
    fading,
    frames,
    moments,
    readings,
    search,
    turns,
    uses,
    vectors,
)
from memory.ledger.check import check
from memory.ledger.connection import Ledger
from memory.pictures import Pictures
from memory.records import Faded, Limits, Passage, What
from memory.settling import settle
from memory.stages.way import Way
from tests.support.builders import NINE, a_reading, a_sighting, an_answer, some_vectors
from tests.support.piles import Draws, is_well, letter, see, shown

DAY = 86_400
LATER = NINE + timedelta(days=90)
SCREENS = [letter(0), letter(1), letter(2), letter(0, dark=True)]


@pytest.fixture
def reader() -> Draws:
    return Draws()


@pytest.fixture
def way(ledger: Ledger, pictures: Pictures, reader: Draws) -> Way:
    """Three days of four screens each, a month apart; each day's rest on each other. All is settled."""
    made = Way(ledger, pictures, Index(ledger), reader)  # type: ignore[arg-type]
    for n, word in enumerate(("quixotic", "zebra", "walrus")):
        for frame in see(made, *SCREENS, apart=400, begin=30 * n * DAY, app=word):
            with ledger.writing() as db:
                [passage] = readings.add_passages(db, frame, [Passage(f"{word} wrote this", (0,))])
                vectors.add(db, "passage", [passage], some_vectors(1, first=frame))
                moments.settle(db, [frames.moment_of(db, frame)])
                db.run("delete from jobs")
    return made


def let_fade(
    way: Way, limits: Limits, dry_run: bool = False, batches: int = 1000, reader: bool = True
) -> Faded:
    """Fades 90 days after the first frame, so many batches."""
    left = iter(range(batches))
    stores = Stores(way.ledger, way.pictures, way.index, way.reader if reader else None)
    return fade(stores, limits, LATER, dry_run, lambda: next(left, None) is not None)


def forms(way: Way) -> dict[int, str]:
    with way.ledger.reading() as db:
        return {trace.moment: trace.form for trace in fading.traces(db)}


def size(way: Way) -> int:
    return way.ledger.used() + way.pictures.size()


def text_of(way: Way, moment: int) -> list[str]:
    with way.ledger.reading() as db:
        return [line.text for line in moments.whole(db, moment).lines]


def found(way: Way, word: str) -> set[int]:
    with way.ledger.reading() as db:
        return {moment for moment, _ in search.words(db, word, 50, None, None, None)}


def whole(way: Way, which: Iterable[int]) -> bool:
    return all((shown(way, frame) == SCREENS[(frame - 1) % 4]).all() for frame in which)


def test_the_limit_holds_and_the_oldest_of_equals_goes_first(way: Way) -> None:
    limit = round((size(way) - 4_000) / 0.95)
    gone = let_fade(way, Limits(limit))
    assert gone.bytes == size(way) <= limit
    assert (gone.over, gone.finished, gone.limit) == (0, True, limit)
    now = forms(way)
    assert now[1] == "thumbnail"
    assert {now[moment] for moment in range(5, 13)} == {"picture"}
    assert gone.forms[0].oldest == NINE
    assert sum(one.moments for one in gone.forms) == sum(form != "picture" for form in now.values())
    assert whole(way, [frame for frame, form in now.items() if form == "picture"])
    assert text_of(way, 1)
    with way.ledger.reading() as db:
        assert moments.get(db, 1).faded == "thumbnail"
        assert moments.get(db, 1).picture
        assert way.pictures.thumbnail(*moments.picture_of(db, 1) or ("", "")).startswith(b"RIFF")
        assert moments.pile_of(db, 1) == ()
    is_well(way)
    assert let_fade(way, Limits(limit)).forms == ()


def test_pictures_go_before_any_text_and_text_before_what_is_spared(way: Way) -> None:
    pictures = way.pictures.size()
    let_fade(way, Limits(round((size(way) - pictures + 1_000) / 0.95)))
    assert set(forms(way).values()) <= {"thumbnail", "text"}
    assert all(text_of(way, moment) for moment in range(1, 13))
    gone = let_fade(way, Limits(1))
    assert set(forms(way).values()) == {"gist"}
    assert gone.over == size(way) - 1
    is_well(way)


def test_without_limits_nothing_fades(way: Way) -> None:
    before = way.ledger.generation()
    assert let_fade(way, Limits()).forms == ()
    assert way.ledger.generation() == before


def test_a_dry_run_tells_what_would_go_and_changes_nothing(way: Way) -> None:
    limits = Limits(round((size(way) - 4_000) / 0.95))
    before = way.ledger.generation(), way.pictures.sizes()
    told = let_fade(way, limits, dry_run=True)
    assert (way.ledger.generation(), way.pictures.sizes()) == before
    assert told.dry_run
    done = let_fade(way, limits)
    assert [(one.form, one.oldest) for one in told.forms] == [(one.form, one.oldest) for one in done.forms]


def test_nothing_pinned_confirmed_or_cited_by_a_kept_answer_ever_goes(way: Way) -> None:
    with way.ledger.writing() as db:
        uses.pin(db, [2], "user", NINE)
        turns.keep(db, an_answer(db, 7), ())
        for moment, ruling in ((4, "confirmed"), (9, "deleted")):
            db.run(
                "insert into sightings (kind, thing, relation, value, moment, stretch, context, quote, place,"
                " subject, label, shown, said, type, weight)"
                " values ('value', 'zebra', 'is', ?1, ?2, 0, '', '', '', '', '', '', '', '', 1)",
                str(moment),
                moment,
            )
            db.run("insert into verdicts values ('value', 'zebra', 'is', ?, ?, '', 0)", str(moment), ruling)
        db.run("update moments set settled = 0 where id = 12")
    gone = let_fade(way, Limits(1, 1, 1))
    kept = {2: "pinned", 7: "cited", 4: "confirmed", 12: "unsettled"}
    assert gone.spared == dict.fromkeys(kept.values(), 1)
    assert {moment for moment, form in forms(way).items() if form == "picture"} == set(kept)
    assert whole(way, kept)
    assert gone.over > 0
    is_well(way)
    with way.ledger.writing() as db:
        uses.unpin(db, [2], "user")
    let_fade(way, Limits(1))
    assert forms(way)[2] == "gist"


def test_what_stays_is_put_on_another_when_its_ground_fades(way: Way, reader: Draws) -> None:
    with way.ledger.writing() as db:
        assert frames.base_of(db, 3) is not None
        uses.pin(db, [3], "user", NINE)
    let_fade(way, Limits(0, picture_days=1))
    assert reader.rested == 1
    assert whole(way, [3])
    assert [form for form in forms(way).values() if form != "text"] == ["picture"]
    is_well(way)


def test_without_a_reader_the_ground_of_what_stays_is_kept(way: Way) -> None:
    with way.ledger.writing() as db:
        uses.pin(db, [3], "user", NINE)
    let_fade(way, Limits(0, picture_days=1), reader=False)
    assert {moment for moment, form in forms(way).items() if form == "picture"} == {1, 2, 3}
    assert whole(way, [1, 2, 3])
    is_well(way)


def test_a_reader_that_is_away_takes_nothing_from_what_stays(
    way: Way, reader: Draws, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(resting, "PATIENCE_S", 0.0)

    def away() -> None:
        raise ChildAway(child="reader", reason="away")

    reader.upon = away
    with way.ledger.writing() as db:
        uses.pin(db, [3], "user", NINE)
    let_fade(way, Limits(0, picture_days=1))
    assert "loses what it rests on: child-away" in caplog.text
    assert whole(way, [1, 2, 3])
    is_well(way)


def test_interrupted_it_goes_on_from_there(way: Way) -> None:
    limits = Limits(1)
    first = let_fade(way, limits, batches=2)
    assert not first.finished
    assert sorted(set(forms(way).values())) == ["picture", "thumbnail"]
    is_well(way)
    while not let_fade(way, limits, batches=1).finished:
        is_well(way)
    assert set(forms(way).values()) == {"gist"}


def test_a_crash_between_rows_and_files_leaves_what_is_swept(way: Way) -> None:
    class Dies(Pictures):
        def remove_picture(self, day: str, name: str) -> None:
            raise KeyboardInterrupt

    dying = Dies(way.pictures._folder, way.pictures._key_of_day)
    with pytest.raises(KeyboardInterrupt):
        fade(
            Stores(way.ledger, dying, way.index, way.reader),
            Limits(0, picture_days=1),
            LATER,
            False,
            lambda: True,
        )
    with way.ledger.reading() as db:
        known, thumbnails = frames.pictures_all(db), frames.thumbnails_all(db)
    assert len(thumbnails) == 4
    assert way.pictures.sweep(known, thumbnails) == 4
    is_well(way)
    let_fade(way, Limits(0, picture_days=1))
    assert way.pictures.sizes() == {}


def test_the_days_of_pictures_and_text_hold_but_for_what_is_due_to_come_again(way: Way) -> None:
    with way.ledger.writing() as db:
        # Seen monthly: the last one waits for the next.
        db.run("update moments set app = 'office', title = 'Invoice ' || id where id in (1, 5, 9)")
    let_fade(way, Limits(0, picture_days=20, text_days=50))
    now = forms(way)
    assert {now[moment] for moment in (1, 2, 3, 4, 5, 6, 7, 8)} == {"gist"}
    assert (now[9], now[10]) == ("picture", "text")
    assert whole(way, [9])
    is_well(way)


def test_of_the_gist_the_title_and_the_quotes_of_facts_stay(way: Way) -> None:
    with way.ledger.writing() as db:
        line = db.value("select min(id) from lines where frame = 1")
        fact = db.insert(
            "insert into facts (kind, statement, subject, relation, value, confidence, first_seen, last_seen,"
            " zone) values ('value', 'zebra', 'zebra', 'is', '4711', 1.0, 0, 0, 0)"
        )
        db.run("insert into evidence values (?, 1, ?, 'zebra is 4711')", fact, line)
    assert 1 in found(way, "words")
    let_fade(way, Limits(0, text_days=50))
    assert text_of(way, 1) == []
    assert 1 not in found(way, "words")
    assert 1 in found(way, "quixotic")
    with way.ledger.reading() as db:
        assert db.rows("select quote, line from evidence") == [("zebra is 4711", None)]
        assert moments.get(db, 1).faded == "gist"
        held = vectors.count(db, "passage", "test")
    assert held == sum(form != "gist" for form in forms(way).values())
    assert check(way.ledger, way.pictures) == ()


def test_a_faded_moment_is_forgotten_whole(way: Way) -> None:
    with way.ledger.writing() as db:
        uses.recalled(db, [(1, NINE, "opened")])
        fading.keep_rarities(db, {1: 0.7})
    let_fade(way, Limits(round((size(way) - 4_000) / 0.95)))
    assert forms(way)[1] == "thumbnail"
    with way.ledger.reading() as db:
        place = moments.picture_of(db, 1)
    assert place in way.pictures.sizes()
    forget(way.ledger, way.pictures, way.index, What(app="quixotic 0"), False, way.reader)
    assert place not in way.pictures.sizes()
    with way.ledger.reading() as db:
        for table in ("recalls", "pins", "rarities"):
            assert db.value(f"select count(*) from {table} where moment = 1") == 0
        left = db.rows("select day from days")
    forget(way.ledger, way.pictures, way.index, What(moments=(2, 3, 4)), False, way.reader)
    is_well(way)
    with way.ledger.reading() as db:
        assert len(db.rows("select day from days")) == len(left) - 1
        with pytest.raises(Exception, match="no picture of the day"):
            days.salt(db, days.day_of(NINE))


def test_what_was_pinned_while_it_was_planned_stays(way: Way) -> None:
    stores = Stores(way.ledger, way.pictures, way.index, way.reader)

    def pins() -> bool:
        with way.ledger.writing() as db:
            uses.pin(db, [1], "user", NINE)
        return True

    fade(stores, Limits(0, picture_days=1), LATER, False, pins)
    assert forms(way)[1] == "picture"
    assert whole(way, [1])
    is_well(way)


def test_a_day_whose_text_has_faded_is_not_made_anew_for_what_changed_before(way: Way) -> None:
    let_fade(way, Limits(0, text_days=50))
    first = (NINE - EPOCH).days
    with way.ledger.writing() as db:
        episodes.unsettle_after(db, first - 1)
        assert moments.count_unsettled(db) == 0
        last = (moments.between(db, None, None)[-1].start - EPOCH).days
        episodes.unsettle_after(db, last - 1)
        assert moments.count_unsettled(db) > 0


def test_what_rests_on_faded_text_is_found_by_words_to_be_forgotten(way: Way) -> None:
    settle(way.ledger, way.pictures, way.index, NINE, False)
    with way.ledger.writing() as db:
        db.run("update moments set settled = 0")
    with way.ledger.writing() as db:
        readings.add(db, 1, a_reading("Müllers Überraschung: the birthday surprise is a kayak"))
        readings.index_words(db, 1)
    settle(way.ledger, way.pictures, way.index, NINE, False)
    let_fade(way, Limits(0, text_days=50))
    assert forms(way)[1] == "gist"
    assert text_of(way, 1) == []
    for words in ("birthday surprise", "Überraschung"):
        gone = forget(way.ledger, way.pictures, way.index, What(text=words), True, None)
        assert 1 in {moment.id for moment in gone.moments}
        assert not {5, 6, 7, 8, 9, 10, 11, 12} & {moment.id for moment in gone.moments}
    # As words of a span alone, without the marks between them; and what a sighting holds beside its line.
    with way.ledger.writing() as db:
        db.run("update spans set digest = replace(digest, 'surprise', '')")
        moment = frames.moment_of(db, 4)
        facts.replace_sightings(
            db, [], [a_sighting("1", moment, label="Diagnosis", place="clinic.example")], tuple
        )
    for words, only in (("birthday-surprise", 1), ("diagnosis", moment), ("clinic.example", moment)):
        gone = forget(way.ledger, way.pictures, way.index, What(text=words), True, None)
        assert only in {moment.id for moment in gone.moments}
    for words in ("birthday canoe", "%"):
        assert not forget(way.ledger, way.pictures, way.index, What(text=words), True, None).moments
    forget(way.ledger, way.pictures, way.index, What(text="birthday surprise"), False, None)
    settle(way.ledger, way.pictures, way.index, NINE, False)
    with way.ledger.reading() as db:
        for table, words in (
            ("spans", "words || digest"),
            ("episodes", "title || gist"),
            ("sightings", "quote"),
        ):
            assert not db.value(f"select count(*) from {table} where instr(lower({words}), 'kayak')")
