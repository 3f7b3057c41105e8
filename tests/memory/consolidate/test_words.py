"""Terms, titles in parts, furniture of windows, and text that gives orders."""

from __future__ import annotations

import pytest

from memory.consolidate.words import Furniture, short_path, terms, title_parts
from tests.support.moments import Screen, at


def test_terms_keep_keys_whole_and_leave_single_letters() -> None:
    assert terms("A key TW-412: dedupe.py, 04.02 (x)") == ("key", "tw-412", "dedupe.py", "04.02")


def test_a_title_comes_in_parts_without_its_application() -> None:
    moment = (
        Screen().shows("*Inbox (4) - Mara - Northfold Mail - Chromium", start=at(0), app="chromium").moment
    )
    assert title_parts(moment) == ("Inbox", "Mara", "Northfold Mail")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("~/notes/todo.md", "todo.md"),
        ("/a/b.pdf", "b.pdf"),
        ("C:\\x\\y.txt", "y.txt"),
        ("3/4 done", "3/4 done"),
    ],
)
def test_a_path_is_called_by_its_end(name: str, short: str) -> None:
    assert short_path(name) == short


def test_lines_below_three_titles_of_an_application_are_furniture() -> None:
    screen = Screen()
    moments = [
        screen.shows(title, ["Search mail", f"About {title}"], start=at(i)) for i, title in enumerate("ABC")
    ]
    elsewhere = screen.shows("D", ["Search mail"], start=at(5), app="Viewer", behind=("Side",))
    furniture = Furniture([*moments, elsewhere])
    assert [row.line.text for row in furniture.own(moments[0])] == ["About A"]
    assert [row.line.text for row in furniture.own(elsewhere)] == ["Search mail"]
