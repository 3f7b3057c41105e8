"""What is to be left out, and what only denies."""

from __future__ import annotations

import pytest

from memory.recall.understanding.excluded import bare, find_excluded


@pytest.mark.parametrize(
    ("text", "things", "rest"),
    [
        ("the invoice but not the draft", ("the draft",), "the invoice"),
        ("the invoice, not in the mail", ("in the mail",), "the invoice"),
        ("what did I read not in the mail", ("in the mail",), "what did I read"),
        ("the invoice not from Ole about teak", ("from Ole",), "the invoice about teak"),
        ("pages without charts on tides", ("charts",), "pages on tides"),
        ("teak offers except the second round?", ("the second round",), "teak offers?"),
        ("boats apart from ferries", ("ferries",), "boats"),
        ("tides other than Rowan", ("Rowan",), "tides"),
        ("Rechnung nicht im Browser", ("im Browser",), "Rechnung"),
        ("Rechnung, aber nicht der Entwurf", ("der Entwurf",), "Rechnung"),
        ("alles über Teak außer Angebote", ("Angebote",), "alles über Teak"),
        ("Seiten ohne Bilder", ("Bilder",), "Seiten"),
        ("a boat without sails and not in the harbour", ("sails", "in the harbour"), "a boat"),
    ],
)
def test_what_is_left_out(text: str, things: tuple[str, ...], rest: str) -> None:
    found = find_excluded(text)
    assert (found.things, found.rest) == (things, rest)


@pytest.mark.parametrize(
    "text",
    [
        "why is the page not in the index",
        "what did I not in the end buy",
        "what was not on the list",
        "Warum ist das nicht im Browser",
        "ob es nicht auf der Liste stand",
        "the mail that I did not send",
        "how to sail without touching the boom",
        "ohne zu fragen",
        "not found",
        "without the draft",
        "nothing in the mail",
        "notes",
    ],
)
def test_what_only_denies_stays(text: str) -> None:
    found = find_excluded(text)
    assert (found.things, found.rest) == ((), text)


def test_a_thing_bare() -> None:
    assert [bare(thing) for thing in ("in the mail", "im Browser", "draft", "von meinem Vater")] == [
        "mail",
        "Browser",
        "draft",
        "Vater",
    ]
