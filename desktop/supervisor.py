"""Children: started with a socket, ended when they hang, crash or eat memory, and started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from memory import wire
from memory.errors import ChildAway, ChildFailed

T = TypeVar("T")

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""What every child gets of the environment; the rest is none of its business."""

SILENT = {"ORT_DISABLE_TELEMETRY": "1", "ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1"}
"""What every child gets so that no library of it speaks to its maker (nothing leaves the machine)."""

FIRST_S, LAST_S = 0.5, 60.0
"""Back-off: seconds before the first new start and, doubled each time, at most."""

STEADY_S = 30.0
"""A child that asks us and lived this long was started well."""

TICK_S = 0.5
"""How often memory, idleness and silence are looked at."""

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Plan:
    """How a child is run, and its limits; None is no limit.

    `call_s` is for one call; `silent_s` how long a child that asks us may say nothing; `memory` resident
    bytes; `idle_s` after which a child without a call is ended. `keeps` names environment variables it
    gets beside KEPT, `sets` gives it more. `errors` takes its standard error as for subprocess.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    call_s: float | None = 60.0
    silent_s: float | None = None
    memory: int | None = None
    idle_s: float | None = None
    stop_s: float = 3.0
    keeps: tuple[str, ...] = ()
    sets: Mapping[str, str] = field(default_factory=lambda: {"OMP_THREAD_LIMIT": "1"})
    errors: int = subprocess.DEVNULL


class Running:
    """One process of its own group, our end of its socket, and a temporary folder in RAM for it alone."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._scratch = _scratch()
        self.socket, theirs = socket.socketpair()
        with theirs:
            # -P: not a module from wherever the user stands; PYTHONPATH: the same program as this one.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", plan.module, str(theirs.fileno()), *plan.arguments],
                pass_fds=(theirs.fileno(),),
                env=_environment(plan, self._scratch),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=plan.errors,
                start_new_session=True,
            )
        self.pid = self._process.pid

    def ended(self) -> str:
        """How it ended, in words; empty while it runs."""
        status = self._process.poll()
        if status is None:
            return ""
        return (
            f"it was ended by {signal.Signals(-status).name}"
            if status < 0
            else f"it ended with status {status}"
        )

    def resident(self) -> int:
        """Bytes of it in memory; 0 when it is gone."""
        with suppress(OSError):
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return 0

    def hang_up(self) -> None:
        """Ends the conversation: a well-behaved child ends by itself."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def kill(self) -> None:
        """Ends it and all it started, now; `end` must still follow."""
        self._signal(signal.SIGKILL)

    def end(self, patience: float) -> int:
        """Hangs up, waits, asks, kills, with all it started; its exit status."""
        self.hang_up()
        self.socket.close()
        for last in (signal.SIGTERM, signal.SIGKILL):
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
                break
            self._signal(last)
        self.kill()
        status = self._process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)
        return status

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


def _environment(plan: Plan, scratch: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in (*KEPT, *plan.keeps) if name in os.environ}
    root = Path(__file__).resolve().parent.parent
    return kept | SILENT | {"PYTHONPATH": str(root), "TMPDIR": str(scratch)} | dict(plan.sets)


def _scratch() -> Path:
    """A private folder in RAM where there is one; sweeps those whose engine was killed."""
    rooms = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm", tempfile.gettempdir())
    room = next(Path(r) for r in rooms if r and os.access(r, os.W_OK))
    for old in room.glob("onceseen-child-*-*"):
        if not Path("/proc", old.name.split("-")[2]).exists():
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"onceseen-child-{os.getpid()}-", dir=room))


class BackOff:
    """How long to wait after failures: doubled with each one in a row."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._not_before = 0.0
        self.failures = 0
        self.reason = ""

    def failed(self, reason: str) -> None:
        self.failures += 1
        self.reason = reason
        self._not_before = self._clock() + min(FIRST_S * 2.0 ** min(self.failures - 1, 20), LAST_S)

    def succeeded(self) -> None:
        self.failures = 0
        self._not_before = 0.0

    def left(self) -> float:
        """Seconds until a start is allowed."""
        return max(0.0, self._not_before - self._clock())

    def word(self) -> str:
        """The state in a word or two while it does not run."""
        if not self.failures:
            return "idle"
        return f"failed: {self.reason}" if self.failures > 2 else "starting again"


class Child(Generic[T]):
    """A process that answers us: started at the first call, one call at a time.

    A call raises ChildFailed when the process crashed, hung or was ended for its memory, at this call or
    since the last one (whatever it held is lost), and ChildAway, at once, until it may be started again.
    """

    def __init__(self, plan: Plan, protocol: type[T]) -> None:
        self.client: T = wire.proxy(protocol, self._call)
        self._plan, self._protocol = plan, protocol
        self._calls = threading.Lock()
        self._over = threading.Event()
        self._back_off = BackOff()
        self._running: Running | None = None
        self._connection: wire.Connection | None = None
        self._watch: threading.Thread | None = None
        self._used = 0.0
        self._why = self._untold = ""

    def state(self) -> str:
        """ "running", "idle", "starting again", "failed: reason" or "stopped"."""
        if self._over.is_set():
            return "stopped"
        running = self._running
        return "running" if running and not running.ended() else self._back_off.word()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        running = self._running
        return running.pid if running else None

    def stop(self) -> None:
        """Ends it for good; a call under way fails at once."""
        self._over.set()
        connection = self._connection
        if connection:
            connection.close()
        with self._calls:
            self._end(self._plan.stop_s)
        if self._watch:
            self._watch.join()

    def rest(self) -> None:
        """Ends it after the call under way, with all it held; the next call starts it again."""
        with self._calls:
            self._end(self._plan.stop_s)

    def _call(self, name: str, arguments: tuple[object, ...]) -> Any:
        with self._calls:
            connection = self._connected()
            try:
                result = connection.call(name, arguments)
            except ChildFailed as failure:
                if connection.broken:
                    raise ChildFailed(child=self._plan.name, reason=self._fail(failure)) from None
                raise
            finally:
                self._used = time.monotonic()
            self._back_off.succeeded()
            return result

    def _connected(self) -> wire.Connection:
        untold, self._untold = self._untold, ""
        if untold:
            raise ChildFailed(child=self._plan.name, reason=untold)
        if self._connection is None and not self._over.is_set():
            if self._back_off.left():
                raise ChildAway(child=self._plan.name, reason=self._back_off.word())
            self._start()
        if self._connection is None or self._over.is_set():
            raise ChildAway(child=self._plan.name, reason="it was stopped")
        return self._connection

    def _start(self) -> None:
        try:
            self._running = Running(self._plan)
        except OSError as error:
            self._back_off.failed(f"it could not be started ({error.strerror})")
            raise ChildFailed(child=self._plan.name, reason=self._back_off.reason) from error
        self._why = ""
        sock, call_s = self._running.socket, self._plan.call_s
        self._connection = wire.Connection(sock, self._protocol, call_s, self._plan.name)
        if self._watch is None:
            self._watch = threading.Thread(target=self._look, name=f"{self._plan.name} watch", daemon=True)
            self._watch.start()

    def _fail(self, failure: ChildFailed | None) -> str:
        """Puts the broken process away; says why it broke."""
        late = failure.details["reason"] if failure and failure.details["reason"] != wire.ENDED else ""
        ended = self._end(0 if late or self._over.is_set() else self._plan.stop_s)
        why = self._why or late or ended
        self._back_off.failed(why)
        return why

    def _end(self, patience: float) -> str:
        running, self._running, self._connection = self._running, None, None
        if running is None:
            return ""
        before = running.ended()
        running.end(patience)
        return before or running.ended()

    def _look(self) -> None:
        while not self._over.wait(TICK_S):
            running = self._running
            if running is None:
                continue
            self._why = self._why or too_much(running, self._plan)
            if self._why:
                running.kill()
            if self._calls.acquire(blocking=False):
                try:
                    self._look_idle(running)
                finally:
                    self._calls.release()

    def _look_idle(self, running: Running) -> None:
        """What befell it while nobody called."""
        if running is not self._running:
            return
        if running.ended():
            self._untold = self._fail(None)
        elif self._plan.idle_s is not None and time.monotonic() - self._used > self._plan.idle_s:
            self._end(self._plan.stop_s)


def too_much(running: Running, plan: Plan) -> str:
    """Why it must be ended for its memory; empty when it need not."""
    if plan.memory is not None and running.resident() > plan.memory:
        return f"it took more than {plan.memory // MEGABYTE} MB"
    return ""


class Guest:
    """A process that asks us (the recorder): kept running until it ends well or is stopped.

    `implementation` answers its `protocol`; a request is its sign of life.
    """

    def __init__(
        self, plan: Plan, protocol: type, implementation: object, on_bug: wire.OnBug | None = None
    ) -> None:
        self._plan, self._protocol, self._on_bug = plan, protocol, on_bug
        self._implementation = implementation
        self._over = threading.Event()
        self._back_off = BackOff()
        self._running: Running | None = None
        self._heard = 0.0
        self._why = ""
        self._threads = [
            threading.Thread(target=target, name=f"{plan.name} {target.__name__}", daemon=True)
            for target in (self._keep, self._look)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Closes its socket and waits for its orderly end, `stop_s` at most."""
        self._over.set()
        running = self._running
        if running:
            running.hang_up()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def state(self) -> str:
        """ "running", "starting again", "failed: reason" or "stopped"."""
        if self._over.is_set():
            return "stopped"
        return "running" if self._running else self._back_off.word()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        running = self._running
        return running.pid if running else None

    def _keep(self) -> None:
        while not self._over.is_set():
            try:
                self._once()
            except OSError as error:
                self._back_off.failed(f"it could not be started ({error.strerror})")
            self._over.wait(self._back_off.left())

    def _once(self) -> None:
        running = Running(self._plan)
        started = self._heard = time.monotonic()
        self._why, self._running = "", running
        if self._over.is_set():
            running.hang_up()
        heard: object = wire.proxy(self._protocol, self._hear)
        wire.serve(running.socket, self._protocol, heard, self._on_bug)
        status = running.end(self._plan.stop_s)
        self._running = None
        if status == 0:
            self._over.set()
        if time.monotonic() - started > STEADY_S:
            self._back_off.succeeded()
        self._back_off.failed(self._why or running.ended())

    def _hear(self, name: str, arguments: tuple[object, ...]) -> Any:
        self._heard = time.monotonic()
        return getattr(self._implementation, name)(*arguments)

    def _look(self) -> None:
        while not self._over.wait(TICK_S):
            running = self._running
            if running is None:
                continue
            silent = self._plan.silent_s is not None and time.monotonic() - self._heard > self._plan.silent_s
            self._why = too_much(running, self._plan) or ("it did nothing any more" if silent else "")
            if self._why:
                running.kill()
