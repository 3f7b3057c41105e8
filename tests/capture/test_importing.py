"""A recording goes through exclusions and change detection into the sink once, however often cut off."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from capture import picture
from capture.importing import Imported, import_into
from capture.seeded import seeded_rules
from memory.errors import BadRecording, StoreTrouble
from memory.records import Frame, Rule, Taken
from tests.support.folders import a_picture, a_recording, a_time, a_window
from tests.support.sinks import FakeSink

EDITOR = a_window("mousepad", "notes")
VAULT = a_window("xterm", "Vault - KeyKeeper", (10, 20, 100, 50), 1)


def silent(done: int, total: int) -> None:
    """No progress is shown."""


def take(sink: FakeSink, path: Path) -> Imported:
    return import_into(sink, path, silent, dry_run=False)


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """A recording of 30 looks at a page that gets another line at every third."""
    lines = []
    for n in range(30):
        text = "\n".join(f"line {k} of the report" for k in range(1 + n // 3))
        a_picture(tmp_path / f"frames/{n}.webp", text, (320, 320))
        lines.append({"file": f"frames/{n}.webp", "t": a_time(4 * n), "active": {"app": "a", "title": "b"}})
    return a_recording(tmp_path, lines)


def test_a_recording_is_taken_with_its_times(typed: Path) -> None:
    sink = FakeSink()
    assert take(sink, typed) == Imported(30, 0, 0, ())
    assert [frame.new for frame in sink.frames] == [n % 3 == 0 for n in range(30)]
    first, second = sink.frames[0], sink.frames[1]
    assert (first.at.isoformat(), second.at.isoformat()) == (a_time(0), a_time(4))
    assert (first.change, second.change) == (1.0, 0.0)
    assert (first.width, first.height, first.origin, first.single) == (320, 320, "frames/0.webp", False)
    assert sink.pictures[first.digest] == (typed / "frames/0.webp").read_bytes()


def test_nothing_is_taken_twice(typed: Path) -> None:
    sink = FakeSink()
    take(sink, typed)
    assert take(sink, typed) == Imported(0, 30, 0, ())
    assert len(sink.frames) == 30


class Stopped(Exception):
    """The import was interrupted."""


@pytest.mark.parametrize("after", [1, 2, 7, 29])
def test_an_interrupted_import_goes_on_as_if_it_had_not_been(typed: Path, after: int) -> None:
    whole, parted = FakeSink(), FakeSink()
    take(whole, typed)

    def stop(done: int, total: int) -> None:
        if done == after:
            raise Stopped

    with pytest.raises(Stopped):
        import_into(parted, typed, stop, dry_run=False)
    assert len(parted.frames) == after
    assert take(parted, typed) == Imported(30 - after, after, 0, ())
    assert parted.frames == whole.frames


def test_going_on_without_the_picture_that_was_kept(typed: Path) -> None:
    sink = FakeSink()
    lines = (typed / "frames.jsonl").read_text().splitlines()
    (typed / "frames.jsonl").write_text(lines[0])
    take(sink, typed)
    (typed / "frames/0.webp").unlink()
    (typed / "frames.jsonl").write_text("\n".join(lines[:2]))
    assert take(sink, typed).imported == 1
    assert sink.frames[-1].new


def test_a_dry_run_offers_nothing(typed: Path) -> None:
    sink = FakeSink()
    assert import_into(sink, typed, silent, dry_run=True) == Imported(30, 0, 0, ())
    assert sink.frames == []
    take(sink, typed)
    assert import_into(sink, typed, silent, dry_run=True) == Imported(0, 30, 0, ())


def test_progress_counts_every_entry(typed: Path) -> None:
    told: list[tuple[int, int]] = []
    with (typed / "frames.jsonl").open("a") as lines:
        lines.write("{broken\n")
    import_into(FakeSink(), typed, lambda done, total: told.append((done, total)), dry_run=False)
    assert told == [(n, 31) for n in range(1, 32)]


def test_what_is_excluded_never_reaches_the_sink(tmp_path: Path) -> None:
    for n in range(4):
        a_picture(tmp_path / f"{n}.png", f"page {n}\n" * (n + 1))
    lines = [
        {"file": "0.png", "t": a_time(0), "windows": [EDITOR]},
        {"file": "1.png", "t": a_time(3), "windows": [EDITOR, VAULT]},
        {"file": "2.png", "t": a_time(6), "active": {"app": "browser", "title": "Rings - Private Browsing"}},
        {"file": "3.png", "t": a_time(9)},
        {"text": ["all my passwords"], "t": a_time(9), "active": {"app": "Bitwarden", "title": ""}},
    ]
    sink = FakeSink(seeded_rules())
    assert take(sink, a_recording(tmp_path, lines)) == Imported(2, 0, 3, ())
    assert sink.origins == ["0.png", "3.png"]
    assert "KeyKeeper" not in repr(sink.frames)


def test_an_excluded_picture_is_not_even_read(tmp_path: Path) -> None:
    line = {"file": "missing.png", "t": a_time(0), "windows": [VAULT]}
    assert take(FakeSink(seeded_rules()), a_recording(tmp_path, [line])) == Imported(0, 0, 1, ())


def test_a_window_is_blacked_out_and_not_named(tmp_path: Path) -> None:
    a_picture(tmp_path / "0.png", "word " * 9 + "\n" + "text " * 9)
    line = {
        "file": "0.png",
        "t": a_time(0),
        "windows": [EDITOR, VAULT],
        "active": {"app": "mousepad", "title": "notes"},
    }
    sink = FakeSink((Rule("title", "vault", "black"),))
    assert take(sink, a_recording(tmp_path, [line])) == Imported(1, 0, 0, ())
    (frame,) = sink.frames
    assert frame.windows is not None
    assert [window.app for window in frame.windows] == ["mousepad"]
    shown = picture.decode(sink.pictures[frame.digest], "x")
    assert not shown[20:70, 10:110].any()
    assert (shown[100:, 200:] == 255).all()


def test_loose_pictures_are_moments_of_their_own(tmp_path: Path) -> None:
    for n in (1, 2, 10):
        path = a_picture(tmp_path / f"{n}.png", "the same")
        os.utime(path, (1_772_438_404 + n, 1_772_438_404 + n))
    sink = FakeSink()
    assert take(sink, tmp_path) == Imported(3, 0, 0, ())
    assert sink.origins == ["1.png", "2.png", "10.png"]
    assert all(frame.single and frame.new and frame.change == 1.0 for frame in sink.frames)
    assert sink.frames[0].at == datetime.fromisoformat("2026-03-02T09:00:05+01:00")
    assert all(sink.pictures[frame.digest][8:12] == b"WEBP" for frame in sink.frames)


def test_the_same_picture_at_the_same_time_is_one(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        path = a_picture(tmp_path / name, "the same")
        os.utime(path, (1_772_438_404, 1_772_438_404))
    assert take(FakeSink(), tmp_path) == Imported(1, 1, 0, ())
    assert import_into(FakeSink(), tmp_path, silent, dry_run=True) == Imported(1, 1, 0, ())


def test_one_file_seen_at_several_times_is_several_frames(tmp_path: Path) -> None:
    a_picture(tmp_path / "a.png", "the same")
    lines = [{"file": "a.png", "t": a_time(n)} for n in (0, 20, 40, 400)]
    sink = FakeSink()
    assert take(sink, a_recording(tmp_path, lines)) == Imported(4, 0, 0, ())
    assert [frame.new for frame in sink.frames] == [True, False, False, True]


def test_text_is_taken_as_it_is(tmp_path: Path) -> None:
    sink = FakeSink()
    lines = [
        {"text": ["Ines: the boat is free"], "t": a_time(0)},
        {"text": ["Ines: the boat is free"], "t": a_time(1)},
    ]
    assert take(sink, a_recording(tmp_path, lines)) == Imported(2, 0, 0, ())
    assert sink.origins == ["#1", "#2"]
    assert all(frame.new and frame.single and frame.text for frame in sink.frames)
    assert take(sink, tmp_path) == Imported(0, 2, 0, ())


def test_monitors_are_looked_at_apart(tmp_path: Path) -> None:
    a_picture(tmp_path / "left.png", "left side\n" * 5)
    a_picture(tmp_path / "right.png", "the right side\n" * 5)
    lines = [{"file": ("left.png", "right.png")[n % 2], "t": a_time(n), "monitor": n % 2} for n in range(6)]
    sink = FakeSink()
    take(sink, a_recording(tmp_path, lines))
    assert [frame.new for frame in sink.frames] == [True, True, False, False, False, False]


def test_bad_entries_are_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    a_picture(tmp_path / "good.png", "good")
    (tmp_path / "cut.png").write_bytes((tmp_path / "good.png").read_bytes()[:200])
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "empty.png").touch()
    named = ("cut.png", "text.png", "empty.png", "missing.png", "../good.png", "/etc/passwd", "good.png")
    lines = ["{", {"file": "good.png"}, *({"file": file, "t": a_time(n)} for n, file in enumerate(named))]
    done = take(FakeSink(), a_recording(tmp_path, lines))
    assert (done.imported, done.already, done.excluded) == (1, 0, 0)
    assert sorted(file for file, _ in done.refused) == sorted(
        ["frames.jsonl:1", "frames.jsonl:2", *(file for file in named if file != "good.png")]
    )
    assert all(reason for _, reason in done.refused)


def test_one_bad_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    assert take(FakeSink(), tmp_path / "a.png").refused == (("a.png", "it is no picture of a known kind"),)


def test_an_empty_folder_and_nothing_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert take(FakeSink(), tmp_path / "empty").refused == (("empty", "it holds no pictures"),)
    with pytest.raises(BadRecording):
        take(FakeSink(), tmp_path / "missing")


class FullSink(FakeSink):
    """A disk with room for some frames."""

    room = 10

    def offer(self, frame: Frame, picture: bytes) -> Taken:
        if len(self.frames) == self.room:
            raise StoreTrouble(reason="no space left on device")
        return super().offer(frame, picture)


def test_what_the_sink_raises_ends_the_import_and_it_can_go_on(typed: Path) -> None:
    whole, full = FakeSink(), FullSink()
    take(whole, typed)
    with pytest.raises(StoreTrouble):
        take(full, typed)
    full.room = 100
    assert take(full, typed) == Imported(20, 10, 0, ())
    assert full.frames == whole.frames


def test_memory_is_asked_in_batches(typed: Path) -> None:
    sink = FakeSink()
    take(sink, typed)
    assert sink.asked == 30


def test_pixels_that_were_blacked_out_do_not_count_as_new(tmp_path: Path) -> None:
    for n in range(2):
        path = a_picture(tmp_path / f"{n}.png", "the same")
        pixels = np.array(picture.decode(path.read_bytes(), ""))
        pixels[30:60, 20:90] = 60 * n
        (tmp_path / f"{n}.webp").write_bytes(picture.encode(pixels))
    lines = [{"file": f"{n}.webp", "t": a_time(n), "windows": [EDITOR, VAULT]} for n in range(2)]
    sink = FakeSink((Rule("title", "vault", "black"),))
    take(sink, a_recording(tmp_path, lines))
    assert [frame.new for frame in sink.frames] == [True, False]
