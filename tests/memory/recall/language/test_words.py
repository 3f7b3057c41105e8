"""Words that carry meaning, their stems, identifiers."""

from __future__ import annotations

import pytest

from memory.recall.answering.sights import quoted_in
from memory.recall.language.words import Stems, content, identifiers, stem, tokens


def test_content_leaves_out_what_every_sentence_has() -> None:
    assert content("What did the plumber say about our boiler?") == ("plumber", "boiler")
    assert content("Was hat der Klempner über den Kessel gesagt?") == ("klempner", "kessel")


def test_a_text_of_stop_words_alone_is_kept() -> None:
    assert content("to be or not to be") == ("to", "be", "or", "not")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("invoices", "invoice"),
        ("paid", "pay"),
        ("stopped", "stops"),
        ("queries", "query"),
        ("wrote", "writing"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_what_has_a_digit_is_never_stemmed() -> None:
    assert stem("v3es") == "v3es"


def test_accents_and_case_fall_away() -> None:
    assert tokens("Café ZÜRICH's") == ["cafe", "zurich"]


def test_identifiers_are_kept_as_they_stand() -> None:
    text = "Order AB-2031-77, total 1,204.50 on srv-db-03 (see !91, v2.4.1 and x41b)"
    assert identifiers(text) == ("AB-2031-77", "1,204.50", "srv-db-03", "!91", "v2.4.1", "x41b")


def test_what_is_written_without_spaces_comes_in_pairs() -> None:
    assert tokens("打开iPhone手机 v2") == ["打开", "iphone", "手机", "v2"]
    assert tokens("预算表") == ["预算", "算表"]
    assert tokens("水") == ["水"]


def test_pairs_with_a_particle_carry_no_meaning() -> None:
    assert content("我的预算表") == ("预算", "算表")
    assert content("我的") == ("我的",)


def test_stems_that_stand_for_others_are_replaced() -> None:
    known = Stems(same={"invoic": "invoc"}, codes={"h5202": ("hs", "202")})
    assert known.of("invoices of HS-2O2 today") == ("invoc", "of", "hs", "2o2", "todai", "hs", "202")


@pytest.mark.parametrize("sign", ["1", "'", "-", "a@", "/a", "“", "„", "»"])
def test_a_page_of_one_sign_is_gone_through_once(sign: str) -> None:
    """What is pasted may be long: where each sign looks ahead to the end, this does not end in a minute."""
    page = sign * 100_000
    assert identifiers(page) == ()
    assert quoted_in(page) == ""
