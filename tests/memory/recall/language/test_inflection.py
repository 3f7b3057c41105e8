"""Forms of one word: German inflection with umlauts and strong verbs, irregular English."""

from __future__ import annotations

import pytest

from memory.recall.language.inflection import beginnings, forms, same
from memory.recall.language.words import fold

SAME = (
    "Rechnung Rechnungen, Haus Häuser, Haus Haeuser, Buch Bücher, Vertrag Verträge, Vertrag Vertrages,"
    " Angebot Angebote, Markt Märkte, Kundin Kundinnen, Bericht Berichten, Bild Bilder,"
    " schreiben geschrieben, schreiben schrieb, schreiben schreibt, unterschreiben unterschrieben,"
    " anschreiben angeschrieben, abschließen abgeschlossen, machen gemacht, machen machte, finden gefunden,"
    " arbeiten gearbeitet, berichten berichtet, senden gesendet, bezahlen bezahlt, treffen getroffen,"
    " besprechen besprochen, lesen liest, fahren gefahren"
)


@pytest.mark.parametrize("pair", SAME.split(", "))
def test_forms_of_a_german_word_meet_and_are_found_by_their_beginning(pair: str) -> None:
    one, other = map(fold, pair.split())
    assert same(one, other)
    assert any(other.startswith(beginning) for beginning in beginnings(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haus", "hause-boot"),
        ("gericht", "rechten"),
        ("haus", "gehause"),
        ("lesen", "losen"),
        ("bild", "bald"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize("word", ["in", "not", "v2", "4711"])
def test_short_words_and_codes_have_no_forms(word: str) -> None:
    assert beginnings(word) == ()


def test_irregular_verbs_bring_their_other_forms() -> None:
    assert forms("paid") == ("paid", "pay")
    assert forms("write") == ("write", "wrote", "written")
    assert forms("boiler") == ("boiler",)
