"""The recorder looks only when it may, hands over only what may be seen, and tells every gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from capture import picture
from capture.adapters.presence_x11 import X11Presence
from capture.adapters.screen_mss import MssScreen
from capture.adapters.screen_replay import Replay
from capture.adapters.windows_x11 import X11Windows
from capture.pace import Pace
from capture.ports import Desk, Eyes
from capture.recorder import BEAT_S, Clock, Options, Recorder
from capture.seeded import seeded_rules
from memory.errors import Bug, Locked, StoreTrouble
from memory.records import Active, Frame, Gap, Orders, Rule, Taken, Window
from tests.support.eyes import EDITOR, NINE, NOTES, FakeEyes, a_shade
from tests.support.folders import a_picture, a_recording, a_time, a_window
from tests.support.sinks import FakeSink
from tests.support.xserver import XServer, an_x_server

VAULT = Window("xterm", "Vault - KeyKeeper", 100, 100, 80, 60, 1)
WITH_VAULT = Desk((EDITOR, VAULT), NOTES.active)


class Bench:
    """A recorder with fake eyes and a fake sink, stepped every three seconds."""

    def __init__(self, *rules: Rule, options: Options | None = None) -> None:
        self.eyes = FakeEyes()
        self.sink = FakeSink(rules or seeded_rules())
        self.recorder = Recorder(self.eyes.open, self.sink, self.eyes.clock(), options or Options())

    def step(self, seconds: float = 3.0) -> str:
        outcome = self.recorder.step()
        self.eyes.later(seconds)
        return outcome

    def orders(self, **changed: object) -> None:
        self.sink.told = replace(self.sink.told, **changed)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_look_becomes_a_frame(bench: Bench) -> None:
    assert bench.step() == "looked"
    (frame,) = bench.sink.frames
    assert (frame.at, frame.monitor, frame.width, frame.height) == (NINE, 0, 320, 240)
    assert (frame.active, frame.windows) == (NOTES.active, NOTES.windows)
    assert (frame.change, frame.new, frame.single, frame.origin) == (1.0, True, False, None)
    assert np.array_equal(picture.decode(bench.sink.pictures[frame.digest], ""), a_shade(200))


def test_what_shows_nothing_new_is_counted(bench: Bench) -> None:
    for _ in range(3):
        bench.step()
    bench.eyes.pictures = [a_shade(90)]
    bench.step()
    assert [frame.new for frame in bench.sink.frames] == [True, False, False, True]
    assert len({frame.digest for frame in bench.sink.frames}) == 4


def test_nothing_is_looked_at_before_it_is_due(bench: Bench) -> None:
    bench.step(0)
    assert bench.recorder.wait() == 3.0
    assert bench.step(2.9) == "early"
    assert bench.step(0.1) == "early"
    assert bench.step() == "looked"
    assert bench.eyes.grabs == 2


def test_it_is_heard_from_however_seldom_it_looks() -> None:
    bench = Bench(options=Options(Pace(every_s=3600)))
    bench.step(0)
    assert bench.recorder.wait() == BEAT_S


def test_without_consent_nothing_is_opened_and_no_gap_told(bench: Bench) -> None:
    bench.orders(allowed=False)
    assert bench.step() == "no consent"
    assert (bench.eyes.opened, bench.sink.frames, bench.sink.gaps) == (0, [], [])


def test_a_pause_ends_by_itself(bench: Bench) -> None:
    bench.orders(paused_until=NINE + timedelta(seconds=5))
    assert [bench.step() for _ in range(3)] == ["paused", "paused", "looked"]
    assert bench.eyes.grabs == 1
    assert bench.sink.gaps[-1] == Gap(NINE, NINE + timedelta(seconds=6), "paused")


def test_it_tells_how_long_nobody_was_there_also_between_looks_and_in_a_pause(bench: Bench) -> None:
    bench.step()
    bench.eyes.idle = 40.0
    bench.step(1.0)
    bench.step(2.0)
    bench.orders(paused_until=NINE + timedelta(hours=1))
    bench.eyes.idle = 7.0
    assert bench.step() == "paused"
    assert bench.sink.idled == [40.0, 40.0, 7.0]


def test_nothing_is_looked_at_while_locked_or_idle(bench: Bench) -> None:
    bench.eyes.is_locked = True
    assert bench.step() == "locked"
    bench.eyes.is_locked, bench.eyes.idle = False, 300.0
    assert bench.step() == "idle"
    assert (bench.eyes.grabs, bench.sink.frames) == (0, [])
    assert {gap.reason for gap in bench.sink.gaps} == {"locked", "idle"}


@pytest.mark.parametrize(
    "desk",
    [
        WITH_VAULT,
        Desk((VAULT, EDITOR), NOTES.active),
        Desk((EDITOR,), Active("browser", "Rings - Private Browsing")),
        Desk((EDITOR, replace(VAULT, app="Bitwarden", title="")), NOTES.active),
    ],
)
def test_what_is_excluded_is_not_even_grabbed(bench: Bench, desk: Desk) -> None:
    bench.eyes.desks = [desk]
    assert bench.step() == "excluded"
    assert (bench.eyes.grabs, bench.sink.frames) == (0, [])
    bench.eyes.desks = [NOTES]
    assert bench.step() == "looked"
    assert bench.sink.gaps[-1] == Gap(NINE, NINE + timedelta(seconds=3), "excluded")


def test_unknown_windows_are_trouble(bench: Bench) -> None:
    bench.eyes.desks = [Desk(None, None)]
    assert bench.step() == "trouble"
    assert (bench.eyes.grabs, bench.sink.frames) == (0, [])


@pytest.mark.parametrize("after", [WITH_VAULT, Desk(None, None)])
def test_a_window_that_appeared_in_between_spoils_the_frame(bench: Bench, after: Desk) -> None:
    bench.eyes.on_grab = lambda: bench.eyes.desks.__setitem__(0, after)
    assert bench.step() == ("trouble" if after.windows is None else "excluded")
    assert bench.eyes.grabs == 1
    assert bench.sink.frames == []


def test_what_was_excluded_is_no_part_of_what_is_compared_later(bench: Bench) -> None:
    bench.step()
    bench.eyes.desks, bench.eyes.pictures = [WITH_VAULT], [a_shade(0)]
    bench.step()
    bench.eyes.desks, bench.eyes.pictures = [NOTES], [a_shade(200)]
    bench.step()
    assert [frame.new for frame in bench.sink.frames] == [True, False]


BLACK = Rule("title", "vault", "black")


def test_a_window_is_blacked_out_and_not_named() -> None:
    bench = Bench(BLACK)
    bench.eyes.desks = [WITH_VAULT]
    assert bench.step() == "looked"
    (frame,) = bench.sink.frames
    assert frame.windows == (EDITOR,)
    shown = picture.decode(bench.sink.pictures[frame.digest], "")
    assert not shown[92:168, 92:188].any()
    assert (shown[:92] == 200).all()
    assert (shown[168:] == 200).all()


def test_a_window_that_moved_while_it_was_grabbed_is_black_at_both_places() -> None:
    bench = Bench(BLACK)
    bench.eyes.desks = [WITH_VAULT]
    moved = Desk((EDITOR, replace(VAULT, x=0, y=0)), NOTES.active)
    bench.eyes.on_grab = lambda: bench.eyes.desks.__setitem__(0, moved)
    bench.step()
    (webp,) = bench.sink.pictures.values()
    shown = picture.decode(webp, "")
    assert not shown[100:160, 100:180].any()
    assert not shown[:60, :80].any()


def test_own_windows_are_never_shown(bench: Bench) -> None:
    bench.eyes.desks = [Desk((EDITOR, replace(VAULT, app="onceseen", title="Onceseen")), NOTES.active)]
    bench.step()
    (frame,) = bench.sink.frames
    assert frame.windows == (EDITOR,)
    assert not picture.decode(bench.sink.pictures[frame.digest], "")[100:160, 100:180].any()


def test_a_new_rule_holds_from_the_next_look_on(bench: Bench) -> None:
    bench.step()
    bench.orders(rules=(Rule("app", "mousepad"),))
    assert bench.step() == "excluded"


def two_monitors(bench: Bench) -> None:
    bench.eyes.pictures = [a_shade(200), a_shade(100)]
    bench.eyes.desks = [NOTES, Desk((), None)]


def test_monitors_are_looked_at_apart(bench: Bench) -> None:
    two_monitors(bench)
    bench.step()
    bench.eyes.pictures[1] = a_shade(30)
    bench.step()
    assert [(frame.monitor, frame.new) for frame in bench.sink.frames] == [
        (0, True),
        (1, True),
        (0, False),
        (1, True),
    ]
    assert bench.sink.frames[1].active is None


def test_what_is_excluded_on_one_monitor_does_not_stop_the_other(bench: Bench) -> None:
    two_monitors(bench)
    bench.eyes.desks[0] = WITH_VAULT
    assert bench.step() == "looked"
    assert [frame.monitor for frame in bench.sink.frames] == [1]
    assert "KeyKeeper" not in repr(bench.sink.frames)


def test_only_chosen_monitors_are_looked_at() -> None:
    bench = Bench(options=Options(looks_at=lambda index: index == 1))
    two_monitors(bench)
    bench.step()
    assert [frame.monitor for frame in bench.sink.frames] == [1]
    bench.eyes.pictures.pop()
    assert bench.step() == "trouble"


def test_an_unplugged_display_is_trouble_and_is_opened_again(bench: Bench) -> None:
    bench.step()
    bench.eyes.broken = True
    assert [bench.step(), bench.step()] == ["trouble", "trouble"]
    bench.eyes.broken = False
    assert bench.step() == "looked"
    assert bench.eyes.opened == 2
    assert bench.sink.gaps[-1] == Gap(NINE + timedelta(seconds=3), NINE + timedelta(seconds=9), "trouble")


class ShutSink(FakeSink):
    """A sink whose door or disk is shut for a while."""

    shut: Exception | None = None

    def orders(self) -> Orders:
        if isinstance(self.shut, Locked):
            raise self.shut
        return super().orders()

    def offer(self, frame: Frame, picture: bytes) -> Taken:
        if self.shut:
            raise self.shut
        return super().offer(frame, picture)

    def gap(self, gap: Gap) -> None:
        if self.shut:
            raise self.shut
        super().gap(gap)


@pytest.mark.parametrize(
    ("error", "reason"), [(Locked(), "locked"), (StoreTrouble(reason="no space left on device"), "trouble")]
)
def test_a_sink_that_cannot_take_is_a_gap_and_nothing_seen_is_lost(error: Exception, reason: str) -> None:
    bench = Bench()
    sink = ShutSink()
    bench.recorder = Recorder(bench.eyes.open, sink, bench.eyes.clock(), Options())
    sink.shut = error
    assert [bench.step(), bench.step()] == [reason, reason]
    sink.shut = None
    assert bench.step() == "looked"
    assert [frame.new for frame in sink.frames] == [True]
    assert sink.gaps[-1] == Gap(NINE, NINE + timedelta(seconds=6), reason)


def test_a_sink_that_is_gone_is_said() -> None:
    bench = Bench()
    sink = ShutSink()
    sink.shut = Bug(reason="test")
    with pytest.raises(Bug):
        Recorder(bench.eyes.open, sink, bench.eyes.clock(), Options()).step()


def test_a_machine_that_slept_was_not_running(bench: Bench) -> None:
    bench.step()
    bench.eyes.now += timedelta(hours=8)
    bench.step()
    assert bench.sink.gaps == [Gap(NINE, NINE + timedelta(hours=8, seconds=3), "not running")]
    assert bench.sink.frames[-1].new


def test_a_clock_set_back_is_no_gap(bench: Bench) -> None:
    bench.step()
    bench.eyes.now -= timedelta(hours=1)
    assert bench.step() == "looked"
    assert bench.sink.gaps == []


def test_closing_lets_go_of_what_was_seen(bench: Bench) -> None:
    bench.step()
    bench.recorder.close()
    bench.step()
    assert [frame.new for frame in bench.sink.frames] == [True, True]
    assert bench.eyes.opened == 2


def test_a_replayed_recording_is_recorded_as_if_live(tmp_path: Path) -> None:
    for n in range(3):
        a_picture(tmp_path / f"{n}.png", f"page {n}\n" * 5)
    titles = ("page 0", "Vault - KeyKeeper", "page 2")
    lines = [
        {"file": f"{n}.png", "t": a_time(3 * n), "windows": [a_window("viewer", title)]}
        for n, title in enumerate(titles)
    ]
    bench = Bench()
    replay = Replay(a_recording(tmp_path, lines), lambda: bench.eyes.seconds)
    bench.recorder = Recorder(replay.eyes, bench.sink, bench.eyes.clock(), Options())
    assert [bench.step() for _ in range(4)] == ["looked", "excluded", "looked", "looked"]
    assert [frame.new for frame in bench.sink.frames] == [True, True, False]


def eyes_of(server: XServer) -> Eyes:
    display = server.display
    return Eyes(MssScreen(display), X11Windows(display), X11Presence(display))


def test_real_windows_are_recorded_and_a_vault_is_not(tmp_path: Path) -> None:
    seconds = [0.0]
    clock = Clock(lambda: datetime.now().astimezone(), lambda: seconds[0])
    sink = FakeSink(seeded_rules())
    with an_x_server(tmp_path) as server:
        recorder = Recorder(lambda: eyes_of(server), sink, clock, Options())

        def step() -> str:
            seconds[0] += 3
            return recorder.step()

        notes = server.xterm("Notes on weirs", "the weir at Grellin was opened\n" * 3)
        server.until(
            lambda: step() == "looked" and sink.frames[-1].active == Active("xterm", "Notes on weirs")
        )
        count = len(sink.frames)
        vault = server.xterm("Vault - KeyKeeper", "hunter2 " * 20, place="40x8+300+300")
        assert step() == "excluded"
        notes.do("windowactivate", "--sync")
        assert step() == "excluded"
        assert len(sink.frames) == count
        vault.do("windowminimize")
        server.until(lambda: step() == "looked")
        vault.close()
        first = sink.frames[0]
        assert (first.width, first.height) == (1280, 800)
        server.monitors("640/180x800/220+0+0", "640/180x800/220+640+0")
        server.until(lambda: step() == "looked" and sink.frames[-1].monitor == 1)
        assert sink.frames[-1].width == 640
        assert "KeyKeeper" not in repr(sink.frames)
    assert step() == "trouble"
    recorder.close()
