"""The commands: each takes the options, talks to memory and prints; it returns the exit status."""

from __future__ import annotations

import io
import logging
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from desktop import logs, opening, render, times
from memory.api import Door
from memory.errors import BadRequest, Bug, NoEngine, OnceseenError, WrongUse
from memory.records import Forgotten, Query, Question, What

log = logging.getLogger(__name__)

# ------------------------------------------------------------------ asking


class _Line(msgspec.Struct):
    """One line of a batch; null is as absent."""

    query: str
    at: str | None = None
    limit: int | None = None
    thread: str | None = None


def search(options: Namespace) -> int:
    """`onceseen search`: ranked moments."""
    _positive(options.limit)

    def one(door: Door, line: _Line) -> tuple[render.Json, str]:
        found = door.search(
            Query(
                text=line.query,
                at=times.parse(line.at) if line.at else times.now(),
                limit=_positive(options.limit if line.limit is None else line.limit),
                since=times.parse(options.since) if options.since else None,
                until=times.parse_end(options.until) if options.until else None,
                app=options.app,
            )
        )
        return render.found(found), render.lines(found.results, render.result_line, "Nothing was found.")

    return _asked(options, one)


def ask(options: Namespace) -> int:
    """`onceseen ask`: an answer with citations, or not found; in a thread it is kept."""
    keeps = options.thread is not None

    def one(door: Door, line: _Line) -> tuple[render.Json, str]:
        at = times.parse(line.at) if line.at else times.now()
        answer = door.ask(Question(line.query, at, _thread(options, line)))
        return render.answer(answer), render.answer_text(answer)

    return _asked(options, one, keeps)


def _thread(options: Namespace, line: _Line) -> str:
    """Of a line its own thread, else that of the command, else none."""
    name: str | None = options.thread if line.thread is None else line.thread
    if name is None:
        return ""
    if not name:
        raise BadRequest(reason="a thread has a name")
    if options.thread is None:
        # Who only looks writes nothing; whether it will be written is said before the first line is read.
        raise BadRequest(reason="lines of a batch name threads where the command has --thread")
    return name


def _asked(
    options: Namespace, one: Callable[[Door, _Line], tuple[render.Json, str]], keeps: bool = False
) -> int:
    """`keeps`: what is asked is written down, so whoever is asked has to be one that works."""
    if (options.text is None) == (options.batch is None):
        raise WrongUse(reason="give a query, or --batch FILE, and not both")
    with ExitStack() as stack:
        door = stack.enter_context(opening.door(options, work=keeps))
        if options.batch is None:
            return render.say(options, *one(door, _Line(options.text, options.at)))
        for raw in _batch(options.batch):
            try:
                document = _batched(door, raw, options, one)
            except NoEngine:
                # The engine that was joined has ended: the rest is asked of another.
                stack.close()
                door = stack.enter_context(opening.door(options, work=keeps))
                document = _batched(door, raw, options, one)
            print(render.document(document), flush=True)
    return 0


def _batch(name: str) -> Iterator[str]:
    if name == "-":
        # Bytes, because one that is no UTF-8 must not end the rest.
        yield from (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
        return
    try:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            yield from file
    except OSError as error:
        raise BadRequest(reason=f"{name} cannot be read ({error.strerror})") from None


def _batched(
    door: Door, raw: str, options: Namespace, one: Callable[[Door, _Line], tuple[render.Json, str]]
) -> render.Json:
    try:
        line = _batch_line(raw, options.at)
        return one(door, line)[0]
    except NoEngine:
        raise
    except OnceseenError as error:
        return {"error": str(error)}
    except Exception as error:  # noqa: BLE001  one line never ends the batch, whatever our mistake
        log.error("a line of a batch failed\n%s", logs.places(error))
        return {"error": str(Bug(reason=type(error).__name__))}


def _batch_line(raw: str, at: str | None) -> _Line:
    text = raw.strip()
    if not text:
        raise BadRequest(reason="the line is empty")
    if not text.startswith("{"):
        return _Line(text, at)
    try:
        line = msgspec.json.decode(text, type=_Line)
    except msgspec.DecodeError as error:
        raise BadRequest(reason=f"the line is not understood ({error})") from None
    return line if line.at else msgspec.structs.replace(line, at=at)


def _positive(limit: int) -> int:
    if limit < 1:
        raise WrongUse(reason=f"a limit of {limit} finds nothing; it starts at 1")
    return limit


# ------------------------------------------------------------------ looking


def _span(options: Namespace) -> tuple[datetime | None, datetime | None]:
    since = times.parse(options.since) if options.since else None
    until = times.parse_end(options.until) if options.until else None
    return since, until


def timeline(options: Namespace) -> int:
    """`onceseen timeline`: moments and gaps."""
    with opening.door(options) as door:
        value = door.timeline(*_span(options))
    return render.say(options, render.timeline(value), render.timeline_text(value))


def moment(options: Namespace) -> int:
    """`onceseen moment`: moments whole, and the picture of one."""
    if options.picture and len(options.ids) > 1:
        raise WrongUse(reason="--picture takes one moment")
    with opening.door(options) as door:
        values = [door.moment(id) for id in options.ids]
        if options.picture:
            _write(options.picture, door.picture(options.ids[0]))
    documents = [render.moment_whole(value) for value in values]
    return render.say(
        options,
        documents[0] if len(documents) == 1 else {"moments": documents},
        "\n".join(render.whole_text(value) for value in values),
    )


def _write(path: Path, data: bytes) -> None:
    """A picture as one still: as it is kept (WebP), or turned into what the file's name asks for."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            frames = getattr(picture, "n_frames", 1)
            if frames == 1 and path.suffix.lower() == ".webp":
                path.write_bytes(data)
                return
            # The last frame is the screen, those before it are what it rests on.
            picture.seek(frames - 1)
            picture.convert("RGB").save(path, lossless=True)
    except (OSError, ValueError) as error:
        raise BadRequest(reason=f"{path} cannot be written ({error})") from None


def status(options: Namespace) -> int:
    """`onceseen status`: what is kept, what waits, what runs."""
    with opening.door(options) as door:
        value = door.status()
    return render.say(options, render.status(value), render.status_text(value))


# ------------------------------------------------------------------ saying


def forget(options: Namespace) -> int:
    """`onceseen forget`: removes moments, all that rested on them alone, and turns of chats; final."""
    what = _what(options)
    with opening.door(options, work=True) as door:
        gone = door.forget(what, dry_run=True)
        if not options.dry_run and (gone.moments or gone.turns):
            _sure(options, _gone(gone))
            gone = door.forget(what, dry_run=False)
    ids = [moment.id for moment in gone.moments]
    head = f"{_gone(gone)} {'would be' if options.dry_run else 'are'} forgotten."
    return render.say(
        options,
        {
            "forgotten": ids,
            "dry_run": options.dry_run,
            "moments": [render.moment(m) for m in gone.moments],
            "turns": gone.turns,
        },
        "\n".join([head] + [render.moment_line(m) for m in gone.moments if options.dry_run]),
    )


def _gone(gone: Forgotten) -> str:
    turns = f" and {gone.turns} turns of chats" if gone.turns else ""
    return f"{len(gone.moments)} moments{turns}"


def _what(options: Namespace) -> What:
    span = bool(options.since or options.until)
    if sum((bool(options.moment), span, bool(options.app), bool(options.text))) != 1:
        raise WrongUse(reason="say what: exactly one of --moment, --from with --to, --app, --text")
    if span and not (options.since and options.until):
        raise WrongUse(reason="a span takes both --from and --to")
    since, until = _span(options)
    if since and until and until <= since:
        raise WrongUse(reason="--to is not later than --from")
    return What(tuple(options.moment or ()), since, until, options.app, options.text)


def _sure(options: Namespace, what: str) -> None:
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise BadRequest(reason="forgetting is final; add --yes to do it")
    print(f"Forget {what} for good? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise BadRequest(reason="it was not confirmed; nothing was forgotten")


def index(options: Namespace) -> int:
    """`onceseen index --rebuild`: fills the index anew from the ledger."""
    with opening.door(options, work=True) as door:
        counts = door.rebuild_index()
    return render.say(options, {"rebuilt": counts}, f"The index was filled anew: {_counts(counts)}.")


def _counts(counts: dict[str, Any]) -> str:
    return ", ".join(f"{count} {kind} vectors" for kind, count in counts.items()) or "nothing to fill it with"


# ------------------------------------------------------------------ a running engine


def pause(options: Namespace) -> int:
    """`onceseen pause`: stops looking."""
    until = times.now() + timedelta(seconds=times.seconds(options.length)) if options.length else None
    with opening.running_door(options) as door:
        door.pause(until)
    return render.say(
        options, {"paused_until": render.iso(until)}, f"Paused{f' until {until:%H:%M}' if until else ''}."
    )


def resume(options: Namespace) -> int:
    """`onceseen resume`: looks again."""
    with opening.running_door(options) as door:
        door.resume()
    return render.say(options, {"recording": True}, "Looking again.")
