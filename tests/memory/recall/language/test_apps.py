"""Applications named in words: by name, by class, and what is none."""

from __future__ import annotations

import pytest

from memory.recall.language.apps import class_of, find_apps

KNOWN = ("Firefox", "XTerm", "Code", "Thunderbird")


@pytest.mark.parametrize(
    ("text", "named", "rest"),
    [
        ("the error in the terminal", ("XTerm",), "the error"),
        ("die Rechnung im Browser", ("Firefox",), "die Rechnung"),
        ("the list in Code", ("Code",), "the list"),
        ("the code of the door", (), "the code of the door"),
        ("what Thunderbird said", ("Thunderbird",), "what Thunderbird said"),
        ("numbers in the spreadsheet", (), "numbers in the spreadsheet"),
    ],
)
def test_applications_are_named_by_name_or_class(text: str, named: tuple[str, ...], rest: str) -> None:
    assert find_apps(text, KNOWN) == (named, rest)


@pytest.mark.parametrize(("app", "kind"), [("XTerm", "terminal"), ("zathura", "pdf viewer"), ("frob", None)])
def test_a_class_is_told_by_parts_of_the_name(app: str, kind: str | None) -> None:
    assert class_of(app) == kind
