"""One form for all readings of a code, and Chinese in pairs of letters."""

from __future__ import annotations

import pytest

from memory.ledger.spelling import canonical, codes, pairs, plain, runs, spelled


@pytest.mark.parametrize(
    "readings",
    [
        ("KD-2031-0417", "kd 2O31-04l7", "KD203|0417", "KD-2O3I-O4I7", "ＫＤ-２０３１-0417"),
        ("4,318.60", "4.318,60", "4318.60", "4 318,60", "4'318.60", "4,3l8.6O"),
        ("S8-Z2B5", "58-2285", "5B-22BS"),
        ("corner-7", "comer-7"),
        ("vvork1", "work1"),
    ],
)
def test_all_readings_of_a_code_have_one_form(readings: tuple[str, ...]) -> None:
    assert len({canonical(reading) for reading in readings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("KD-2031", "KD-2032"), ("4,318.60", "4,318.70"), ("a6-1", "ab-1")]
)
def test_other_codes_have_another(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see KD-2031-0417, due 4,318.60.", ["KD-2031-0417", "4,318.60"]),
        ("https://skerry.example/t/8841-b7?x=1", ["8841-b7"]),
        ("/srv/run_04/out.csv", ["run_04"]),
        ("on 02/09/2031 at 10:31", ["02/09/2031"]),
        ("paid 12 480,50 EUR", ["12 480,50", "480,50"]),
        ("in 2031, 17 of 400", []),
        ("no digits-here at all", []),
        ("", []),
    ],
)
def test_codes_have_a_digit_and_a_letter_or_a_separator(text: str, found: list[str]) -> None:
    assert list(codes(text)) == found


def test_what_is_written_without_spaces_is_cut_into_pairs_and_letters() -> None:
    assert spelled("打开手机").split() == ["打开", "开手", "手机", "打", "开", "手", "机"]
    assert pairs("水") == ["水"]
    assert runs("a 打开 b 手机 c") == ["打开", "手机"]
    assert runs("plain") == []


def test_latin_words_that_stand_against_chinese_are_spelled_too() -> None:
    assert "iphone" in spelled("新的iPhone手机").split()
    assert "iphone" not in spelled("新的 iPhone 手机").split()


def test_each_spelling_stands_once_and_short_codes_not_at_all() -> None:
    assert spelled("KD-2031 and KD-2O31, v2, 3.5") == "kd2031"
    assert spelled("a" + "1b" * 40) == ""


def test_plain_letters() -> None:
    assert plain("ÀB１") == "ab1"
    assert plain("한국") == "한국"
