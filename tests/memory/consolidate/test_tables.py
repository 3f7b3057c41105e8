"""Tables: cells belong to the head of their column and the key of their row."""

from __future__ import annotations

from collections.abc import Sequence

from memory.consolidate.sightings import of_day
from memory.consolidate.tables import Cell, cells
from memory.records import Line, LineRow, Moment, MomentText
from tests.support.moments import at

HEAD = ["Key", "Summary", "Status", "Assignee"]
BODY = [
    ["TW-1", "Fold the hour", "Open", "Priya Raman"],
    ["TW-2", "Colour of the chart", "Done", "Leo"],
    ["TW-3", "Text about gaps", "Open", "Leo"],
]


def laid_out(*lines: Sequence[str], left: int = 200, pitch: int = 30) -> list[LineRow]:
    """Lines of cells, 150 pixels apart; an empty text is no cell."""
    return [
        LineRow(
            y * 10 + x, 1, y * 10 + x, Line(text, (left + 150 * x, 100 + pitch * y, 7 * len(text), 12), 0.9)
        )
        for y, line in enumerate(lines)
        for x, text in enumerate(line)
        if text
    ]


def told(rows: Sequence[LineRow]) -> list[tuple[str, str, str]]:
    return [(cell.row, cell.head, rows[n].line.text) for n, cell in cells(rows).items()]


def test_a_cell_belongs_to_its_column_and_row() -> None:
    found = told(laid_out(HEAD, *BODY))
    assert ("TW-2", "Status", "Done") in found
    assert ("TW-3", "Assignee", "Leo") in found
    assert len(found) == 9
    assert cells(laid_out(HEAD, *BODY))[6] == Cell("Status", "TW-1", by_key=True)


def test_a_cell_may_be_empty_and_another_right_aligned() -> None:
    rows = laid_out(
        ["Stop", "Arrives", "Departs", "Platform"],
        ["Osk", "", "07:04", "2"],
        ["Hollin", "08:02", "08:06", "3"],
    )
    x, y, w, h = rows[5].line.box
    rows[5] = LineRow(6, 1, 6, Line("07:04", (x + 60, y, w, h), 0.9))
    assert ("Osk", "Departs", "07:04") in told(rows)
    assert ("Osk", "Arrives", "07:04") not in told(rows)


def test_what_was_read_over_two_columns_is_left_out() -> None:
    rows = laid_out(HEAD, *BODY)
    merged = LineRow(99, 1, 99, Line("Open and Priya Raman together", (500, 130, 300, 12), 0.9))
    kept = [row for row in rows if row.line.text != "Open" or row.line.box[1] != 130]
    assert "Open and Priya Raman together" not in {text for _, _, text in told([*kept, merged])}


def test_a_menu_beside_a_table_is_no_column() -> None:
    menu = laid_out(
        *[[f"Menu {word}"] for word in ("home", "plans", "people", "filters", "help")], left=10, pitch=26
    )
    found = told([*menu, *laid_out(HEAD, *BODY)])
    assert ("TW-2", "Status", "Done") in found
    assert not any(text.startswith("Menu") for _, _, text in found)


def test_a_form_and_rows_without_a_head_are_no_table() -> None:
    form = [["Status", "Open", "Note"], ["Priority", "High", "Aside"], ["Assignee", "Priya", "Below"]]
    assert told(laid_out(*form)) == []
    assert told(laid_out(*BODY)) == []


def test_what_tables_say_is_sighted_by_key_or_within_the_page() -> None:
    stops = [["Stop", "Departs", "Platform"], ["Osk", "07:04", "2"], ["Hollin", "08:06", "3"]]
    found = {}
    for n, (title, lines) in enumerate((("Board - Tracker", [HEAD, *BODY]), ("Trip - Rail", stops))):
        moment = Moment(n, at(n), at(n + 1), 0, "Browser", title, None, 1, False)
        for one in of_day([MomentText(moment, tuple(laid_out(*lines)), 0.5, False)], []):
            found[one.thing, one.relation] = one
    assert found["tw-2", "status"].value == "done"
    assert found["tw-2", "status"].said == "Status: Done"
    assert found["trip / osk", "departs"].subject == "Trip, Osk"
