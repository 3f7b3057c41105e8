"""Kinds of file and of picture."""

from __future__ import annotations

import pytest

from memory.recall.understanding.media import find_files, find_shown


@pytest.mark.parametrize(
    ("text", "endings"),
    [
        ("the pdf about caulking", {"pdf"}),
        ("die PDF-Datei", {"pdf"}),
        ("all PDFs", {"pdf"}),
        ("in the spreadsheet", {"xlsx", "xls", "ods", "csv"}),
        ("die Tabelle mit den Preisen", {"xlsx", "xls", "ods", "csv"}),
        ("the Excel file", {"xlsx", "xls", "ods", "csv"}),
        ("a Word document", {"docx", "doc", "odt"}),
        ("das Word-Dokument", {"docx", "doc", "odt"}),
        ("her presentation", {"pptx", "ppt", "odp"}),
        ("die Folien", {"pptx", "ppt", "odp"}),
        ("the .py files", {"py"}),
        ("an sql file", {"sql"}),
        ("*.csv", {"csv"}),
        ("the log file", {"log"}),
        ("the markdown notes", {"md"}),
        ("tides.pdf", set()),
        ("www.pdf.example", set()),
        ("go there", set()),
        ("the table by the window", set()),
        ("word by word", set()),
        ("excellent", set()),
    ],
)
def test_kinds_of_file(text: str, endings: set[str]) -> None:
    assert set(find_files(text)) == endings


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the chart of tides", ("chart",)),
        ("das rote Diagramm", ("chart", "red")),
        ("a photo of a boat", ("photo",)),
        ("a picture of the quay", ("picture",)),
        ("the dark page", ("dark",)),
        ("die Karte der Bucht", ("map",)),
        ("the red boat in the picture", ("red", "picture")),
        ("a red boat", ()),
        ("tides", ()),
    ],
)
def test_kinds_of_picture(text: str, shown: tuple[str, ...]) -> None:
    assert find_shown(text) == shown
