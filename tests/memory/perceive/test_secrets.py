"""Secrets in lines: struck out of words and pixels, over boxes and lines, and out of titles and told text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from memory.perceive.secrets import places, strike, strike_frame, strike_text
from memory.records import Active, Box, Frame, Line, Window


def line(text: str, x: int = 10, y: int = 10) -> Line:
    return Line(text, (x, y, 9 * len(text), 14))


def words(of: Line) -> tuple[Box, ...]:
    """Boxes of words, nine pixels a letter."""
    boxes, at = [], 0
    for word in of.text.split(" "):
        boxes.append((of.box[0] + 9 * at, of.box[1], 9 * len(word), of.box[3]))
        at += len(word) + 1
    return tuple(boxes)


def texts(*lines: Line) -> list[str]:
    return [struck.text for struck in strike(lines, [words(one) for one in lines]).lines]


def test_nothing_to_strike_changes_nothing() -> None:
    lines = [line("Invoice HS-2026-0117"), line("due on 24 February", y=30)]
    struck = strike(lines)
    assert struck.lines == tuple(lines)
    assert struck.boxes == ()
    assert strike(()).lines == ()


def test_only_the_words_of_the_secret_are_blacked() -> None:
    one = line("Password Pelican-Ravine-77! ")
    one = line("Password Pelican-Ravine-77!")
    struck = strike([one], [words(one)])
    assert struck.lines[0].text == "Password [password]"
    ((x, y, w, h),) = struck.boxes
    assert 10 + 9 * 8 < x <= 10 + 9 * 9
    assert x + w >= 10 + 9 * len(one.text)
    assert (y, h) == (8, 18)


def test_without_boxes_of_words_the_whole_line_is_blacked() -> None:
    one = line("Password Pelican-Ravine-77!")
    ((x, _, w, _),) = strike([one]).boxes
    assert x <= one.box[0]
    assert x + w >= one.box[0] + one.box[2]


def test_what_another_reading_takes_for_a_secret_is_struck_too() -> None:
    sure, other = line("Card: AESG 1A8B 03A3 6A6T due"), line("Card: 4539 1488 0343 6467 due")
    (place,) = places([other], [words(other)])
    struck = strike([sure, line("elsewhere", y=30)], [words(sure), words(line("elsewhere", y=30))], [place])
    assert [one.text for one in struck.lines] == ["Card: [card number] due", "elsewhere"]
    assert len(struck.boxes) == 1


def test_a_card_over_two_lines() -> None:
    first, second = line("4539 1488"), line("0343 6467 thanks", y=30)
    assert texts(first, second) == ["[card number]", "[card number] thanks"]


def test_a_card_over_four_boxes() -> None:
    boxes = [line(part, x=10 + 60 * n) for n, part in enumerate(("4539", "1488", "0343", "6467"))]
    assert texts(*boxes) == ["[card number]"] * 4
    assert len(strike(boxes).boxes) == 4


def test_an_account_over_two_lines() -> None:
    assert texts(line("IBAN CH93 0076 2011"), line("6238 5295 7", y=30)) == [
        "IBAN [bank account]",
        "[bank account]",
    ]


def test_a_token_broken_by_the_terminal() -> None:
    lines = (line("ghp_0123456789abcdefgh"), line("ijABCDEFGHIJ012345 done", y=28), line("next", y=46))
    assert texts(*lines) == ["[token]", "[token] done", "next"]


@pytest.mark.parametrize("after", ["then start", "10:41:07 sync requested", "2026"])
def test_a_token_at_the_end_takes_nothing_of_the_next_line(after: str) -> None:
    token = "use ghp_0123456789abcdefghij0123"
    assert texts(line(token), line(after, y=28)) == ["use [token]", after]


def test_numbers_far_apart_are_not_one() -> None:
    lines = (line("4539 1488"), line("0343 6467", y=200), line("0343 6467", x=600))
    assert texts(*lines) == ["4539 1488", "0343 6467", "0343 6467"]


def test_a_label_and_its_field() -> None:
    assert texts(line("Password:"), line("Lagune-77", x=150)) == ["Password:", "[password]"]
    assert texts(line("Passwort"), line("Lagune77", y=32)) == ["Passwort", "[password]"]
    assert texts(line("Password:"), line("Forgot?", x=150)) == ["Password:", "Forgot?"]
    assert texts(line("Password:"), line("Lagune-77", x=900)) == ["Password:", "Lagune-77"]


def test_a_word_for_cards_near_by_counts() -> None:
    misread = "4539 1488 0343 6461"
    assert texts(line("Card number"), line(misread, y=40)) == ["Card number", "[card number]"]
    assert texts(line("Serial"), line(misread, y=40)) == ["Serial", misread]


def test_a_card_whose_last_group_was_not_read_below_its_label() -> None:
    cut = "4111 1111 1111"
    assert texts(line("Card number"), line(cut, y=40)) == ["Card number", "[card number]"]
    assert texts(line("Your card"), line(cut, y=40)) == ["Your card", cut]
    assert texts(line("Card number"), line(f"seats {cut}", y=40)) == ["Card number", f"seats {cut}"]


KEY = (
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW",
    "QyNTUxOQAAACDe5OxBPVzCgCwXv4ZPlPEqBHVWPSyDAr8lQPlFUJQuLwAAAJgRcZpPEXGa",
    "c2gtZWQyNTUx",
    "-----END OPENSSH PRIVATE KEY-----",
)


@pytest.mark.parametrize(("first", "last"), [(0, 5), (1, 5), (0, 4), (0, 1), (3, 5)])
def test_a_private_key_is_struck_whole_even_cut_off(first: int, last: int) -> None:
    shown = KEY[first:last]
    lines = [line("$ cat id_ed25519", y=10)] + [line(text, y=30 + 20 * n) for n, text in enumerate(shown)]
    lines.append(line("$ ls -l of the folder", y=30 + 20 * len(shown)))
    assert texts(*lines) == ["$ cat id_ed25519", *["[private key]"] * len(shown), "$ ls -l of the folder"]


def test_a_public_key_survives() -> None:
    assert texts(line("-----BEGIN PUBLIC KEY-----"), line("MCowBQYDK2VwAyEA", y=30)) == [
        "-----BEGIN PUBLIC KEY-----",
        "MCowBQYDK2VwAyEA",
    ]


def test_titles_addresses_and_told_text_pass_the_same_way() -> None:
    frame = Frame(
        at=datetime(2026, 2, 9, tzinfo=UTC),
        digest=b"1",
        active=Active("mail", "PIN and password: Lagune77", "https://mara:Lagune77@mail.example/"),
        windows=(Window("term", "export PGPASSWORD=Lagune77", 0, 0, 9, 9, 0),),
        text=("card", "4539 1488", "0343 6467"),
    )
    struck = strike_frame(frame)
    assert struck.active == Active(
        "mail", "PIN and password: [password]", "https://mara:[password]@mail.example/"
    )
    assert struck.windows is not None
    assert struck.windows[0].title == "export PGPASSWORD=[password]"
    assert struck.text == ("card", "[card number]", "[card number]")
    assert (struck.at, struck.digest) == (frame.at, frame.digest)


def test_a_frame_without_any_stays_as_it_is() -> None:
    frame = Frame(at=datetime(2026, 2, 9, tzinfo=UTC), digest=b"1")
    assert strike_frame(frame) == frame
    assert strike_text("") == ""


def test_a_screen_full_of_lines() -> None:
    lines = [line(f"row {n} of 4539 things", x=10 + 300 * (n % 4), y=20 * (n // 4)) for n in range(2000)]
    assert strike(lines).boxes == ()
