"""Questions before a fold: the same for the same moments, and about what only one of them holds."""

from __future__ import annotations

from datetime import timedelta

from memory.consolidate.exam import ASKED, questions
from memory.records import Line, LineRow, Moment, MomentText, Probe
from tests.support.builders import NINE


def a_text(id: int, *lines: str) -> MomentText:
    moment = Moment(id, NINE, NINE + timedelta(minutes=1), 0, "mousepad", "notes", None, 1, True)
    rows = tuple(
        LineRow(100 * id + n, id, n, Line(line, (0, 20 * n, 90, 16))) for n, line in enumerate(lines)
    )
    return MomentText(moment, rows, 0.01, False)


SHARED = tuple(f"a line number {n} that both of the screens hold" for n in range(ASKED))
ONE = a_text(1, *SHARED, "the invoice HS-2026-0117 is due on Friday")
OTHER = a_text(2, *SHARED, "call the sailmaker")


def of(moment: int, kind: str, probes: tuple[Probe, ...]) -> list[tuple[str, ...]]:
    return [probe.texts for probe in probes if (probe.moment, probe.kind) == (moment, kind)]


def test_what_only_one_holds_is_asked_for_first() -> None:
    probes = questions([ONE, OTHER])
    first = of(1, "words", probes)[0][0]
    assert first in " ".join(["the", "invoice", "HS", "2026", "0117", "is", "due", "on", "Friday"])
    assert len(first.split()) == 5
    assert of(2, "words", probes)[0] == ("call the sailmaker",)


def test_the_same_moments_are_asked_the_same() -> None:
    assert questions([ONE, OTHER]) == questions([ONE, OTHER])
    assert len(of(1, "words", questions([ONE, OTHER]))) == ASKED


def test_title_application_and_picture_are_asked_for() -> None:
    probes = questions([ONE])
    assert of(1, "title", probes) == [("notes",)]
    assert of(1, "app", probes) == [("mousepad",)]
    assert set(of(1, "shown", probes)[0]) <= {row.line.text for row in ONE.lines}


def test_of_a_moment_without_text_only_its_window_is_asked() -> None:
    assert {probe.kind for probe in questions([a_text(3, "→", "·")])} == {"title", "app"}
