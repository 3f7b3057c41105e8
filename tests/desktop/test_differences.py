"""The settings file: one line changes, everything else stays as the user wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import differences
from memory.errors import BadRequest, StoreTrouble


@pytest.mark.parametrize(
    ("text", "value", "after"),
    [
        ("", 5.0, "a.b = 5.0\n"),
        ("# first\n", 5, "# first\na.b = 5\n"),
        ("a.b = 1 \na.c = 2\n", True, "a.b = true\na.c = 2\n"),
        ('"a.b" = 1\n', 2, "a.b = 2\n"),
        ("[a]\nb = 1\nc = 2\n", 3, "[a]\nb = 3\nc = 2\n"),
        ("x = 1\n[a] # group\nc = 2\n", 3, "x = 1\n[a] # group\nb = 3\nc = 2\n"),
        ("x = 1\n[z]\nb = 2", 3, "x = 1\na.b = 3\n[z]\nb = 2\n"),
        ("a.b = 1\nx = 2\n", None, "x = 2\n"),
        ("[a]\nb = 1\n", None, "[a]\n"),
        ("x = 2\n", None, "x = 2\n"),
        ("", 'say "hi" \\ \n', 'a.b = "say \\U00000022hi\\U00000022 \\U0000005C \\U0000000A"\n'),
    ],
)
def test_only_the_one_line_changes(text: str, value: differences.Value | None, after: str) -> None:
    assert differences.edited(text, "a.b", value) == after
    assert differences.values(after).get("a.b") == value


@pytest.mark.parametrize(
    "text",
    ["a.b = '''\none\n'''\n", "a = { b = 1 }\n", "a.b = [\n 1,\n]\n", 'x = """\na.b = 1\n"""\n[a]\nb = 1\n'],
)
def test_what_it_does_not_understand_it_leaves(text: str) -> None:
    with pytest.raises(BadRequest, match="by hand"):
        differences.edited(text, "a.b", 2)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    (file / "in the way").mkdir(parents=True)
    with pytest.raises(StoreTrouble):
        differences.write(file, "a.b = 1\n")
    assert list(tmp_path.iterdir()) == [file]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        differences.write(tmp_path / "gone" / "settings.toml", "")
