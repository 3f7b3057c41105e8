"""Times that are told by what was done then: what they hang on, and how they lie to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from memory.recall.understanding.anchors import Anchor, find_anchor

CASES = [
    ("what did I note while I was reading the offer", "offer", "during", "what did I note"),
    ("what did I note when I was in Lisbon?", "Lisbon", "during", "what did I note?"),
    ("When I was in Lisbon, which bar did I look at?", "Lisbon", "during", "which bar did I look at?"),
    ("what I looked up while reading the tide table", "tide table", "during", "what I looked up"),
    ("what did I see during the meeting with Ole", "meeting with Ole", "during", "what did I see"),
    ("my notes in the call about teak", "call about teak", "during", "my notes"),
    ("which mail did I get after I bought the paint", "paint", "after", "which mail did I get"),
    ("what did we decide before the sync", "sync", "before", "what did we decide"),
    ("was habe ich notiert, als ich in Lissabon war", "Lissabon", "during", "was habe ich notiert"),
    ("was sah ich, während ich das Angebot las", "Angebot", "during", "was sah ich"),
    ("was kam, nachdem ich den Lack gekauft hatte", "Lack", "after", "was kam"),
    ("meine Notizen in der Teambesprechung", "Teambesprechung", "during", "meine Notizen"),
    ("Was habe ich vor dem Anruf mit Mia Kranz gelesen", "Anruf mit Mia Kranz", "before",
     "Was habe ich gelesen"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "relation", "rest"), CASES)
def test_anchors(text: str, phrase: str, relation: str, rest: str) -> None:
    found = find_anchor(text)
    assert found is not None
    assert (found.anchor.phrase, found.anchor.relation, found.rest) == (phrase, relation, rest)


def test_how_far_from_it() -> None:
    near = find_anchor("what did I open right after the standup")
    assert near is not None
    assert near.anchor == Anchor("standup", "after", near=True)
    away = find_anchor("what did I read half an hour before my talk")
    assert away is not None
    assert away.anchor == Anchor("talk", "before", away=timedelta(minutes=30))
    german = find_anchor("was las ich zwei Stunden nach dem Vortrag")
    assert german is not None
    assert german.anchor == Anchor("Vortrag", "after", away=timedelta(hours=2))


@pytest.mark.parametrize(
    "text",
    [
        "the price after the call",
        "dialog shown when creating a project",
        "what was the date before we changed it",
        "when did I read the offer",
        "als ich es las",
        "the mail that I wrote to Ole",
        "while it lasts",
        "",
    ],
)
def test_what_is_no_time_of_the_writer_is_no_anchor(text: str) -> None:
    assert find_anchor(text) is None
