"""frames.jsonl as hostile as it comes: good lines are taken whole, each bad one is refused and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from capture import lines
from capture.items import Item, Refused
from memory.records import Active, Window
from tests.support.folders import a_recording, a_time, a_window

GOOD = {"file": "a.webp", "t": a_time(0)}


def read(folder: Path) -> list[Item | Refused]:
    return list(lines.items(folder))


def one(folder: Path, line: object) -> Item | Refused:
    (entry,) = read(a_recording(folder, [line]))
    return entry


def test_a_line_whole(tmp_path: Path) -> None:
    line = {
        **GOOD,
        "monitor": 2,
        "active": {"app": "chromium", "title": "Inbox\n\x00 (2)", "url": "https://mail.example/"},
        "windows": [a_window("chromium", "Inbox", (-3, 4, 500, 600), 7), a_window("panel", "")],
        "scene": "d1",
        "texts": [{"window": 0, "lines": ["never read"]}],
        "secrets": {"a": [1]},
    }
    item = one(tmp_path, line)
    assert isinstance(item, Item)
    assert item.path == tmp_path.resolve() / "a.webp"
    frame = item.frame
    assert (frame.origin, frame.monitor, frame.single, frame.text) == ("a.webp", 2, False, None)
    assert frame.at.isoformat() == a_time(0)
    assert frame.active == Active("chromium", "Inbox (2)", "https://mail.example/")
    assert frame.windows == (
        Window("chromium", "Inbox", -3, 4, 500, 600, 7),
        Window("panel", "", 0, 0, 320, 160, 0),
    )


@pytest.mark.parametrize("key", ["active", "windows", "monitor", "text"])
def test_null_is_as_if_absent(tmp_path: Path, key: str) -> None:
    item = one(tmp_path, {**GOOD, key: None})
    assert isinstance(item, Item)
    assert item.frame.windows is None
    assert item.frame.active is None


def test_null_names_are_empty(tmp_path: Path) -> None:
    item = one(tmp_path, {**GOOD, "active": {"app": None}, "windows": [{"x": 1.0, "y": 2, "w": 3, "h": 4}]})
    assert isinstance(item, Item)
    assert item.frame.active == Active("", "", None)
    assert item.frame.windows == (Window("", "", 1, 2, 3, 4, 0),)


def test_no_windows_is_not_the_same_as_unknown_ones(tmp_path: Path) -> None:
    item = one(tmp_path, {**GOOD, "windows": []})
    assert isinstance(item, Item)
    assert item.frame.windows == ()


def test_text_is_named_by_its_line_counted_with_refused_and_empty_ones(tmp_path: Path) -> None:
    found = read(
        a_recording(tmp_path, ["{broken", "", {"t": a_time(1), "text": ["Ines: hello\nLeo: hi", " ", "bye"]}])
    )
    assert found[0] == Refused("frames.jsonl:1", "the line is not JSON")
    item = found[1]
    assert isinstance(item, Item)
    assert item.frame.origin == "#3"
    assert item.frame.text == ("Ines: hello", "Leo: hi", "bye")
    assert item.frame.single
    assert item.path is None


def test_a_file_outweighs_text(tmp_path: Path) -> None:
    item = one(tmp_path, {**GOOD, "text": ["passed over"]})
    assert isinstance(item, Item)
    assert (item.frame.text, item.frame.origin) == (None, "a.webp")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        ('{"t": "2026-03-02T09:00:00Z", "text": ["\\ud800"]}', "not JSON"),
        ('{"x": ' + "[" * 100_000, "not JSON"),
        ("[1, 2]", "does not fit"),
        ("null", "does not fit"),
        ({"file": "a.webp"}, "`t`"),
        ({"t": 1772438404, "file": "a.webp"}, "does not fit"),
        ({"t": a_time(0)}, "neither a file nor text"),
        ({"t": a_time(0), "text": []}, "neither a file nor text"),
        ({"t": a_time(0), "text": "a note"}, "does not fit"),
        ({"t": a_time(0), "text": [1]}, "does not fit"),
        ({**GOOD, "monitor": -1}, "does not fit"),
        ({**GOOD, "monitor": True}, "does not fit"),
        ({**GOOD, "windows": "many"}, "does not fit"),
        ({**GOOD, "windows": [{"app": "a"}]}, "does not fit"),
        ('{"t": "2026-03-02T09:00:00Z", "file": "a", "windows": [{"x": 1e400, "y": 0, "w": 1, "h": 1}]}', ""),
        ({**GOOD, "active": "a"}, "does not fit"),
    ],
)
def test_lines_that_are_refused(tmp_path: Path, line: object, reason: str) -> None:
    refused = one(tmp_path, line)
    assert isinstance(refused, Refused)
    assert refused.file == "frames.jsonl:1"
    assert reason in refused.reason


def test_a_bad_time_is_refused_by_the_files_name(tmp_path: Path) -> None:
    assert one(tmp_path, {**GOOD, "t": "soon"}) == Refused("a.webp", '"soon" is not a time')


@pytest.mark.parametrize(
    "file",
    ["../a.webp", "/etc/hostname", "x/../../a.webp", "a\x00b", "link.webp", "ring", "inner/../../x", ".."],
)
def test_paths_that_leave_the_folder_are_refused(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "recording"
    (folder / "inner").mkdir(parents=True)
    (tmp_path / "a.webp").write_bytes(b"secret")
    (folder / "link.webp").symlink_to(tmp_path / "a.webp")
    (folder / "ring").symlink_to(folder / "ring")
    refused = one(folder, {**GOOD, "file": file})
    if file == "ring" and isinstance(refused, Item):  # from Python 3.13 a ring resolves to itself
        return
    assert isinstance(refused, Refused)
    assert refused.file == file
    assert refused.reason in ("it leads out of the folder", "it is not a path")


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.webp").write_bytes(b"picture")
    (tmp_path / "link.webp").symlink_to("a.webp")
    item = one(tmp_path, {**GOOD, "file": "link.webp"})
    assert isinstance(item, Item)
    assert item.data() == b"picture"
    assert item.frame.origin == "link.webp"


def test_a_line_without_end_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 100)
    found = read(a_recording(tmp_path, [b"x" * 1000, GOOD, b"y" * 99, GOOD]))
    assert [type(entry) for entry in found] == [Refused, Item, Refused, Item]
    assert found[0] == Refused("frames.jsonl:1", "the line is too long")


def test_the_mark_that_editors_write_is_passed_over(tmp_path: Path) -> None:
    assert isinstance(one(tmp_path, b'\xef\xbb\xbf{"t": "2026-03-02T09:00:00Z", "file": "a.webp"}\r'), Item)


def test_the_last_line_needs_no_end(tmp_path: Path) -> None:
    (tmp_path / "frames.jsonl").write_text('{"t": "2026-03-02T09:00:00Z", "file": "a.webp"}')
    assert len(read(tmp_path)) == 1


def test_long_names_are_cut(tmp_path: Path) -> None:
    item = one(tmp_path, {**GOOD, "active": {"app": "a", "title": "b" * 9999}})
    assert isinstance(item, Item)
    assert item.frame.active is not None
    assert len(item.frame.active.title) == lines.LONGEST_NAME
