"""Grades: seen where the second reading agrees, else in doubt; inferred by rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from memory.ledger import frames, moments, readings
from memory.ledger.connection import Ledger, Writer
from memory.recall.checking.grade import DISAGREES, Crop, agrees, crops, graded
from memory.records import Answer, Citation, Grade, Line, LineRow, Question, Reading, Understood
from tests.memory.recall.conftest import MONDAY, NOW
from tests.support.builders import a_frame, a_kept_frame

PILE = (("2026-05-18", "picture"),)


def said(*citations: Citation, grade: Grade = "", found: bool = True) -> Answer:
    return Answer(Question("how much?", NOW), Understood("much"), found, "“…” [1]", 0.8, citations, (), grade)


def crop(text: str, piece: str = "", confidence: float = 0.95, id: int = 1) -> Crop:
    return Crop(LineRow(id, 1, 0, Line(text, (10, 20, 100, 14), confidence)), piece or text, PILE)


@pytest.mark.parametrize(
    ("piece", "read"),
    [
        ("Total: EUR 412.80", "Total : EUR 412.80 for 6 crates"),
        ("the first file", "the ﬁrst ﬁle"),
        ("Irma’s “order”", 'Irma\'s "order"'),
        ("vol40%", "Vol 40 %"),
        ("K7-bX4q", "Order K7-bX4q."),
        ("6 crates", "only 6 crates"),
        ("in room 4", "in room 4 2 chairs"),
        ("HS-2026-0117", "HS-2026-01 17"),
        ("4 318.60", "4318.60"),
        ("-12 °C", "it was -12°C"),
        ("二月の会議", "二月 の 会議"),
    ],
)
def test_what_reading_varies_does_not_count(piece: str, read: str) -> None:
    assert agrees(piece, ("something else", read))


@pytest.mark.parametrize(
    ("piece", "read"),
    [
        ("Total: EUR 412.80", "Total: EUR 412.86"),
        ("Total: EUR 412.80", "Total: EUR 41280"),
        ("57 million", "5.7 million"),
        ("6 crates", "16 crates"),
        ("room 2", "room 24"),
        ("Agate which follows", "A gat which follows"),
        ("10:30", "10.30"),
        ("€ 20", "£ 20"),
        ("-12 °C", "12 °C"),
        ("EUR 5", ""),
        ("…", "…"),
    ],
)
def test_what_changes_what_it_says_counts(piece: str, read: str) -> None:
    assert not agrees(piece, (read,))


@pytest.mark.parametrize(
    ("piece", "line", "read", "same"),
    [
        ("refunds after May", "refunds after May", "No refunds after May", False),
        ("refunds after May", "refunds after May", "x refunds after May", True),
        ("refunds after May", "Gives refunds after May", "No refunds after May", True),
        ("We pay", "We pay", "We pay nothing", False),
        ("We pay", "We pay nothing", "We pay nothing", True),
    ],
)
def test_a_word_that_the_first_reading_missed_at_an_end_of_the_line_counts(
    piece: str, line: str, read: str, same: bool
) -> None:
    assert agrees(piece, (read,), line) == same


def test_seen_is_read_the_same_again() -> None:
    lines = (crop("Total: EUR 412.80"), crop("6 crates of clay", id=2))
    again = {1: ("Total: EUR 412.80",), 2: ("6 crates 0f c1ay", "6 crates of clay")}
    found = graded(said(), lines, again)
    assert (found.grade, found.confidence) == ("seen", 0.8)


def test_one_line_that_was_not_read_again_leaves_it_in_doubt() -> None:
    lines = (crop("Total: EUR 412.80"), crop("6 crates of clay", id=2))
    found = graded(said(), lines, {1: ("Total: EUR 412.80",)})
    assert (found.grade, found.confidence) == ("doubtful", 0.8)


def test_other_letters_are_doubtful_and_another_number_less_sure() -> None:
    letters = graded(said(), (crop("6 crates of clay"),), {1: ("6 crates of day",)})
    number = graded(said(), (crop("6 crates of clay"),), {1: ("8 crates of clay",)})
    assert (letters.grade, letters.confidence) == ("doubtful", 0.8)
    assert (number.grade, number.confidence) == ("doubtful", pytest.approx(0.8 * DISAGREES))


def test_what_was_read_unsurely_is_in_doubt_even_where_it_reads_the_same() -> None:
    assert graded(said(), (crop("6 crates", confidence=0.3),), {1: ("6 crates",)}).grade == "doubtful"


def test_inferred_stays_and_not_found_has_none() -> None:
    assert graded(said(grade="inferred"), (crop("6 crates"),), {}).grade == "inferred"
    missing = said(found=False)
    assert graded(missing, (), {}) == missing


# ------------------------------------------------------------------ which lines are read again


@pytest.fixture
def bill(ledger: Ledger) -> int:
    with ledger.writing() as db:
        return frames.moment_of(db, a_kept_frame(db, a_frame(at=MONDAY), ["Total: EUR 412.80", "6 crates"]))


def cite(ledger: Ledger, moment: int, quote: str) -> tuple[Crop, ...]:
    with ledger.reading() as db:
        return crops(db, said(Citation(1, moments.get(db, moment), quote)))


def test_the_quoted_lines_with_their_pictures(ledger: Ledger, bill: int) -> None:
    one, other = cite(ledger, bill, "EUR 412.80 … 6 crates")
    assert (one.piece, one.line.text, other.piece) == ("EUR 412.80", "Total: EUR 412.80", "6 crates")
    assert one.pile == other.pile
    assert len(one.pile) == 1
    assert one.read


def test_a_picture_that_has_gone_leaves_nothing_to_read(ledger: Ledger, bill: int) -> None:
    with ledger.writing() as db:
        frames.drop_picture(db, bill)
    (one,) = cite(ledger, bill, "EUR 412.80")
    assert one.pile == ()
    assert graded(said(), (one,), {}).grade == "doubtful"


def test_a_title_and_text_from_elsewhere_are_seen_by_their_nature(ledger: Ledger, bill: int) -> None:
    assert cite(ledger, bill, "notes") == ()
    assert graded(said(), (), {}).grade == "seen"
    with ledger.writing() as db:
        note = a_note(db, "Fired 41 bowls.")
    (one,) = cite(ledger, note, "41 bowls")
    assert not one.read
    assert graded(said(), (one,), {}).grade == "seen"


def a_note(db: Writer, text: str) -> int:
    id = frames.add(db, replace(a_frame(at=MONDAY, title="Diary"), width=0, height=0), None)
    readings.add(db, id, Reading((Line(text, (0, 0, 0, 0)),), "told"))
    return frames.moment_of(db, id)
