"""The engine process: the only one that holds keys. It wires the memory and serves the user's own programs.

A command that finds no engine opens one in its own process in the same way (`opened`) and closes it again;
one that only looks opens the memory for itself (`looked_at`), beside the engine that may start meanwhile.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TextIO

import msgspec

from capture import seeded
from desktop import child, logs, opening, paths, sparing, times
from desktop.schedule import Machine, Schedule
from desktop.settings import ConsolidateOptions, PerceiveOptions, Settings, WriterOptions
from desktop.supervisor import MEGABYTE, Child, Guest, Plan
from memory import api, ports, wire
from memory.adapters.text_minilm import MiniLm
from memory.engine import Engine
from memory.errors import DamagedLedger, NoEngine, NoKey, NoKeyring, OnceseenError, ProfileInUse, WrongKey
from memory.index.client import Index
from memory.keys import master as keys
from memory.keys import slots
from memory.ledger import days, frames, rules
from memory.ledger.connection import Ledger
from memory.opened import Opened, nobody_settles
from memory.pictures import Pictures
from memory.pipeline import Claims, Share, Worker
from memory.polishing import Polishing
from memory.questions import Questions
from memory.records import Limits
from memory.rereading import Rereading
from memory.stages.see import wanted
from memory.stages.way import EMBED, READ, SEE, Way

READERS = 2
"""Reader processes while something waits: one a core of an ordinary laptop, at low priority."""

RESTING = {"all": (), "words": (SEE,), "nothing": (READ, EMBED, SEE)}
"""The stages that rest at each amount of work (desktop.sparing)."""

AGAIN_S, AGAIN_STARTED_S = 0.4, 10.0
"""How long an answer waits for its quotes to be read again: where a reader runs, and where it is started."""

ENDING_S = 20.0
"""How long an engine that answers no more may still take to put its memory away."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What this engine is opened for: `work` reads what waits, `record` looks at the screen."""

    work: bool = False
    record: bool = False


@contextmanager
def opened(profile: Path, master: bytes, record: bool) -> Iterator[Engine]:
    """An unlocked engine that works, served to other programs meanwhile; raises ProfileInUse."""
    with served(profile, Wishes(work=True, record=record)) as engine:
        engine.open(master)
        yield engine


@contextmanager
def looked_at(profile: Path, master: bytes) -> Iterator[Engine]:
    """An unlocked engine for this process alone, beside whichever works: it takes nothing in."""
    engine = _engine(profile, Wishes())
    try:
        engine.open(master)
        yield engine
    finally:
        engine.lock()


@contextmanager
def served(profile: Path, wishes: Wishes) -> Iterator[Engine]:
    """A locked engine that other programs of this user can reach; locked again at the end."""
    with ExitStack() as stack:
        stack.enter_context(_alone(profile))
        engine = _engine(profile, wishes)
        stack.callback(engine.lock)
        listener = wire.listen(paths.engine(profile))
        stack.enter_context(wire.Server(listener, api.Door, engine, child.bug))
        yield engine


def _engine(profile: Path, wishes: Wishes) -> Engine:
    engine = Engine(
        lambda file, passphrase: opening.master_key(profile, Path(file) if file else None, passphrase),
        lambda master: _open(profile, master, wishes, engine),
        times.now,
    )
    return engine


@contextmanager
def _alone(profile: Path) -> Iterator[None]:
    """The profile's lock: two engines never write to one memory. One that is just ending is waited for."""
    ends = time.monotonic() + ENDING_S
    with (profile / "lock").open("w") as file:
        os.chmod(file.fileno(), 0o600)
        while not _locked(file):
            if time.monotonic() > ends or _answers(profile):
                raise ProfileInUse(path=profile)
            time.sleep(0.05)
        yield


def _locked(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _answers(profile: Path) -> bool:
    with suppress(NoEngine), opening.running(profile):
        return True
    return False


States = dict[str, Callable[[], str]]


def _open(profile: Path, master: bytes, wishes: Wishes, engine: Engine) -> Opened:
    """Everything that lives while the memory is unlocked; closed in reverse, also when it fails half-way."""
    settings = Settings(paths.settings(profile))
    states: States = {"engine": lambda: "running"}
    with ExitStack() as stack:
        ledger, pictures = _store(profile, master, stack)
        if wishes.work:
            with ledger.reading() as db:
                pictures.sweep(frames.pictures_all(db), frames.thumbnails_all(db))
        index = _index(profile, ledger, wishes.work and settings.index().chroma == "auto", stack, states)
        readers = [Child(_reader_plan(profile), ports.Reader) for _ in range(READERS)]
        for reader in readers:
            stack.callback(reader.stop)
        words = readers[-1].client.encode_words if settings.perceive().picture_model == "open_clip" else None
        questions = Questions(index, lambda: MiniLm(paths.models() / "text"), words)
        workers: list[Worker] = []
        waits, polishing = nobody_settles, None
        if wishes.work:
            perceive = settings.perceive()
            wanted(ledger, f"{perceive.picture_model} {perceive.clip_model} {perceive.clip_weights}")
            way = Way(ledger, pictures, index, readers[0].client)
            # What a person waits for is done at once; what is recorded beside their work may rest.
            rests = partial(_rests, perceive, engine) if wishes.record else lambda: ((), "")
            workers = _work(way, readers, rests, stack)
            states |= {f"reader {n}": reader.state for n, reader in enumerate(readers, 1)}
            polishing = _polishing(profile, settings.writer(), stack, states)
            file = paths.settings(profile)
            waits = _schedule(engine, lambda: Settings(file).consolidate(), stack).why
        if wishes.record:
            guest = Guest(_recorder_plan(profile), api.Intake, engine, child.bug)
            guest.start()
            stack.callback(guest.stop)
            states["recorder"] = guest.state
        return Opened(
            ledger=ledger,
            pictures=pictures,
            index=index,
            questions=questions,
            reader=readers[0].client,
            processes=lambda: {name: state() for name, state in states.items()},
            trouble=lambda: next((worker.trouble for worker in workers if worker.trouble), ""),
            rest=partial(_rest, readers),
            close=stack.pop_all().close,
            waits=waits,
            polishing=polishing,
            limits=partial(_limits, paths.settings(profile)),
            rereading=_rereading(pictures, readers, wishes.work),
        )


def _rest(readers: list[Child[ports.Reader]]) -> None:
    for reader in readers:
        reader.rest()


def _rereading(pictures: Pictures, readers: list[Child[ports.Reader]], works: bool) -> Rereading:
    """By the reader that seldom reads screens; a command has to start it first, and waits for that."""
    return Rereading(pictures, readers[-1].client, AGAIN_S, AGAIN_S if works else AGAIN_STARTED_S)


def _store(profile: Path, master: bytes, stack: ExitStack) -> tuple[Ledger, Pictures]:
    """The ledger and the sealed pictures."""
    ledger = _ledger(profile, master)
    stack.callback(ledger.close)
    pictures = Pictures(
        profile / "pictures", lambda day: keys.key_of_day(master, days.salt_for_sealing(ledger, day))
    )
    return ledger, pictures


def _index(profile: Path, ledger: Ledger, with_chroma: bool, stack: ExitStack, states: States) -> Index:
    if not with_chroma:
        index = Index(ledger)
        stack.callback(index.close)
        return index
    plan = Plan("index", "desktop.processes.index", (str(profile),), memory=2048 * MEGABYTE)
    chroma = Child(plan, ports.VectorIndex)
    index = Index(ledger, chroma.client)
    stack.callback(index.close)
    # Ended before the index that asks it: a question under way fails over to exact search.
    stack.callback(chroma.stop)
    states["index"] = chroma.state
    return index


def _rests(options: PerceiveOptions, engine: Engine) -> tuple[tuple[str, ...], str]:
    if engine.awaited:
        return (), ""
    work, why = sparing.work_for_now(options)
    return RESTING[work], why


def _work(
    way: Way,
    readers: list[Child[ports.Reader]],
    rests: Callable[[], tuple[tuple[str, ...], str]],
    stack: ExitStack,
) -> list[Worker]:
    """A worker a reader: one reads screens, the other makes vectors, so that torch is loaded once; single
    pictures are read by both.
    """
    claims = Claims()
    shares = Share((READ, EMBED), True, rests), Share((EMBED, READ, SEE), False, rests)
    workers = [
        Worker(replace(way, reader=reader.client), share, claims)
        for reader, share in zip(readers, shares, strict=True)
    ]
    for act in (Worker.stop, Worker.hold):
        # Undone in reverse: all are held before any is waited for.
        for worker in workers:
            stack.callback(act, worker)
    return workers


def _schedule(engine: Engine, options: Callable[[], ConsolidateOptions], stack: ExitStack) -> Schedule:
    """Settles by itself until the memory is locked."""
    machine = Machine(times.now, partial(sparing.on_battery, sparing.SUPPLIES))
    schedule = Schedule(engine.due, lambda night, goes_on: _settle(engine, night, goes_on), options, machine)
    stack.callback(schedule.stop)
    return schedule


def _settle(engine: Engine, night: bool, goes_on: Callable[[], bool]) -> None:
    done = engine.settle_while(goes_on)
    if night and done.days == done.of:
        engine.fade_while(goes_on)
        if goes_on():
            engine.night_is_done()


def _limits(file: Path) -> Limits:
    """As the settings say now."""
    kept = Settings(file).memory()
    return Limits(round(kept.size_cap_gb * 1e9), kept.keep_pictures_days, kept.keep_text_days)


def _polishing(profile: Path, options: WriterOptions, stack: ExitStack, states: States) -> Polishing | None:
    """What asks the local language model, in a process of its own, where the user named one."""
    if not options.address:
        return None
    arguments = (str(profile), options.address, options.model)
    plan = Plan(
        "writer", "desktop.processes.writer", arguments, call_s=90.0, memory=256 * MEGABYTE, idle_s=30.0
    )
    writer = Child(plan, ports.Writer)
    stack.callback(writer.stop)
    states["writer"] = writer.state
    return Polishing(writer.client, options.model)


def _ledger(profile: Path, master: bytes) -> Ledger:
    """SQLite cannot tell a wrong key from a damaged first page; a slot has proven the key."""
    try:
        return Ledger.open(profile / "ledger", keys.derive(master, "ledger"))
    except WrongKey:
        raise DamagedLedger(
            reason="its first page is not whole, or another memory's file lies there"
        ) from None


def _reader_plan(profile: Path) -> Plan:
    """It ends when nothing was read for a minute."""
    sets = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
    return Plan(
        "reader",
        "desktop.processes.reader",
        (str(profile),),
        call_s=180.0,
        memory=3072 * MEGABYTE,
        idle_s=60.0,
        keeps=("TESSDATA_PREFIX", "CUDA_VISIBLE_DEVICES"),
        sets=sets,
    )


def _recorder_plan(profile: Path) -> Plan:
    return Plan(
        "recorder",
        "desktop.processes.recorder",
        (str(profile),),
        silent_s=120.0,
        memory=1024 * MEGABYTE,
        keeps=("DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"),
    )


def create(profile: Path, opener: slots.Opener) -> None:
    """A new memory with the seeded rules; where the ledger cannot be made, the keys are taken back.

    Keys without a ledger and without pictures are what a kill between the two steps left: they go first.
    """
    keys_alone = not any((profile / name).exists() for name in ("ledger", "pictures"))
    if keys_alone and (profile / slots.FILE).exists():
        (profile / slots.FILE).unlink()
    master = slots.create(profile, opener)
    try:
        with (
            closing(Ledger.create(profile / "ledger", keys.derive(master, "ledger"))) as ledger,
            ledger.writing() as db,
        ):
            rules.seed(db, seeded.seeded_rules())
    except OnceseenError:
        (profile / slots.FILE).unlink()
        raise


class Start(msgspec.Struct):
    """What the window says first, one line of JSON: what to make, and the keys at hand."""

    create: slots.Kind | None = None
    key_file: str = ""
    passphrase: str = ""


def main() -> int:
    """`python -m desktop.processes.engine PROFILE`: records and serves until standard input ends.

    The first line it reads is a Start; the first it writes is "ready", "locked", or an error's code and
    details as JSON. Locked, it waits to be unlocked through its door.
    """
    profile = Path(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    start = msgspec.json.decode(sys.stdin.buffer.readline(), type=Start)
    try:
        if start.create:
            create(profile, _opener(start))
        logs.start(profile, "engine")
        with served(profile, Wishes(work=True, record=True)) as engine:
            _tell(_unlocked(engine, start))
            sys.stdin.buffer.read()
    except OnceseenError as error:
        _tell(json.dumps([error.code, error.details]))
        return error.exit_status
    return 0


def _unlocked(engine: Engine, start: Start) -> str:
    with suppress(NoKey, NoKeyring):
        engine.unlock(start.key_file, start.passphrase)
        return "ready"
    return "locked"


def _opener(start: Start) -> slots.Opener:
    match start.create:
        case "file":
            return slots.KeyFile(Path(start.key_file))
        case "passphrase":
            return slots.Passphrase(start.passphrase)
    return slots.InKeyring(opening.keyring())


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(logs.run(main))
