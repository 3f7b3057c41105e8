"""Continuous memory in a real ledger: what spans and episodes keep when frames come, fade, are forgotten."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from memory.consolidate.trajectory import KEPT
from memory.forget import forget
from memory.index.client import Index
from memory.ledger import fading, moments, readings, trajectories, vectors
from memory.ledger.connection import Db, Ledger, Writer
from memory.ledger.trajectories import Kept, Trajectory
from memory.pictures import Pictures
from memory.pooling import pool
from memory.ports import Kind
from memory.records import Passage, Settled, Vectors, What
from memory.settling import settle
from memory.vectors import quantise, restore
from tests.support.builders import NINE, a_frame, a_kept_frame, a_look

SCREENS = 40
DIM = 64


def direction(n: int, encoder: str = "text 1") -> Vectors:
    return quantise(np.eye(DIM, dtype=np.float32)[n : n + 1], encoder)


def see(db: Writer, n: int, day: int = 0, encoder: str = "text 1") -> int:
    """The n-th screen of a day, of another page of one document, with a vector of its own."""
    at = NINE + timedelta(days=day, seconds=70 * n)
    lines = [f"page {n} of the survey of weirs", f"gauge {n} reads {n}.{n} m", f"signed by warden {n}"]
    frame = a_kept_frame(db, a_frame(at=at, title=f"survey {n}"), lines, picture=None)
    made = readings.add_passages(db, frame, [Passage(lines[0], (0,))])
    vectors.add(db, "passage", made, direction(n, encoder))
    return frame


@pytest.fixture
def survey(ledger: Ledger, pictures: Pictures) -> Ledger:
    """A long morning with a survey of which every page has a vector, settled."""
    with ledger.writing() as db:
        for n in range(SCREENS):
            see(db, n)
    settled(ledger, pictures)
    return ledger


def settled(ledger: Ledger, pictures: Pictures) -> Settled:
    return settle(ledger, pictures, Index(ledger), NINE + timedelta(days=9), dry_run=False)


def nearest(ledger: Ledger, n: int, encoder: str = "text 1") -> tuple[tuple[int, float], ...]:
    return Index(ledger).episodes("passage", direction(n, encoder), 3)


def kept(db: Db, kind: Kind = "passage") -> list[Trajectory]:
    spans = [span for (span,) in db.rows("select id from spans order by started")]
    return [one for span in spans for one in trajectories.of_span(db, span) if one.kind == kind]


def test_a_span_and_its_episode_keep_a_fixed_number(survey: Ledger) -> None:
    with survey.reading() as db:
        (one,) = kept(db)
        rows = trajectories.read(db, sorted(trajectories.ids(db, "passage", "text 1")))
    assert one.vectors.count == KEPT
    assert sum(one.weights) == SCREENS
    assert [made.count for _, made in rows.values()] == [KEPT]
    order = restore(one.vectors).argmax(axis=1)
    assert list(order) == sorted(order)


def test_it_is_found_when_all_text_is_gone(survey: Ledger, pictures: Pictures) -> None:
    before = nearest(survey, 7)
    with survey.writing() as db:
        everything = [id for (id,) in db.rows("select id from moments")]
        fading.fade(db, everything, "gist")
        assert vectors.count(db, "passage", "text 1") == 0
    assert nearest(survey, 7) == before
    with survey.writing() as db:
        moments.unsettle(db, 1)
    settled(survey, pictures)
    assert nearest(survey, 7) == before


def test_what_is_forgotten_leaves_nothing(survey: Ledger, pictures: Pictures) -> None:
    index = Index(survey)
    assert index.episodes("passage", direction(7), 1)[0][1] > 0.2
    gone = forget(survey, pictures, index, What(moments=(8,)), dry_run=False)
    assert [moment.id for moment in gone.moments] == [8]
    with survey.reading() as db:
        assert kept(db) == []
        assert not trajectories.ids(db, "passage", "text 1")
    settled(survey, pictures)
    with survey.reading() as db:
        assert sum(kept(db)[0].weights) == SCREENS - 1
        assert restore(kept(db)[0].vectors)[:, 7].max() == 0


def test_what_faded_is_forgotten_with_its_moments(survey: Ledger, pictures: Pictures) -> None:
    with survey.writing() as db:
        fading.fade(db, [id for (id,) in db.rows("select id from moments")], "gist")
    forget(survey, pictures, Index(survey), What(moments=(8,)), dry_run=False)
    settled(survey, pictures)
    with survey.reading() as db:
        assert kept(db) == []


def test_vectors_that_come_late_are_pooled_with_the_next_settling(survey: Ledger, pictures: Pictures) -> None:
    with survey.writing() as db:
        vectors.add(db, "picture", (a_look(db, 3),), direction(5, "looks 1"))
    settled(survey, pictures)
    with survey.reading() as db:
        assert [one.weights for one in kept(db, "picture")] == [(1.0,)]
        assert sum(kept(db)[0].weights) == SCREENS
    assert Index(survey).episodes("picture", direction(5, "looks 1"), 1)[0][1] == pytest.approx(1, abs=0.01)


def test_encoders_do_not_mix(survey: Ledger) -> None:
    """An old one goes when the new one has seen as much, and stays where the frames it saw are gone."""
    with survey.writing() as db:
        owners = [id for (id,) in db.rows("select id from passages order by id")]
        for n, owner in enumerate(owners[:9]):
            vectors.add(db, "passage", (owner,), direction(n, "text 2"))
        pool(db)
        assert [(one.vectors.encoder, sum(one.weights)) for one in kept(db)] == [
            ("text 1", SCREENS),
            ("text 2", 9),
        ]
        for n, owner in enumerate(owners):
            vectors.add(db, "passage", (owner,), direction(n, "text 2"))
        vectors.drop_others(db, "passage", "text 2")
        pool(db)
        assert [(one.vectors.encoder, sum(one.weights)) for one in kept(db)] == [("text 2", SCREENS)]
    assert nearest(survey, 7, "text 1") == ()
    assert len(nearest(survey, 7, "text 2")) == 1


def test_an_episode_of_several_days_keeps_no_more(survey: Ledger, pictures: Pictures) -> None:
    with survey.writing() as db:
        for n in range(SCREENS, SCREENS + 20):
            see(db, n, day=1)
    settled(survey, pictures)
    with survey.writing() as db:
        db.run("update spans set episode = 1, pooled = 0")
        db.run("delete from episodes where id not in (select episode from spans)")
        pool(db)
        assert len(kept(db)) >= 2
        of_episodes = trajectories.read(db, sorted(trajectories.ids(db, "passage", "text 1")))
    assert [(episode, made.count) for episode, made in of_episodes.values()] == [(1, KEPT)]


def test_settling_again_changes_nothing(survey: Ledger, pictures: Pictures) -> None:
    with survey.reading() as db:
        before = kept(db)
    with survey.writing() as db:
        moments.unsettle(db, 1)
    settled(survey, pictures)
    with survey.reading() as db:
        assert kept(db) == before


def test_a_span_takes_over_what_is_its_own_alone(ledger: Ledger, pictures: Pictures) -> None:
    with ledger.writing() as db:
        for n in range(3):
            see(db, n)
    settled(ledger, pictures)
    one = Trajectory("passage", direction(60), (99.0,))
    with ledger.writing() as db:
        db.run("update spans set pooled = 0")
        pool(db, [Kept(frozenset({1, 2}), (one,)), Kept(frozenset({3, 77}), (one, one))])
        assert [found.weights for found in kept(db)] == [(1.0, 1.0, 1.0, 99.0)]


def test_of_a_span_that_was_divided_nothing_outlasts_what_is_forgotten(
    ledger: Ledger, pictures: Pictures
) -> None:
    """Without their text two windows are two spans: neither may keep vectors of the other's moments."""
    with ledger.writing() as db:
        for n in range(30):
            title = "alpha beta gamma" if n < 15 else "delta epsilon zeta"
            lines = [f"page {n} of the pump", *(f"bearing {k} of the greenhouse pump" for k in range(6))]
            frame = a_kept_frame(db, a_frame(70 * n, title=title), lines, picture=None)
            made = readings.add_passages(db, frame, [Passage(lines[0], (0,))])
            vectors.add(db, "passage", made, direction(n))
        a_kept_frame(db, a_frame(9_999, title="another"), ["something else"], picture=None)
    settled(ledger, pictures)
    with ledger.writing() as db:
        fading.fade(db, range(1, 31), "gist")
    for gone in ((31,), tuple(range(16, 31))):
        forget(ledger, pictures, Index(ledger), What(moments=gone), dry_run=False)
        settled(ledger, pictures)
    with ledger.reading() as db:
        assert trajectories.moments_of(db, db.value("select id from spans")) == set(range(1, 16))
        assert [one for one in kept(db) if restore(one.vectors)[:, 15:30].any()] == []
