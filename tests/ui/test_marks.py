"""Words of a query are found again in texts and on pictures."""

from __future__ import annotations

from memory.records import Line
from ui.marks import boxes, spots, terms


def marked(text: str, query: str) -> list[str]:
    return [text[start : start + length] for start, length in spots(text, terms(query))]


def test_forms_of_a_word_are_marked() -> None:
    assert marked("Two invoices, one INVOICE, invoicing", "the invoice") == [
        "invoices",
        "INVOICE",
        "invoicing",
    ]


def test_little_words_are_not_marked() -> None:
    assert terms("what is the and of") == frozenset()
    assert marked("the rent is due", "what is the rent") == ["rent"]


def test_accents_and_case_do_not_matter() -> None:
    assert marked("Ein Café in Zürich", "cafe zurich") == ["Café", "Zürich"]


def test_phrases_count_too() -> None:
    assert spots("net shed", terms("", ["shed"])) == ((4, 4),)


def test_a_word_is_boxed_inside_its_line() -> None:
    line = Line("rent of the shed", (100, 50, 160, 20))
    assert boxes([line], terms("shed"), len) == ((220, 50, 40, 20),)


def test_neighbours_share_a_box() -> None:
    line = Line("the net shed burns", (0, 0, 180, 20))
    assert boxes([line], terms("net shed"), len) == ((40, 0, 80, 20),)


def test_nothing_wanted_nothing_boxed() -> None:
    assert boxes([Line("a b", (0, 0, 9, 9))], frozenset(), len) == ()
