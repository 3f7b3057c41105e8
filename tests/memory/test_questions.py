"""Questions as vectors: the encoder is loaded at the first question; without one, words alone answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from memory.errors import ChildAway, NoWeights
from memory.index.client import Index
from memory.ledger import trajectories
from memory.ledger.connection import Ledger, Writer
from memory.ledger.trajectories import Trajectory
from memory.ports import Kind
from memory.questions import Questions
from memory.records import Vectors
from memory.vectors import quantise

WORDS = ("cat", "dog", "sea", "sun")


class Letters:
    """A text encoder that knows four words, each a direction of its own."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[word in text for word in WORDS] for text in texts], dtype=np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def overlap(self, text: str, others: Sequence[str]) -> NDArray[np.float32]:
        return np.array([len(set(text) & set(other)) / len(set(text)) for other in others], np.float32)


@pytest.fixture
def index(ledger: Ledger) -> Index:
    made = Index(ledger)
    made.put("passage", (1, 2), ("cat", "sea"), quantise(Letters().encode(["cat", "sea"]), "letters"))
    made.put("picture", (7,), (), quantise(Letters().encode(["sun"]), "letters"))
    return made


def in_pictures(texts: tuple[str, ...]) -> Vectors:
    return quantise(Letters().encode(texts), "letters")


def test_the_nearest_passage_and_picture(index: Index) -> None:
    asked = Questions(index, Letters, in_pictures)
    assert [id for id, near in asked.passages("the sea", 2) if near > 0.9] == [2]
    assert asked.pictures("sun", 1)[0][0] == 7
    assert asked.nearness("cat", ("dog", "cat")) == pytest.approx((0.0, 1.0))


def test_the_nearest_episodes_by_text_and_by_picture(ledger: Ledger) -> None:
    with ledger.writing() as db:
        for episode, kind, text in ((1, "passage", "cat"), (2, "picture", "sea"), (3, "passage", "dog")):
            an_episode(db, episode, kind, text)
    asked = Questions(Index(ledger), Letters, in_pictures)
    near = asked.episodes(("the cat at the sea", "cat", "sea"), 2)
    assert {episode for episode, _ in near} == {1, 2}
    assert asked.episodes(("dog",), 1) == ((3, pytest.approx(1.0)),)
    assert Questions(Index(ledger), Letters, None).episodes(("sea",), 1)[0][1] == pytest.approx(0)


def an_episode(db: Writer, id: int, kind: Kind, text: str) -> None:
    db.run(
        "insert into episodes (id, level, title, gist, started, ended, zone, apps, spans, keys)"
        " values (?, 'episode', '', '', 0, 0, 0, '[]', '[]', '[]')",
        id,
    )
    trajectories.put_episode(db, id, [Trajectory(kind, in_pictures((text,)), (1.0,))])


def test_the_encoder_is_loaded_at_the_first_question_and_kept_while_some_are_asked(index: Index) -> None:
    loaded = []
    asked = Questions(index, lambda: loaded.append(1) or Letters(), None)  # type: ignore[func-returns-value]
    assert loaded == []
    asked.passages("cat", 1)
    asked.nearness("cat", ("dog",))
    asked.rest()
    asked.passages("cat", 1)
    assert loaded == [1]


def refuses(*_: object) -> Letters:
    raise NoWeights(model="letters", reason="not there")


def test_without_an_encoder_nothing_is_near(index: Index) -> None:
    asked = Questions(index, refuses, None)
    assert asked.passages("cat", 3) == ()
    assert asked.pictures("cat", 3) == ()
    assert asked.nearness("cat", ("dog",)) == ()


def test_a_reader_that_is_away_costs_one_channel(index: Index) -> None:
    def away(texts: tuple[str, ...]) -> Vectors:
        raise ChildAway(child="reader", reason="starting")

    assert Questions(index, Letters, away).pictures("sun", 1) == ()
    assert Questions(index, Letters, lambda texts: None).pictures("sun", 1) == ()
