"""The tour: Onceseen on a private virtual display, with real windows in front of it, from look to answer.

It is what `make run` does where there is no screen: it records half a minute, settles, asks three questions
and says where the pictures of its window and of a cited moment lie.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image, ImageDraw

from desktop import scenery
from desktop.stage import Stage, end
from memory.errors import NoScreen, OnceseenError

T = TypeVar("T")

RECORD_S = 30
SETTLE_S = 3.0
"""After this long an answer stands in the window."""

QUESTIONS = (
    "What is the invoice total in EUR?",
    "When is the survey boat picked up?",
    "Which version of tide-tables was deployed to os-db-02?",
)
OUT = Path("out/tour")


class Tour:
    """One run: a memory of its own in a temporary folder that is removed at the end."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage, self._folder = stage, folder
        self._place = ["--profile", str(folder / "memory"), "--key-file", str(folder / "key")]

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "desktop", *self._place, *words]

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | self._stage.environment

    def run(self, *words: str) -> dict[str, Any]:
        """One command's JSON document; its error is ours."""
        done = subprocess.run(
            self.command(*words, "--json"), env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1) or not done.stdout:
            raise NoScreen(reason=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else words[0])
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    def record(self, scenes: tuple[scenery.Scene, ...]) -> tuple[int, int]:
        """Windows are opened one by one while the recorder looks; (windows, frames kept)."""
        recorder = subprocess.Popen(
            self.command("record", "--json"),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._until(lambda status: status["recording"] == "on")
        ends = time.monotonic() + RECORD_S
        shown = 0
        for scene in scenes:
            before = self.run("status")["frames"]
            shown += self._stage.show(scene.title, scene.box, *scene.command)
            self._until(partial(_more_than, before))
        # A person stays a while with what is open.
        time.sleep(max(0.0, ends - time.monotonic()))
        recorder.terminate()
        output, _ = recorder.communicate()
        if recorder.returncode:
            raise NoScreen(reason="recording failed")
        return shown, int(json.loads(output)["frames"])

    def _until(self, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Asks the running engine until something holds, a quarter of a minute at most."""
        ends = time.monotonic() + 15
        while time.monotonic() < ends:
            try:
                if holds(self.run("status")):
                    return
            except NoScreen:
                # The recorder's engine is just taking the memory over from this command's own.
                continue

    def ask(self, questions: Sequence[str]) -> Iterator[tuple[dict[str, Any], float]]:
        """The answers' documents, and the seconds each took."""
        with subprocess.Popen(
            self.command("ask", "--batch", "-"),
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as asking:
            assert asking.stdin
            assert asking.stdout
            for question in questions:
                began = time.perf_counter()
                asking.stdin.write(f"{question}\n")
                asking.stdin.flush()
                yield json.loads(asking.stdout.readline()), time.perf_counter() - began

    def moment_picture(self, answer: dict[str, Any], out: Path) -> Path | None:
        """The first cited moment's picture, with the quoted words boxed."""
        if not answer["citations"]:
            return None
        cited = answer["citations"][0]
        path = out / "moment.png"
        whole = self.run("moment", str(cited["moment"]), "--picture", str(path))
        boxes = [line["box"] for line in whole["lines"] if line["text"] in cited["quote"]]
        with Image.open(path) as picture:
            draw = ImageDraw.Draw(picture)
            for x, y, w, h in boxes:
                draw.rectangle((x - 4, y - 4, x + w + 4, y + h + 4), outline="#d0342c", width=3)
            picture.save(path)
        return path

    def window_picture(self, question: str, out: Path) -> Path | None:
        """Opens the window, asks in it as a person would, and takes a picture of the screen."""
        window = self._stage.start(*self.command())
        try:
            if not self._stage.seen("Timeline - Onceseen", "windowactivate", "--sync", "key", "ctrl+k"):
                return None
            for keys in (("type", "--delay", "30", question), ("key", "Return")):
                self._stage.run("xdotool", *keys)
            time.sleep(SETTLE_S)
            path = out / "window.png"
            self._stage.picture(path)
            return path
        finally:
            end(window)


def _more_than(frames: int, status: dict[str, Any]) -> bool:
    return bool(status["frames"] > frames)


def main() -> int:
    """Runs the tour and prints it; 1 with a clear line when it cannot run."""
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onceseen-tour-")))
            stage = stack.enter_context(Stage(folder / "home"))
            return _tour(Tour(stage, folder), folder, stage)
    except OnceseenError as error:
        print(error, file=sys.stderr)
        return error.exit_status


def _tour(tour: Tour, folder: Path, stage: Stage) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    files = folder / "files"
    files.mkdir()
    scenes = scenery.scenes(files)
    print("Onceseen: there is no screen here, so this is a tour on a private virtual one.\n")
    tour.run("init")
    print(f"1. Recording half a minute while {len(scenes)} windows of real programs open ...", flush=True)
    (shown, frames), took = _timed(lambda: tour.record(scenes))
    print(f"   {shown} windows shown, {frames} frames kept, all read after {took:.0f} s.")
    settled, took = _timed(lambda: tour.run("consolidate"))
    print(
        f"2. Settled in {took:.1f} s: {settled['moments_after']} moments, {settled['episodes']} episodes, "
        f"{settled['facts']} facts.\n3. Three questions:"
    )
    answers = [_told(answer, took) for answer, took in tour.ask(QUESTIONS)]
    status = tour.run("status")
    print(
        f"\n4. All of it sealed in {sum(status['bytes'].values()) / 1e6:.1f} MB; nothing left this machine."
    )
    cited = next((a for a in answers if a["found"]), answers[0])
    for what, path in (
        ("the cited moment", tour.moment_picture(cited, OUT)),
        ("the window", tour.window_picture(QUESTIONS[0], OUT)),
    ):
        print(f"   A picture of {what}: {path.resolve() if path else 'not to be had'}")
    print("\nWith a screen, `make run` opens the window itself.")
    return 0 if all(answer["found"] for answer in answers) else 1


def _told(answer: dict[str, Any], took: float) -> dict[str, Any]:
    print(f"\n   {answer['question']}   ({took:.2f} s)\n     {answer['answer']}")
    for cited in answer["citations"]:
        print(f"     [{cited['n']}] {cited['start'][11:19]}  “{cited['quote']}”")
    return answer


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return act(), time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
