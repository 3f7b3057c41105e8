"""Words for what was shown: only with the word for a picture or a page, in English and German."""

from __future__ import annotations

from datetime import timedelta

import pytest

from memory.ledger import frames, looks, readings
from memory.ledger.connection import Ledger, Writer
from memory.recall.retrieval.search import search
from memory.recall.understanding.pictured import BESIDES, TIES, candidates, fit, rarities, shown, weight
from memory.records import Cue, Part, Query, Reading
from tests.memory.recall.conftest import MONDAY, NOW, NoMeaning
from tests.support.builders import a_frame

KNOWN = ("dog", "bread", "boat", "photo", "chart", "red")


@pytest.mark.parametrize(
    ("text", "picture", "page", "alone"),
    [
        ("the photo of a dog", {"photo", "dog"}, set(), True),
        ("das Foto mit dem Hund", {"photo", "dog"}, set(), True),
        ("photos of dogs", {"photo", "dog"}, set(), True),
        ("red chart", {"chart", "red"}, set(), True),
        ("the dark page with a red chart", {"chart", "red"}, {"dark"}, True),
        ("die dunkle Seite mit dem roten Diagramm", {"chart", "red"}, {"dark"}, True),
        ("dark page", set(), {"dark"}, True),
        ("picture with a blue boat", {"blue", "boat"}, set(), True),
        ("the chart of late readings", {"chart"}, set(), False),
        ("grünes Bild", {"green"}, set(), True),
    ],
)
def test_what_is_to_be_seen(text: str, picture: set[str], page: set[str], alone: bool) -> None:
    wanted = shown(text, KNOWN)
    assert wanted
    assert (wanted.picture, wanted.page, wanted.alone) == (picture, page, alone)


@pytest.mark.parametrize("text", ["the dog is red", "red alert", "how much is the boat", "", "dark"])
def test_text_alone_asks_for_no_picture(text: str) -> None:
    assert shown(text, KNOWN) is None


def test_plural_and_german_words_may_be_labels() -> None:
    assert {"dog", "boat"} <= candidates("Hunde boats")


def test_rare_cues_tell_more() -> None:
    weights = rarities(("photo", "dog", "yak"), {"photo": 60, "dog": 1}, 100)
    assert weights["yak"] > weights["dog"] > weights["photo"] > 0
    wanted = shown("photo of a dog", KNOWN)
    assert wanted
    both, one = (fit(wanted, frozenset(has), frozenset(), weights) for has in ({"photo", "dog"}, {"photo"}))
    assert both == 1.0 > 0.3 > one


def test_what_has_another_form_does_not_fit_by_its_colour() -> None:
    weights = rarities(("map", "red"), {"red": 40, "map": 3}, 100)
    wanted = shown("the red map", KNOWN)
    assert wanted
    fits = [fit(wanted, frozenset(has), frozenset(), weights) for has in ({"map", "red"}, {"map"}, {"red"})]
    assert fits[0] > fits[1] > fits[2] == 0


def test_beside_words_that_are_written_somewhere_what_is_shown_breaks_ties() -> None:
    alone, more = shown("red chart", KNOWN), shown("chart of late readings", KNOWN)
    assert alone
    assert more
    assert [weight(alone, written) for written in (True, False)] == [1.0, 1.0]
    assert [weight(more, written) for written in (True, False)] == [TIES, BESIDES]


def picture(db: Writer, hours: float, *labels: str, shade: str = "light") -> int:
    """A screen with one picture of which these labels are said; its moment."""
    id = frames.add(db, a_frame(at=MONDAY + timedelta(hours=hours), app="viewer", title="album"), None)
    readings.add(db, id, Reading((), "test"))
    whole, box = (0, 0, 1280, 800), (100, 100, 400, 300)
    cues = [Cue(0, whole, "form", shade, 1.0)]
    cues += [Cue(1, box, "tag" if label in ("dog", "boat") else "form", label, 0.9) for label in labels]
    looks.put(db, id, "eye 1", (Part(0, 0, whole), Part(0, 1, box)), cues)
    return frames.moment_of(db, id)


@pytest.fixture
def album(ledger: Ledger, yard: dict[str, int]) -> dict[str, int]:
    with ledger.writing() as db:
        made = {"dog": picture(db, 30, "photo", "dog"), "boat": picture(db, 31, "photo", "boat")}
        made["chart"] = picture(db, 32, "chart", "red", shade="dark")
        made["light chart"] = picture(db, 33, "chart", "blue")
        return yard | made


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("the photo of a dog", "dog"),
        ("das Foto mit dem Boot", "boat"),
        ("red chart", "chart"),
        ("the dark page with a chart", "chart"),
        ("dark page", "chart"),
        ("blue diagram", "light chart"),
    ],
)
def test_pictures_are_found_by_words(ledger: Ledger, album: dict[str, int], text: str, first: str) -> None:
    with ledger.reading() as db:
        found = search(db, NoMeaning(), Query(text, NOW))
    assert found.results[0].moment.id == album[first]
    assert found.results[0].why["picture"] > 0


def test_ordinary_questions_are_answered_by_text(ledger: Ledger, album: dict[str, int]) -> None:
    with ledger.reading() as db:
        for text in ("teak offer", "chart of high water at Heron Point", "plot the teak offer", "Rote Karte"):
            for result in search(db, NoMeaning(), Query(text, NOW)).results[:1]:
                assert result.why.get("picture", 0.0) == 0.0
